//! Reading and adding lines of the ledger. State and days are computed from it by the domain.

pub mod chain;
mod verify;

pub use verify::{Broken, Command, Whole, run, verify};

use crate::contents::Published;
use crate::problem::{Answer, Fault};
use crate::store::{Conn, Tx};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{self, Actor, Event, Row, Status, What};
use satu_pintu_domain::hours::Clock;

/// Takes the row of an application for this transaction. Do it first in every write: it orders those who
/// change the same application, on both databases.
///
/// # Errors
/// [`Code::NotFound`] when there is no such application.
pub async fn lock(tx: &mut Tx, number: &str) -> Answer<()> {
    let changed = sqlx::query("UPDATE applications SET changes = changes + 1 WHERE number = $1")
        .bind(number)
        .execute(&mut **tx)
        .await?;
    if changed.rows_affected() == 0 { Err(Code::NotFound.into()) } else { Ok(()) }
}

/// All lines of one application, in order.
///
/// # Errors
/// When the database fails or holds something that is no event.
pub async fn load(conn: &mut Conn, number: &str) -> Answer<Vec<Event>> {
    let rows: Vec<(i64, i64, String, String, String)> =
        sqlx::query_as("SELECT seq, at, actor, account, what FROM events WHERE number = $1 ORDER BY seq")
            .bind(number)
            .fetch_all(conn)
            .await?;
    rows.into_iter().map(|(seq, at, actor, by, what)| event(seq, at, &actor, by, &what)).collect()
}

/// A row as an event.
///
/// # Errors
/// When it is none.
pub fn event(seq: i64, at: i64, actor: &str, by: String, what: &str) -> Answer<Event> {
    Ok(Event {
        seq: u32::try_from(seq).map_err(Fault::broken)?,
        at,
        actor: serde_json::from_value(serde_json::Value::String(actor.to_owned()))?,
        by,
        what: serde_json::from_str(what)?,
    })
}

/// Adds a line if it may follow, to the table and to `events`. Call after [`lock`] and [`load`] in the same
/// transaction.
///
/// # Errors
/// [`Code::NotNow`] when it may not follow.
pub async fn append(
    tx: &mut Tx,
    number: &str,
    events: &mut Vec<Event>,
    (actor, by): (Actor, &str),
    what: What,
    now: i64,
) -> Answer<()> {
    application::may(events, &what)?;
    let event = Event {
        seq: events.last().map_or(1, |last| last.seq + 1),
        // The order is `seq`; a clock set back must not make time run backwards.
        at: events.last().map_or(now, |last| last.at.max(now)),
        actor,
        by: by.to_owned(),
        what,
    };
    if event.at > now {
        tracing::warn!(behind_ms = event.at - now, "the clock was set back: the line takes the time of the one before");
    }
    let actor = serde_json::to_value(actor)?;
    let what = serde_json::to_string(&event.what)?;
    let row = Row {
        number,
        seq: i64::from(event.seq),
        at: event.at,
        actor: actor.as_str().unwrap_or_default(),
        account: by,
        kind: event.what.code(),
        what: &what,
    };
    let hash = chain::next(&head(tx, number).await?, &row).map_err(Fault::broken)?;
    sqlx::query(
        "INSERT INTO events (number, seq, at, actor, account, kind, what, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(number)
    .bind(row.seq)
    .bind(row.at)
    .bind(row.actor.to_owned())
    .bind(by.to_owned())
    .bind(row.kind)
    .bind(what)
    .bind(hash)
    .execute(&mut **tx)
    .await?;
    events.push(event);
    Ok(())
}

/// The hash of the last line, lower-case hex; empty before the first. Who keeps it can prove every line up to it.
///
/// # Errors
/// When the database fails.
pub async fn head(conn: &mut Conn, number: &str) -> Answer<String> {
    let hash: Option<String> =
        sqlx::query_scalar("SELECT hash FROM events WHERE number = $1 ORDER BY seq DESC LIMIT 1")
            .bind(number)
            .fetch_optional(conn)
            .await?;
    Ok(hash.unwrap_or_default())
}

/// The moment of the newest line of all, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn newest(conn: &mut Conn) -> Answer<Option<i64>> {
    // Kinds that come every day: each is one step into an index, where all lines together are millions.
    const KINDS: [&str; 6] = ["drafted", "submitted", "taken", "complete", "returned", "issued"];
    let mut newest = None;
    for kind in KINDS {
        let at: Option<i64> =
            sqlx::query_scalar("SELECT MAX(at) FROM events WHERE kind = $1").bind(kind).fetch_one(&mut *conn).await?;
        newest = newest.max(at);
    }
    Ok(newest)
}

/// The status now, by the office's clock.
pub fn status(content: &Published, events: &[Event], now: i64) -> Status {
    application::status(events, now, clock(content))
}

/// The clock of the office's hours.
pub fn clock(content: &Published) -> Clock<'_> {
    Clock { zone: content.zone(), calendar: content.calendar(), hours: &content.hours }
}

/// How often the application has been handed in: files received later belong to the next round.
pub fn round(events: &[Event]) -> i64 {
    let handed_in = events.iter().filter(|e| matches!(e.what, What::Submitted { .. } | What::Corrected { .. }));
    i64::try_from(handed_in.count()).unwrap_or(i64::MAX)
}
