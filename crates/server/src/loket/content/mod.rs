//! Changing the content from the desk: [`list`] shows what waits and what was, [`form`] takes new values and shows
//! them beside the old, [`preview`] shows the pages of citizens as they would be, [`slots`] says what there is to
//! change. What happens is in [`crate::staff::changes`].

pub mod form;
pub mod holiday;
pub mod list;
pub mod preview;
mod slots;

use super::page::{self, Page};
use crate::permit::words;
use crate::problem::Fault;
use crate::staff::session::Staff;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use satu_pintu_domain::content::HolidayKind;
use satu_pintu_publish::Content;
use satu_pintu_publish::edit::{DayOff, Edit};

/// Entry of the menu.
pub const PATH: &str = "/loket/isi";

fn show(staff: &Staff, title: &str, fault: Option<&Fault>, main: Markup) -> Response {
    let status = fault.map_or(StatusCode::OK, page::status);
    Page { title, staff: Some(staff), at: PATH, wide: false, main }.with(status)
}

/// What was and what will be.
fn compared(content: &Content, edits: &[Edit]) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { "Isi" } th scope="col" { "Sekarang" } th scope="col" { "Menjadi" } } }
            tbody {
                @for edit in edits {
                    @let (what, old, new) = told(content, edit);
                    tr { th scope="row" { (what) } td { del { (old) } } td { ins { (new) } } }
                }
            }
        }
    }
}

fn told(content: &Content, edit: &Edit) -> (String, String, String) {
    match edit {
        Edit::Text { file, place, old, new } => (slots::name(file, place), old.clone(), new.clone()),
        Edit::Param { id, from, old, new, .. } => {
            // Without a row of this day the latest one before it is in force.
            let rows = content.params.iter().filter(|row| row.id == *id && row.from < *from);
            let before = rows.max_by_key(|row| row.from).map(|row| row.value);
            let value = |value: &Option<i64>| {
                value.or(before).map_or_else(|| "belum ada".to_owned(), |value| amount(content, id, value))
            };
            (format!("{}, mulai {}", slots::param_name(content, id), words::day(*from)), value(old), value(new))
        }
        Edit::Openings { days, since, before, old, new } => {
            let held = if old.is_empty() { before } else { old };
            let next = if new.is_empty() { before } else { new };
            let what = format!("Jam kantor {}, mulai {}", slots::weekdays(days), words::day(*since));
            (what, slots::spans(held), slots::spans(next))
        }
        Edit::Holiday { date, old, new } => {
            let named = |day: &Option<DayOff>| day.as_ref().map_or_else(|| "hari kerja".to_owned(), off);
            (format!("Libur {}", words::day(*date)), named(old), named(new))
        }
    }
}

fn off(day: &DayOff) -> String {
    let kind = match day.kind {
        HolidayKind::LiburNasional => "libur nasional",
        HolidayKind::CutiBersama => "cuti bersama",
    };
    format!("{} ({kind})", day.name)
}

/// A fee in rupiah, a time in its unit.
fn amount(content: &Content, id: &str, value: i64) -> String {
    match (id.starts_with("biaya."), value) {
        (true, 0) => "Gratis".to_owned(),
        (true, value) => format!("Rp{}", words::thousands(value)),
        (false, value) => format!("{value} {}", slots::unit(content, id)),
    }
}
