//! What the queue says of each open application, kept in memory until something happens to it: the ledger only
//! grows, so its last line tells whether anything has. Fields that an applicant is mending are taken over when they
//! are handed in again. After a start, on a new day and under new content all ledgers are read: before anybody asks.

use super::open::over;
use crate::app::App;
use crate::applications::view;
use crate::contents::Published;
use crate::ledger;
use crate::problem::Answer;
use crate::store::{Conn, Store};
use satu_pintu_api::staff::QueueItem;
use satu_pintu_domain::application::{self, Event, Holder, State as Stage, What};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{Fields, applicant};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

const MINUTE: i64 = 60_000;
/// How often a new day and new content are looked for.
const AGAIN: Duration = Duration::from_secs(10);

/// One at a time brings them up to date.
#[derive(Default)]
pub struct Lines(Mutex<HashMap<String, Line>>);

/// What an application's line follows from.
#[derive(PartialEq)]
struct Mark {
    /// The last event.
    seq: i64,
    /// The last one that the applicant was told of.
    told: Option<i64>,
    day: Day,
}

pub struct Line {
    mark: Mark,
    content: Arc<Published>,
    /// A promise in hours or minutes is looked at every minute.
    minute: Option<i64>,
    /// Those who were ever asked.
    pub agencies: Vec<String>,
    /// Whoever has it now, with the last day of their step.
    pub steps: Vec<(Holder, Day)>,
    /// As those see it who call; `None` when there is nothing left to do with it.
    pub item: Option<QueueItem>,
}

impl Mark {
    /// Reads `number seq told`.
    fn read(text: &str, day: Day) -> Option<(&str, Mark)> {
        let mut parts = text.splitn(3, ' ');
        let (number, seq, told) = (parts.next()?, parts.next()?, parts.next()?);
        Some((number, Mark { seq: seq.parse().ok()?, told: told.parse().ok(), day }))
    }
}

impl Lines {
    /// Calls `each` for every open application.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&self, store: &Store, content: &Arc<Published>, now: i64, each: impl FnMut(&Line)) -> Answer<()> {
        let mut lines = self.0.lock().await;
        // Not before: those who wait here keep no connection from others.
        let mut conn = store.reader().acquire().await?;
        // All in one text: thousands of rows take longer to bring over than to look through.
        let marks: Option<String> = sqlx::query_scalar(
            "SELECT string_agg(o.number || ' ' || CAST(o.seq AS TEXT) || ' ' || COALESCE(CAST(t.seq AS TEXT), ''), ',') \
             FROM open_applications o LEFT JOIN told t ON t.number = o.number",
        )
        .fetch_one(&mut *conn)
        .await?;
        let day = Day::at(now, content.zone());
        let mut open = HashSet::new();
        for (number, mark) in marks.iter().flat_map(|all| all.split(',')).filter_map(|one| Mark::read(one, day)) {
            if !lines.get(number).is_some_and(|line| line.holds(&mark, content, now)) {
                // Kept at once: a caller who goes away meanwhile has done it for the next one.
                let line = made(&mut conn, content, number, mark, now).await?;
                lines.insert(number.to_owned(), line);
            }
            open.insert(number);
        }
        lines.retain(|number, _| open.contains(number.as_str()));
        lines.values().for_each(each);
        Ok(())
    }
}

/// Reads them when a day begins and when content changes, until the server stops.
pub async fn run(app: &App) {
    let mut made: Option<(Day, Arc<Published>)> = None;
    loop {
        let (content, now) = (app.content(), app.now());
        let day = Day::at(now, content.zone());
        if !made.as_ref().is_some_and(|(at, of)| *at == day && Arc::ptr_eq(of, &content)) {
            match app.lines.read(&app.store, &content, now, |_| ()).await {
                Ok(()) => made = Some((day, content)),
                Err(fault) => tracing::warn!(code = ?fault.code, "the queue is read when it is asked for"),
            }
        }
        tokio::time::sleep(AGAIN).await;
    }
}

impl Line {
    fn holds(&self, mark: &Mark, content: &Arc<Published>, now: i64) -> bool {
        let minute = self.minute.is_none_or(|minute| minute == now / MINUTE);
        self.mark == *mark && Arc::ptr_eq(&self.content, content) && minute
    }
}

async fn made(conn: &mut Conn, content: &Arc<Published>, number: &str, mark: Mark, now: i64) -> Answer<Line> {
    let events = ledger::load(conn, number).await?;
    let (service, fields): (String, String) =
        sqlx::query_as("SELECT service, fields FROM applications WHERE number = $1")
            .bind(number.to_owned())
            .fetch_one(&mut *conn)
            .await?;
    let fields: Fields = serde_json::from_str(&fields)?;
    let asked = |event: &Event| match &event.what {
        What::AgencyAsked { agency, .. } => Some(agency.clone()),
        _ => None,
    };
    let clock = ledger::clock(content);
    let timed = application::status(&events, now, clock).time.is_some();
    let standings = application::standings(&events, now, clock).unwrap_or_default();
    let steps = standings.into_iter().filter_map(|standing| Some((standing.holder, standing.due?)));
    Ok(Line {
        steps: steps.collect(),
        agencies: events.iter().filter_map(asked).collect(),
        item: item(content, (number, &service), &fields, &events, mark.told, now),
        content: content.clone(),
        minute: timed.then_some(now / MINUTE),
        mark,
    })
}

fn item(
    content: &Published,
    (number, service): (&str, &str),
    fields: &Fields,
    events: &[Event],
    told: Option<i64>,
    now: i64,
) -> Option<QueueItem> {
    let field = |id: &str| fields.get(id).map(|v| v.trim().to_owned()).unwrap_or_default();
    let status = ledger::status(content, events, now);
    let tell = field(applicant::TELL);
    let to_call = tell != "sendiri" && untold(events, told);
    let revoking = application::revocation(events).is_some();
    let revoked = status.revoked.is_some();
    let quiet = !to_call && (revoked || status.state == Stage::Refused);
    if quiet || (over(status.state) && !revoking && !revoked) {
        return None;
    }
    let helper = field(applicant::TELL_WHOM) == "kuasa";
    let turns = application::turns(events).into_iter().filter(|turn| turn.to.is_none());
    let holders: Vec<Holder> = turns.map(|turn| turn.holder).collect();
    let names: Vec<String> = holders.iter().map(|holder| view::holder_name(content, holder)).collect();
    Some(QueueItem {
        number: number.to_owned(),
        service: service.to_owned(),
        service_name: content.service_name(service),
        applicant: field(applicant::NAME),
        state: status.state,
        holder_name: names.join(", "),
        holder: status.holder,
        holders,
        submitted: status.submitted,
        intake_due: status.intake_due,
        step_due: None,
        due: status.due,
        until: status.time.and_then(|time| time.due),
        overdue: status.overdue,
        taken_by: status.taken_by,
        proposed: application::proposal(events).map(|proposal| proposal.grant),
        revoking,
        to_call,
        tell,
        phone: field(if helper { applicant::HELPER_PHONE } else { applicant::PHONE }),
    })
}

/// Whether something happened that the applicant wants to hear, since they were last told.
fn untold(events: &[Event], told: Option<i64>) -> bool {
    events.iter().rev().take_while(|event| i64::from(event.seq) > told.unwrap_or(0)).any(|event| {
        let told = |what: &What| matches!(what, What::Granted | What::Issued { .. } | What::Revoked { .. });
        told(&event.what) || matches!(event.what, What::Returned { .. } | What::Refused { .. })
    })
}
