//! An application as this phone knows it: what was typed, what the office has not got yet. Pure; `desk.rs`
//! keeps and sends it.

use satu_pintu_api::application::{Application, Receipt};
use satu_pintu_domain::application::Returned;
use satu_pintu_domain::form::{Fields, applicant};
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
        self.unsent.insert(id.into(), value);
        if self.sent && !self.mended.iter().any(|m| m == id) {
            self.mended.push(id.into());
        }
        self.changed = now;
        true
    }

    /// The office has confirmed these changes; what was typed meanwhile stays unsent.
    pub fn confirmed(&mut self, sent: &Changes) {
        self.unsent.retain(|id, value| sent.get(id) != Some(value));
    }

    /// The office refused these changes for good: they are not sent again, what was typed stays to be seen.
    pub fn forget_unsent(&mut self, sent: &Changes) {
        self.confirmed(sent);
    }

    /// Takes over what the office has; what it has not got yet stays on top.
    pub fn adopt(&mut self, office: &Application) {
        self.number.clone_from(&office.number);
        self.service.clone_from(&office.service);
        self.service_name.clone_from(&office.service_name);
        self.answers.clone_from(&office.answers);
        self.rules.clone_from(&office.rules);
        self.sent = office.tracking.status.submitted.is_some();
        self.fields = office.fields.clone();
        self.unsent.retain(|id, value| office.fields.get(id) != value.as_ref());
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

    /// As it may be written to the phone: without NIK and NPWP, and without anything that looks like one.
    pub fn for_phone(&self) -> Draft {
        let mut kept = self.clone();
        let open = |id: &str, value: &str| !self.is_secret(id) && !like_an_identity(value);
        kept.fields.retain(|id, value| open(id, value));
        kept.unsent.retain(|id, value| open(id, value.as_deref().unwrap_or_default()));
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
    fn a_nik_is_never_written_to_the_phone() {
        let mut draft = Draft::begin("sip", "", "0123456789abcdef", 1);
        draft.secret = vec!["npwp-klinik".into()];
        draft.edit("nik", "7399", 1);
        draft.edit("npwp-klinik", "01.2", 1);
        draft.edit("nomor-lain", "73.9901.010190 0001", 1);
        draft.edit("nama", "Bu Sri", 1);
        draft.edit("alamat", "Jl. Contoh 1234567890123456", 1);
        let kept = serde_json::to_string(&draft.for_phone()).unwrap();
        for secret in ["7399\"", "01.2", "73.9901"] {
            assert!(!kept.contains(secret), "{kept}");
        }
        assert!(kept.contains("Bu Sri") && kept.contains("Jl. Contoh"));
        assert_eq!(draft.field("nik"), "7399");
    }
}
