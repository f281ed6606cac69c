//! The application form: the applicant's own part, the same for every service, and the service's fields.
//! The browser and the server check it with the same function.

use crate::content::{Field, FieldKind, Service};
use crate::date::Day;
use crate::validate::{self, Fault};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was typed, by field id. Kept as typed; normalised only when used.
pub type Fields = BTreeMap<String, String>;

/// Ids of the applicant's own fields.
pub mod applicant {
    pub const NAME: &str = "nama";
    pub const NIK: &str = "nik";
    pub const PHONE: &str = "telepon";
    pub const ADDRESS: &str = "alamat";
    /// How to be told: `whatsapp`, `telepon` or `sendiri`.
    pub const TELL: &str = "kabar";
    /// Who does the application: `sendiri` or `kuasa`.
    pub const HELPER: &str = "pengurus";
    pub const HELPER_NAME: &str = "kuasa-nama";
    pub const HELPER_PHONE: &str = "kuasa-telepon";
    /// Whom to tell when there is a helper: `pemohon` or `kuasa`.
    pub const TELL_WHOM: &str = "kabar-kepada";
    /// `ya` once consent is given.
    pub const CONSENT: &str = "setuju";
}

/// A fault at a field, or at a requirement as `item:<card>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldFault {
    pub field: String,
    /// Code of the words `fault.<code>`.
    pub code: String,
}

/// Most characters of a text that does not say its own limit.
const TEXT_MAX: usize = 200;
const LONGTEXT_MAX: usize = 2_000;
/// Fewest letters and digits of a paper's number.
const REFERENCE_MIN: usize = 8;

/// The applicant's own fields in the order of the form.
const OWN: [&str; 9] = [
    applicant::NAME,
    applicant::NIK,
    applicant::PHONE,
    applicant::ADDRESS,
    applicant::HELPER,
    applicant::HELPER_NAME,
    applicant::HELPER_PHONE,
    applicant::TELL,
    applicant::TELL_WHOM,
];

/// The faults of one field's value; `None` when it is fine or may be empty.
pub fn fault(service: &Service, field: &str, fields: &Fields, today: Day) -> Option<FieldFault> {
    let value = fields.get(field).map_or("", |v| v.trim());
    let code = if field == applicant::CONSENT {
        (value != "ya").then_some("consent-missing")
    } else if OWN.contains(&field) {
        own_fault(field, value, fields, today)
    } else {
        let mut all = service.page.iter().flat_map(|p| &p.field);
        match all.find(|f| f.id == field) {
            Some(asked) => service_fault(asked, value, today),
            None => Some("unknown"),
        }
    };
    code.map(|code| FieldFault { field: field.to_string(), code: code.to_string() })
}

fn own_fault(field: &str, value: &str, fields: &Fields, today: Day) -> Option<Fault> {
    let helped = fields.get(applicant::HELPER).is_some_and(|v| v.trim() == "kuasa");
    let of_helper = matches!(field, applicant::HELPER_NAME | applicant::HELPER_PHONE);
    if of_helper && !helped {
        return None;
    }
    if value.is_empty() {
        // Without an answer the applicant is told, not the helper.
        return (field != applicant::TELL_WHOM).then_some("required");
    }
    match field {
        applicant::NAME | applicant::HELPER_NAME => name(value),
        applicant::NIK => validate::nik(value, today).err(),
        applicant::PHONE | applicant::HELPER_PHONE => validate::phone(value).err(),
        applicant::ADDRESS if value.chars().count() < 5 => Some("address-short"),
        applicant::ADDRESS => longer(value, LONGTEXT_MAX),
        applicant::TELL => option(value, &["whatsapp", "telepon", "sendiri"]),
        applicant::HELPER => option(value, &["sendiri", "kuasa"]),
        applicant::TELL_WHOM => option(value, &["pemohon", "kuasa"]),
        _ => None,
    }
}

/// Any letters a name may have; digits are a slip of the field.
fn name(value: &str) -> Option<Fault> {
    if let Some(fault) = signs(value) {
        return Some(fault);
    }
    if value.chars().any(char::is_numeric) {
        return Some("name-digits");
    }
    if value.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Some("name-short");
    }
    longer(value, TEXT_MAX)
}

/// What stands in no name, of a person or of a business: brackets of markup, and signs that print nothing.
fn signs(value: &str) -> Option<Fault> {
    value.chars().any(|c| c.is_control() || matches!(c, '<' | '>')).then_some("name-signs")
}

/// A number copied from a paper, such as that of an STR. Its form changes with the years and the issuer: told
/// apart is only what cannot be one.
fn reference(value: &str) -> Option<Fault> {
    let whole = value.chars().filter(|c| c.is_alphanumeric()).count() >= REFERENCE_MIN;
    (!whole || !value.contains(char::is_numeric)).then_some("reference-form")
}

fn service_fault(asked: &Field, value: &str, today: Day) -> Option<Fault> {
    if value.is_empty() {
        return asked.required.then_some("required");
    }
    let most = |usual: usize| asked.max.and_then(|m| usize::try_from(m).ok()).unwrap_or(usual);
    match asked.kind {
        FieldKind::Text => longer(value, most(TEXT_MAX)),
        FieldKind::Name => signs(value).or_else(|| longer(value, most(TEXT_MAX))),
        FieldKind::Reference => reference(value).or_else(|| longer(value, most(TEXT_MAX))),
        FieldKind::Longtext => longer(value, most(LONGTEXT_MAX)),
        FieldKind::Number => match validate::number(value) {
            Ok(millionths) => bounds(asked, millionths),
            Err(code) => Some(code),
        },
        FieldKind::Money => match validate::money(value) {
            Ok(rupiah) => bounds(asked, i128::from(rupiah) * 1_000_000),
            Err(code) => Some(code),
        },
        FieldKind::Date => validate::date(value).err(),
        FieldKind::Choice => {
            let known = asked.options.iter().any(|o| o.id == value);
            (!known).then_some("option-unknown")
        }
        FieldKind::Yesno => option(value, &["ya", "tidak"]),
        FieldKind::Phone => validate::phone(value).err(),
        FieldKind::Nik => validate::nik(value, today).err(),
        FieldKind::Npwp => validate::npwp(value, today).err(),
        FieldKind::Nib => validate::nib(value).err(),
    }
}

fn longer(value: &str, most: usize) -> Option<Fault> {
    (value.chars().count() > most).then_some("too-long")
}

fn option(value: &str, known: &[&str]) -> Option<Fault> {
    (!known.contains(&value)).then_some("option-unknown")
}

/// `value` in millionths, the bounds in whole units.
fn bounds(asked: &Field, value: i128) -> Option<Fault> {
    let least = asked.min.map(|m| i128::from(m) * 1_000_000);
    let most = asked.max.map(|m| i128::from(m) * 1_000_000);
    if least.is_some_and(|m| value < m) {
        return Some("too-small");
    }
    most.is_some_and(|m| value > m).then_some("too-large")
}

/// The requirement cards that everybody must send something for: not optional and without a condition.
/// Whether a card is sent as a file at all is said by its own `evidence`.
pub fn required_cards(service: &Service) -> impl Iterator<Item = &str> {
    service
        .requirement
        .iter()
        .filter(|r| !r.optional && r.only_if.is_empty() && r.when.is_empty())
        .map(|r| r.card.as_str())
}

/// Everything that keeps this application from being submitted, in the order of the form. `have` are the
/// requirement cards that have at least one file, and those for which no file is sent (evidence `online`
/// or `none`).
pub fn faults(service: &Service, fields: &Fields, have: &[String], today: Day) -> Vec<FieldFault> {
    let own = OWN.into_iter();
    let asked = service.page.iter().flat_map(|p| &p.field);
    let mut faults: Vec<FieldFault> =
        own.chain(asked.map(|f| f.id.as_str())).filter_map(|field| fault(service, field, fields, today)).collect();
    let missing = required_cards(service).filter(|card| !have.iter().any(|h| h == card));
    faults.extend(missing.map(|card| FieldFault { field: format!("item:{card}"), code: "file-missing".to_string() }));
    faults.extend(fault(service, applicant::CONSENT, fields, today));
    faults
}
