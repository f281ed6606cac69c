//! Writing down that the applicant has been told what happened.

use super::deeds;
use super::session::Staff;
use super::verbs::text;
use crate::app::Shared;
use crate::applications::open::Open;
use crate::http::{Body, Ids};
use crate::problem::Answer;
use axum::extract;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::staff::Told;
use satu_pintu_domain::application::State;
use satu_pintu_domain::staff::Deed;

/// The applicant has been called or messaged about everything so far.
#[utoipa::path(post, operation_id = "staff_told", path = "/staff/applications/{number}/told", tag = "staff", params(("number" = String, Path)),
    request_body = Told, security(("session" = [])),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn told(
    extract::State(app): extract::State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Told>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Tell, &number).await?;
    write(&mut open, &body.how).await?;
    open.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes down that the applicant has been told about everything so far.
///
/// # Errors
/// When it is not said how.
pub async fn write(open: &mut Open, how: &str) -> Answer<()> {
    let how = text("how", how)?;
    deeds::write(&mut open.tx, &open.account, deeds::Deed::Told, &open.row.number, open.now).await?;
    sqlx::query(
        "INSERT INTO told (number, seq, how, account, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number) DO UPDATE \
         SET seq = excluded.seq, how = excluded.how, account = excluded.account, at = excluded.at",
    )
    .bind(open.row.number.clone())
    .bind(open.events.last().map_or(0, |event| i64::from(event.seq)))
    .bind(how)
    .bind(open.account.clone())
    .bind(open.now)
    .execute(&mut *open.tx)
    .await?;
    // A refusal or a revocation that the applicant has heard of is done with.
    let status = open.status();
    if status.state == State::Refused || status.revoked.is_some() {
        open.leave_queue().await?;
    }
    Ok(())
}
