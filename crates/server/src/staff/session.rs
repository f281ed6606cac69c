//! Signing in and out, and who is asking. The cookie is 32 random bytes; only its hash is stored. It ends
//! after eight idle hours, at sign-out, when the password changes and when the account is disabled.

use super::{origin, password};
use crate::app::{App, Shared};
use crate::http::caller::secure;
use crate::http::{Body, Caller};
use crate::problem::{Answer, Fault};
use crate::secret;
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, StatusCode, header};
use axum::response::IntoResponse;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::staff::{ChangePassword, SignIn, StaffSession};
use std::time::Duration;

const COOKIE: &str = "satu-pintu-session";
const IDLE_MS: i64 = 8 * 3_600_000;
/// A session is not written again within this time.
const SEEN_MS: i64 = 60_000;

/// Somebody who has signed in, whose password may still be a one-time one.
pub struct Signed {
    pub account: String,
    pub name: String,
    pub must_change: bool,
    hash: String,
}

/// Somebody who may act.
pub struct Staff {
    pub account: String,
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Fault> {
        origin::check(app, &parts.method, &parts.headers, &parts.extensions)?;
        let hash = secret::sha256(cookie(&parts.headers).ok_or(Code::SignInNeeded)?.as_bytes());
        let now = app.now();
        let row: Option<(String, String, i64, i64, i64)> = sqlx::query_as(
            "SELECT s.account, p.name, p.must_change, s.seen, s.expires FROM sessions s \
             JOIN staff p ON p.account = s.account WHERE s.hash = $1 AND p.disabled = 0",
        )
        .bind(hash.clone())
        .fetch_optional(app.store.reader())
        .await?;
        let (account, name, must_change, seen, expires) = row.ok_or(Code::SignInNeeded)?;
        if expires <= now {
            return Err(Code::SignInNeeded.into());
        }
        if now - seen > SEEN_MS {
            let mut tx = app.store.begin().await?;
            sqlx::query("UPDATE sessions SET seen = $1, expires = $2 WHERE hash = $3")
                .bind(now)
                .bind(now + IDLE_MS)
                .bind(hash.clone())
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        }
        Ok(Signed { account, name, must_change: must_change != 0, hash })
    }
}

impl FromRequestParts<Shared> for Staff {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Fault> {
        let signed = Signed::from_request_parts(parts, app).await?;
        if signed.must_change {
            return Err(Code::PasswordChangeNeeded.into());
        }
        Ok(Staff { account: signed.account })
    }
}

/// The value of our cookie.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value)
}

fn set_cookie(value: &str, secure: bool, gone: bool) -> String {
    let mut text = format!("{COOKIE}={value}; Path=/api/v1/staff; HttpOnly; SameSite=Strict");
    if secure {
        text.push_str("; Secure");
    }
    if gone {
        text.push_str("; Max-Age=0");
    }
    text
}

/// Signs in and sets the cookie. Wrong tries slow down; nobody is locked out for good.
#[utoipa::path(post, operation_id = "staff_sign_in", path = "/staff/session", tag = "staff", request_body = SignIn,
    responses((status = 200, body = StaffSession),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn sign_in(
    State(app): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
    extensions: Extensions,
    Body(body): Body<SignIn>,
) -> Answer<impl IntoResponse> {
    origin::check(&app, &Method::POST, &headers, &extensions)?;
    let account = body.account.trim().to_lowercase();
    let now = app.now();
    slow_down(&app, caller, &account, now).await?;
    let row: Option<(String, String, i64, i64)> =
        sqlx::query_as("SELECT name, password, must_change, disabled FROM staff WHERE account = $1")
            .bind(account.clone())
            .fetch_optional(app.store.reader())
            .await?;
    let stored = row.as_ref().filter(|(_, _, _, disabled)| *disabled == 0).map(|(_, hash, _, _)| hash.clone());
    let fits = password::verify(&body.password, stored).await?;
    let Some((name, _, must_change, _)) = row.filter(|_| fits) else {
        for subject in [pair(caller, &account), whole(&account)] {
            app.throttle.failed(&subject, now);
        }
        return Err(Code::SignInWrong.into());
    };
    app.throttle.forget(&pair(caller, &account));
    let secret = secret::hex(&secret::random::<32>());
    let mut tx = app.store.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE expires <= $1").bind(now).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO sessions (hash, account, created, seen, expires) VALUES ($1, $2, $3, $3, $4)")
        .bind(secret::sha256(secret.as_bytes()))
        .bind(account.clone())
        .bind(now)
        .bind(now + IDLE_MS)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    let cookie = set_cookie(&secret, secure(&app, &headers, &extensions), false);
    let session = StaffSession { account, name, must_change_password: must_change != 0 };
    Ok(([(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, "no-store".to_owned())], Json(session)))
}

fn pair(caller: Caller, account: &str) -> String {
    format!("staff:{account}@{caller}")
}
fn whole(account: &str) -> String {
    format!("staff:{account}")
}

/// Refuses an address that keeps guessing an account for a while; guesses from many addresses only make
/// everybody wait a few seconds, so that they cannot keep the owner out.
async fn slow_down(app: &App, caller: Caller, account: &str, now: i64) -> Answer<()> {
    if let Some(seconds) = app.throttle.wait(&pair(caller, account), now) {
        return Err(Fault::new(Code::Slow).retry_after(seconds));
    }
    if let Some(seconds) = app.throttle.wait(&whole(account), now) {
        tokio::time::sleep(Duration::from_secs(seconds.min(3))).await;
    }
    Ok(())
}

/// Who is signed in.
#[utoipa::path(get, operation_id = "staff_who", path = "/staff/session", tag = "staff", security(("session" = [])),
    responses((status = 200, body = StaffSession),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn who(signed: Signed) -> impl IntoResponse {
    let session = StaffSession { account: signed.account, name: signed.name, must_change_password: signed.must_change };
    ([(header::CACHE_CONTROL, "no-store")], Json(session))
}

/// Signs out.
#[utoipa::path(delete, operation_id = "staff_sign_out", path = "/staff/session", tag = "staff", security(("session" = [])),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn sign_out(
    State(app): State<Shared>,
    signed: Signed,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answer<impl IntoResponse> {
    let mut tx = app.store.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(signed.hash).execute(&mut *tx).await?;
    tx.commit().await?;
    let cookie = set_cookie("", secure(&app, &headers, &extensions), true);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}

/// Changes the password and ends the account's other sessions.
#[utoipa::path(put, operation_id = "staff_change_password", path = "/staff/password", tag = "staff", request_body = ChangePassword, security(("session" = [])),
    responses((status = 200, body = StaffSession),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn change_password(
    State(app): State<Shared>,
    caller: Caller,
    signed: Signed,
    Body(body): Body<ChangePassword>,
) -> Answer<impl IntoResponse> {
    let now = app.now();
    slow_down(&app, caller, &signed.account, now).await?;
    let stored: Option<String> = sqlx::query_scalar("SELECT password FROM staff WHERE account = $1")
        .bind(signed.account.clone())
        .fetch_optional(app.store.reader())
        .await?;
    if !password::verify(&body.old, stored).await? {
        app.throttle.failed(&pair(caller, &signed.account), now);
        return Err(Code::SignInWrong.into());
    }
    if !password::good(&body.new, &body.old) {
        return Err(Code::PasswordWeak.into());
    }
    let hash = password::hash(&body.new).await.map_err(Fault::broken)?;
    let mut tx = app.store.begin().await?;
    sqlx::query("UPDATE staff SET password = $1, must_change = 0 WHERE account = $2")
        .bind(hash)
        .bind(signed.account.clone())
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE account = $1 AND hash <> $2")
        .bind(signed.account.clone())
        .bind(signed.hash)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    let session = StaffSession { account: signed.account, name: signed.name, must_change_password: false };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(session)))
}
