//! One-time codes: derived by an applicant from the manage key, or printed on a slip at the counter.
//!
//! The row of an applicant's code is made when the owner first reads the decided application: at that moment
//! the key is here, and nothing else of the application goes along.

use crate::app::{App, Shared};
use crate::http::{Body, Caller};
use crate::problem::{Answer, Fault};
use crate::store::{Backend, Conn, Tx};
use axum::extract::State;
use axum::http::StatusCode;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::survey::CodeCheck;
use satu_pintu_domain::key::Key;
use satu_pintu_domain::survey::HalfYear;

/// Makes the owner's code usable and tells whether it is unspent. Call only for a decided application.
///
/// # Errors
/// When the database fails.
pub async fn open_for_owner(app: &App, key: &Key) -> Answer<bool> {
    let hash = key.survey().hash();
    let known: Option<(i64,)> = sqlx::query_as("SELECT spent FROM survey_codes WHERE hash = $1")
        .bind(hash.clone())
        .fetch_optional(app.store.reader())
        .await?;
    if let Some((spent,)) = known {
        return Ok(spent == 0);
    }
    let mut tx = begin(app).await?;
    sqlx::query("INSERT INTO survey_codes (hash, half, spent) VALUES ($1, '', 0) ON CONFLICT (hash) DO NOTHING")
        .bind(hash)
        .execute(&mut *tx)
        .await?;
    shuffle(&mut tx, app.store.backend()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Adds a code for the counter, for one half-year.
///
/// # Errors
/// When the database fails.
pub async fn add_slip(tx: &mut Tx, code: &Key, half: HalfYear) -> Answer<()> {
    sqlx::query("INSERT INTO survey_codes (hash, half, spent) VALUES ($1, $2, 0)")
        .bind(code.hash())
        .bind(half.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Begins a write that ends with [`shuffle`]. One at a time, from its first statement on: two that had each changed a
/// row would wait for each other's table for ever.
///
/// # Errors
/// When the database fails.
pub(super) async fn begin(app: &App) -> Answer<Tx> {
    let mut tx = app.store.begin().await?;
    if app.store.backend() == Backend::Postgres {
        sqlx::raw_sql("LOCK TABLE survey_codes, survey_answers IN EXCLUSIVE MODE").execute(&mut *tx).await?;
    }
    Ok(tx)
}

/// PostgreSQL keeps rows where they were put and marks them with their transaction. Both tables are rewritten
/// in random order by this transaction, which [`begin`] has made, so that neither tells which came with which. They are
/// small.
pub async fn shuffle(tx: &mut Tx, backend: Backend) -> Answer<()> {
    if backend == Backend::Postgres {
        sqlx::raw_sql(
            "CREATE TEMP TABLE shuffled_codes ON COMMIT DROP AS SELECT * FROM survey_codes ORDER BY random(); \
             DELETE FROM survey_codes; INSERT INTO survey_codes SELECT * FROM shuffled_codes; \
             CREATE TEMP TABLE shuffled_answers ON COMMIT DROP AS SELECT * FROM survey_answers ORDER BY random(); \
             DELETE FROM survey_answers; INSERT INTO survey_answers SELECT * FROM shuffled_answers;",
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A typed code, and whether it may be used in a half-year. A wrong one slows its address down.
pub(super) async fn usable(app: &App, caller: Caller, conn: &mut Conn, typed: &str, half: HalfYear) -> Answer<String> {
    let wrong = || {
        let (now, address) = (app.now(), format!("address:{caller}"));
        if let Some(seconds) = app.throttle.wait(&address, now) {
            return Fault::new(Code::Slow).retry_after(seconds);
        }
        app.throttle.failed(&address, now);
        Code::SurveyCode.into()
    };
    let hash = Key::parse(typed).map_err(|_| wrong())?.hash();
    let row: Option<(String, i64)> = sqlx::query_as("SELECT half, spent FROM survey_codes WHERE hash = $1")
        .bind(hash.clone())
        .fetch_optional(conn)
        .await?;
    match row {
        None => Err(wrong()),
        Some((_, spent)) if spent != 0 => Err(Code::SurveyDone.into()),
        Some((only, _)) if !only.is_empty() && only != half.to_string() => Err(Code::SurveyClosed.into()),
        Some(_) => Ok(hash),
    }
}

/// Whether a code can be used, before the questions are answered.
#[utoipa::path(post, path = "/survey/codes", tag = "survey", request_body = CodeCheck,
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn check(State(app): State<Shared>, caller: Caller, Body(body): Body<CodeCheck>) -> Answer<StatusCode> {
    let mut conn = app.store.reader().acquire().await?;
    usable(&app, caller, &mut conn, &body.code, HalfYear::of(app.today())).await?;
    Ok(StatusCode::NO_CONTENT)
}
