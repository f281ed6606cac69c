//! Resumable uploads, tus 1.0 with all its extensions but checksums in trailers (docs/API.md).
//!
//! The phone makes the id of an upload, so creating it again is the same upload. Bytes go to a staged file
//! ([`stage`]) and are synced before their offset is told. A newer request takes an upload over from a hanging
//! one ([`turns`]). The last byte makes it a file ([`complete`]); the answer names it in `Upload-File`.

mod checksum;
mod complete;
mod concat;
mod create;
mod expire;
mod metadata;
mod receive;
mod resume;
mod spoken;
mod stage;
mod turns;
mod whole;

pub use expire::sweep;
pub use turns::Uploads;
pub use whole::whole;

use crate::app::Shared;
use crate::problem::{Answer, Fault};
use crate::store::Conn;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::from_fn;
use axum::response::Response;
use satu_pintu_api::problem::Code;
use sqlx::Row;
use std::time::{Duration, UNIX_EPOCH};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most bytes of one file.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_DEFER_LENGTH: HeaderName = HeaderName::from_static("upload-defer-length");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_CONCAT: HeaderName = HeaderName::from_static("upload-concat");
const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const UPLOAD_FILE: HeaderName = HeaderName::from_static("upload-file");
const UPLOAD_PROBLEM: HeaderName = HeaderName::from_static("upload-problem");

/// `/api/v1/applications/{number}/uploads...`
pub fn routes() -> OpenApiRouter<Shared> {
    let one = "/applications/{number}/uploads/{id}";
    OpenApiRouter::new()
        .routes(routes!(create::options, create::create))
        .routes(routes!(resume::head, receive::patch, resume::terminate))
        .route(one, axum::routing::post(resume::overridden))
        .route_layer(from_fn(spoken::tus))
}

/// One row of `uploads`.
#[derive(Debug, Clone)]
pub struct Upload {
    pub id: String,
    pub number: String,
    /// Requirement card; empty for a part.
    pub item: String,
    /// Where in the item it goes; at its end when absent.
    pub page: Option<i64>,
    pub name: String,
    /// Bytes; nothing while the client has not told.
    pub length: Option<u64>,
    /// `Upload-Metadata` as it was sent.
    pub metadata: String,
    /// `Upload-Concat` as it was sent: empty, `partial`, or `final;` and the parts.
    pub concat: String,
    /// Of the whole file, as the client says, in lower-case hex.
    pub sha256: Option<String>,
    /// Why the phone advised against the photo: codes with commas.
    pub judged: String,
    /// Until when unfinished bytes are kept.
    pub expires: i64,
    /// Id of the file it became.
    pub file: Option<String>,
    /// Why it was refused.
    pub problem: Option<Code>,
}

impl Upload {
    /// Only a part of another upload, never a file by itself.
    pub fn part(&self) -> bool {
        self.concat == "partial"
    }

    /// Made of parts: takes no bytes itself.
    pub fn joined(&self) -> bool {
        self.concat.starts_with("final")
    }

    /// Whether so many bytes are all.
    pub fn whole(&self, have: u64) -> bool {
        self.length == Some(have)
    }
}

/// The upload of an application.
///
/// # Errors
/// When the database fails.
async fn find(conn: &mut Conn, number: &str, id: &str) -> Answer<Option<Upload>> {
    Ok(by_id(conn, id).await?.filter(|upload| upload.number == number))
}

/// The upload with an id, whatever its application: an id names only one.
///
/// # Errors
/// When the database fails.
async fn by_id(conn: &mut Conn, id: &str) -> Answer<Option<Upload>> {
    let row = sqlx::query(
        "SELECT number, item, page, name, length, metadata, concat, sha256, judged, expires, file, problem \
         FROM uploads WHERE id = $1",
    )
    .bind(id.to_owned())
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let length: i64 = row.try_get("length")?;
    let problem: Option<String> = row.try_get("problem")?;
    Ok(Some(Upload {
        id: id.to_owned(),
        number: row.try_get("number")?,
        item: row.try_get("item")?,
        page: row.try_get("page")?,
        name: row.try_get("name")?,
        length: u64::try_from(length).ok().filter(|length| *length > 0),
        metadata: row.try_get("metadata")?,
        concat: row.try_get("concat")?,
        sha256: row.try_get("sha256")?,
        judged: row.try_get("judged")?,
        expires: row.try_get("expires")?,
        file: row.try_get("file")?,
        problem: problem.and_then(|code| crate::problem::by_name(&code)),
    }))
}

/// An id a phone may make: 8 to 64 letters, digits, `-` and `_`. It is also the name of the staged file.
fn valid_id(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn number_header(headers: &HeaderMap, name: &HeaderName) -> Answer<Option<u64>> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()));
    let wrong = || Fault::new(Code::BadRequest).detail(format!("{name} must be a number"));
    text.and_then(|text| text.parse().ok()).map(Some).ok_or_else(wrong)
}

/// Says how far an upload is: its file once it is one, until then how long its bytes are kept.
fn told(mut response: Response, upload: &Upload, offset: u64, file: Option<&str>) -> Response {
    let headers = response.headers_mut();
    headers.insert(UPLOAD_OFFSET, HeaderValue::from(offset));
    match file.map(HeaderValue::from_str) {
        Some(Ok(file)) => headers.insert(UPLOAD_FILE, file),
        _ => headers.insert(UPLOAD_EXPIRES, date(upload.expires)),
    };
    response
}

/// Milliseconds since 1970 as HTTP writes a time.
fn date(ms: i64) -> HeaderValue {
    // After the year 9999 there is no such text; no clock of an office says so.
    let ms = u64::try_from(ms).unwrap_or(0).min(253_402_300_799_000);
    let text = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(ms));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("0"))
}
