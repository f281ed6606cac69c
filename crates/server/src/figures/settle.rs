//! Counting a case once, in the transaction in which it is closed.

use crate::app::App;
use crate::contents::Published;
use crate::ledger;
use crate::problem::Answer;
use crate::secret;
use crate::store::{self, Store, Tx};
use satu_pintu_domain::application::{self, Case, Event, Holder, Measure, Outcome, What};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::survey::HalfYear;

/// Counts the cases that were counted.
const COUNTED: &str = "figures";

/// How often the figures have changed: what was made of them holds as long as this stays.
///
/// # Errors
/// When the database fails.
pub async fn changes(store: &Store) -> Answer<i64> {
    let value: Option<i64> = sqlx::query_scalar("SELECT value FROM counters WHERE name = $1")
        .bind(COUNTED)
        .fetch_optional(store.reader())
        .await?;
    Ok(value.unwrap_or(0))
}

/// So many are looked at in one go.
const AT_ONCE: i64 = 200;

/// Counts the application when its clock has stopped. A case whose days cannot be counted yet, because a year has
/// no calendar, is left for [`catch_up`].
///
/// # Errors
/// When the database fails.
pub async fn settle(tx: &mut Tx, content: &Published, number: &str, service: &str, events: &[Event]) -> Answer<bool> {
    let ends = |event: &Event| matches!(event.what, What::Issued { .. } | What::Refused { .. } | What::Withdrawn);
    if !events.iter().any(ends) {
        return Ok(false);
    }
    let Ok(case) = application::case(events, ledger::clock(content)) else { return Ok(false) };
    let settled = sqlx::query("UPDATE applications SET settled = 1 WHERE number = $1 AND settled = 0")
        .bind(number.to_owned())
        .execute(&mut **tx)
        .await?;
    if settled.rows_affected() == 0 {
        return Ok(false);
    }
    // A draft that was given up is no case.
    let Some(case) = case else { return Ok(false) };
    let half = HalfYear::of(Day::at(case.closed, content.zone())).to_string();
    count(tx, &half, service, &case).await?;
    Ok(true)
}

async fn count(tx: &mut Tx, half: &str, service: &str, case: &Case) -> Answer<()> {
    let outcome = match case.outcome {
        Outcome::Issued => "issued",
        Outcome::Refused => "refused",
        Outcome::Withdrawn => "withdrawn",
    };
    let unit = unit(case.measure);
    sqlx::query(
        "INSERT INTO cases (half, service, id, outcome, unit, standard, lines, limits) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(half.to_owned())
    .bind(service.to_owned())
    .bind(secret::id())
    .bind(outcome)
    .bind(unit)
    .bind(i64::from(case.standard))
    .bind(lines(case))
    .bind(limits(case))
    .execute(&mut **tx)
    .await?;
    store::count(tx, COUNTED).await?;
    let mut tallies: Vec<(String, i64, i64, i64)> = Vec::new();
    if case.outcome == Outcome::Withdrawn {
        tallies.push(("withdrawn".to_owned(), -1, 0, 1));
    } else {
        tallies.push(("whole".to_owned(), case.standard.into(), case.used.into(), 1));
        let shares = case.shares.iter().filter(|(holder, _, _)| *holder != Holder::Applicant);
        tallies.extend(
            shares.map(|(holder, used, limit)| (holder.code(), limit.map_or(-1, i64::from), (*used).into(), 1)),
        );
    }
    if case.last_day > 0 {
        tallies.push(("last-day".to_owned(), -1, 0, case.last_day.into()));
    }
    // Always in one order, so that two who close at once do not wait for each other.
    tallies.sort();
    for (part, standard, used, cases) in tallies {
        sqlx::query(
            "INSERT INTO tallies (service, part, half, unit, standard, used, cases) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (service, part, half, unit, standard, used) DO UPDATE SET cases = tallies.cases + excluded.cases",
        )
        .bind(service.to_owned())
        .bind(part)
        .bind(half.to_owned())
        .bind(unit)
        .bind(standard)
        .bind(used)
        .bind(cases)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A measure, as it is written down.
pub fn unit(measure: Measure) -> &'static str {
    match measure {
        Measure::WorkingDay => "working-day",
        Measure::Minute => "minute",
    }
}

/// `3,agency-asked,agency:dinkes+agency:pupr` on each line.
fn lines(case: &Case) -> String {
    let line = |line: &application::Line| {
        let holders: Vec<String> = line.holders.iter().map(Holder::code).collect();
        format!("{},{},{}", line.at, line.code, holders.join("+"))
    };
    case.lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `front-office=1,agency:pupr=3`
fn limits(case: &Case) -> String {
    let given = case.shares.iter().filter_map(|(holder, _, limit)| Some(format!("{}={}", holder.code(), (*limit)?)));
    given.collect::<Vec<_>>().join(",")
}

/// Counts what was closed before there were figures, or when its year had no calendar.
///
/// # Errors
/// When the database fails; what was counted stays counted.
pub async fn catch_up(app: &App) -> Answer<u64> {
    let (mut done, mut after) = (0, String::new());
    loop {
        let closed: Vec<(String, String)> = sqlx::query_as(
            "SELECT number, service FROM applications a WHERE settled = 0 AND number > $1 AND EXISTS (SELECT 1 FROM events e \
             WHERE e.number = a.number AND e.kind IN ('issued', 'refused', 'withdrawn')) ORDER BY number LIMIT $2",
        )
        .bind(after)
        .bind(AT_ONCE)
        .fetch_all(app.store.reader())
        .await?;
        let Some((last, _)) = closed.last() else { return Ok(done) };
        after = last.clone();
        let content = app.content();
        for (number, service) in closed {
            let mut tx = app.store.begin().await?;
            ledger::lock(&mut tx, &number).await?;
            let events = ledger::load(&mut tx, &number).await?;
            done += u64::from(settle(&mut tx, &content, &number, &service, &events).await?);
            tx.commit().await?;
        }
    }
}
