//! Who may touch an application: the manage key opens everything, the view key only where the file stands.
//!
//! The right key is never slowed down. A wrong one is, per number and per address, and an unknown number is
//! answered like a wrong key. A handler that asks for an [`Owner`] runs only for the owner.

use crate::app::{App, Shared};
use crate::http::{Caller, bearer};
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store::Conn;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::form::Fields;
use satu_pintu_domain::key::{self, Key};
use std::collections::BTreeMap;

/// One row of `applications`.
pub struct Row {
    pub number: String,
    pub service: String,
    pub fields: Fields,
    pub versions: BTreeMap<String, u64>,
    pub ticks: Vec<String>,
    pub answers: Vec<(String, Vec<String>)>,
    pub rules: String,
    pub created: i64,
    /// JSON, once submitted.
    pub receipt: Option<String>,
}

/// Reads a row.
///
/// # Errors
/// [`Code::NotFound`] when there is no such application.
pub async fn row(conn: &mut Conn, number: &str) -> Answer<Row> {
    type Columns = (String, String, String, String, String, String, String, i64, Option<String>);
    let row: Option<Columns> = sqlx::query_as(
        "SELECT number, service, fields, versions, ticks, answers, rules, created, receipt FROM applications \
         WHERE number = $1",
    )
    .bind(number)
    .fetch_optional(conn)
    .await?;
    let (number, service, fields, versions, ticks, answers, rules, created, receipt) = row.ok_or(Code::NotFound)?;
    Ok(Row {
        number,
        service,
        fields: serde_json::from_str(&fields)?,
        versions: serde_json::from_str(&versions)?,
        ticks: serde_json::from_str(&ticks)?,
        answers: serde_json::from_str(&answers)?,
        rules,
        created,
        receipt,
    })
}

/// The owner, holding the manage key.
pub struct Owner {
    /// As it is stored.
    pub number: String,
    pub key: Key,
}

/// What a key opens.
enum Opens {
    Manage,
    View,
}

/// Lets the owner of the application that the path names as `{number}` pass.
impl FromRequestParts<Shared> for Owner {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Fault> {
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Code::NotFound)?;
        let number = path.iter().find(|(name, _)| *name == "number").ok_or(Code::NotFound)?.1;
        owner(app, Caller::of(app, &parts.headers, &parts.extensions), &parts.headers, number).await
    }
}

/// Lets the owner pass.
///
/// # Errors
/// [`Code::KeyMissing`], [`Code::KeyWrong`], [`Code::KeyRevoked`], [`Code::ViewOnly`] or [`Code::Slow`].
pub(super) async fn owner(app: &App, caller: Caller, headers: &HeaderMap, number: &str) -> Answer<Owner> {
    let (number, key, opens) = check(app, caller, headers, number).await?;
    match opens {
        Opens::Manage => Ok(Owner { number, key }),
        Opens::View => Err(Code::ViewOnly.into()),
    }
}

/// Lets whoever holds either key pass. Tells the number and whether it is the manage key.
///
/// # Errors
/// As [`owner`], but never [`Code::ViewOnly`].
pub async fn either(app: &App, caller: Caller, headers: &HeaderMap, number: &str) -> Answer<(String, bool)> {
    let (number, _, opens) = check(app, caller, headers, number).await?;
    Ok((number, matches!(opens, Opens::Manage)))
}

async fn check(app: &App, caller: Caller, headers: &HeaderMap, typed: &str) -> Answer<(String, Key, Opens)> {
    let presented = bearer(headers).ok_or(Code::KeyMissing)?;
    let number = key::parse_number(typed);
    let subject = format!("key:{}", number.as_deref().unwrap_or("?"));
    let wrong = |code: Code| {
        let (now, address) = (app.now(), format!("address:{caller}"));
        let wait = app.throttle.wait(&subject, now).max(app.throttle.wait(&address, now));
        if let Some(seconds) = wait {
            return Fault::new(Code::Slow).retry_after(seconds);
        }
        app.throttle.failed(&subject, now);
        app.throttle.failed(&address, now);
        code.into()
    };
    let (Some(number), Ok(key)) = (&number, Key::parse(presented)) else { return Err(wrong(Code::KeyWrong)) };
    let hashes: Option<(String, String)> =
        sqlx::query_as("SELECT key_hash, view_hash FROM applications WHERE number = $1")
            .bind(number.clone())
            .fetch_optional(app.store.reader())
            .await?;
    let Some((manage, view)) = hashes else { return Err(wrong(Code::KeyWrong)) };
    let hash = key.hash();
    if secret::same(&hash, &manage) {
        return Ok((number.clone(), key, Opens::Manage));
    }
    if secret::same(&hash, &view) {
        return Ok((number.clone(), key, Opens::View));
    }
    let revoked: Option<(String,)> =
        sqlx::query_as("SELECT key_hash FROM revoked_keys WHERE number = $1 AND key_hash = $2")
            .bind(number.clone())
            .bind(hash)
            .fetch_optional(app.store.reader())
            .await?;
    Err(wrong(if revoked.is_some() { Code::KeyRevoked } else { Code::KeyWrong }))
}
