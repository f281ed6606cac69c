//! One-time survey codes for people served at the counter. Only their hashes are kept.

use super::deeds;
use super::session::Staff;
use super::verbs::fault;
use crate::app::{App, Shared};
use crate::http::Body;
use crate::problem::Answer;
use crate::{secret, survey};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::staff::{NewSlips, Slips};
use satu_pintu_domain::key::Key;
use satu_pintu_domain::staff::Deed;
use satu_pintu_domain::survey::HalfYear;

/// Most codes at once.
const MOST: u32 = 600;

/// Makes codes for the half-year that is open now.
#[utoipa::path(post, operation_id = "staff_slips_make", path = "/staff/survey-slips", tag = "staff", request_body = NewSlips, security(("session" = [])),
    responses((status = 200, body = Slips),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn make(State(app): State<Shared>, staff: Staff, Body(body): Body<NewSlips>) -> Answer<impl IntoResponse> {
    let slips = new(&app, &staff, body.count).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(slips)))
}

/// Makes codes for the half-year that is open now.
///
/// # Errors
/// [`Code::RoleLacks`](satu_pintu_api::problem::Code), or a count that is none.
pub async fn new(app: &App, staff: &Staff, count: u32) -> Answer<Slips> {
    staff.may(Deed::Slips)?;
    if !(1..=MOST).contains(&count) {
        let code = if count == 0 { "too-small" } else { "too-large" };
        return Err(fault("count", code, "Jumlah kode 1 sampai 600."));
    }
    let half = HalfYear::of(app.today());
    let keys: Vec<Key> = (0..count).map(|_| Key::new(secret::random())).collect();
    let mut tx = app.store.begin().await?;
    for key in &keys {
        survey::add_slip(&mut tx, key, half).await?;
    }
    deeds::write(&mut tx, &staff.account, deeds::Deed::SlipsMade, &count.to_string(), app.now()).await?;
    tx.commit().await?;
    Ok(Slips { half, codes: keys.iter().map(Key::shown).collect() })
}
