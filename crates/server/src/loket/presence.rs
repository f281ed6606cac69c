//! Two people on one file see each other. Who looked within the last minute is there.

use super::clerk::Clerk;
use crate::app::Shared;
use crate::http::{Ids, Query};
use crate::problem::Answer;
use crate::staff::dossier;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

/// How long somebody is there after looking. The page looks again three times within it.
const THERE_MS: i64 = 60_000;

#[derive(Deserialize)]
pub struct Seen {
    #[serde(default)]
    seq: u32,
}

/// `GET /loket/berkas/{number}/hadir?seq=`: who else is there, and whether the file has changed since.
pub async fn fragment(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    Ids(number): Ids<String>,
    Query(seen): Query<Seen>,
) -> Answer<Response> {
    let dossier = dossier::read(&app, &staff, &number).await?;
    let number = dossier.tracking.number;
    look(&app, &number, &staff.account).await?;
    let others = others(&app, &number, &staff.account).await?;
    let changed = dossier.events.last().is_some_and(|event| event.seq != seen.seq);
    Ok(([(header::CACHE_CONTROL, "no-store")], told(&others, changed, &number)).into_response())
}

/// Writes down that somebody looks.
///
/// # Errors
/// When the database fails.
pub async fn look(app: &Shared, number: &str, account: &str) -> Answer<()> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    sqlx::query("DELETE FROM presence WHERE seen <= $1").bind(now - THERE_MS).execute(&mut *tx).await?;
    sqlx::query(
        "INSERT INTO presence (number, account, seen) VALUES ($1, $2, $3) \
         ON CONFLICT (number, account) DO UPDATE SET seen = excluded.seen",
    )
    .bind(number.to_owned())
    .bind(account.to_owned())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}

/// Names of the others who look.
///
/// # Errors
/// When the database fails.
pub async fn others(app: &Shared, number: &str, account: &str) -> Answer<Vec<String>> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT s.name FROM presence p JOIN staff s ON s.account = p.account \
         WHERE p.number = $1 AND p.account <> $2 AND p.seen > $3 ORDER BY s.name",
    )
    .bind(number.to_owned())
    .bind(account.to_owned())
    .bind(app.now() - THERE_MS)
    .fetch_all(app.store.reader())
    .await?;
    Ok(names)
}

pub fn told(others: &[String], changed: bool, number: &str) -> Markup {
    html! {
        @if !others.is_empty() {
            p class="alert wait" { strong { (others.join(", ")) } " juga membuka berkas ini." }
        }
        @if changed {
            p class="alert stop" {
                "Berkas ini baru saja berubah. "
                a href=(format!("/loket/berkas/{number}")) { "Muat keadaan terbaru" }
            }
        }
    }
}
