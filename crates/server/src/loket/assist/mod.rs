//! Filing at the counter: for somebody who cannot do it alone. [`begin`] chooses the service and records the
//! consent, [`fill`] takes the fields, [`papers`] the scans, [`send`] what was agreed to, and prints the key.
//! What happens is in [`crate::staff::assist`].

pub mod begin;
pub mod choose;
mod consent;
mod field;
pub mod fill;
pub mod papers;
pub mod send;
mod sheet;

use super::page::{self, Page};
use crate::contents::Published;
use crate::problem::Fault;
use crate::staff::assist::Assisted;
use crate::staff::session::Staff;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use satu_pintu_domain::content::Service;

/// Entry of the menu.
pub const PATH: &str = "/loket/bantu";

/// One of the three pages of a draft.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Fill,
    Papers,
    Send,
}

const STEPS: [(Step, &str, &str); 3] =
    [(Step::Fill, "", "Isian"), (Step::Papers, "/berkas", "Berkas"), (Step::Send, "/kirim", "Periksa dan kirim")];

fn address(number: &str, rest: &str) -> String {
    format!("{PATH}/{number}{rest}")
}

fn seq(draft: &Assisted) -> u32 {
    draft.events.last().map_or(0, |event| event.seq)
}

/// The head of each page of a draft, and what went wrong.
fn head(draft: &Assisted, service: &Service, at: Step, fault: Option<&Fault>) -> Markup {
    let number = &draft.row.number;
    html! {
        h1 { (service.name) " " small { (number) } }
        nav class="steps" aria-label="Langkah" {
            ol {
                @for (step, rest, label) in STEPS {
                    li { a href=(address(number, rest)) aria-current=[(step == at).then_some("step")] { (label) } }
                }
            }
        }
        @if let Some(fault) = fault { (page::told(fault)) }
    }
}

fn show(staff: &Staff, title: &str, fault: Option<&Fault>, main: Markup) -> Response {
    let status = fault.map_or(StatusCode::OK, page::status);
    Page { title, staff: Some(staff), at: PATH, wide: false, main }.with(status)
}

/// The sentence for a fault of a field.
fn says<'a>(content: &'a Published, code: &str) -> &'a str {
    let word = |code: &str| content.word("id", &format!("fault.{code}"));
    word(code).or_else(|| word("unknown")).unwrap_or_default()
}
