//! An application as this phone knows it: what was typed, what the office has not got yet, what the person wants
//! handed in. Pure; `desk` keeps and sends it. `merge` says what becomes of changes made elsewhere.

mod merge;
#[cfg(test)]
mod merge_tests;
#[cfg(test)]
mod order_tests;

use satu_pintu_api::application::{Application, Receipt};
use satu_pintu_domain::application::Returned;
use satu_pintu_domain::form::{FieldFault, Fields, applicant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Begins the name of a draft that the office has given no number yet.
const LOCAL: &str = "baru-";

/// Changes by field; `None` takes a field away.
pub type Changes = BTreeMap<String, Option<String>>;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The office's number, or `baru-...` until there is one.
    pub number: String,
    pub service: String,
    pub service_name: String,
    /// Everything typed, sent or not.
    pub fields: Fields,
    /// What the office has not confirmed.
    pub unsent: Changes,
    pub answers: Vec<(String, Vec<String>)>,
    pub rules: String,
    /// Fields that are never written to the phone (NIK, NPWP).
    pub secret: Vec<String>,
    /// Made once, so that sending twice is sending once.
    pub submit_token: String,
    /// For the present round of corrections; new after each.
    pub correct_token: String,
    pub made: i64,
    pub changed: i64,
    pub receipt: Option<Receipt>,
    /// Fields changed since the officer sent the application back.
    #[serde(default)]
    pub mended: Vec<String>,
    /// It has left the person's hands; read from the office ever after.
    pub sent: bool,
    /// The *urus* key that this phone made for a draft the office has given no number yet.
    #[serde(default)]
    pub key: String,
    /// Version of each field as the office last told it.
    #[serde(default)]
    pub versions: BTreeMap<String, u64>,
    /// Version of each unsent field that the person had before them.
    #[serde(default)]
    pub bases: BTreeMap<String, u64>,
    /// Values of unsent fields that went out without an answer: found at the office, they are our own.
    #[serde(default)]
    pub tried: BTreeMap<String, Vec<Option<String>>>,
    /// Unsent fields that were changed elsewhere, with the other value. Not sent until the person has chosen.
    #[serde(default)]
    pub clashes: Changes,
    /// What the person has taken away and the office may still have: `/files/<id>`, or `/uploads/<id>` where the last
    /// answer to it was lost.
    #[serde(default)]
    pub gone: Vec<String>,
    /// Files that the person has taken away and may still undo, on the page that shows them.
    #[serde(default)]
    pub marked: Vec<String>,
    /// What the person wants done as soon as everything before it is at the office.
    #[serde(default)]
    pub wish: Option<Wish>,
    /// Why the office did not do it; the code of a problem, and the fields it names.
    #[serde(default)]
    pub refused: Option<Refusal>,
}

/// "Kirim" was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    Submit,
    Correct,
}

/// Why something was not handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Of `problem.<code>`.
    pub code: String,
    pub faults: Vec<FieldFault>,
}

/// What the office is to be told next. One after another, so that each finds what it needs there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// That there is a draft: it gives the number.
    Begin,
    /// That files are not wanted any more.
    TakeAway,
    Save,
    /// Nothing now: so many files are still on their way.
    Files(usize),
    /// Nothing until the person has chosen between two values.
    Choice,
    HandIn(Wish),
    Nothing,
}

/// The answer of the office.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// The number is given.
    Began(Box<Application>),
    /// It has these files no more.
    TakenAway(Vec<String>),
    /// These changes were sent.
    Saved(Changes, Box<Application>),
    HandedIn(Wish, Receipt),
}

impl Draft {
    pub fn begin(service: &str, service_name: &str, token: &str, now: i64) -> Draft {
        Draft {
            number: format!("{LOCAL}{}", token.get(..12).unwrap_or(token)),
            service: service.into(),
            service_name: service_name.into(),
            submit_token: token.into(),
            correct_token: format!("{token}-1"),
            made: now,
            changed: now,
            ..Draft::default()
        }
    }

    /// For beginning a draft once, however often it is asked.
    pub fn begin_token(&self) -> String {
        format!("{}-0", self.submit_token)
    }

    /// What comes next while so many files are on their way.
    pub fn next(&self, files: usize) -> Next {
        if self.is_local() {
            return Next::Begin;
        }
        if !self.gone.is_empty() {
            return Next::TakeAway;
        }
        if self.unsent.keys().any(|id| !self.clashes.contains_key(id)) {
            return Next::Save;
        }
        match self.wish {
            None => Next::Nothing,
            Some(_) if !self.unsent.is_empty() => Next::Choice,
            Some(_) if files > 0 => Next::Files(files),
            Some(wish) => Next::HandIn(wish),
        }
    }

    /// Whether the office lacks anything of it, files aside.
    pub fn waits(&self) -> bool {
        self.is_local() || !self.unsent.is_empty() || !self.gone.is_empty() || self.wish.is_some()
    }

    /// What is sent now, and which versions it was changed from. It may arrive even if no answer comes.
    pub fn trying(&mut self) -> (Changes, BTreeMap<String, u64>) {
        let mut fields = self.unsent.clone();
        fields.retain(|id, _| !self.clashes.contains_key(id));
        for (id, value) in &fields {
            let tried = self.tried.entry(id.clone()).or_default();
            if tried.last() != Some(value) {
                tried.push(value.clone());
            }
        }
        let mut seen = self.bases.clone();
        seen.retain(|id, _| fields.contains_key(id));
        (fields, seen)
    }

    /// Takes over an answer of the office. What was typed meanwhile stays unsent.
    pub fn told(&mut self, told: &Told, next_token: &str) {
        match told {
            Told::Began(application) => {
                self.key.clear();
                self.adopt(application);
            }
            Told::TakenAway(gone) => self.gone.retain(|path| !gone.contains(path)),
            Told::Saved(sent, application) => {
                let mut saved = sent.clone();
                saved.retain(|id, _| !application.clashes.contains(id));
                self.confirmed(&saved);
                self.adopt(application);
            }
            Told::HandedIn(wish, receipt) => {
                self.wish = None;
                self.refused = None;
                self.sent = true;
                self.receipt = Some(receipt.clone());
                if *wish == Wish::Correct {
                    self.correct_token = next_token.into();
                    self.mended.clear();
                }
            }
        }
    }

    /// Nobody undoes it any more.
    pub fn settle_marked(&mut self) {
        self.gone.extend(self.marked.drain(..).map(|id| ["/files/", &id].concat()));
    }

    /// What the person has taken away is shown no more, whether the office knows of it or not.
    pub fn hide_gone(&self, office: &mut Application) {
        office.files.retain(|file| !self.gone.contains(&["/files/", &file.id].concat()));
    }

    /// The office does not know it yet.
    pub fn is_local(&self) -> bool {
        is_local(&self.number)
    }

    pub fn field(&self, id: &str) -> &str {
        self.fields.get(id).map_or("", |v| v)
    }

    /// A field was typed in. True when that changes anything.
    pub fn edit(&mut self, id: &str, value: &str, now: i64) -> bool {
        if self.field(id) == value {
            return false;
        }
        let value = (!value.is_empty()).then(|| value.to_string());
        match &value {
            Some(value) => self.fields.insert(id.into(), value.clone()),
            None => self.fields.remove(id),
        };
        if !self.unsent.contains_key(id) {
            self.bases.insert(id.into(), self.version(id));
        }
        self.unsent.insert(id.into(), value);
        if self.sent && !self.mended.iter().any(|m| m == id) {
            self.mended.push(id.into());
        }
        self.changed = now;
        true
    }

    /// The office has confirmed these changes; what was typed meanwhile stays unsent.
    pub fn confirmed(&mut self, sent: &Changes) {
        for (id, value) in sent {
            // Whatever was typed since then was typed over this.
            self.bases.insert(id.clone(), self.version(id) + 1);
            if self.unsent.get(id) == Some(value) {
                self.unsent.remove(id);
            }
        }
        self.tidy();
    }

    /// The office refused these changes because of some fields: those are not sent again as they are, and what was
    /// typed stays to be seen. The others wait.
    pub fn forget_unsent(&mut self, sent: &Changes, faults: &[FieldFault]) {
        let at_fault = |id: &String| faults.iter().any(|fault| fault.field == *id);
        self.unsent.retain(|id, value| sent.get(id) != Some(value) || !at_fault(id));
        self.tidy();
    }

    /// Takes over what the office has; what it has not got yet stays on top.
    pub fn adopt(&mut self, office: &Application) {
        self.number.clone_from(&office.number);
        self.service.clone_from(&office.service);
        self.service_name.clone_from(&office.service_name);
        self.answers.clone_from(&office.answers);
        self.rules.clone_from(&office.rules);
        self.sent = office.tracking.status.submitted.is_some();
        let there = |id: &str| office.files.iter().any(|file| file.id == id);
        self.gone.retain(|path| path.strip_prefix("/files/").is_none_or(there));
        self.meet(&office.fields, &office.versions);
        self.fields = office.fields.clone();
        for (id, value) in &self.unsent {
            match value {
                Some(value) => self.fields.insert(id.clone(), value.clone()),
                None => self.fields.remove(id),
            };
        }
    }

    /// Whether a field is never written to the phone.
    pub fn is_secret(&self, id: &str) -> bool {
        id == applicant::NIK || self.secret.iter().any(|s| s == id)
    }

    /// As it may be written to the phone: without NIK and NPWP, and without anything that looks like one. Where
    /// the phone keeps it sealed, they stay until the office has them, so that nothing has to be typed twice.
    pub fn for_phone(&self, sealed: bool) -> Draft {
        let mut kept = self.clone();
        let open = |id: &str, value: &str| !self.is_secret(id) && !like_an_identity(value);
        let waits = |id: &str| sealed && self.unsent.contains_key(id);
        kept.fields.retain(|id, value| waits(id) || open(id, value));
        let open = |id: &str, value: &Option<String>| sealed || open(id, value.as_deref().unwrap_or_default());
        kept.unsent.retain(|id, value| open(id, value));
        kept.clashes.retain(|id, value| open(id, value));
        kept.tried.retain(|id, values| values.iter().all(|value| open(id, value)));
        kept
    }
}

pub fn is_local(number: &str) -> bool {
    number.starts_with(LOCAL)
}

/// The fields among the returned items, and whether the item itself is one of the files.
pub fn returned_field(returned: &Returned) -> Option<&str> {
    returned.item.strip_prefix("field:")
}

/// 15 or 16 digits, whatever stands between them.
fn like_an_identity(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let other = value.chars().filter(|c| c.is_alphabetic()).count();
    (15..=16).contains(&digits) && other == 0
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use satu_pintu_api::application::Tracking;
    use satu_pintu_domain::application::{DaysUsed, Holder, State, Status};

    pub fn office(fields: &[(&str, &str)]) -> Application {
        Application {
            number: "2026-0001-RK".into(),
            service: "reklame".into(),
            service_name: "Izin reklame".into(),
            fields: fields.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(),
            versions: BTreeMap::new(),
            clashes: Vec::new(),
            ticks: vec![],
            answers: vec![],
            rules: String::new(),
            rules_changed: false,
            files: vec![],
            tracking: Tracking {
                number: "2026-0001-RK".into(),
                service: "reklame".into(),
                service_name: "Izin reklame".into(),
                status: Status {
                    state: State::Draft,
                    holder: Holder::Applicant,
                    since: 0,
                    submitted: None,
                    intake_due: None,
                    due: None,
                    days_total: 5,
                    used: DaysUsed::default(),
                    time: None,
                    overdue: false,
                    calendar_missing: None,
                    returned: vec![],
                    accepted: vec![],
                    complete: false,
                    refusal: None,
                    permit: None,
                    valid_until: None,
                    revoked: None,
                    taken_by: None,
                },
                holder_name: "Anda".into(),
                holding: Vec::new(),
                letter: String::new(),
                timeline: vec![],
            },
            survey_open: false,
        }
    }

    #[test]
    fn what_is_typed_while_sending_stays_unsent() {
        let mut draft = Draft::begin("reklame", "Izin reklame", "0123456789abcdef", 1);
        assert!(draft.is_local());
        assert!(draft.edit("nama", "Bu", 2));
        let sent = draft.unsent.clone();
        assert!(draft.edit("nama", "Bu Sri", 3));
        assert!(draft.edit("alamat", "Jl. Contoh", 4));
        draft.confirmed(&sent);
        assert_eq!(draft.unsent.len(), 2);
        let sent = draft.unsent.clone();
        draft.confirmed(&sent);
        assert!(draft.unsent.is_empty());
        assert!(!draft.edit("nama", "Bu Sri", 5));
        assert!(draft.edit("nama", "", 6));
        assert_eq!(draft.unsent["nama"], None);
    }

    #[test]
    fn the_office_and_the_phone_are_merged_field_by_field() {
        let mut draft = Draft::begin("reklame", "", "0123456789abcdef", 1);
        draft.edit("nama", "Bu Sri", 1);
        draft.edit("alamat", "Jl. Lama", 1);
        draft.edit("alamat", "", 1);
        draft.adopt(&office(&[("nama", "Bu Sri"), ("alamat", "Jl. Kantor"), ("nik", "7399010101900001")]));
        assert!(!draft.is_local());
        assert_eq!(draft.field("nik"), "7399010101900001");
        assert_eq!(draft.field("alamat"), "");
        assert_eq!(draft.unsent, BTreeMap::from([("alamat".to_string(), None)]));
    }

    #[test]
    fn a_nik_is_never_written_openly_to_the_phone() {
        let mut draft = Draft::begin("sip", "", "0123456789abcdef", 1);
        draft.secret = vec!["npwp-klinik".into()];
        draft.edit("nik", "7399", 1);
        draft.edit("npwp-klinik", "01.2", 1);
        draft.edit("nomor-lain", "73.9901.010190 0001", 1);
        draft.edit("nama", "Bu Sri", 1);
        draft.edit("alamat", "Jl. Contoh 1234567890123456", 1);
        let kept = serde_json::to_string(&draft.for_phone(false)).unwrap();
        for secret in ["7399\"", "01.2", "73.9901"] {
            assert!(!kept.contains(secret), "{kept}");
        }
        assert!(kept.contains("Bu Sri") && kept.contains("Jl. Contoh"));
        assert_eq!(draft.field("nik"), "7399");
        // Sealed it waits there until the office has it, and no longer.
        assert_eq!(draft.for_phone(true), draft);
        draft.confirmed(&draft.unsent.clone());
        assert!(!serde_json::to_string(&draft.for_phone(true)).unwrap().contains("7399"));
    }

    #[test]
    fn a_draft_of_an_older_version_is_read() {
        let old = r#"{"number":"2026-0001-RK","service":"reklame","service_name":"Izin reklame",
            "fields":{"nama":"Sri"},"unsent":{"nama":"Sri"},"answers":[],"rules":"","secret":[],"submit_token":"t",
            "correct_token":"t-1","made":1,"changed":2,"receipt":null,"sent":false}"#;
        let mut draft: Draft = crate::client::json::read(old).unwrap();
        assert_eq!(draft.next(0), Next::Save);
        // Nobody knows what it saw, so nothing is compared.
        assert!(draft.trying().1.is_empty());
    }

    #[test]
    fn one_thing_after_another() {
        let mut draft = Draft::begin("reklame", "", "0123456789abcdef", 1);
        draft.edit("nama", "Sri", 1);
        draft.wish = Some(Wish::Submit);
        assert_eq!(draft.next(3), Next::Begin);
        draft.told(&Told::Began(Box::new(office(&[]))), "");
        assert_eq!((draft.next(3), draft.field("nama")), (Next::Save, "Sri"));
        let (sent, seen) = draft.trying();
        assert_eq!(seen, BTreeMap::from([("nama".to_string(), 0)]));
        draft.told(&Told::Saved(sent, Box::new(office(&[("nama", "Sri")]))), "");
        assert_eq!(draft.next(3), Next::Files(3));
        assert_eq!(draft.next(0), Next::HandIn(Wish::Submit));
        assert!(draft.waits());
    }
}
