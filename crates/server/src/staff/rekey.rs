//! A new key for somebody who lost it and has shown the KTP at the counter.

use super::session::Staff;
use super::verbs::fault;
use crate::app::Shared;
use crate::applications::open::Open;
use crate::http::{Body, Ids};
use crate::problem::Answer;
use crate::secret;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::staff::{NewKey, Rekey};
use satu_pintu_domain::application::What;
use satu_pintu_domain::key::Key;
use satu_pintu_domain::staff::Deed;

/// Replaces the key; the old one and its view key open nothing any more. The new one is told once.
#[utoipa::path(post, operation_id = "staff_rekey", path = "/staff/applications/{number}/rekey", tag = "staff", params(("number" = String, Path)),
    request_body = Rekey, security(("session" = [])),
    responses((status = 200, body = NewKey),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn rekey(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Rekey>,
) -> Answer<impl IntoResponse> {
    if !body.seen_ktp {
        return Err(fault("seen_ktp", "required", "Lihat KTP pemohon dulu, lalu pakai --seen-ktp."));
    }
    let mut open = Open::by_staff(&app, &staff, Deed::Assist, &number).await?;
    let key = renew(&mut open).await?;
    open.commit().await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(NewKey { key: key.shown() })))
}

/// Gives the application another key.
///
/// # Errors
/// When the database fails.
pub async fn renew(open: &mut Open) -> Answer<Key> {
    open.add(What::Rekeyed).await?;
    let (number, now) = (open.row.number.clone(), open.now);
    let (old, old_view): (String, String) =
        sqlx::query_as("SELECT key_hash, view_hash FROM applications WHERE number = $1")
            .bind(number.clone())
            .fetch_one(&mut *open.tx)
            .await?;
    for hash in [old, old_view] {
        sqlx::query("INSERT INTO revoked_keys (number, key_hash, at) VALUES ($1, $2, $3)")
            .bind(number.clone())
            .bind(hash)
            .bind(now)
            .execute(&mut *open.tx)
            .await?;
    }
    let key = Key::new(secret::random());
    sqlx::query("UPDATE applications SET key_hash = $1, view_hash = $2 WHERE number = $3")
        .bind(key.hash())
        .bind(key.view().hash())
        .bind(number)
        .execute(&mut *open.tx)
        .await?;
    Ok(key)
}
