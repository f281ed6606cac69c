//! "OSS sedang gangguan": beginning and ending a notice. Reading them is public, in `crate::notices`.

use super::deeds;
use super::session::Staff;
use super::verbs::fault;
use crate::app::{App, Shared};
use crate::desk::show;
use crate::http::{Body, Ids};
use crate::problem::Answer;
use crate::secret;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use satu_pintu_api::notice::Notice;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::staff::NewNotice;
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::staff::Deed;

/// Begins a notice.
#[utoipa::path(post, operation_id = "staff_notices_begin", path = "/staff/notices", tag = "staff", request_body = NewNotice, security(("session" = [])),
    responses((status = 201, body = Notice),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn begin(State(app): State<Shared>, staff: Staff, Body(body): Body<NewNotice>) -> Answer<impl IntoResponse> {
    Ok((StatusCode::CREATED, Json(new(&app, &staff, body).await?)))
}

/// Begins a notice.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::Invalid`].
pub async fn new(app: &App, staff: &Staff, body: NewNotice) -> Answer<Notice> {
    staff.may(Deed::Notices)?;
    let now = app.now();
    let text: String = body.text.trim().chars().filter(|c| !c.is_control()).collect();
    let since = body.since.unwrap_or(now);
    if text.chars().count() > 500 {
        return Err(fault("text", "too-long", "Tulisan paling banyak 500 huruf."));
    }
    if since > now || since < 0 {
        return Err(fault("since", "date-none", "Waktu mulai belum tiba."));
    }
    if body.expected.is_some_and(|expected| expected <= since) {
        return Err(fault("expected", "date-none", "Perkiraan pulih harus sesudah waktu mulai."));
    }
    let notice = Notice { id: secret::id(), channel: body.channel, since, expected: body.expected, text };
    let channel = serde_json::to_value(notice.channel)?;
    let mut tx = app.store.begin().await?;
    sqlx::query(
        "INSERT INTO notices (id, channel, text, since, expected, ended, account, at) \
         VALUES ($1, $2, $3, $4, $5, NULL, $6, $7)",
    )
    .bind(notice.id.clone())
    .bind(channel.as_str().unwrap_or_default().to_owned())
    .bind(notice.text.clone())
    .bind(notice.since)
    .bind(notice.expected)
    .bind(staff.account.clone())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    deeds::write(&mut tx, &staff.account, deeds::Deed::NoticeBegun, show::channel(notice.channel), now).await?;
    tx.commit().await?;
    Ok(notice)
}

/// Ends a notice: the site is back. Those who left a number are now to be called.
#[utoipa::path(delete, operation_id = "staff_notices_end", path = "/staff/notices/{id}", tag = "staff", params(("id" = String, Path)),
    security(("session" = [])),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn end(State(app): State<Shared>, staff: Staff, Ids(id): Ids<String>) -> Answer<impl IntoResponse> {
    over(&app, &staff, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a notice.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::NotFound`].
pub async fn over(app: &App, staff: &Staff, id: String) -> Answer<()> {
    staff.may(Deed::Notices)?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let channel: Option<String> =
        sqlx::query_scalar("UPDATE notices SET ended = $1 WHERE id = $2 AND ended IS NULL RETURNING channel")
            .bind(now)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
    let channel: Channel = serde_json::from_value(channel.ok_or(Code::NotFound)?.into())?;
    deeds::write(&mut tx, &staff.account, deeds::Deed::NoticeEnded, show::channel(channel), now).await?;
    Ok(tx.commit().await?)
}
