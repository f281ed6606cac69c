//! Submitting: checked whole, once, with a receipt.

use super::access::Owner;
use super::idempotency::Once;
use super::open::Open;
use super::view;
use crate::app::Shared;
use crate::contents::Published;
use crate::http::body::Raw;
use crate::ledger;
use crate::problem::{Answer, Fault};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use satu_pintu_api::application::{FileItem, Receipt};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{State as Stage, StepLimit, What};
use satu_pintu_domain::content::{Channel, Service, Step, StepTime};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form;

/// Hands the application in. The same `Idempotency-Key` always gets the same receipt.
#[utoipa::path(post, path = "/applications/{number}/submit", tag = "applications",
    params(("number" = String, Path), ("Idempotency-Key" = String, Header)), security(("key" = [])),
    responses((status = 200, body = Receipt),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn submit(
    State(app): State<Shared>,
    owner: Owner,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Answer<impl IntoResponse> {
    let once = Once::of_nothing(&headers, "submit", &body)?;
    let mut open = Open::by_owner(&app, &owner).await?;
    if let Some(answer) = once.before(&mut open.tx, &owner.number).await? {
        return Ok(json(answer));
    }
    let receipt = hand_in(&mut open).await?;
    once.keep(&mut open.tx, &owner.number, StatusCode::OK, &receipt, open.now).await?;
    open.commit().await?;
    Ok(json(receipt))
}

/// Checks an opened draft whole and hands it in; tells its receipt as JSON.
///
/// # Errors
/// [`Code::AlreadySubmitted`], [`Code::NotNow`], or [`Code::Incomplete`] with what is missing.
pub async fn hand_in(open: &mut Open) -> Answer<String> {
    let (content, number) = (open.content.clone(), open.row.number.clone());
    if open.row.receipt.is_some() {
        return Err(Code::AlreadySubmitted.into());
    }
    if open.status().state != Stage::Draft {
        return Err(Code::NotNow.into());
    }
    let service =
        content.service(&open.row.service).filter(|s| s.channel == Channel::Office).ok_or(Code::ServiceUnknown)?;
    let today = open.today();
    let files = view::files(&mut open.tx, &number).await?;
    let faults = form::faults(service, &open.row.fields, &have(&content, service, &files), today);
    if !faults.is_empty() {
        return Err(Fault::new(Code::Incomplete).faults(faults));
    }
    let (intake_days, (service_days, service_minutes)) = limits(&content, service, today)?;
    let rules = content.rules_version().to_owned();
    let what = What::Submitted { intake_days, service_days, service_minutes, rules, steps: steps(service) };
    open.add(what).await?;
    let receipt = serde_json::to_string(&receipt(open, &files).await?)?;
    sqlx::query("UPDATE applications SET receipt = $1 WHERE number = $2")
        .bind(receipt.clone())
        .bind(number)
        .execute(&mut *open.tx)
        .await?;
    Ok(receipt)
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

/// Published days of the first check on a day, and what is promised for the service.
fn limits(content: &Published, service: &Service, today: Day) -> Answer<(u32, (u32, u32))> {
    let value = |param: &str| {
        content
            .param(param, today)
            .and_then(|value| u32::try_from(value).ok())
            .ok_or_else(|| Fault::broken(format!("the content has no value for {param} on {today}")))
    };
    Ok((value(&content.office().intake_days)?, service.promise(value(&service.days)?)))
}

/// What the published standard gives each holder.
fn steps(service: &Service) -> Vec<StepLimit> {
    let limit = |step: &Step| {
        let StepTime { value, unit } = step.time;
        Some(StepLimit { by: step.by.clone()?, value, unit })
    };
    service.step.iter().filter_map(limit).collect()
}

/// What the applicant takes home: when it was handed in, the two last days, and the head of the ledger.
///
/// # Errors
/// When the database fails.
pub async fn receipt(open: &mut Open, files: &[FileItem]) -> Answer<Receipt> {
    let head = ledger::head(&mut open.tx, &open.row.number).await?;
    let content = &open.content;
    let (mut submitted, mut intake, mut days, mut minutes) = (0, 0, 0, 0);
    for event in &open.events {
        if let What::Submitted { intake_days, service_days, service_minutes, .. } = event.what {
            (submitted, intake, days, minutes) = (event.at, intake_days, service_days, service_minutes);
        }
    }
    let day = Day::at(submitted, content.zone());
    let in_days = minutes == 0;
    let until = if in_days { None } else { ledger::clock(content).after(submitted, i64::from(minutes) * 60_000).ok() };
    Ok(Receipt {
        number: open.row.number.clone(),
        service_name: content.service_name(&open.row.service),
        submitted,
        intake_due: content.calendar().add(day, intake).ok().filter(|_| in_days),
        due: match until {
            Some(moment) => Some(Day::at(moment, content.zone())),
            None => content.calendar().add(day, days).ok().filter(|_| in_days),
        },
        days,
        minutes,
        until,
        files: u32::try_from(files.iter().filter(|f| !f.replaced).count()).unwrap_or(u32::MAX),
        head,
    })
}
