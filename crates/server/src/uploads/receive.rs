//! Receiving bytes. The work runs in a task of its own, so that a cut connection does not end it half-way:
//! what arrived is written and synced, and only then the next request is let in.

use super::checksum::Sum;
use super::stage::{self, Piece};
use super::turns::Turn;
use super::{MAX_BYTES, UPLOAD_LENGTH, UPLOAD_OFFSET, Upload, complete, expire, find, number_header, told};
use crate::app::{App, Shared};
use crate::applications::access::Owner;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};

pub const OFFSET_STREAM: &str = "application/offset+octet-stream";

/// Takes the next bytes. The answer to the last ones carries `Upload-File`.
#[utoipa::path(patch, path = "/applications/{number}/uploads/{id}", tag = "uploads",
    params(("number" = String, Path), ("id" = String, Path), ("Upload-Offset" = u64, Header),
           ("Upload-Length" = Option<u64>, Header), ("Upload-Checksum" = Option<String>, Header)), security(("key" = [])),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses((status = 204, headers(("Upload-Offset" = u64), ("Upload-File" = String), ("Upload-Expires" = String))),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn patch(
    State(app): State<Shared>,
    owner: Owner,
    Ids((_, id)): Ids<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Response> {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != OFFSET_STREAM) {
        return Err(Fault::new(Code::BadRequest).status(415).detail(format!("Content-Type must be {OFFSET_STREAM}")));
    }
    let claimed = number_header(&headers, &UPLOAD_OFFSET)?;
    let claimed = claimed.ok_or_else(|| Fault::new(Code::BadRequest).detail("Upload-Offset is missing"))?;
    let length = number_header(&headers, &UPLOAD_LENGTH)?;
    let piece = Piece { body, skip: 0, sum: Sum::read(&headers)? };
    let taken = tokio::spawn(async move {
        let mut turn = app.uploads.take(&id).await;
        let mut upload = {
            let mut conn = app.store.reader().acquire().await?;
            find(&mut conn, &owner.number, &id).await?.ok_or(Code::NotFound)?
        };
        if upload.joined() {
            return Err(Fault::new(Code::BadRequest).status(403).detail("made of parts, it takes no bytes"));
        }
        if let Some(code) = upload.problem {
            return Err(code.into());
        }
        let have = stage::offset(&app, &upload).await?;
        if turn.over() || claimed != have {
            let mut response = Fault::new(Code::UploadConflict).into_response();
            response.headers_mut().insert(UPLOAD_OFFSET, HeaderValue::from(have));
            return Ok(response);
        }
        if let Some(length) = length {
            now_known(&app, &mut upload, length, have).await?;
        }
        let (offset, file) = match upload.file.clone() {
            None => take_in(&app, &mut upload, have, piece, &mut turn).await?,
            done => (have, done),
        };
        Ok(told(StatusCode::NO_CONTENT.into_response(), &upload, offset, file.as_deref()))
    });
    taken.await.map_err(Fault::broken)?
}

/// A length that was deferred.
async fn now_known(app: &App, upload: &mut Upload, length: u64, have: u64) -> Answer<()> {
    match upload.length {
        Some(known) if known == length => return Ok(()),
        None if length > MAX_BYTES => return Err(Code::FileTooLarge.into()),
        None if length == 0 => return Err(Code::FileEmpty.into()),
        None if length >= have => {}
        _ => return Err(Fault::new(Code::BadRequest).detail("Upload-Length cannot be this")),
    }
    let mut tx = app.store.begin().await?;
    sqlx::query("UPDATE uploads SET length = $1 WHERE id = $2")
        .bind(i64::try_from(length).unwrap_or(i64::MAX))
        .bind(upload.id.clone())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    upload.length = Some(length);
    Ok(())
}

/// Receives bytes and finishes the upload when it is whole. Tells how many there are, and the file if it is one.
///
/// # Errors
/// As [`stage::append`] and [`finished`].
pub async fn take_in(
    app: &App,
    upload: &mut Upload,
    have: u64,
    piece: Piece,
    turn: &mut Turn,
) -> Answer<(u64, Option<String>)> {
    let taken = stage::append(app, upload, have, piece, turn).await;
    let more = match &taken {
        Ok(_) => true,
        // What came before it broke off counts too.
        Err(_) => stage::offset(app, upload).await.is_ok_and(|now| now > have),
    };
    if more {
        expire::extend(app, upload).await?;
    }
    let have = taken?;
    Ok((have, finished(app, upload, have).await?))
}

/// The file of an upload with so many bytes, made now if they are all.
///
/// # Errors
/// What is wrong with the file; that storing failed, which may be tried again.
pub async fn finished(app: &App, upload: &Upload, have: u64) -> Answer<Option<String>> {
    if upload.file.is_none() && upload.whole(have) && !upload.part() {
        return complete::complete(app, upload, complete::Source::Known).await.map(Some);
    }
    Ok(upload.file.clone())
}
