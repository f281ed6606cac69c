//! Keeping the promise of `office.toml` `[retention]`: what was told before consent is done, once an hour.
//!
//! Drafts nobody touched for `draft_days` lose everything and are closed. `files_months` after the last event
//! of a closed application its papers go, `personal_months` after it its fields. The ledger stays: it names
//! nobody. Uploads given up for a week go too, and after 90 days what repeated requests were answered. Cases that
//! were not counted when they were closed are counted.

use crate::app::App;
use crate::figures;
use crate::ledger;
use crate::problem::Answer;
use crate::uploads;
use satu_pintu_domain::application::{Actor, State, What};
use std::time::Duration;

const DAY_MS: i64 = 86_400_000;
/// A month as the law's months are never shorter.
const MONTH_MS: i64 = 31 * DAY_MS;
/// How long a repeated request gets the answer of the first: a phone may have been off for a season.
const REPEAT_MS: i64 = 90 * DAY_MS;
/// The most applications looked at in one go.
const AT_ONCE: i64 = 200;

/// Runs until the server stops.
pub async fn run(app: &App) {
    loop {
        match sweep(app).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "kept what was promised about keeping"),
            Err(fault) => tracing::warn!(code = ?fault.code, "housekeeping did not finish and is tried again"),
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

/// Does what is due and tells how many things were done.
///
/// # Errors
/// When database or files fail; what was done stays done.
pub async fn sweep(app: &App) -> Answer<u64> {
    let (now, keep) = (app.now(), app.content().office().retention.clone());
    // What was promised about papers and fields does not wait for a folder of unfinished uploads.
    let swept = uploads::sweep(app).await.unwrap_or_else(|fault| {
        tracing::warn!(code = ?fault.code, "unfinished uploads are swept later");
        0
    });
    let mut done = figures::catch_up(app).await? + swept;
    repeats(app, now - REPEAT_MS).await?;
    let draft = now - i64::from(keep.draft_days) * DAY_MS;
    let papers = now - i64::from(keep.files_months) * MONTH_MS;
    let personal = now - i64::from(keep.personal_months) * MONTH_MS;
    // Whoever has something left and has been quiet for the shortest of these times. What was handed in, and so has
    // a receipt, must not stand in front of drafts for the years in which it is kept.
    let candidates: Vec<(String,)> = sqlx::query_as(
        "SELECT number FROM applications a WHERE saved < $1 AND (receipt IS NULL OR saved < $3) \
         AND (fields <> '{}' OR EXISTS (SELECT 1 FROM files f WHERE f.number = a.number)) \
         AND NOT EXISTS (SELECT 1 FROM events e WHERE e.number = a.number AND e.at >= $1) ORDER BY saved LIMIT $2",
    )
    .bind(draft.max(papers).max(personal))
    .bind(AT_ONCE)
    .bind(papers.max(personal))
    .fetch_all(app.store.reader())
    .await?;
    for (number,) in candidates {
        done += u64::from(application(app, &number, (draft, papers, personal), now).await?);
    }
    Ok(done)
}

async fn application(app: &App, number: &str, limits: (i64, i64, i64), now: i64) -> Answer<bool> {
    let (draft, papers, personal) = limits;
    let mut tx = app.store.begin().await?;
    ledger::lock(&mut tx, number).await?;
    let mut events = ledger::load(&mut tx, number).await?;
    let state = ledger::status(&app.content(), &events, now).state;
    let saved: (i64,) = sqlx::query_as("SELECT saved FROM applications WHERE number = $1")
        .bind(number.to_owned())
        .fetch_one(&mut *tx)
        .await?;
    let quiet_since = events.last().map_or(0, |event| event.at).max(saved.0);
    let (papers_go, fields_go) = match state {
        State::Draft => (quiet_since < draft, quiet_since < draft),
        state if state.closed() => (quiet_since < papers, quiet_since < personal),
        _ => (false, false),
    };
    if !papers_go && !fields_go {
        return Ok(false);
    }
    let mut objects: Vec<(String,)> = Vec::new();
    if papers_go {
        objects = sqlx::query_as("SELECT object FROM files WHERE number = $1")
            .bind(number.to_owned())
            .fetch_all(&mut *tx)
            .await?;
        for sql in ["DELETE FROM files WHERE number = $1", "DELETE FROM uploads WHERE number = $1"] {
            sqlx::query(sql).bind(number.to_owned()).execute(&mut *tx).await?;
        }
    }
    if fields_go {
        // The hash of what was sent could be tried out on names and numbers: it goes too.
        for sql in [
            "UPDATE applications SET fields = '{}', versions = '{}', ticks = '[]', answers = '[]' WHERE number = $1",
            "UPDATE idempotency SET body = '' WHERE number = $1",
        ] {
            sqlx::query(sql).bind(number.to_owned()).execute(&mut *tx).await?;
        }
    }
    if state == State::Draft {
        ledger::append(&mut tx, number, &mut events, (Actor::System, ""), What::Withdrawn, now).await?;
    }
    tx.commit().await?;
    for (object,) in objects {
        app.files.delete(&object).await?;
    }
    Ok(true)
}

/// Takes away what nobody will repeat any more.
async fn repeats(app: &App, before: i64) -> Answer<()> {
    let mut tx = app.store.begin().await?;
    sqlx::query("DELETE FROM idempotency WHERE at < $1").bind(before).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}
