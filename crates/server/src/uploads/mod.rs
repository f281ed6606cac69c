//! Resumable uploads, tus 1.0 (core, creation, creation-with-upload, termination).
//!
//! The phone makes the id of an upload, so creating it again is the same upload. Chunks are appended to a
//! staged file and synced before their offset is told. A newer request takes an upload over from a hanging
//! one ([`turns`]). The last byte makes it a file ([`complete`]); the answer names it in `Upload-File`.

mod complete;
mod create;
mod metadata;
mod receive;
mod resume;
mod turns;
mod whole;

pub use complete::unstage;
pub use turns::Uploads;
pub use whole::whole;

use crate::app::Shared;
use crate::problem::{Answer, Fault};
use crate::store::Conn;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use satu_pintu_api::problem::Code;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most bytes of one file.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;

pub const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub const UPLOAD_FILE: HeaderName = HeaderName::from_static("upload-file");
pub const UPLOAD_PROBLEM: HeaderName = HeaderName::from_static("upload-problem");

/// `/api/v1/applications/{number}/uploads...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(create::options, create::create)).routes(routes!(
        resume::head,
        receive::patch,
        resume::terminate
    ))
}

/// One row of `uploads`.
#[derive(Debug, Clone)]
pub struct Upload {
    pub id: String,
    pub number: String,
    pub item: String,
    /// Where in the item it goes; at its end when absent.
    pub page: Option<i64>,
    pub name: String,
    pub length: u64,
    /// Id of the file it became.
    pub file: Option<String>,
    /// Why it was refused.
    pub problem: Option<Code>,
}

/// Reads a row.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, number: &str, id: &str) -> Answer<Option<Upload>> {
    type Columns = (String, Option<i64>, String, i64, Option<String>, Option<String>);
    let row: Option<Columns> =
        sqlx::query_as("SELECT item, page, name, length, file, problem FROM uploads WHERE id = $1 AND number = $2")
            .bind(id.to_owned())
            .bind(number.to_owned())
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|(item, page, name, length, file, problem)| Upload {
        id: id.to_owned(),
        number: number.to_owned(),
        item,
        page,
        name,
        length: u64::try_from(length).unwrap_or(0),
        file,
        problem: problem.and_then(|code| crate::problem::by_name(&code)),
    }))
}

/// An id a phone may make: 8 to 64 letters, digits, `-` and `_`. It is also the name of the staged file.
fn valid_id(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Refuses another version of the protocol. One that says nothing is taken as 1.0.0.
fn version(headers: &HeaderMap) -> Answer<()> {
    match headers.get(TUS_RESUMABLE) {
        Some(version) if version != "1.0.0" => {
            Err(Fault::new(Code::BadRequest).status(412).detail("Tus-Resumable must be 1.0.0"))
        }
        _ => Ok(()),
    }
}

fn number_header(headers: &HeaderMap, name: &HeaderName) -> Answer<Option<u64>> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()));
    let wrong = || Fault::new(Code::BadRequest).detail(format!("{name} must be a number"));
    text.and_then(|text| text.parse().ok()).map(Some).ok_or_else(wrong)
}

/// Adds `Tus-Resumable`, and the offset where there is one.
fn tus(mut response: Response, offset: Option<u64>, file: Option<&str>) -> Response {
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, HeaderValue::from_static("1.0.0"));
    headers.insert(axum::http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(offset) = offset {
        headers.insert(UPLOAD_OFFSET, HeaderValue::from(offset));
    }
    if let Some(file) = file.and_then(|file| HeaderValue::from_str(file).ok()) {
        headers.insert(UPLOAD_FILE, file);
    }
    response
}
