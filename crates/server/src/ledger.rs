//! Reading and adding lines of the ledger. State and days are computed from it by the domain.

use crate::contents::Published;
use crate::problem::{Answer, Fault};
use crate::store::{Conn, Tx};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{self, Actor, Event, Status, What};

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
    let json = serde_json::to_value(&event.what)?;
    let kind = json.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
    let actor = serde_json::to_value(actor)?;
    sqlx::query("INSERT INTO events (number, seq, at, actor, account, kind, what) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(number)
        .bind(i64::from(event.seq))
        .bind(event.at)
        .bind(actor.as_str().unwrap_or_default().to_owned())
        .bind(by.to_owned())
        .bind(kind)
        .bind(json.to_string())
        .execute(&mut **tx)
        .await?;
    events.push(event);
    Ok(())
}

/// The status now, by the office's zone and calendar.
pub fn status(content: &Published, events: &[Event], now: i64) -> Status {
    application::status(events, now, content.zone(), content.calendar())
}

/// How often the application has been handed in: files received later belong to the next round.
pub fn round(events: &[Event]) -> i64 {
    let handed_in = events.iter().filter(|e| matches!(e.what, What::Submitted { .. } | What::Corrected { .. }));
    i64::try_from(handed_in.count()).unwrap_or(i64::MAX)
}
