//! The result on one A4 page: permits with fee and time, papers in two columns with boxes, a QR to open it again.
//! On the screen it is not there.

use super::page::about;
use super::papers::Papers;
use super::state::{Part, Plan};
use super::take::Take;
use crate::answers::Told;
use crate::client::catalog::Catalog;
use crate::i18n::{short_date, t};
use crate::platform::time::today;
use crate::ui::qr;
use leptos::prelude::*;

pub fn sheet(catalog: &Catalog, plan: &Plan, told: &[Told], list: Papers, give: Take) -> AnyView {
    let w = t().checklist();
    let office = &catalog.office;
    let permits = plan.permits.iter().map(|permit| {
        let star = permit.service.is_some_and(|s| !s.verified).then_some(" *");
        view! { <li><b>{permit.name().to_string()}</b> ": " {about(permit)} {star}</li> }
    });
    let answers = told.iter().map(|a| {
        view! { <li>{a.question.clone()} " " <b>{a.answer.replace('\n', ", ")}</b></li> }
    });
    let none: Vec<&str> = plan.not_needed.iter().map(|r| r.name).collect();
    let old = plan.old_papers.iter().map(|r| view! { <p><b>{r.name.to_string()} ". "</b> {r.text.to_string()}</p> });
    let papers = move || {
        list.with(|items, _| {
            let of = |wanted: Part, title: &'static str| {
                let own = items.iter().filter(|i| i.part() == wanted);
                let lines: Vec<AnyView> = own
                    .map(|i| {
                        let id = i.card.id.clone();
                        let done = move || list.ticks.with(|ticks| ticks.contains(&id));
                        let only_if = i.only_if().map(|text| view! { <small>" " {text.to_string()}</small> });
                        view! { <li class:done=done>{i.card.name.clone()} {only_if}</li> }.into_any()
                    })
                    .collect();
                (!lines.is_empty()).then(|| view! { <h4>{title}</h4> <ul class="boxes">{lines}</ul> })
            };
            view! {
                {of(Part::Papers, w.part_papers)}
                {of(Part::Online, w.part_online)}
                {of(Part::Other, w.part_other)}
                {of(Part::Given, w.part_given)}
                {of(Part::Maybe, w.sheet_maybe)}
            }
        })
    };
    view! {
        <div class="sheet" aria-hidden="true">
            <div class="sheet-head">
                <div>
                    <p class="sheet-title">{give.title().to_string()}</p>
                    <ul class="sheet-answers">{answers.collect_view()}</ul>
                </div>
                <div class="sheet-qr">{qr(&give.address, w.sheet_scan)} <p>{w.sheet_scan}</p></div>
            </div>
            <h3>{w.sheet_permits}</h3>
            <ol>{permits.collect_view()}</ol>
            {old.collect_view()}
            {(!none.is_empty()).then(|| view! { <p><b>{w.not_needed} ": "</b> {none.join(", ")} "."</p> })}
            <h3>{w.sheet_papers}</h3>
            <div class="sheet-papers" lang="id">{papers}</div>
            <p class="sheet-foot">
                {(!plan.verified).then_some(w.sheet_example)} " " {office.disclaimer.clone()} " "
                {w.sheet_by(&office.name, short_date(today(office.zone)))} " "
                {office.phone.clone()} ". " {office.hours.clone()} "."
            </p>
        </div>
    }
    .into_any()
}
