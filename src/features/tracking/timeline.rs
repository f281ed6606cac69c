//! The journey of the file in words: what happened, where it is now, the steps of the standard still to come.

use super::journey::{self, Now, Stop};
use super::page::View;
use super::state::short;
use crate::i18n::{amount, t};
use crate::ui::{Mark, Timeline, TimelineRow};
use leptos::prelude::*;
use satu_pintu_api::application::Entry;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_domain::application::{Measure, Returned};
use satu_pintu_domain::content::{StepTime, TimeUnit};

pub fn part(view: View) -> AnyView {
    let rows = move || {
        let seen = view.seen()?;
        let detail = view.detail();
        let steps = detail.as_ref().map(|d| d.service.step.as_slice()).unwrap_or_default();
        let stops = journey::stops(&seen.tracking, steps);
        let rows: Vec<TimelineRow> = stops.into_iter().map(|stop| row(view, stop, detail.as_deref())).collect();
        Some(view! { <Timeline rows /> })
    };
    view! {
        <section class="journey" aria-labelledby="perjalanan">
            <h2 id="perjalanan">{t().tracking().timeline_title}</h2>
            {rows}
        </section>
    }
    .into_any()
}

fn row(view: View, stop: Stop, detail: Option<&ServiceDetail>) -> TimelineRow {
    let w = t().tracking();
    match stop {
        Stop::Past { entry, count } => {
            let mut lines = vec![view.moment(entry.at)];
            if entry.code != "item-accepted" {
                lines.extend(entry.items.iter().map(|item| returned(item, detail)));
            }
            if entry.last_day {
                lines.push(w.timeline_last_day.to_string());
            }
            if !entry.text.is_empty() {
                lines.push(entry.text.clone());
            }
            let refused = matches!(entry.code.as_str(), "refused" | "revoked");
            TimelineRow { mark: if refused { Mark::Stop } else { Mark::Done }, title: past(&entry, count), lines }
        }
        Stop::Now { since, what } => {
            let mut lines = vec![w.since(view.moment(since))];
            let mine = view.mine();
            let (mark, title) = match what {
                Now::Draft => (Mark::Now, w.now_draft.to_string()),
                Now::Queue => (Mark::Now, w.now_queue.to_string()),
                Now::Checking => (Mark::Now, w.now_checking.to_string()),
                Now::Deciding => (Mark::Now, w.now_deciding.to_string()),
                Now::Agency(name) => (Mark::Now, w.now_agency(name)),
                Now::Printing => (Mark::Now, w.now_printing.to_string()),
                Now::Ready => (Mark::Now, w.now_ready.to_string()),
                Now::Waiting(items) => {
                    lines.extend(items.iter().map(|item| returned(item, detail)));
                    if mine {
                        (Mark::Stop, w.now_waiting.to_string())
                    } else {
                        (Mark::Now, w.now_waiting_view.to_string())
                    }
                }
            };
            TimelineRow { mark, title, lines }
        }
        Stop::Next(step) => TimelineRow {
            mark: Mark::Next,
            title: step.name,
            lines: vec![[&step.who, ". ", &time(&step.time)].concat()],
        },
    }
}

fn past(entry: &Entry, count: usize) -> String {
    let w = t().tracking();
    match (entry.code.as_str(), entry.agency.as_str()) {
        ("item-accepted", _) if count > 1 => w.timeline_items_accepted(count),
        ("agency-asked", agency) if !agency.is_empty() => w.timeline_asked_name(short(agency)),
        ("agency-answered", agency) if !agency.is_empty() => w.timeline_answered_name(short(agency)),
        (code, _) => w.get(&["timeline-", code].concat()).unwrap_or(w.timeline_other).to_string(),
    }
}

/// `Kartu tanda penduduk: fotonya buram`.
fn returned(item: &Returned, detail: Option<&ServiceDetail>) -> String {
    let name = item_name(&item.item, detail);
    if item.reason.is_empty() { name } else { [&name, ": ", &item.reason].concat() }
}

/// The name of a paper or of a field of the form, as the person knows it.
pub fn item_name(item: &str, detail: Option<&ServiceDetail>) -> String {
    let found = detail.and_then(|d| match item.strip_prefix("field:") {
        Some(id) => {
            let mut fields = d.service.page.iter().flat_map(|page| &page.field);
            fields.find(|field| field.id == id).map(|field| field.label.clone())
        }
        None => d.cards.iter().find(|card| card.id == item).map(|card| card.name.clone()),
    });
    found.unwrap_or_else(|| item.trim_start_matches("field:").replace('-', " "))
}

fn time(time: &StepTime) -> String {
    let w = t().tracking();
    match time.unit {
        TimeUnit::WorkingDay => w.step_days(amount(Measure::WorkingDay, time.value)),
        TimeUnit::Hour => w.step_hours(time.value),
        TimeUnit::Minute => w.step_minutes(time.value),
        TimeUnit::Automatic => w.step_automatic.to_string(),
        TimeUnit::Applicant => w.step_applicant.to_string(),
    }
}
