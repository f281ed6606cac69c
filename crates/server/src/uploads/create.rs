//! Creating an upload, with its first bytes if they come along. Creating it again finds it as it is.

use super::{MAX_BYTES, UPLOAD_LENGTH, Upload, complete, metadata, number_header, receive, tus, version};
use crate::app::Shared;
use crate::applications::access::{self, Owner};
use crate::ledger;
use crate::problem::{Answer, Fault};
use crate::secret;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};

/// What of tus is spoken here.
#[utoipa::path(options, path = "/applications/{number}/uploads", tag = "uploads", params(("number" = String, Path)),
    responses((status = 204, description = "Tus-Version, Tus-Extension and Tus-Max-Size")))]
pub async fn options() -> Response {
    let head = [
        (HeaderName::from_static("tus-version"), "1.0.0".to_owned()),
        (HeaderName::from_static("tus-extension"), "creation,creation-with-upload,termination".to_owned()),
        (HeaderName::from_static("tus-max-size"), MAX_BYTES.to_string()),
    ];
    tus((StatusCode::NO_CONTENT, head).into_response(), None, None)
}

/// Begins an upload. `Upload-Metadata` has `item`, `filename`, `page` if it matters, and an `id` made by the phone.
#[utoipa::path(post, path = "/applications/{number}/uploads", tag = "uploads",
    params(("number" = String, Path), ("Upload-Length" = u64, Header), ("Upload-Metadata" = String, Header)),
    security(("key" = [])),
    responses((status = 201, description = "Location and Upload-Offset", headers(("Location" = String), ("Upload-Offset" = u64))),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(State(app): State<Shared>, owner: Owner, headers: HeaderMap, body: Body) -> Answer<Response> {
    version(&headers)?;
    let length = number_header(&headers, &UPLOAD_LENGTH)?
        .ok_or_else(|| Fault::new(Code::BadRequest).detail("Upload-Length is missing"))?;
    match length {
        0 => return Err(Code::FileEmpty.into()),
        MAX_BYTES.. if length > MAX_BYTES => return Err(Code::FileTooLarge.into()),
        _ => {}
    }
    let wanted = metadata::read(&headers)?;
    let upload = Upload {
        id: wanted.id.unwrap_or_else(secret::id),
        number: owner.number.clone(),
        item: wanted.item,
        page: wanted.page,
        name: wanted.filename,
        length,
        file: None,
        problem: None,
    };
    let upload = begin(&app, upload, wanted.judged).await?;
    if let Some(code) = upload.problem {
        return Err(code.into());
    }
    let location = format!("{}/applications/{}/uploads/{}", satu_pintu_api::BASE, upload.number, upload.id);
    let created = |offset, file: Option<&str>| {
        tus((StatusCode::CREATED, [(header::LOCATION, location.clone())]).into_response(), Some(offset), file)
    };
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == receive::OFFSET_STREAM) {
        let received = receive::bytes(app, upload, Some(0), body).await?;
        return Ok(created(received.offset, received.file.as_deref()));
    }
    let offset = receive::offset(&app, &upload).await?;
    Ok(created(offset, upload.file.as_deref()))
}

/// The row and the staged file, made now or found.
async fn begin(app: &Shared, new: Upload, judged: String) -> Answer<Upload> {
    let content = app.content();
    let mut tx = app.store.begin().await?;
    ledger::lock(&mut tx, &new.number).await?;
    if let Some(old) = super::find(&mut tx, &new.number, &new.id).await? {
        let same = (&old.item, old.page, old.length) == (&new.item, new.page, new.length);
        return if same { Ok(old) } else { Err(Fault::new(Code::UploadConflict).detail("this id is another upload")) };
    }
    let row = access::row(&mut tx, &new.number).await?;
    let events = ledger::load(&mut tx, &new.number).await?;
    let status = ledger::status(&content, &events, app.now());
    complete::place(&mut tx, &content, &row.service, &status, &new, ledger::round(&events)).await?;
    let added = sqlx::query(
        "INSERT INTO uploads (id, number, item, page, name, length, created) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(new.id.clone())
    .bind(new.number.clone())
    .bind(new.item.clone())
    .bind(new.page)
    .bind(new.name.clone())
    .bind(i64::try_from(new.length).unwrap_or(i64::MAX))
    .bind(app.now())
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 0 {
        return Err(Fault::new(Code::UploadConflict).detail("this id is another upload"));
    }
    if !judged.is_empty() {
        sqlx::query("UPDATE uploads SET judged = $1 WHERE id = $2")
            .bind(judged)
            .bind(new.id.clone())
            .execute(&mut *tx)
            .await?;
    }
    stage(app.uploads.path(&new.id), app.uploads.staging().to_owned()).await?;
    tx.commit().await?;
    Ok(new)
}

/// An empty staged file whose name survives a power cut.
async fn stage(path: std::path::PathBuf, folder: std::path::PathBuf) -> Answer<()> {
    let made = tokio::task::spawn_blocking(move || {
        std::fs::File::create(path)?;
        std::fs::File::open(folder)?.sync_all()
    });
    Ok(made.await.map_err(Fault::broken)??)
}
