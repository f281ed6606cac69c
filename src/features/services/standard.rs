//! The six published components of a service standard: requirements, procedure, time, cost, product, complaints;
//! and the law and sources behind them.

use super::state::total;
use crate::client::catalog::Catalog;
use crate::i18n::{cost, promise, short_date, t, work_time, working_days};
use crate::routes::go_link;
use crate::ui::{Glossary, Mark, Timeline, TimelineRow, prose, requirement};
use leptos::prelude::*;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_domain::content::{Need, Source, SourceKind, Step, TimeUnit};

pub fn standard(catalog: &Catalog, detail: &ServiceDetail, glossary: &Glossary) -> AnyView {
    let w = t().services();
    let (summary, service) = (&detail.summary, &detail.service);
    let card = |need: &Need| {
        let card = detail.cards.iter().find(|c| c.id == need.card)?;
        Some(requirement(card, need, shorts(&card.basis, &detail.sources), glossary))
    };
    let complaint = catalog.office.complaint.iter().map(|c| {
        view! { <li><a href=go_link(&c.go)>{c.name.clone()}</a> ". " {c.how.clone()}</li> }
    });
    view! {
        <section>
            <h2>{w.requirements_title}</h2>
            <p class="small">{w.requirements_hint}</p>
            <div class="papers">{service.requirement.iter().filter_map(card).collect_view()}</div>
        </section>
        <section>
            <h2>{w.steps_title}</h2>
            <Timeline rows=service.step.iter().map(step).collect() />
        </section>
        <section>
            <h2>{w.time_title}</h2>
            <p><b>{promise(summary.days, summary.minutes)}</b> ". " {sum(&service.step)}</p>
        </section>
        <section>
            <h2>{w.cost_title}</h2>
            <p><b>{cost(summary.cost, "")}</b></p>
            {prose(&summary.cost_note, glossary)}
        </section>
        <section>
            <h2>{w.product_title}</h2>
            <p>{summary.product.clone()} ". " {w.valid} " " {summary.validity.clone()}</p>
            {prose(&service.renewal, glossary)}
        </section>
        <section>
            <h2>{w.complaint_title}</h2>
            <p>{catalog.office.promise.clone()}</p>
            <ul class="list">{complaint.collect_view()}</ul>
        </section>
        <section>
            <h2>{w.law_title}</h2>
            {sources(&detail.sources, &service.basis)}
        </section>
    }
    .into_any()
}

fn step(step: &Step) -> TimelineRow {
    TimelineRow {
        mark: Mark::Step,
        title: step.name.clone(),
        lines: vec![format!("{} · {}", step.who, time(step)), step.text.clone()],
    }
}

fn time(step: &Step) -> String {
    let w = t().services();
    let n = step.time.value;
    match step.time.unit {
        TimeUnit::Minute => w.minutes(n),
        TimeUnit::Hour => w.hours(n),
        TimeUnit::WorkingDay => working_days(n.into()),
        TimeUnit::Automatic => w.automatic.into(),
        TimeUnit::Applicant => w.not_counted.into(),
    }
}

/// How the total comes about.
fn sum(steps: &[Step]) -> String {
    let w = t().services();
    match total(steps) {
        [0, 0, 0] => w.sum_automatic.into(),
        [minutes, hours, 0] => w.sum_time(work_time((hours * 60 + minutes).into())),
        [_, _, days] => w.sum_days(days),
    }
}

fn shorts(ids: &[String], sources: &[Source]) -> String {
    let short = |id: &String| sources.iter().find(|s| s.id == *id).map(|s| s.short.clone());
    ids.iter().filter_map(short).collect::<Vec<_>>().join(", ")
}

/// Laws first, then where else the facts come from.
fn sources(sources: &[Source], basis: &[String]) -> AnyView {
    let w = t().services();
    let line = |s: &Source| {
        let title = s.title.clone();
        let name = match &s.url {
            Some(url) => view! { <a href=url.clone() rel="noopener">{title}</a> }.into_any(),
            None => title.into_any(),
        };
        let state = if s.verified { w.source_read } else { w.source_unread };
        view! { <li>{name} <small>" (" {state} ", " {short_date(s.checked)} ")"</small></li> }
    };
    let (law, other): (Vec<&Source>, Vec<&Source>) =
        sources.iter().partition(|s| basis.contains(&s.id) || s.kind == SourceKind::Law);
    view! {
        <ul class="list">{law.into_iter().map(line).collect_view()}</ul>
        {(!other.is_empty()).then(|| view! {
            <details class="more">
                <summary>{w.sources_title}</summary>
                <div class="inside"><ul class="list">{other.into_iter().map(line).collect_view()}</ul></div>
            </details>
        })}
    }
    .into_any()
}
