//! The fields of a draft. What was typed is kept, right or not.

use super::super::clerk::{Clerk, Posted};
use super::super::form::Typed;
use super::super::page;
use super::field::Form;
use super::{Step, address, head, seq, show};
use crate::app::Shared;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use crate::staff::assist::{self, Assisted};
use crate::staff::session::Staff;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::assisted;
use satu_pintu_domain::content::Service;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{self, FieldFault, Fields, applicant};

/// `GET /loket/bantu/{number}`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk, Ids(number): Ids<String>) -> Response {
    let draft = match assist::read(&app, &staff, &number).await {
        Ok(draft) => draft,
        Err(fault) => return page::fault(Some(&staff), &fault),
    };
    // Sent, and its key not printed yet.
    if !assisted(&draft.events) {
        return Redirect::to(&address(&draft.row.number, "/selesai")).into_response();
    }
    again(&app, &staff, &number, &Typed::default(), None).await
}

/// `POST /loket/bantu/{number}`
pub async fn save(State(app): State<Shared>, Ids(number): Ids<String>, Posted(staff, typed): Posted) -> Response {
    match saved(&app, &staff, &number, &typed).await {
        Ok(()) => Redirect::to(&address(&number, "/berkas")).into_response(),
        Err(fault) => again(&app, &staff, &number, &typed, Some(&fault)).await,
    }
}

async fn saved(app: &Shared, staff: &Staff, number: &str, typed: &Typed) -> Answer<()> {
    let fields: Fields = typed.0.iter().filter(|(id, _)| id != "seq").cloned().collect();
    assist::fill(app, staff, number, fields).await?;
    let draft = assist::read(app, staff, number).await?;
    let content = app.content();
    let service = content.service(&draft.row.service).ok_or(Code::ServiceUnknown)?;
    match faults(service, &draft.row.fields, app.today()) {
        faults if faults.is_empty() => Ok(()),
        faults => {
            let says = "Yang sudah diketik tersimpan. Perbaiki isian yang ditandai, lalu lanjut.";
            Err(Fault::new(Code::Incomplete).faults(faults).detail(says))
        }
    }
}

/// What is wrong with the fields alone.
fn faults(service: &Service, fields: &Fields, today: Day) -> Vec<FieldFault> {
    let all = form::faults(service, fields, &[], today).into_iter();
    all.filter(|fault| !fault.field.starts_with("item:") && fault.field != applicant::CONSENT).collect()
}

/// The form with what was typed, after a fault or after signing in again.
pub async fn again(app: &Shared, staff: &Staff, number: &str, typed: &Typed, fault: Option<&Fault>) -> Response {
    match made(app, staff, number, typed, fault).await {
        Ok(main) => show(staff, "Isian", fault, main),
        Err(fault) => page::fault(Some(staff), &fault),
    }
}

async fn made(app: &Shared, staff: &Staff, number: &str, typed: &Typed, fault: Option<&Fault>) -> Answer<Markup> {
    let draft = assist::read(app, staff, number).await?;
    let content = app.content();
    let service = content.service(&draft.row.service).ok_or(Code::ServiceUnknown)?;
    // Typed over something older: what others have kept meanwhile stays where nothing was typed, and is told beside
    // the rest, so that the next press erases nothing unseen.
    let older = fault.is_none_or(|fault| fault.code != Code::Incomplete)
        && typed.has("seq")
        && typed.get("seq") != seq(&draft).to_string();
    let mut fields = draft.row.fields.clone();
    let own = typed.0.iter().filter(|(id, value)| id != "seq" && !(older && value.trim().is_empty()));
    fields.extend(own.cloned());
    let faults = fault.map_or(&[][..], |fault| fault.faults.as_slice());
    let form = Form { content: &content, fields: &fields, stored: older.then_some(&draft.row.fields), faults };
    Ok(html! {
        (head(&draft, service, Step::Fill, fault))
        form method="post" action=(address(&draft.row.number, "")) class="long" {
            (hidden(&draft))
            (form.own())
            @for page in &service.page {
                fieldset {
                    legend { h2 { (page.title) } }
                    @if !page.hint.is_empty() { p class="hint" { (page.hint) } }
                    @for field in page.field.iter() { (form.asked(field)) }
                }
            }
            button type="submit" class="btn" { "Simpan dan lanjut ke berkas" }
        }
    })
}

fn hidden(draft: &Assisted) -> Markup {
    html! { input type="hidden" name="seq" value=(seq(draft)); }
}
