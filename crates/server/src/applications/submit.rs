//! Submitting: checked whole, once, with a receipt.

use super::idempotency::{Once, nothing};
use super::{access, view};
use crate::app::Shared;
use crate::contents::Published;
use crate::http::body::Raw;
use crate::http::{Caller, Ids};
use crate::ledger;
use crate::problem::{Answer, Fault};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use satu_pintu_api::application::{FileItem, Receipt};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{Actor, Event, State as Stage, What};
use satu_pintu_domain::content::{Channel, Service};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form;

/// Hands the application in. The same `Idempotency-Key` always gets the same receipt.
#[utoipa::path(post, path = "/applications/{number}/submit", tag = "applications",
    params(("number" = String, Path), ("Idempotency-Key" = String, Header)), security(("key" = [])),
    responses((status = 200, body = Receipt),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn submit(
    State(app): State<Shared>,
    Ids(number): Ids<String>,
    caller: Caller,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Answer<impl IntoResponse> {
    let owner = access::owner(&app, caller, &headers, &number).await?;
    nothing(&body)?;
    let once = Once::of(&headers, "submit", &body)?;
    let (content, now) = (app.content(), app.now());
    let mut tx = app.store.begin().await?;
    ledger::lock(&mut tx, &owner.number).await?;
    if let Some(answer) = once.before(&mut tx, &owner.number).await? {
        return Ok(json(answer));
    }
    let row = access::row(&mut tx, &owner.number).await?;
    let mut events = ledger::load(&mut tx, &owner.number).await?;
    if row.receipt.is_some() {
        return Err(Code::AlreadySubmitted.into());
    }
    if ledger::status(&content, &events, now).state != Stage::Draft {
        return Err(Code::NotNow.into());
    }
    let service = content.service(&row.service).filter(|s| s.channel == Channel::Office).ok_or(Code::ServiceUnknown)?;
    let today = Day::at(now, content.zone());
    let files = view::files(&mut tx, &owner.number).await?;
    let faults = form::faults(service, &row.fields, &have(&content, service, &files), today);
    if !faults.is_empty() {
        return Err(Fault::new(Code::Incomplete).faults(faults));
    }
    let (intake_days, service_days) = limits(&content, service, today)?;
    let what = What::Submitted { intake_days, service_days, rules: content.rules_version().to_owned() };
    ledger::append(&mut tx, &owner.number, &mut events, (Actor::Applicant, ""), what, now).await?;
    let receipt = serde_json::to_string(&receipt(&content, &row, &events, &files))?;
    sqlx::query("UPDATE applications SET receipt = $1 WHERE number = $2")
        .bind(receipt.clone())
        .bind(owner.number.clone())
        .execute(&mut *tx)
        .await?;
    once.keep(&mut tx, &owner.number, StatusCode::OK, &receipt, now).await?;
    tx.commit().await?;
    Ok(json(receipt))
}

/// A JSON text as an answer.
pub fn json(text: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], text)
}

/// Requirement cards that have at least one file, and those for which no file is sent: what is brought along or
/// done elsewhere cannot be proven here and holds nothing up. The desk is told to look at it.
pub fn have(content: &Published, service: &Service, files: &[FileItem]) -> Vec<String> {
    let sent = files.iter().filter(|f| !f.replaced).map(|f| f.item.as_str());
    sent.chain(content.cards_without_file(service)).map(str::to_owned).collect()
}

/// Published days of the first check and of the service on a day.
fn limits(content: &Published, service: &Service, today: Day) -> Answer<(u32, u32)> {
    let days = |param: &str| {
        content
            .param(param, today)
            .and_then(|days| u32::try_from(days).ok())
            .ok_or_else(|| Fault::broken(format!("the content has no value for {param} on {today}")))
    };
    Ok((days(&content.office().intake_days)?, days(&service.days)?))
}

/// What the applicant takes home: when it was handed in and the two last days.
pub fn receipt(content: &Published, row: &access::Row, events: &[Event], files: &[FileItem]) -> Receipt {
    let (mut submitted, mut intake, mut days) = (0, 0, 0);
    for event in events {
        if let What::Submitted { intake_days, service_days, .. } = event.what {
            (submitted, intake, days) = (event.at, intake_days, service_days);
        }
    }
    let day = Day::at(submitted, content.zone());
    Receipt {
        number: row.number.clone(),
        service_name: content.service_name(&row.service),
        submitted,
        intake_due: content.calendar().add(day, intake).ok(),
        due: content.calendar().add(day, days).ok(),
        days,
        files: u32::try_from(files.iter().filter(|f| !f.replaced).count()).unwrap_or(u32::MAX),
    }
}
