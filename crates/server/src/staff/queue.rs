//! The queue: open applications by due day, and who is waiting to be called.

use super::session::Staff;
use crate::app::{App, Shared};
use crate::http::Query;
use crate::problem::Answer;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::staff::{Callback, Queue, QueueItem};
use satu_pintu_domain::application::Holder;
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::staff::Deed;
use serde::Deserialize;

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
    let agency = staff.roles.for_agency(Deed::Read);
    let mut items = Vec::new();
    app.lines
        .read(&app.store, &app.content(), app.now(), |line| {
            let shown = !agency || line.agencies.contains(&staff.agency);
            let Some(item) = line.item.as_ref().filter(|item| shown && (!calling || item.to_call)) else { return };
            let mut item = item.clone();
            let ours = |holder: &Holder| !agency || matches!(holder, Holder::Agency(id) if *id == staff.agency);
            item.step_due = line.steps.iter().filter(|(holder, _)| ours(holder)).map(|(_, day)| *day).min();
            if !calling {
                item.tell.clear();
                item.phone.clear();
            }
            items.push(item);
        })
        .await?;
    items.sort_by(|a, b| place(a).cmp(&place(b)));
    let callbacks = if staff.roles.may(Deed::Tell) { callbacks(app, calling).await? } else { Vec::new() };
    Ok(Queue { items, callbacks })
}

/// What lapses first, and what has no day after it.
fn place(item: &QueueItem) -> impl Ord {
    let day = due(item);
    (day.is_none(), day, item.until.unwrap_or(i64::MAX), item.submitted, &item.number)
}

/// The day that comes first: of the first check, of the step under way, or of the whole promise.
pub fn due(item: &QueueItem) -> Option<Day> {
    [item.intake_due, item.step_due, item.due].into_iter().flatten().min()
}

/// People who asked to be rung when a site is back. To be called: those whose site is back.
async fn callbacks(app: &App, calling: bool) -> Answer<Vec<Callback>> {
    type Columns = (String, String, String, String, String, i64, i64, Option<i64>);
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT c.id, c.notice, n.channel, c.phone, c.name, c.asked, c.place, n.ended FROM callbacks c \
         JOIN notices n ON n.id = c.notice WHERE c.done = 0 ORDER BY n.since, c.notice, c.place",
    )
    .fetch_all(app.store.reader())
    .await?;
    let mut callbacks = Vec::new();
    for (id, notice, channel, phone, name, asked, place, ended) in rows {
        if calling && ended.is_none() {
            continue;
        }
        let channel: Channel = serde_json::from_value(serde_json::Value::String(channel))?;
        let phone = if calling { phone } else { String::new() };
        callbacks.push(Callback { id, notice, channel, phone, name, asked, place, done: false });
    }
    Ok(callbacks)
}
