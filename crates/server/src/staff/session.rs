//! Signing in and out, and who is asking. The cookie is 32 random bytes; only its hash is stored. It ends
//! after eight idle hours, at sign-out, when the password changes and when the account is disabled.
//! The API and the pages under `/loket` share the sessions; each has a cookie for its own path.

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
use satu_pintu_domain::staff::{Deed, Roles};
use std::time::Duration;

const COOKIE: &str = "satu-pintu-session";
const IDLE_MS: i64 = 8 * 3_600_000;
/// A session is not written again within this time.
const SEEN_MS: i64 = 60_000;

/// Somebody who has signed in, whose password may still be a one-time one.
pub struct Signed {
    pub account: String,
    pub name: String,
    pub roles: Roles,
    /// Of whoever is [`satu_pintu_domain::staff::Role::Agency`]; else empty.
    pub agency: String,
    pub must_change: bool,
    hash: String,
}

/// Somebody who may act.
#[derive(Clone)]
pub struct Staff {
    pub account: String,
    pub name: String,
    pub roles: Roles,
    pub agency: String,
    /// Number of the last line of the ledger that they have read, where they say so: the file must not have
    /// changed since.
    pub seen: Option<u32>,
}

impl Staff {
    /// # Errors
    /// [`Code::RoleLacks`].
    pub fn may(&self, deed: Deed) -> Answer<()> {
        if self.roles.may(deed) { Ok(()) } else { Err(Code::RoleLacks.into()) }
    }
}

impl Signed {
    /// Whoever the cookie belongs to.
    ///
    /// # Errors
    /// [`Code::SignInNeeded`].
    pub async fn by_cookie(app: &App, headers: &HeaderMap) -> Answer<Signed> {
        let hash = secret::sha256(cookie(headers).ok_or(Code::SignInNeeded)?.as_bytes());
        let now = app.now();
        type Columns = (String, String, String, String, i64, i64, i64);
        let row: Option<Columns> = sqlx::query_as(
            "SELECT s.account, p.name, p.roles, p.agency, p.must_change, s.seen, s.expires FROM sessions s \
             JOIN staff p ON p.account = s.account WHERE s.hash = $1 AND p.disabled = 0",
        )
        .bind(hash.clone())
        .fetch_optional(app.store.reader())
        .await?;
        let (account, name, roles, agency, must_change, seen, expires) = row.ok_or(Code::SignInNeeded)?;
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
        let roles = roles.parse().map_err(|_| Fault::broken("an account has an unknown role"))?;
        Ok(Signed { account, name, roles, agency, must_change: must_change != 0, hash })
    }

    /// # Errors
    /// [`Code::PasswordChangeNeeded`].
    pub fn staff(self, seen: Option<u32>) -> Answer<Staff> {
        if self.must_change {
            return Err(Code::PasswordChangeNeeded.into());
        }
        Ok(Staff { account: self.account, name: self.name, roles: self.roles, agency: self.agency, seen })
    }

    fn session(self) -> StaffSession {
        StaffSession {
            account: self.account,
            name: self.name,
            must_change_password: self.must_change,
            roles: self.roles,
        }
    }
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Fault> {
        origin::check(app, &parts.method, &parts.headers, &parts.extensions)?;
        Signed::by_cookie(app, &parts.headers).await
    }
}

impl FromRequestParts<Shared> for Staff {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Fault> {
        let signed = Signed::from_request_parts(parts, app).await?;
        let seen = parts.headers.get(header::IF_MATCH).and_then(|tag| tag.to_str().ok());
        let seen = seen.map(|tag| tag.trim_matches('"').parse().map_err(|_| Code::BadRequest)).transpose()?;
        signed.staff(seen)
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

/// Where the cookie of the API is sent.
const API: &str = "/api/v1/staff";

/// The cookie for a path; without a value it goes away.
pub fn set_cookie(value: &str, path: &str, secure: bool) -> String {
    let mut text = format!("{COOKIE}={value}; Path={path}; HttpOnly; SameSite=Strict");
    if secure {
        text.push_str("; Secure");
    }
    if value.is_empty() {
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
    let (secret, signed) = enter(&app, caller, &body).await?;
    let cookie = set_cookie(&secret, API, secure(&app, &headers, &extensions));
    Ok(([(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, "no-store".to_owned())], Json(signed.session())))
}

/// Begins a session; returns what the cookie holds, and who it is.
///
/// # Errors
/// [`Code::SignInWrong`] or [`Code::Slow`].
pub async fn enter(app: &App, caller: Caller, body: &SignIn) -> Answer<(String, Signed)> {
    let account = body.account.trim().to_lowercase();
    let now = app.now();
    slow_down(app, caller, &account, now).await?;
    type Columns = (String, String, String, String, i64);
    let row: Option<Columns> = sqlx::query_as(
        "SELECT name, roles, agency, password, must_change FROM staff WHERE account = $1 AND disabled = 0",
    )
    .bind(account.clone())
    .fetch_optional(app.store.reader())
    .await?;
    let fits = password::verify(&body.password, row.as_ref().map(|(_, _, _, hash, _)| hash.clone())).await?;
    let Some((name, roles, agency, _, must_change)) = row.filter(|_| fits) else {
        for subject in [pair(caller, &account), whole(&account)] {
            app.throttle.failed(&subject, now);
        }
        return Err(Code::SignInWrong.into());
    };
    app.throttle.forget(&pair(caller, &account));
    let secret = secret::hex(&secret::random::<32>());
    let hash = secret::sha256(secret.as_bytes());
    let mut tx = app.store.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE expires <= $1").bind(now).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO sessions (hash, account, created, seen, expires) VALUES ($1, $2, $3, $3, $4)")
        .bind(hash.clone())
        .bind(account.clone())
        .bind(now)
        .bind(now + IDLE_MS)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    let roles = roles.parse().map_err(|_| Fault::broken("an account has an unknown role"))?;
    Ok((secret, Signed { account, name, roles, agency, must_change: must_change != 0, hash }))
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
    ([(header::CACHE_CONTROL, "no-store")], Json(signed.session()))
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
    leave(&app, &signed).await?;
    let cookie = set_cookie("", API, secure(&app, &headers, &extensions));
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}

/// Ends the session.
///
/// # Errors
/// When the database fails.
pub async fn leave(app: &App, signed: &Signed) -> Answer<()> {
    let mut tx = app.store.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(signed.hash.clone()).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
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
    renew_password(&app, caller, &signed, &body).await?;
    let session = Signed { must_change: false, ..signed }.session();
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(session)))
}

/// Changes the password and ends the account's other sessions.
///
/// # Errors
/// [`Code::SignInWrong`], [`Code::PasswordWeak`] or [`Code::Slow`].
pub async fn renew_password(app: &App, caller: Caller, signed: &Signed, body: &ChangePassword) -> Answer<()> {
    let now = app.now();
    slow_down(app, caller, &signed.account, now).await?;
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
        .bind(signed.hash.clone())
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}
