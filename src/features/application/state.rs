//! What the pages of an application decide: which pages there are, how far each is, what comes next, what is
//! missing. Pure; tested at the end.

use satu_pintu_domain::application::{Returned, State, Status};
use satu_pintu_domain::content::{Evidence, Requirement, Service};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{self, Fields, applicant};

/// A page of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As in the address: `nama`, or `isi-` and the id of the service's page.
    pub slug: String,
    pub fields: Vec<String>,
}

/// How far something is, in the words of the task list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Empty,
    Begun,
    Done,
    /// The officer sent it back and it has not been mended.
    Mend,
}

/// The six pages about the person, the same for every service.
pub fn own_parts() -> Vec<Part> {
    use applicant::*;
    let part = |slug: &str, fields: &[&str]| Part {
        slug: slug.into(),
        fields: fields.iter().map(|f| f.to_string()).collect(),
    };
    vec![
        part("nama", &[NAME]),
        part("nik", &[NIK]),
        part("telepon", &[PHONE]),
        part("alamat", &[ADDRESS]),
        part("pengurus", &[HELPER, HELPER_NAME, HELPER_PHONE]),
        part("kabar", &[TELL, TELL_WHOM]),
    ]
}

/// The pages of the service.
pub fn service_parts(service: &Service) -> Vec<Part> {
    let fields = |p: &satu_pintu_domain::content::FormPage| p.field.iter().map(|f| f.id.clone()).collect();
    service.page.iter().map(|p| Part { slug: format!("isi-{}", p.id), fields: fields(p) }).collect()
}

/// All pages in their order.
pub fn parts(service: &Service) -> Vec<Part> {
    let mut all = own_parts();
    all.extend(service_parts(service));
    all
}

/// The fields of a page that are asked now: the helper's only when there is one.
pub fn asked<'a>(part: &'a Part, fields: &Fields) -> Vec<&'a str> {
    let helped = fields.get(applicant::HELPER).is_some_and(|v| v == "kuasa");
    let of_helper = [applicant::HELPER_NAME, applicant::HELPER_PHONE, applicant::TELL_WHOM];
    part.fields.iter().map(|f| f.as_str()).filter(|f| helped || !of_helper.contains(f)).collect()
}

/// Faults of one page, in its order: (field, code).
pub fn part_faults(service: &Service, part: &Part, fields: &Fields, today: Day) -> Vec<(String, String)> {
    asked(part, fields)
        .into_iter()
        .filter_map(|f| form::fault(service, f, fields, today))
        .map(|fault| (fault.field, fault.code))
        .collect()
}

/// How far some pages together are.
pub fn doing(service: &Service, parts: &[Part], fields: &Fields, returned: &[Returned], today: Day) -> Doing {
    let sent_back = |id: &String| returned.iter().any(|r| r.item.strip_prefix("field:") == Some(id));
    if parts.iter().flat_map(|p| &p.fields).any(sent_back) {
        return Doing::Mend;
    }
    let begun = parts.iter().flat_map(|p| asked(p, fields)).any(|f| fields.get(f).is_some_and(|v| !v.is_empty()));
    let faulty = parts.iter().any(|p| !part_faults(service, p, fields, today).is_empty());
    match (begun, faulty) {
        (false, true) => Doing::Empty,
        (true, true) => Doing::Begun,
        (_, false) => Doing::Done,
    }
}

/// The page after this one within its group (the person, or the service); `None` at the end of the group.
pub fn after(service: &Service, slug: &str) -> Option<String> {
    [own_parts(), service_parts(service)].into_iter().find_map(|group| {
        let at = group.iter().position(|p| p.slug == slug)?;
        Some(group.get(at + 1).map(|p| p.slug.clone()))
    })?
}

/// The page before this one within its group.
pub fn before(service: &Service, slug: &str) -> Option<String> {
    [own_parts(), service_parts(service)].into_iter().find_map(|group| {
        let at = group.iter().position(|p| p.slug == slug)?;
        Some(at.checked_sub(1).and_then(|at| group.get(at)).map(|p| p.slug.clone()))
    })?
}

/// Where the task "Data Anda" opens: the first page with something to do, else the first.
pub fn first_open(service: &Service, group: &[Part], fields: &Fields, today: Day) -> Option<String> {
    let open = group.iter().find(|p| !part_faults(service, p, fields, today).is_empty());
    open.or(group.first()).map(|p| p.slug.clone())
}

/// What may be changed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// A draft: everything.
    All,
    /// Only what the officer sent back.
    Returned,
    Nothing,
}

pub fn may(status: &Status) -> May {
    match status.state {
        State::Draft => May::All,
        State::WaitingApplicant => May::Returned,
        _ => May::Nothing,
    }
}

/// Whether a page may be changed.
pub fn may_edit(status: Option<&Status>, part: &Part) -> bool {
    let Some(status) = status else { return true };
    match may(status) {
        May::All => true,
        May::Nothing => false,
        May::Returned => status
            .returned
            .iter()
            .any(|r| r.item.strip_prefix("field:").is_some_and(|f| part.fields.iter().any(|p| p == f))),
    }
}

/// The cards for which the person sends something.
pub fn sent_cards(cards: &[Requirement]) -> impl Iterator<Item = &Requirement> {
    cards.iter().filter(|c| matches!(c.evidence, Evidence::Photo | Evidence::Document))
}

/// Cards that count as there: those with a file, and those for which none is sent.
pub fn have(cards: &[Requirement], with_files: &[String]) -> Vec<String> {
    let no_file = |c: &&Requirement| matches!(c.evidence, Evidence::Online | Evidence::None);
    let mut have: Vec<String> = cards.iter().filter(no_file).map(|c| c.id.clone()).collect();
    have.extend(with_files.iter().cloned());
    have
}

/// Everything missing before sending except consent: (field or `item:card`, code).
pub fn missing(
    service: &Service,
    cards: &[Requirement],
    fields: &Fields,
    with_files: &[String],
    today: Day,
) -> Vec<(String, String)> {
    form::faults(service, fields, &have(cards, with_files), today)
        .into_iter()
        .filter(|f| f.field != applicant::CONSENT)
        .map(|f| (f.field, f.code))
        .collect()
}

/// The page that asks for a field.
pub fn part_of(service: &Service, field: &str) -> Option<String> {
    parts(service).into_iter().find(|p| p.fields.iter().any(|f| f == field)).map(|p| p.slug)
}

/// How to say where what was typed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Nothing was typed yet.
    Nothing,
    /// The office has everything.
    Office,
    /// On its way to the office, and on the phone or not.
    Sending,
    /// On this phone, waiting for the network.
    Phone,
    /// Only in this open page: a shared phone, or a phone that refused to keep it.
    Page,
    /// On this phone, but for a NIK or NPWP, which is never kept there.
    Secret,
}

/// What is known about saving.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    /// Something was typed at all.
    pub typed: bool,
    /// The office has not confirmed everything.
    pub unsent: bool,
    /// The last try did not work.
    pub failing: bool,
    pub on_phone: bool,
    /// What is unsent may not be written to the phone.
    pub secret: bool,
}

pub fn saved(facts: Facts) -> Saved {
    match facts {
        Facts { typed: false, .. } => Saved::Nothing,
        Facts { unsent: false, .. } => Saved::Office,
        Facts { failing: false, .. } => Saved::Sending,
        Facts { on_phone: false, .. } => Saved::Page,
        Facts { secret: true, .. } => Saved::Secret,
        _ => Saved::Phone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service() -> Service {
        toml_like(include_str!("../../../content/services/reklame.toml"))
    }

    fn toml_like(text: &str) -> Service {
        toml::from_str(text).unwrap()
    }

    fn today() -> Day {
        "2026-11-22".parse().unwrap()
    }

    fn filled() -> Fields {
        [
            ("nama", "Sri Contoh"),
            ("nik", "7371014107800001"),
            ("telepon", "081234567890"),
            ("alamat", "Jl. Contoh No. 1"),
            ("pengurus", "sendiri"),
            ("kabar", "whatsapp"),
        ]
        .map(|(k, v)| (k.to_string(), v.to_string()))
        .into()
    }

    #[test]
    fn the_task_list_counts_from_nothing_to_done() {
        let service = service();
        let own = own_parts();
        let mut fields = Fields::new();
        assert_eq!(doing(&service, &own, &fields, &[], today()), Doing::Empty);
        for (field, value) in filled() {
            assert_ne!(doing(&service, &own, &fields, &[], today()), Doing::Done);
            fields.insert(field, value);
        }
        assert_eq!(doing(&service, &own, &fields, &[], today()), Doing::Done);
        fields.insert("nik".into(), "123".into());
        assert_eq!(doing(&service, &own, &fields, &[], today()), Doing::Begun);
        let back = [Returned { item: "field:alamat".into(), reason: "Kurang jelas".into(), mark: None }];
        assert_eq!(doing(&service, &own, &fields, &back, today()), Doing::Mend);
    }

    #[test]
    fn a_helper_brings_questions_along() {
        let service = service();
        let part = own_parts().remove(4);
        let mut fields = filled();
        assert_eq!(asked(&part, &fields), ["pengurus"]);
        fields.insert("pengurus".into(), "kuasa".into());
        assert_eq!(asked(&part, &fields).len(), 3);
        let faults = part_faults(&service, &part, &fields, today());
        assert_eq!(faults.iter().map(|(f, _)| f.as_str()).collect::<Vec<_>>(), ["kuasa-nama", "kuasa-telepon"]);
    }

    #[test]
    fn pages_follow_each_other_within_a_group() {
        let service = service();
        assert_eq!(after(&service, "nama").as_deref(), Some("nik"));
        assert_eq!(after(&service, "kabar"), None);
        assert_eq!(after(&service, "isi-jenis-reklame").as_deref(), Some("isi-isi-reklame"));
        assert_eq!(after(&service, "isi-lama-pasang"), None);
        assert_eq!(after(&service, "tidak-ada"), None);
        assert_eq!(before(&service, "nik").as_deref(), Some("nama"));
        assert_eq!(before(&service, "isi-jenis-reklame"), None);
        let mut fields = filled();
        assert_eq!(first_open(&service, &own_parts(), &fields, today()).as_deref(), Some("nama"));
        fields.remove("alamat");
        assert_eq!(first_open(&service, &own_parts(), &fields, today()).as_deref(), Some("alamat"));
    }

    #[test]
    fn missing_things_lead_to_their_page() {
        let service = service();
        let missing = missing(&service, &[], &filled(), &["ktp".into()], today());
        assert!(missing.iter().any(|(f, c)| f == "jenis" && c == "required"));
        assert!(missing.iter().any(|(f, c)| f == "item:npwpd" && c == "file-missing"));
        assert!(!missing.iter().any(|(f, _)| f == "item:ktp" || f == "setuju"));
        for (field, _) in missing.iter().filter(|(f, _)| !f.starts_with("item:")) {
            assert!(part_of(&service, field).is_some(), "{field}");
        }
        assert_eq!(part_of(&service, "kuasa-nama").as_deref(), Some("pengurus"));
    }

    #[test]
    fn what_is_said_about_saving_is_true() {
        let none = Facts::default();
        let unsent = Facts { typed: true, unsent: true, ..none };
        let failing = Facts { failing: true, ..unsent };
        assert_eq!(saved(none), Saved::Nothing);
        assert_eq!(saved(Facts { typed: true, ..none }), Saved::Office);
        assert_eq!(saved(Facts { on_phone: true, ..unsent }), Saved::Sending);
        assert_eq!(saved(Facts { on_phone: true, ..failing }), Saved::Phone);
        assert_eq!(saved(Facts { on_phone: true, secret: true, ..failing }), Saved::Secret);
        assert_eq!(saved(failing), Saved::Page);
    }
}
