//! Downloads by ticket: one paper, five minutes, so that no key is ever in an address.

use super::name::disposition;
use crate::app::{App, Shared};
use crate::http::Ids;
use crate::problem::Answer;
use crate::secret;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use satu_pintu_api::application::Ticket;
use satu_pintu_api::problem::{Code, Problem};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const MINUTES_MS: i64 = 5 * 60_000;

/// `/api/v1/download/...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(download))
}

/// A ticket for a file of the application. Whoever calls has checked that the caller may have it.
///
/// # Errors
/// [`Code::NotFound`] when the application has no such file.
pub async fn for_file(app: &App, number: &str, id: &str) -> Answer<Ticket> {
    let file: Option<(String, String, String)> =
        sqlx::query_as("SELECT object, name, media_type FROM files WHERE id = $1 AND number = $2")
            .bind(id.to_owned())
            .bind(number.to_owned())
            .fetch_optional(app.store.reader())
            .await?;
    let (object, name, media_type) = file.ok_or(Code::NotFound)?;
    issue(app, object, name, media_type).await
}

/// A ticket for the permit of the application.
///
/// # Errors
/// [`Code::NotFound`] when none was issued.
pub async fn for_permit(app: &App, number: &str) -> Answer<Ticket> {
    let permit: Option<(String, String)> = sqlx::query_as("SELECT object, number FROM permits WHERE application = $1")
        .bind(number.to_owned())
        .fetch_optional(app.store.reader())
        .await?;
    let (object, permit) = permit.ok_or(Code::NotFound)?;
    let name = super::name::clean(&format!("izin-{}", permit.replace(['/', '\\'], "-")), "pdf");
    issue(app, object, name, "application/pdf".to_owned()).await
}

async fn issue(app: &App, object: String, name: String, media_type: String) -> Answer<Ticket> {
    let (ticket, now) = (secret::id(), app.now());
    let expires = now + MINUTES_MS;
    let mut tx = app.store.begin().await?;
    sqlx::query("DELETE FROM tickets WHERE expires < $1").bind(now).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO tickets (hash, object, name, media_type, expires) VALUES ($1, $2, $3, $4, $5)")
        .bind(secret::sha256(ticket.as_bytes()))
        .bind(object)
        .bind(name)
        .bind(media_type)
        .bind(expires)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Ticket { url: format!("{}/download/{ticket}", satu_pintu_api::BASE), expires })
}

/// The paper of a ticket.
#[utoipa::path(get, path = "/download/{ticket}", tag = "files", params(("ticket" = String, Path)),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn download(State(app): State<Shared>, Ids(ticket): Ids<String>) -> Answer<Response> {
    let row: Option<(String, String, String)> =
        sqlx::query_as("SELECT object, name, media_type FROM tickets WHERE hash = $1 AND expires > $2")
            .bind(secret::sha256(ticket.as_bytes()))
            .bind(app.now())
            .fetch_optional(app.store.reader())
            .await?;
    let (object, name, media_type) = row.ok_or(Code::NotFound)?;
    let file = match app.files.get(&object).await {
        Err(object_store::Error::NotFound { .. }) => return Err(Code::NotFound.into()),
        other => other?,
    };
    let head = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_LENGTH, file.meta.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((head, Body::from_stream(file.into_stream())).into_response())
}
