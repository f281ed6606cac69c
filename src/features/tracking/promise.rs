//! The card with the promise: the last day, the bar of working days with its words, who used how many.

use super::days::{self, Piece, Run};
use super::letter;
use super::page::View;
use super::state::{self, Promise};
use super::watch::Seen;
use crate::i18n::{self, t};
use crate::routes::Route;
use crate::ui::{Details, Tone, tag};
use leptos::prelude::*;
use satu_pintu_domain::application::Status;

/// More days than this are drawn as runs, without a gap at each day.
const DAYS_DRAWN: u32 = 31;

pub fn part(view: View) -> AnyView {
    (move || view.seen().and_then(|seen| card(&seen, view.mine()))).into_any()
}

/// `0 hari kerja`, `1 hari kerja`, `5 hari kerja`.
pub fn days(n: u32) -> String {
    if n == 0 { t().ui().working_days(0) } else { i18n::working_days(n.into()) }
}

fn card(seen: &Seen, mine: bool) -> Option<AnyView> {
    let w = t().tracking();
    let status = &seen.tracking.status;
    let promise = state::promise(status);
    let (tone, title, text) = match promise {
        Promise::None => return None,
        Promise::By(day) => (Tone::Act, w.promise_by(i18n::date(day)), None),
        Promise::Overdue { late, due } => {
            let due = due.map(|day| w.promise_over_due(i18n::date(day))).unwrap_or_default();
            let text = [w.promise_over_text(days(late)), due].join(" ");
            (Tone::Stop, w.promise_over.to_string(), Some(text))
        }
        Promise::Paused { left: 0 } => {
            (Tone::Wait, w.promise_paused.to_string(), Some(w.promise_paused_none.to_string()))
        }
        Promise::Paused { left } => (Tone::Wait, w.promise_paused.to_string(), Some(w.promise_paused_left(days(left)))),
        Promise::NoCalendar(year) => (Tone::Wait, w.promise_none.to_string(), Some(w.promise_calendar(year))),
        Promise::Took { days: 0 } => (Tone::Done, w.promise_same_day.to_string(), None),
        Promise::Took { days: n } => (Tone::Done, w.promise_took(days(n)), None),
    };
    let counted = !matches!(promise, Promise::NoCalendar(_));
    let overdue = matches!(promise, Promise::Overdue { .. });
    let check = status.intake_due.map(|day| view! { <p class="small">{w.promise_check(i18n::date(day))}</p> });
    Some(
        view! {
            <section class=["ball ", tone.class()].concat() aria-labelledby="janji">
                {tag(tone, w.promise_tag)}
                <h2 id="janji">{title}</h2>
                {text.map(|text| view! { <p>{text}</p> })}
                {counted.then(|| bar(status, mine))}
                {check}
                {overdue.then(|| view! {
                    <a class="btn" href=Route::Guide("pengaduan".into()).link()>{w.complain}</a>
                })}
                {letter::part(seen)}
                {counted.then(|| table(status, mine))}
            </section>
        }
        .into_any(),
    )
}

fn sentence(status: &Status, mine: bool) -> String {
    let w = t().tracking();
    let counted = status.used.counted();
    let used = if counted > status.days_total {
        w.bar_over(days(counted), days(status.days_total))
    } else {
        w.bar_used(counted, days(status.days_total))
    };
    let paused = match (status.used.applicant, mine) {
        (0, _) => String::new(),
        (n, true) => w.bar_paused(days(n)),
        (n, false) => w.bar_paused_view(days(n)),
    };
    [used, paused].join(" ").trim().to_string()
}

/// The bar only repeats the sentence under it, so it is hidden from those who listen.
fn bar(status: &Status, mine: bool) -> AnyView {
    let (runs, total) = days::bar(status);
    if total == 0 {
        return ().into_any();
    }
    let drawn = |run: Run| {
        let class = class(run.piece);
        if total <= DAYS_DRAWN {
            (0..run.days).map(|_| view! { <i class=class></i> }).collect_view().into_any()
        } else {
            view! { <i class=class style:flex-grow=run.days.to_string()></i> }.into_any()
        }
    };
    let key = |run: Run| view! { <li><i class=class(run.piece)></i> {word(run.piece)} " " <b>{run.days}</b></li> };
    view! {
        <div class="days" aria-hidden="true">{runs.iter().copied().map(drawn).collect_view()}</div>
        <p class="small">{sentence(status, mine)}</p>
        <ul class="days-key" aria-hidden="true">{runs.iter().copied().map(key).collect_view()}</ul>
    }
    .into_any()
}

fn class(piece: Piece) -> &'static str {
    match piece {
        Piece::Used => "used",
        Piece::Paused => "paused",
        Piece::Left => "left",
        Piece::Over => "over",
    }
}

fn word(piece: Piece) -> &'static str {
    let w = t().tracking();
    match piece {
        Piece::Used => w.key_used,
        Piece::Paused => w.key_paused,
        Piece::Left => w.key_left,
        Piece::Over => w.key_over,
    }
}

fn table(status: &Status, mine: bool) -> AnyView {
    let w = t().tracking();
    let used = &status.used;
    let rows = [
        (w.days_office, used.office),
        (w.days_agency, used.agency),
        (if mine { w.days_applicant } else { w.days_applicant_view }, used.applicant),
    ];
    let counted = used.counted();
    view! {
        <Details summary=w.days_title>
            <table class="plain-table">
                <caption class="hidden-text">{w.days_title}</caption>
                <thead><tr><th scope="col">{w.days_who}</th><th scope="col" class="figure">{w.days_count}</th></tr></thead>
                <tbody>
                    {rows.into_iter().map(|(who, n)| view! {
                        <tr><th scope="row">{who}</th><td class="figure">{n}</td></tr>
                    }).collect_view()}
                </tbody>
                <tfoot><tr><th scope="row">{w.days_total}</th><td class="figure">{counted}</td></tr></tfoot>
            </table>
            <p class="small">{w.days_note}</p>
        </Details>
    }
    .into_any()
}
