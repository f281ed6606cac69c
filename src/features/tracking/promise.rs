//! The card with the promise: when it runs out, the bar of what was used with its words, who used how much.

use super::days::{self, Piece, Run};
use super::letter;
use super::page::View;
use super::state::{self, Due, Promise};
use super::watch::Seen;
use crate::i18n::{self, t};
use crate::routes::Route;
use crate::ui::{Details, Tone, tag};
use leptos::prelude::*;
use satu_pintu_domain::application::{Account, Measure, Status};

/// More pieces than this are drawn as runs, without a gap at each.
const DRAWN: u32 = 31;

pub fn part(view: View) -> AnyView {
    (move || view.seen().and_then(|seen| card(view, &seen))).into_any()
}

fn card(view: View, seen: &Seen) -> Option<AnyView> {
    let w = t().tracking();
    let mine = view.mine();
    let status = &seen.tracking.status;
    let measure = status.account().measure;
    let amount = |n| i18n::amount(measure, n);
    let when = |due| match due {
        Due::Day(day) => i18n::date(day),
        Due::Moment(at) => view.moment(at),
    };
    let promise = state::promise(status);
    let (tone, title, text) = match promise {
        Promise::None => return None,
        Promise::By(due) => (Tone::Act, w.promise_by(when(due)), None),
        Promise::Overdue { late, due } => {
            let due = due.map(|due| w.promise_over_due(when(due))).unwrap_or_default();
            let text = [w.promise_over_text(amount(late)), due].join(" ");
            (Tone::Stop, w.promise_over.to_string(), Some(text))
        }
        Promise::Paused { left: 0 } => {
            (Tone::Wait, w.promise_paused.to_string(), Some(w.promise_paused_none.to_string()))
        }
        Promise::Paused { left } => {
            (Tone::Wait, w.promise_paused.to_string(), Some(w.promise_paused_left(amount(left))))
        }
        Promise::NoCalendar(year) => (Tone::Wait, w.promise_none.to_string(), Some(w.promise_calendar(year))),
        Promise::Took { used: 0 } => (Tone::Done, w.promise_same_day.to_string(), None),
        Promise::Took { used } => (Tone::Done, w.promise_took(amount(used)), None),
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
    let account = status.account();
    let amount = |n| i18n::amount(account.measure, n);
    let used = if account.over() > 0 {
        w.bar_over(amount(account.counted()), amount(account.total))
    } else {
        w.bar_used(figure(&account, account.counted()), amount(account.total))
    };
    let paused = match (account.applicant, mine) {
        (0, _) => String::new(),
        (n, true) => w.bar_paused(amount(n)),
        (n, false) => w.bar_paused_view(amount(n)),
    };
    [used, paused].join(" ").trim().to_string()
}

/// A number of days where a heading says so, a time in words.
fn figure(account: &Account, n: u32) -> String {
    match account.measure {
        Measure::WorkingDay => n.to_string(),
        Measure::Minute => i18n::amount(account.measure, n),
    }
}

/// The bar only repeats the sentence under it, so it is hidden from those who listen.
fn bar(status: &Status, mine: bool) -> AnyView {
    let (runs, total) = days::bar(status);
    let account = status.account();
    if total == 0 {
        return ().into_any();
    }
    let drawn = |run: Run| {
        let class = class(run.piece);
        if total <= DRAWN {
            (0..run.length).map(|_| view! { <i class=class></i> }).collect_view().into_any()
        } else {
            view! { <i class=class style:flex-grow=run.length.to_string()></i> }.into_any()
        }
    };
    let key = |run: Run| {
        let length = figure(&account, run.length);
        view! { <li><i class=class(run.piece)></i> {word(run.piece)} " " <b>{length}</b></li> }
    };
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
    let account = status.account();
    let rows = [
        (w.days_office, account.office),
        (w.days_agency, account.agency),
        (if mine { w.days_applicant } else { w.days_applicant_view }, account.applicant),
    ];
    let counted = figure(&account, account.counted());
    let (title, count, note) = match account.measure {
        Measure::WorkingDay => (w.days_title, w.days_count, w.days_note),
        Measure::Minute => (w.time_title, w.time_count, w.time_note),
    };
    view! {
        <Details summary=title>
            <table class="plain-table">
                <caption class="hidden-text">{title}</caption>
                <thead><tr><th scope="col">{w.days_who}</th><th scope="col" class="figure">{count}</th></tr></thead>
                <tbody>
                    {rows.into_iter().map(|(who, n)| view! {
                        <tr><th scope="row">{who}</th><td class="figure">{figure(&account, n)}</td></tr>
                    }).collect_view()}
                </tbody>
                <tfoot><tr><th scope="row">{w.days_total}</th><td class="figure">{counted}</td></tr></tfoot>
            </table>
            <p class="small">{note}</p>
        </Details>
    }
    .into_any()
}
