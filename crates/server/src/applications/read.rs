//! Reading an application: everything with the manage key, the timeline with either, the receipt.

use super::access::{self, Owner};
use super::view;
use crate::app::Shared;
use crate::figures::usual;
use crate::http::{Caller, Ids};
use crate::ledger;
use crate::problem::Answer;
use crate::survey;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use satu_pintu_api::application::{Application, Receipt, Tracking};
use satu_pintu_api::problem::{Code, Problem};

/// Everything, with the manage key.
#[utoipa::path(get, path = "/applications/{number}", tag = "applications", params(("number" = String, Path)),
    security(("key" = [])),
    responses((status = 200, body = Application),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn read(State(app): State<Shared>, owner: Owner) -> Answer<impl IntoResponse> {
    let mut conn = app.store.reader().acquire().await?;
    let row = access::row(&mut conn, &owner.number).await?;
    let mut application = view::application(&app, &mut conn, row).await?;
    drop(conn);
    // A key given after the decision has a survey code of its own: its owner may have answered with the old one.
    let decided = application.tracking.timeline.iter().position(|e| e.code == "granted" || e.code == "refused");
    let since = decided.map_or(&[][..], |at| &application.tracking.timeline[at..]);
    if decided.is_some() && !since.iter().any(|e| e.code == "rekeyed") {
        application.survey_open = survey::open_for_owner(&app, &owner.key).await?;
    }
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(application)))
}

/// State, holder and days, with either key.
#[utoipa::path(get, path = "/applications/{number}/tracking", tag = "applications", params(("number" = String, Path)),
    security(("key" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn tracking(
    State(app): State<Shared>,
    Ids(number): Ids<String>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let (number, owned) = access::either(&app, caller, &headers, &number).await?;
    let mut conn = app.store.reader().acquire().await?;
    let row = access::row(&mut conn, &number).await?;
    let events = ledger::load(&mut conn, &number).await?;
    let mut tracking = view::tracking(&app.content(), &number, &row.service, &events, app.now(), owned);
    usual::told(&mut conn, &mut tracking, app.today()).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(tracking)))
}

/// The receipt of the submission, with the manage key.
#[utoipa::path(get, path = "/applications/{number}/receipt", tag = "applications", params(("number" = String, Path)),
    security(("key" = [])),
    responses((status = 200, body = Receipt),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn receipt(State(app): State<Shared>, owner: Owner) -> Answer<impl IntoResponse> {
    let mut conn = app.store.reader().acquire().await?;
    let receipt = access::row(&mut conn, &owner.number).await?.receipt.ok_or(Code::NotNow)?;
    let receipt: Receipt = serde_json::from_str(&receipt)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(receipt)))
}
