//! Downloading papers with a staff session.

use super::open::readable;
use super::session::Staff;
use crate::app::{App, Shared};
use crate::files::name::disposition;
use crate::http::Ids;
use crate::ledger;
use crate::problem::Answer;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::key;
use satu_pintu_domain::staff::Deed;

/// One paper of an application that has been handed in.
#[utoipa::path(get, operation_id = "staff_files_download", path = "/staff/applications/{number}/files/{id}", tag = "staff",
    params(("number" = String, Path), ("id" = String, Path)), security(("session" = [])),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn download(
    State(app): State<Shared>,
    staff: Staff,
    Ids((number, id)): Ids<(String, String)>,
) -> Answer<Response> {
    let (object, name, media_type) = find(&app, &staff, &number, &id).await?;
    stream(&app, &object, &name, media_type).await
}

/// Object, name and media type of a paper that the person may see.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::NotFound`], or why it is withheld ([`crate::files::guard::Guard::withholds`]).
pub async fn find(app: &App, staff: &Staff, number: &str, id: &str) -> Answer<(String, String, String)> {
    staff.may(Deed::Read)?;
    let number = key::parse_number(number).ok_or(Code::NotFound)?;
    let mut conn = app.store.reader().acquire().await?;
    if !readable(staff, &ledger::load(&mut conn, &number).await?) {
        return Err(Code::NotFound.into());
    }
    let file: Option<(String, String, String, String, String)> =
        sqlx::query_as("SELECT object, name, media_type, opens, scan FROM files WHERE id = $1 AND number = $2")
            .bind(id.to_owned())
            .bind(number)
            .fetch_optional(&mut *conn)
            .await?;
    let (object, name, media_type, opens, scan) = file.ok_or(Code::NotFound)?;
    match app.guard.withholds(&opens, &scan) {
        Some(code) => Err(code.into()),
        None => Ok((object, name, media_type)),
    }
}

/// An object as a download that no page can run.
///
/// # Errors
/// When it is not there.
pub async fn stream(app: &App, object: &str, name: &str, media_type: String) -> Answer<Response> {
    let file = app.files.get(object).await?;
    let head = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_LENGTH, file.meta.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((head, Body::from_stream(file.into_stream())).into_response())
}
