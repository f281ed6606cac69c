//! Asking how far an upload is, and giving it up. Both take it over from a hanging request at once.

use super::{UPLOAD_LENGTH, UPLOAD_PROBLEM, complete, find, receive, tus, version};
use crate::app::Shared;
use crate::applications::access::Owner;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};

/// How many bytes are safe. `Upload-File` when it is a file already.
#[utoipa::path(head, path = "/applications/{number}/uploads/{id}", tag = "uploads",
    params(("number" = String, Path), ("id" = String, Path)), security(("key" = [])),
    responses((status = 200, headers(("Upload-Offset" = u64), ("Upload-Length" = u64), ("Upload-File" = String))),
              (status = "default", description = "As the other methods, without a body")))]
pub async fn head(
    State(app): State<Shared>,
    owner: Owner,
    Ids((_, id)): Ids<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    version(&headers)?;
    let _turn = app.uploads.take(&id).await;
    let mut upload = {
        let mut conn = app.store.reader().acquire().await?;
        find(&mut conn, &owner.number, &id).await?.ok_or(Code::NotFound)?
    };
    let refused = |code: Code| {
        let mut response = Fault::new(code).into_response();
        if let Ok(name) = HeaderValue::from_str(&crate::problem::name(code)) {
            response.headers_mut().insert(UPLOAD_PROBLEM, name);
        }
        tus(response, None, None)
    };
    if let Some(code) = upload.problem {
        return Ok(refused(code));
    }
    let offset = receive::offset(&app, &upload).await?;
    if offset == upload.length && upload.file.is_none() {
        // The server stopped between the last byte and the file.
        match complete::complete(&app, &upload).await {
            Ok(file) => upload.file = Some(file),
            Err(fault) if fault.code.status() < 500 => return Ok(refused(fault.code)),
            Err(fault) => return Err(fault),
        }
    }
    let mut response = tus(StatusCode::OK.into_response(), Some(offset), upload.file.as_deref());
    response.headers_mut().insert(UPLOAD_LENGTH, HeaderValue::from(upload.length));
    Ok(response)
}

/// Gives an upload up. A finished one stays: its file is taken away as a file.
#[utoipa::path(delete, path = "/applications/{number}/uploads/{id}", tag = "uploads",
    params(("number" = String, Path), ("id" = String, Path)), security(("key" = [])),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn terminate(
    State(app): State<Shared>,
    owner: Owner,
    Ids((_, id)): Ids<(String, String)>,
    headers: HeaderMap,
) -> Answer<Response> {
    version(&headers)?;
    let _turn = app.uploads.take(&id).await;
    let mut tx = app.store.begin().await?;
    let upload = find(&mut tx, &owner.number, &id).await?.ok_or(Code::NotFound)?;
    if upload.file.is_none() {
        sqlx::query("DELETE FROM uploads WHERE id = $1").bind(id.clone()).execute(&mut *tx).await?;
        tx.commit().await?;
        complete::unstage(&app, &id).await;
    }
    Ok(tus(StatusCode::NO_CONTENT.into_response(), None, None))
}
