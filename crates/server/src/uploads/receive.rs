//! Receiving bytes. The work runs in a task of its own, so that a cut connection does not end it half-way:
//! what arrived is written and synced, and only then the next request is let in.

use super::{UPLOAD_OFFSET, Upload, complete, find, number_header, tus, version};
use crate::app::{App, Shared};
use crate::applications::access::Owner;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use satu_pintu_api::problem::{Code, Problem};
use std::time::Duration;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

pub const OFFSET_STREAM: &str = "application/offset+octet-stream";

/// How long a sender may be silent.
const IDLE: Duration = Duration::from_secs(30);

/// How far an upload is.
pub struct Received {
    pub offset: u64,
    /// Id of the file, once it is one.
    pub file: Option<String>,
}

/// Takes the next bytes. The answer to the last ones carries `Upload-File`.
#[utoipa::path(patch, path = "/applications/{number}/uploads/{id}", tag = "uploads",
    params(("number" = String, Path), ("id" = String, Path), ("Upload-Offset" = u64, Header)), security(("key" = [])),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses((status = 204, headers(("Upload-Offset" = u64), ("Upload-File" = String))),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn patch(
    State(app): State<Shared>,
    owner: Owner,
    Ids((_, id)): Ids<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Response> {
    version(&headers)?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != OFFSET_STREAM) {
        return Err(Fault::new(Code::BadRequest).status(415).detail(format!("Content-Type must be {OFFSET_STREAM}")));
    }
    let claimed = number_header(&headers, &UPLOAD_OFFSET)?
        .ok_or_else(|| Fault::new(Code::BadRequest).detail("Upload-Offset is missing"))?;
    let upload = {
        let mut conn = app.store.reader().acquire().await?;
        find(&mut conn, &owner.number, &id).await?.ok_or(Code::NotFound)?
    };
    let staged = app.clone();
    let kept = upload.clone();
    match bytes(app, upload, Some(claimed), body).await {
        Ok(received) => {
            Ok(tus(StatusCode::NO_CONTENT.into_response(), Some(received.offset), received.file.as_deref()))
        }
        Err(fault) if fault.code == Code::UploadConflict => {
            let mut response = fault.into_response();
            if let Ok(offset) = offset(&staged, &kept).await {
                response.headers_mut().insert(UPLOAD_OFFSET, HeaderValue::from(offset));
            }
            Ok(tus(response, None, None))
        }
        Err(fault) => Ok(tus(fault.into_response(), None, None)),
    }
}

/// Receives a body at an offset and finishes the upload when it is whole.
///
/// # Errors
/// [`Code::UploadConflict`] when the offset is not where it stands or a newer request took over; what is
/// wrong with the file once it is whole.
pub async fn bytes(app: Shared, upload: Upload, claimed: Option<u64>, body: Body) -> Answer<Received> {
    tokio::spawn(async move {
        let mut turn = app.uploads.take(&upload.id).await;
        // It may have been finished while this waited.
        let upload = {
            let mut conn = app.store.reader().acquire().await?;
            find(&mut conn, &upload.number, &upload.id).await?.ok_or(Code::NotFound)?
        };
        if let Some(code) = upload.problem {
            return Err(code.into());
        }
        let have = offset(&app, &upload).await?;
        if turn.over() || claimed.is_some_and(|claimed| claimed != have) {
            return Err(Code::UploadConflict.into());
        }
        if upload.file.is_some() {
            return Ok(Received { offset: upload.length, file: upload.file });
        }
        let have = append(&app, &upload, have, body, &mut turn).await?;
        if have < upload.length {
            return Ok(Received { offset: have, file: None });
        }
        let file = complete::complete(&app, &upload).await?;
        Ok(Received { offset: have, file: Some(file) })
    })
    .await
    .map_err(Fault::broken)?
}

/// Bytes that are safe on disk. A finished upload has them all.
///
/// # Errors
/// [`Code::NotFound`] when the staged file is gone.
pub async fn offset(app: &App, upload: &Upload) -> Answer<u64> {
    if upload.file.is_some() {
        return Ok(upload.length);
    }
    match tokio::fs::metadata(app.uploads.path(&upload.id)).await {
        Ok(file) => Ok(file.len().min(upload.length)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Code::NotFound.into()),
        Err(error) => Err(error.into()),
    }
}

/// Writes what comes until it ends, breaks off, is silent too long, or a newer request takes over; then syncs.
async fn append(app: &App, upload: &Upload, have: u64, body: Body, turn: &mut super::turns::Turn) -> Answer<u64> {
    let mut file = tokio::fs::OpenOptions::new().write(true).open(app.uploads.path(&upload.id)).await?;
    file.set_len(have).await?;
    file.seek(std::io::SeekFrom::Start(have)).await?;
    let (mut have, mut stream) = (have, body.into_data_stream());
    let mut outcome = Ok(());
    loop {
        let chunk = tokio::select! {
            biased;
            () = turn.until_over() => { outcome = Err(Fault::new(Code::UploadConflict)); break }
            chunk = tokio::time::timeout(IDLE, stream.next()) => chunk,
        };
        let chunk = match chunk {
            Ok(Some(Ok(chunk))) => chunk,
            Ok(None) => break,
            Ok(Some(Err(_))) => {
                outcome = Err(Fault::new(Code::BadRequest).detail("the body broke off"));
                break;
            }
            Err(_) => {
                outcome = Err(Fault::new(Code::BadRequest).status(408).detail("nothing came for 30 seconds"));
                break;
            }
        };
        if have + chunk.len() as u64 > upload.length {
            outcome = Err(Fault::new(Code::BadRequest).status(413).detail("more bytes than Upload-Length"));
            break;
        }
        if let Err(error) = file.write_all(&chunk).await {
            outcome = Err(error.into());
            break;
        }
        have += chunk.len() as u64;
    }
    // The write of tokio ends in the background: its error comes with the flush.
    if let Err(error) = file.flush().await {
        outcome = outcome.and(Err(error.into()));
    }
    file.sync_data().await?;
    outcome.map(|()| have)
}
