//! `/kinerja`: how the office keeps its promises, by half-year, service and holder, with the data behind it.

use crate::client::resource::Resource;
use crate::i18n::{self, Lang, lang, t};
use crate::routes::Route;
use crate::shell::{Affected, Page, catalog_and};
use crate::ui::Details;
use leptos::prelude::*;
use satu_pintu_api::figures::{Cell, Figures, HalfFigures, ServiceFigures};
use satu_pintu_domain::application::Measure;

/// So many half-years are shown open.
const OPEN: usize = 2;

pub fn page() -> AnyView {
    let w = t().performance();
    let figures: Resource<Figures> = Resource::new("/figures".to_string());
    catalog_and(figures, move |catalog, figures| {
        let halves: Vec<AnyView> = figures.halves.iter().enumerate().map(|(at, half)| half_year(at, half)).collect();
        let none = halves.is_empty().then_some(w.none);
        let example = catalog.office.example.then(|| view! { <p class="small">{w.example}</p> });
        view! {
            <Page title=w.title lead=w.lead affected=Affected::None back=Route::Home.link()>
                {example}
                {none.map(|text| view! { <p>{text}</p> })}
                {halves}
                <Details summary=w.method>
                    <p>{w.method_days} " " {w.method_time}</p>
                    <p>{w.method_middle}</p>
                    <p>{w.method_few}</p>
                    <p>{w.method_events}</p>
                    <p><a href="/api/v1/figures">{w.json}</a></p>
                </Details>
            </Page>
        }
        .into_any()
    })
}

fn half_year(at: usize, figures: &HalfFigures) -> AnyView {
    let w = t().performance();
    let year = figures.half.year;
    let name = if figures.half.half == 1 { w.half_1(year) } else { w.half_2(year) };
    let services: Vec<AnyView> = figures.services.iter().map(service).collect();
    let body = view! {
        {services}
        <p class="csv"><a href=figures.csv.clone() download="">{w.csv(&name)}</a></p>
    };
    if at >= OPEN {
        return view! { <Details summary=name>{body}</Details> }.into_any();
    }
    view! { <h2>{name}</h2> {body} }.into_any()
}

fn service(figures: &ServiceFigures) -> AnyView {
    let w = t().performance();
    let name = figures.name.clone();
    let unit = figures.unit;
    let whole = row(w.whole.to_string(), &figures.whole, unit);
    let units: Vec<AnyView> = figures.units.iter().map(|one| row(one.name.clone(), &one.cell, unit)).collect();
    let caption = match unit {
        Measure::WorkingDay => w.caption(&name),
        Measure::Minute => w.caption_time(&name),
    };
    let number = |n: Option<u64>| n.map_or_else(|| w.few.to_string(), count);
    let last_day = w.last_day(number(figures.last_day));
    let withdrawn = w.withdrawn(number(figures.withdrawn));
    let events = figures.events.clone();
    let events = (!events.is_empty()).then(|| {
        view! { <p class="csv"><a href=events download="">{w.events(&name)}</a></p> }
    });
    view! {
        <table class="plain-table">
            <caption>{caption}</caption>
            <thead>
                <tr>
                    <th scope="col" class="figure">{w.kept}</th>
                    <th scope="col" class="figure">{w.median}</th>
                    <th scope="col" class="figure">{w.p90}</th>
                    <th scope="col" class="figure">{w.standard}</th>
                </tr>
            </thead>
            {whole}
            {units}
        </table>
        <p class="small">{last_day} " " {withdrawn}</p>
        {events}
    }
    .into_any()
}

/// A holder over the line with their figures: side by side a phone has no room. What is withheld says so.
fn row(name: String, cell: &Cell, unit: Measure) -> AnyView {
    let w = t().performance();
    let Some(cases) = cell.cases else {
        return view! {
            <tbody><tr><th scope="rowgroup" colspan="4"><b>{name}</b> " " <small>{w.withheld}</small></th></tr></tbody>
        }
        .into_any();
    };
    let time = |n: Option<u32>| match (n, unit) {
        (None, _) => "–".to_string(),
        (Some(n), Measure::WorkingDay) => count(n.into()),
        (Some(n), Measure::Minute) => i18n::work_time(n.into()),
    };
    let kept = cell.kept.as_deref().map_or_else(|| "–".to_string(), |text| [&comma(text), "%"].concat());
    view! {
        <tbody>
            <tr><th scope="rowgroup" colspan="4"><b>{name}</b> " " <small>{w.cases(count(cases))}</small></th></tr>
            <tr>
                <td class="figure">{kept}</td>
                <td class="figure">{time(cell.median)}</td>
                <td class="figure">{time(cell.p90)}</td>
                <td class="figure">{time(cell.standard)}</td>
            </tr>
        </tbody>
    }
    .into_any()
}

fn count(n: u64) -> String {
    i18n::number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn comma(text: &str) -> String {
    if lang() == Lang::En { text.to_string() } else { text.replace('.', ",") }
}
