//! Asking how far an upload is, and giving it up. Both take it over from a hanging request at once.

use super::{UPLOAD_CONCAT, UPLOAD_DEFER_LENGTH, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_PROBLEM};
use super::{expire, find, receive, stage, told};
use crate::app::{App, Shared};
use crate::applications::access::Owner;
use crate::applications::files;
use crate::applications::open::Open;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};

/// How many bytes are safe. `Upload-File` when it is a file already.
#[utoipa::path(head, path = "/applications/{number}/uploads/{id}", tag = "uploads",
    params(("number" = String, Path), ("id" = String, Path)), security(("key" = [])),
    responses((status = 200, headers(("Upload-Offset" = u64), ("Upload-Length" = u64), ("Upload-File" = String),
                                     ("Upload-Expires" = String))),
              (status = "default", description = "As the other methods, without a body")))]
pub async fn head(State(app): State<Shared>, owner: Owner, Ids((_, id)): Ids<(String, String)>) -> Answer<Response> {
    // In a task of its own: what is whole becomes a file, also when the connection is cut.
    let told = tokio::spawn(async move { standing(&app, &owner.number, &id).await });
    told.await.map_err(Fault::broken)?
}

async fn standing(app: &App, number: &str, id: &str) -> Answer<Response> {
    let _turn = app.uploads.take(id).await;
    let upload = {
        let mut conn = app.store.reader().acquire().await?;
        find(&mut conn, number, id).await?.ok_or(Code::NotFound)?
    };
    let refused = |code: Code| {
        let mut response = Fault::new(code).into_response();
        if let Ok(name) = HeaderValue::from_str(&crate::problem::name(code)) {
            response.headers_mut().insert(UPLOAD_PROBLEM, name);
        }
        response
    };
    if let Some(code) = upload.problem {
        return Ok(refused(code));
    }
    let have = stage::offset(app, &upload).await?;
    // Whole and no file: the server stopped between the last byte and the file.
    let (have, file) = match receive::finished(app, &upload, have).await {
        Ok(file) => (have, file),
        Err(fault) if fault.code == Code::ChecksumWrong => (0, None),
        Err(fault) if fault.code.status() < 500 => return Ok(refused(fault.code)),
        Err(fault) => return Err(fault),
    };
    let mut response = told(StatusCode::OK.into_response(), &upload, have, file.as_deref());
    let headers = response.headers_mut();
    match upload.length {
        Some(length) => headers.insert(UPLOAD_LENGTH, HeaderValue::from(length)),
        None => headers.insert(UPLOAD_DEFER_LENGTH, HeaderValue::from_static("1")),
    };
    for (name, sent) in [(UPLOAD_METADATA, &upload.metadata), (UPLOAD_CONCAT, &upload.concat)] {
        if !sent.is_empty()
            && let Ok(value) = HeaderValue::from_str(sent)
        {
            headers.insert(name, value);
        }
    }
    Ok(response)
}

/// Gives an upload up, and what it has become: its last bytes may have been under way when the person thought better
/// of it.
#[utoipa::path(delete, path = "/applications/{number}/uploads/{id}", tag = "uploads",
    params(("number" = String, Path), ("id" = String, Path)), security(("key" = [])),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn terminate(
    State(app): State<Shared>,
    owner: Owner,
    Ids((_, id)): Ids<(String, String)>,
) -> Answer<Response> {
    let _turn = app.uploads.take(&id).await;
    let upload = {
        let mut conn = app.store.reader().acquire().await?;
        find(&mut conn, &owner.number, &id).await?.ok_or(Code::NotFound)?
    };
    match upload.file {
        None => drop(expire::forget(&app, &id).await?),
        Some(file) => take_away(&app, &owner, &id, file).await?,
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes the file of an upload away, unless another upload has brought the same one.
async fn take_away(app: &App, owner: &Owner, id: &str, file: String) -> Answer<()> {
    let mut open = Open::by_owner(app, owner).await?;
    sqlx::query("DELETE FROM uploads WHERE id = $1").bind(id.to_owned()).execute(&mut *open.tx).await?;
    let others: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM uploads WHERE number = $1 AND file = $2")
        .bind(owner.number.clone())
        .bind(file.clone())
        .fetch_one(&mut *open.tx)
        .await?;
    let gone = match others {
        0 => files::take_away(&mut open, file).await.map(Some),
        _ => Ok(None),
    };
    let gone = match gone {
        // It was taken away as a file.
        Err(fault) if fault.code == Code::NotFound => None,
        gone => gone?,
    };
    open.commit().await?;
    if let Some(gone) = gone {
        files::sweep(app, gone).await;
    }
    Ok(())
}

/// `POST` with `X-HTTP-Method-Override`, for those between whom and us something lets only GET and POST through.
pub async fn overridden(
    state: State<Shared>,
    owner: Owner,
    ids: Ids<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Response> {
    match headers.get("x-http-method-override").map(HeaderValue::as_bytes) {
        Some(b"PATCH") => receive::patch(state, owner, ids, headers, body).await,
        Some(b"HEAD") => head(state, owner, ids).await,
        Some(b"DELETE") => terminate(state, owner, ids).await,
        _ => Err(Code::MethodWrong.into()),
    }
}
