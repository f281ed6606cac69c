//! Creating an upload, with its first bytes if they come along. Creating it again finds it as it is.
//!
//! One that comes whole in one request is written down once, as an upload and as its file together.

use super::checksum::Sum;
use super::stage::{self, Piece};
use super::turns::Turn;
use super::{MAX_BYTES, UPLOAD_CONCAT, UPLOAD_DEFER_LENGTH, UPLOAD_LENGTH, Upload, by_id, complete, concat};
use super::{expire, metadata, number_header, receive, spoken, told};
use crate::app::{App, Shared};
use crate::applications::access::{self, Owner};
use crate::ledger;
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store::{Conn, Tx};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::State as Stage;

/// The most bytes that one application may have under way, as told at their creation, and the most uploads.
const UNDER_WAY: i64 = 32 * MAX_BYTES as i64;
const UNFINISHED: i64 = 200;

/// What of tus is spoken here.
#[utoipa::path(options, path = "/applications/{number}/uploads", tag = "uploads", params(("number" = String, Path)),
    responses((status = 204, description = "Tus-Version, Tus-Extension, Tus-Max-Size and Tus-Checksum-Algorithm")))]
pub async fn options() -> Response {
    (StatusCode::NO_CONTENT, spoken::abilities()).into_response()
}

/// Begins an upload. `Upload-Metadata` has `item`, `filename`, `page` if it matters, and an `id` made by the phone.
#[utoipa::path(post, path = "/applications/{number}/uploads", tag = "uploads",
    params(("number" = String, Path), ("Upload-Length" = Option<u64>, Header), ("Upload-Defer-Length" = Option<u64>, Header),
           ("Upload-Concat" = Option<String>, Header), ("Upload-Metadata" = String, Header)),
    security(("key" = [])),
    responses((status = 201, description = "Location and Upload-Offset", headers(("Location" = String), ("Upload-Offset" = u64))),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(State(app): State<Shared>, owner: Owner, headers: HeaderMap, body: Body) -> Answer<Response> {
    let new = wanted(&app, &owner, &headers)?;
    let carries = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == receive::OFFSET_STREAM);
    let sum = Sum::read(&headers)?;
    let piece = carries.then_some(Piece { body, skip: 0, sum });
    let location = format!("{}/applications/{}/uploads/{}", satu_pintu_api::BASE, new.number, new.id);
    // In a task of its own: what arrived is written down, also when the connection is cut.
    let done = tokio::spawn(async move {
        let mut turn = app.uploads.take(&new.id).await;
        let (offset, file) = begin(&app, &new, piece, &mut turn).await?;
        Ok::<_, Fault>((new, offset, file))
    });
    let (upload, offset, file) = done.await.map_err(Fault::broken)??;
    let created = (StatusCode::CREATED, [(header::LOCATION, location)]).into_response();
    Ok(told(created, &upload, offset, file.as_deref()))
}

/// What the headers ask for.
fn wanted(app: &App, owner: &Owner, headers: &HeaderMap) -> Answer<Upload> {
    let wrong = |what: &str| Fault::new(Code::BadRequest).detail(what);
    let concat = match headers.get(UPLOAD_CONCAT).map(|value| value.to_str()) {
        None => "",
        Some(Ok(value)) if value == "partial" || value.starts_with("final;") => value,
        Some(_) => return Err(wrong("Upload-Concat is partial, or final; and the parts")),
    };
    let length = number_header(headers, &UPLOAD_LENGTH)?;
    let deferred = headers.get(UPLOAD_DEFER_LENGTH).map(|value| value == "1");
    match (length, deferred) {
        (Some(0), _) => return Err(Code::FileEmpty.into()),
        (Some(length), _) if length > MAX_BYTES => return Err(Code::FileTooLarge.into()),
        (Some(_), None) | (None, Some(true)) => {}
        (None, None) if concat.starts_with("final;") => {}
        _ => return Err(wrong("send either Upload-Length, or Upload-Defer-Length: 1")),
    }
    let told = metadata::read(headers)?;
    if told.item.is_empty() && concat != "partial" {
        return Err(wrong("Upload-Metadata: item is missing"));
    }
    Ok(Upload {
        id: told.id.unwrap_or_else(secret::id),
        number: owner.number.clone(),
        item: told.item,
        page: told.page,
        name: told.filename,
        length,
        metadata: told.sent,
        concat: concat.to_owned(),
        sha256: told.sha256,
        judged: told.judged,
        expires: expire::from(app.now()),
        file: None,
        problem: None,
    })
}

/// The upload as it is now, begun or found: how many bytes there are, and the file if it is one.
pub(super) async fn begin(
    app: &App,
    new: &Upload,
    piece: Option<Piece>,
    turn: &mut Turn,
) -> Answer<(u64, Option<String>)> {
    let known = {
        let mut conn = app.store.reader().acquire().await?;
        by_id(&mut conn, &new.id).await?
    };
    if let Some(old) = known {
        return again(app, new, old, piece, turn).await;
    }
    if new.joined() {
        return concat::make(app, new).await;
    }
    let Some(piece) = piece else {
        stage::create(app, &new.id).await?;
        insert(app, new).await?;
        return Ok((0, None));
    };
    {
        let mut conn = app.store.reader().acquire().await?;
        check(app, &mut conn, new).await?;
    }
    stage::create(app, &new.id).await?;
    let outcome = stage::append(app, new, 0, piece, turn).await;
    match outcome {
        Ok(have) if new.whole(have) && !new.part() => {
            let file = complete::complete(app, new, complete::Source::Fresh).await?;
            Ok((have, Some(file)))
        }
        outcome => {
            insert(app, new).await?;
            Ok((outcome?, None))
        }
    }
}

/// Creation repeated: it is found as it is, and bytes that come along again are not taken twice.
async fn again(
    app: &App,
    new: &Upload,
    mut old: Upload,
    piece: Option<Piece>,
    turn: &mut Turn,
) -> Answer<(u64, Option<String>)> {
    let same = (&old.number, &old.item, old.page, &old.concat) == (&new.number, &new.item, new.page, &new.concat)
        && (new.length.is_none() || new.length == old.length);
    if !same {
        return Err(Fault::new(Code::UploadConflict).detail("this id is another upload"));
    }
    if let Some(code) = old.problem {
        return Err(code.into());
    }
    let have = match stage::offset(app, &old).await {
        Err(fault) if fault.code == Code::NotFound => {
            stage::create(app, &old.id).await?;
            stage::keep_names(app).await?;
            0
        }
        have => have?,
    };
    match piece {
        Some(piece) if old.file.is_none() && !old.whole(have) => {
            receive::take_in(app, &mut old, have, Piece { skip: have, ..piece }, turn).await
        }
        _ => Ok((have, receive::finished(app, &old, have).await?)),
    }
}

/// Whether it may be begun now. Asked before bytes are taken; what counts is asked again in the write.
///
/// # Errors
/// As [`complete::place`], and [`Code::DiskFull`] when the application has too much under way.
pub(super) async fn check(app: &App, conn: &mut Conn, new: &Upload) -> Answer<()> {
    let (unfinished, under_way): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), CAST(COALESCE(SUM(CASE length WHEN 0 THEN $1 ELSE length END), 0) AS BIGINT) FROM uploads \
         WHERE number = $2 AND file IS NULL AND problem IS NULL",
    )
    .bind(MAX_BYTES as i64)
    .bind(new.number.clone())
    .fetch_one(&mut *conn)
    .await?;
    if unfinished >= UNFINISHED || under_way > UNDER_WAY - MAX_BYTES as i64 {
        return Err(Fault::new(Code::DiskFull).detail("too many uploads of this application are not finished"));
    }
    let content = app.content();
    let row = access::row(conn, &new.number).await?;
    let events = ledger::load(conn, &new.number).await?;
    let status = ledger::status(&content, &events, app.now());
    if new.part() {
        return match status.state {
            Stage::Draft | Stage::WaitingApplicant => Ok(()),
            _ => Err(Code::NotNow.into()),
        };
    }
    complete::place(conn, &content, &row.service, &status, new, ledger::round(&events)).await?;
    Ok(())
}

/// Writes a new upload down; what is staged of it is kept from then on.
///
/// # Errors
/// As [`check`]; then nothing is left of it, unless it is known all the same.
pub(super) async fn insert(app: &App, new: &Upload) -> Answer<()> {
    let inserted = async {
        stage::keep_names(app).await?;
        let mut tx = app.store.begin().await?;
        ledger::lock(&mut tx, &new.number).await?;
        check(app, &mut tx, new).await?;
        row(&mut tx, new, app.now(), None).await?;
        Ok::<(), Fault>(tx.commit().await?)
    };
    let inserted = inserted.await;
    // A commit whose answer was lost may have kept it: then its bytes are needed.
    if inserted.is_err() && unknown(app, &new.id).await {
        stage::remove(app, &new.id).await;
    }
    inserted
}

/// Whether there is no upload with an id, for certain.
async fn unknown(app: &App, id: &str) -> bool {
    match app.store.reader().acquire().await {
        Ok(mut conn) => matches!(by_id(&mut conn, id).await, Ok(None)),
        Err(_) => false,
    }
}

/// The row of an upload, with the file it became if it came whole.
///
/// # Errors
/// When the database fails.
pub(super) async fn row(tx: &mut Tx, new: &Upload, now: i64, file: Option<&str>) -> Answer<()> {
    sqlx::query(
        "INSERT INTO uploads (id, number, item, page, name, length, created, metadata, concat, sha256, judged, expires, file) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(new.id.clone())
    .bind(new.number.clone())
    .bind(new.item.clone())
    .bind(new.page)
    .bind(new.name.clone())
    .bind(i64::try_from(new.length.unwrap_or(0)).unwrap_or(i64::MAX))
    .bind(now)
    .bind(new.metadata.clone())
    .bind(new.concat.clone())
    .bind(new.sha256.clone())
    .bind(new.judged.clone())
    .bind(new.expires)
    .bind(file.map(str::to_owned))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
