//! Whose turn it is: who has the file, since when, how long that usually takes here, until when, what comes next.

use super::journey::{self, Stop};
use super::page::View;
use super::state;
use super::watch::Seen;
use crate::i18n::{self, t};
use crate::ui::{Tone, tag};
use leptos::prelude::*;
use satu_pintu_api::application::{Holding, Usual};
use satu_pintu_domain::application::{Holder, Measure};
use satu_pintu_domain::content::Step;

pub fn part(view: View) -> AnyView {
    (move || {
        let seen = view.seen().filter(|seen| state::running(&seen.tracking))?;
        let next = next(view, &seen);
        Some(card(view, &seen, next))
    })
    .into_any()
}

/// The first step of the standard that is still to come.
fn next(view: View, seen: &Seen) -> Option<Step> {
    let detail = view.detail()?;
    journey::stops(&seen.tracking, &detail.service.step).into_iter().find_map(|stop| match stop {
        Stop::Next(step) => Some(step),
        _ => None,
    })
}

fn card(view: View, seen: &Seen, next: Option<Step>) -> AnyView {
    let w = t().tracking();
    let holding = seen.tracking.holding.clone();
    let mine = view.mine();
    let measure = seen.tracking.status.account().measure;
    let next = next.map(|step| row(w.ball_next, [&step.name, " (", &step.who, ")"].concat()));
    view! {
        <section aria-labelledby="bola">
            <h2 id="bola">{w.ball_title}</h2>
            {holding.into_iter().map(|one| holder(view, one, mine, measure)).collect_view()}
            <dl class="fact-list">{next}</dl>
        </section>
    }
    .into_any()
}

fn row(name: &'static str, text: String) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{text}</dd></div> }.into_any()
}

fn holder(view: View, one: Holding, mine: bool, measure: Measure) -> AnyView {
    let w = t().tracking();
    let name = match (&one.holder, mine) {
        (Holder::Applicant, true) => w.ball_you.to_string(),
        _ => one.name.clone(),
    };
    let late = one.late.then(|| tag(Tone::Stop, w.ball_late));
    view! {
        <dl class="fact-list">
            <div><dt>{w.ball_holder}</dt><dd><b>{name}</b> " " {late}</dd></div>
            {row(w.ball_since, view.moment(one.since))}
            {one.due.map(|day| row(w.ball_due, i18n::date(day)))}
            {one.usual.as_ref().map(|usual| row(w.ball_usual, self::usual(usual, measure)))}
        </dl>
    }
    .into_any()
}

fn usual(usual: &Usual, measure: Measure) -> String {
    let w = t().tracking();
    let words = |n: u32| match (measure, n) {
        (Measure::WorkingDay, 0) => w.ball_same_day.to_string(),
        _ => i18n::amount(measure, n),
    };
    w.ball_usual_text(words(usual.median), words(usual.p90))
}
