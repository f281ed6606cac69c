//! People who asked to be rung when a site is back: writing down that it was done.

use super::deeds;
use super::session::Staff;
use crate::app::{App, Shared};
use crate::desk::show;
use crate::http::Ids;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::staff::Deed;

/// The person has been rung.
#[utoipa::path(post, operation_id = "staff_callbacks_done", path = "/staff/callbacks/{id}/done", tag = "staff", params(("id" = String, Path)),
    security(("session" = [])),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn done(State(app): State<Shared>, staff: Staff, Ids(id): Ids<String>) -> Answer<impl IntoResponse> {
    rung(&app, &staff, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes down that somebody has been rung; whoever said so first is kept.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::NotFound`].
pub async fn rung(app: &App, staff: &Staff, id: String) -> Answer<()> {
    staff.may(Deed::Tell)?;
    let mut tx = app.store.begin().await?;
    let channel: Option<String> =
        sqlx::query_scalar("SELECT n.channel FROM callbacks c JOIN notices n ON n.id = c.notice WHERE c.id = $1")
            .bind(id.clone())
            .fetch_optional(&mut *tx)
            .await?;
    let channel: Channel = serde_json::from_value(channel.ok_or(Code::NotFound)?.into())?;
    let changed = sqlx::query("UPDATE callbacks SET done = 1, account = $1 WHERE id = $2 AND done = 0")
        .bind(staff.account.clone())
        .bind(id)
        .execute(&mut *tx)
        .await?;
    if changed.rows_affected() > 0 {
        deeds::write(&mut tx, &staff.account, deeds::Deed::Rung, show::channel(channel), app.now()).await?;
    }
    Ok(tx.commit().await?)
}
