//! What was answered, in words: for the check page, the correction page and the receipt.

use super::data::link_from;
use super::state::{self, Part};
use crate::i18n::{self, t};
use crate::ui::SummaryRow;
use satu_pintu_domain::content::{Field, FieldKind, Service};
use satu_pintu_domain::form::{Fields, applicant};
use satu_pintu_domain::validate;

/// The rows of a page; with `change` each has its way back here.
pub fn of_part(service: &Service, part: &Part, fields: &Fields, change: Option<(&str, &str)>) -> Vec<SummaryRow> {
    let row = |field: &str| SummaryRow {
        label: label(service, field),
        value: shown(service, field, fields),
        change: change.map(|(number, from)| (link_from(number, &part.slug, from), t().ui().change.to_string())),
    };
    state::asked(part, fields).into_iter().map(row).collect()
}

fn asked<'a>(service: &'a Service, field: &str) -> Option<&'a Field> {
    service.page.iter().flat_map(|p| &p.field).find(|f| f.id == field)
}

/// What a field is called.
pub fn label(service: &Service, field: &str) -> String {
    let w = t().application();
    let own = match field {
        applicant::NAME => w.name_label,
        applicant::NIK => w.nik_label,
        applicant::PHONE => w.phone_label,
        applicant::ADDRESS => w.address_label,
        applicant::HELPER => w.helper_short,
        applicant::HELPER_NAME => w.helper_name,
        applicant::HELPER_PHONE => w.helper_phone,
        applicant::TELL => w.tell_short,
        applicant::TELL_WHOM => w.whom_short,
        applicant::CONSENT => w.consent_legend,
        _ => return asked(service, field).map_or_else(|| field.to_string(), |f| f.label.clone()),
    };
    own.to_string()
}

/// A value as a person reads it. A NIK shows only its ends.
pub fn shown(service: &Service, field: &str, fields: &Fields) -> String {
    let w = t().application();
    let value = fields.get(field).map_or("", |v| v.trim());
    if value.is_empty() {
        // Without an answer the applicant is told.
        return if field == applicant::TELL_WHOM { w.whom_applicant } else { w.empty }.to_string();
    }
    let own = match (field, value) {
        (applicant::NIK, nik) => return masked(nik),
        (applicant::HELPER, "sendiri") => w.helper_self,
        (applicant::HELPER, _) => w.helper_other,
        (applicant::TELL, "whatsapp") => w.tell_whatsapp,
        (applicant::TELL, "telepon") => w.tell_phone,
        (applicant::TELL, _) => w.tell_self,
        (applicant::TELL_WHOM, "kuasa") => w.whom_helper,
        (applicant::TELL_WHOM, _) => w.whom_applicant,
        _ => "",
    };
    if !own.is_empty() {
        return own.to_string();
    }
    let Some(asked) = asked(service, field) else { return value.to_string() };
    match asked.kind {
        FieldKind::Choice => {
            asked.options.iter().find(|o| o.id == value).map_or_else(|| value.to_string(), |o| o.label.clone())
        }
        FieldKind::Yesno => if value == "ya" { w.yes } else { w.no }.to_string(),
        FieldKind::Nik | FieldKind::Npwp => masked(value),
        FieldKind::Money => validate::money(value).map_or_else(|_| value.to_string(), i18n::money),
        FieldKind::Date => validate::date(value).map_or_else(|_| value.to_string(), i18n::date),
        _ if !asked.unit.is_empty() => [value, " ", &asked.unit].concat(),
        _ => value.to_string(),
    }
}

fn masked(value: &str) -> String {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    validate::mask_nik(&digits)
}
