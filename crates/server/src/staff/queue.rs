//! The queue: open applications by due day, and who is waiting to be called.

use super::open::{over, shown};
use super::session::Staff;
use crate::app::{App, Shared};
use crate::applications::view;
use crate::contents::Published;
use crate::http::Query;
use crate::ledger;
use crate::problem::Answer;
use crate::store::Conn;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::staff::{Callback, Queue, QueueItem};
use satu_pintu_domain::application::{self, Event, Holder, State as Stage, What};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{Fields, applicant};
use satu_pintu_domain::staff::Deed;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    to_call: bool,
}

/// Open applications by due day. With `to_call` only those whose applicant waits to be told something, with the
/// phone number, and the people to ring because a site is back.
#[utoipa::path(get, operation_id = "staff_queue", path = "/staff/applications", tag = "staff",
    params(("to_call" = Option<bool>, Query)), security(("session" = [])),
    responses((status = 200, body = Queue),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn queue(
    State(app): State<Shared>,
    staff: Staff,
    Query(options): Query<Options>,
) -> Answer<impl IntoResponse> {
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(read(&app, &staff, options.to_call).await?)))
}

/// Reads it; with `calling` as those need it who call.
///
/// # Errors
/// [`Code::RoleLacks`](satu_pintu_api::problem::Code).
pub async fn read(app: &App, staff: &Staff, calling: bool) -> Answer<Queue> {
    staff.may(if calling { Deed::Tell } else { Deed::Read })?;
    let content = app.content();
    let now = app.now();
    let mut conn = app.store.reader().acquire().await?;
    let mut ledgers = open_ledgers(&mut conn).await?;
    let rows: Vec<(String, String, String, Option<i64>)> = sqlx::query_as(
        "SELECT a.number, a.service, a.fields, t.seq FROM open_applications o \
         JOIN applications a ON a.number = o.number LEFT JOIN told t ON t.number = a.number",
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut items = Vec::new();
    for (number, service, fields, told) in rows {
        let events = ledgers.remove(&number).unwrap_or_default();
        if !shown(staff, &events) {
            continue;
        }
        let fields: Fields = serde_json::from_str(&fields)?;
        let line = Line { number, service, fields, told };
        if let Some(item) = line.item(&content, &events, now, calling) {
            items.push(item);
        }
    }
    items.sort_by_key(|item| (due(item).map_or((1, None), |day| (0, Some(day))), item.submitted, item.number.clone()));
    let callbacks = if staff.roles.may(Deed::Tell) { callbacks(&mut conn, calling).await? } else { Vec::new() };
    Ok(Queue { items, callbacks })
}

/// The day that comes first.
pub fn due(item: &QueueItem) -> Option<Day> {
    match (item.intake_due, item.due) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

async fn open_ledgers(conn: &mut Conn) -> Answer<BTreeMap<String, Vec<Event>>> {
    let rows: Vec<(String, i64, i64, String, String, String)> = sqlx::query_as(
        "SELECT e.number, e.seq, e.at, e.actor, e.account, e.what FROM open_applications o \
         JOIN events e ON e.number = o.number ORDER BY e.number, e.seq",
    )
    .fetch_all(conn)
    .await?;
    let mut ledgers: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for (number, seq, at, actor, by, what) in rows {
        ledgers.entry(number).or_default().push(ledger::event(seq, at, &actor, by, &what)?);
    }
    Ok(ledgers)
}

/// What the tables say about one application.
struct Line {
    number: String,
    service: String,
    fields: Fields,
    told: Option<i64>,
}

impl Line {
    fn field(&self, id: &str) -> String {
        self.fields.get(id).map(|v| v.trim().to_owned()).unwrap_or_default()
    }

    /// `None` when there is nothing left to do with it.
    fn item(&self, content: &Published, events: &[Event], now: i64, calling: bool) -> Option<QueueItem> {
        let status = ledger::status(content, events, now);
        let tell = self.field(applicant::TELL);
        let to_call = tell != "sendiri" && untold(events, self.told);
        let revoking = application::revocation(events).is_some();
        let revoked = status.revoked.is_some();
        let quiet = !to_call && (revoked || status.state == Stage::Refused);
        let closed = quiet || (over(status.state) && !revoking && !revoked);
        if closed || (calling && !to_call) {
            return None;
        }
        let helper = self.field(applicant::TELL_WHOM) == "kuasa";
        let turns = application::turns(events).into_iter().filter(|turn| turn.to.is_none());
        let holders: Vec<Holder> = turns.map(|turn| turn.holder).collect();
        let names: Vec<String> = holders.iter().map(|holder| view::holder_name(content, holder)).collect();
        let phone = self.field(if helper { applicant::HELPER_PHONE } else { applicant::PHONE });
        Some(QueueItem {
            number: self.number.clone(),
            service: self.service.clone(),
            service_name: content.service_name(&self.service),
            applicant: self.field(applicant::NAME),
            state: status.state,
            holder_name: names.join(", "),
            holder: status.holder,
            holders,
            submitted: status.submitted,
            intake_due: status.intake_due,
            due: status.due,
            overdue: status.overdue,
            taken_by: status.taken_by,
            proposed: application::proposal(events).map(|proposal| proposal.grant),
            revoking,
            to_call,
            tell: if calling { tell } else { String::new() },
            phone: if calling { phone } else { String::new() },
        })
    }
}

/// Whether something happened that the applicant wants to hear, since they were last told.
fn untold(events: &[Event], told: Option<i64>) -> bool {
    events.iter().rev().take_while(|event| i64::from(event.seq) > told.unwrap_or(0)).any(|event| {
        let told = |what: &What| matches!(what, What::Granted | What::Issued { .. } | What::Revoked { .. });
        told(&event.what) || matches!(event.what, What::Returned { .. } | What::Refused { .. })
    })
}

/// People who asked to be rung when a site is back. To be called: those whose site is back.
async fn callbacks(conn: &mut Conn, calling: bool) -> Answer<Vec<Callback>> {
    type Columns = (String, String, String, String, String, i64, Option<i64>);
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT c.id, c.notice, n.channel, c.phone, c.name, c.asked, n.ended FROM callbacks c \
         JOIN notices n ON n.id = c.notice WHERE c.done = 0 ORDER BY c.asked, c.place",
    )
    .fetch_all(conn)
    .await?;
    let mut callbacks = Vec::new();
    for (id, notice, channel, phone, name, asked, ended) in rows {
        if calling && ended.is_none() {
            continue;
        }
        let channel: Channel = serde_json::from_value(serde_json::Value::String(channel))?;
        let phone = if calling { phone } else { String::new() };
        callbacks.push(Callback { id, notice, channel, phone, name, asked, done: false });
    }
    Ok(callbacks)
}
