//! The consent to be helped, before anything is written.

use super::super::clerk::{Clerk, Posted};
use super::super::form::Typed;
use super::super::page;
use super::{PATH, consent, show};
use crate::app::Shared;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::staff::assist;
use crate::staff::session::Staff;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::problem::Code;
use satu_pintu_app::answers::{from_query, to_query};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::staff::Deed;

/// `GET /loket/bantu/mulai/{service}?usaha=...`
pub async fn page(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    Ids(service): Ids<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let answers = to_query(&from_query(&query.unwrap_or_default()));
    form(&app, &staff, &service, &answers, &Typed::default(), None)
}

/// `POST /loket/bantu/mulai/{service}`
pub async fn begin(State(app): State<Shared>, Ids(service): Ids<String>, Posted(staff, typed): Posted) -> Response {
    let answers = typed.get("jawaban").to_owned();
    match begun(&app, &staff, &service, &answers, &typed).await {
        Ok(number) => Redirect::to(&super::address(&number, "")).into_response(),
        Err(fault) => form(&app, &staff, &service, &answers, &typed, Some(&fault)),
    }
}

async fn begun(app: &Shared, staff: &Staff, service: &str, answers: &str, typed: &Typed) -> Answer<String> {
    let consent = consent::read(typed)?;
    let once: String = typed.get("sekali").chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    assist::begin(app, staff, service, &from_query(answers), consent, &once).await
}

fn form(app: &Shared, staff: &Staff, service: &str, answers: &str, typed: &Typed, fault: Option<&Fault>) -> Response {
    match asked(app, staff, service, answers, typed, fault) {
        Ok(main) => show(staff, "Persetujuan", fault, main),
        Err(fault) => page::fault(Some(staff), &fault),
    }
}

fn asked(
    app: &Shared,
    staff: &Staff,
    service: &str,
    answers: &str,
    typed: &Typed,
    fault: Option<&Fault>,
) -> Answer<Markup> {
    staff.may(Deed::Assist)?;
    let content = app.content();
    let service = content.service(service).filter(|s| s.channel == Channel::Office).ok_or(Code::ServiceUnknown)?;
    let once = if typed.has("sekali") { typed.get("sekali").to_owned() } else { secret::id() };
    Ok(html! {
        h1 { (service.name) }
        @if let Some(fault) = fault { (page::told(fault)) }
        h2 { "Bacakan kepada pemohon" }
        (consent::to_begin(&content))
        form method="post" action=(format!("{PATH}/mulai/{}", service.id)) {
            input type="hidden" name="jawaban" value=(answers);
            // Pressed twice, it begins one draft.
            input type="hidden" name="sekali" value=(once);
            (consent::form(typed))
            button type="submit" class="btn" { "Catat persetujuan dan mulai mengisi" }
        }
        p { a href=(PATH) { "Batal" } }
    })
}
