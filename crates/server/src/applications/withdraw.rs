//! Taking an application back.

use super::{access, view};
use crate::app::Shared;
use crate::http::{Caller, Ids};
use crate::ledger;
use crate::problem::Answer;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use satu_pintu_api::application::Application;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{Actor, State as Stage, What};

/// Takes the application back. Doing it again changes nothing.
#[utoipa::path(post, path = "/applications/{number}/withdraw", tag = "applications",
    params(("number" = String, Path)), security(("key" = [])),
    responses((status = 200, body = Application),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(
    State(app): State<Shared>,
    Ids(number): Ids<String>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let owner = access::owner(&app, caller, &headers, &number).await?;
    let (content, now) = (app.content(), app.now());
    let mut tx = app.store.begin().await?;
    ledger::lock(&mut tx, &owner.number).await?;
    let mut events = ledger::load(&mut tx, &owner.number).await?;
    let state = ledger::status(&content, &events, now).state;
    if state.decided() {
        return Err(Code::NotNow.into());
    }
    if state != Stage::Withdrawn {
        ledger::append(&mut tx, &owner.number, &mut events, (Actor::Applicant, ""), What::Withdrawn, now).await?;
    }
    let row = access::row(&mut tx, &owner.number).await?;
    let application = view::application(&app, &mut tx, row).await?;
    tx.commit().await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(application)))
}
