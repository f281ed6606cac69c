//! The whole file of an application, as the desk reads it.

use super::open::shown;
use super::session::Staff;
use crate::app::{App, Shared};
use crate::applications::{access, view};
use crate::http::Ids;
use crate::ledger;
use crate::problem::Answer;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::staff::Dossier;
use satu_pintu_domain::key;
use satu_pintu_domain::staff::Deed;

/// One application with its form, papers (replaced ones too) and ledger.
#[utoipa::path(get, operation_id = "staff_dossier", path = "/staff/applications/{number}", tag = "staff", params(("number" = String, Path)),
    security(("session" = [])),
    responses((status = 200, body = Dossier),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn dossier(State(app): State<Shared>, staff: Staff, Ids(number): Ids<String>) -> Answer<impl IntoResponse> {
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(read(&app, &staff, &number).await?)))
}

/// Reads one.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::NotFound`].
pub async fn read(app: &App, staff: &Staff, typed: &str) -> Answer<Dossier> {
    staff.may(Deed::Read)?;
    let number = key::parse_number(typed).ok_or(Code::NotFound)?;
    let mut conn = app.store.reader().acquire().await?;
    let row = access::row(&mut conn, &number).await?;
    let events = ledger::load(&mut conn, &number).await?;
    if !shown(staff, &events) {
        return Err(Code::NotFound.into());
    }
    let files = view::files(&mut conn, &number).await?;
    let remarks = app.guard.remarks(&mut conn, &number).await?;
    let tracking = view::tracking(&app.content(), &number, &row.service, &events, app.now(), true);
    Ok(Dossier { tracking, fields: row.fields, files, remarks, events })
}
