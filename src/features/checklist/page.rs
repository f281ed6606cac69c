//! `/izin/hasil`: answers in the address, like the wizard; an address that is not finished leads back to it.

use super::papers::{Papers, papers};
use super::permits::{permits, remarks};
use super::sheet::sheet;
use super::state::{self, Plan, plan};
use super::take::{Take, take};
use crate::answers;
use crate::client::catalog::Catalog;
use crate::i18n::{money, promise, t};
use crate::platform::{history, time::today};
use crate::routes::Route;
use crate::shell::{Page, below, use_navigation, with_catalog};
use crate::ui::{Details, Glossary, SummaryList, SummaryRow};
use leptos::prelude::*;
use satu_pintu_domain::content::RiskLevel;
use satu_pintu_domain::rules::{Done, Step, resolve};
use std::sync::Arc;

pub fn page() -> AnyView {
    with_catalog(|catalog| {
        let place = use_navigation();
        (move || {
            let given = answers::from_query(&place.query.get());
            match resolve(&catalog.rules, &given, today(catalog.office.zone)) {
                Ok(Step::Done(done)) => result(catalog.clone(), done),
                Ok(Step::Ask(_)) => {
                    let w = t().checklist();
                    let href = answers::address(&Route::Wizard.link(), &given, None);
                    elsewhere(w.unfinished_title, w.unfinished_text, w.unfinished_go, href)
                }
                Err(_) => {
                    let w = t().checklist();
                    elsewhere(w.broken_title, w.broken_text, w.broken_go, Route::Contact.link())
                }
            }
        })
        .into_any()
    })
}

fn elsewhere(title: &'static str, text: &'static str, label: &'static str, href: String) -> AnyView {
    view! {
        <Page title lead=text.to_string()>
            <a class="btn" href=href>{label}</a>
        </Page>
    }
    .into_any()
}

fn result(catalog: Arc<Catalog>, done: Done) -> AnyView {
    let w = t().checklist();
    let plan = plan(&catalog, &done);
    let told = answers::told(&catalog.words, &catalog.activities, &done.path);
    let name = told.first().map_or(String::new(), |a| a.answer.clone());
    let outcome = catalog.words.outcome.get(&done.outcome);
    let title = outcome.map_or(w.title(&name), |o| o.title.clone());
    let lead = outcome.map_or(String::new(), |o| o.text.clone());
    let last = done.path.last().map(|(q, _)| q.as_str());
    let back = answers::address(&Route::Wizard.link(), &done.path, last);
    let list = Papers::load(&plan, done.facts.clone());
    let address = answers::address(&Route::WizardResult.link(), &done.path, None);
    let give = Take::new(&name, &plan, list, [history::origin(), address].concat());
    let change = |told: &answers::Told| {
        let href = answers::address(&Route::Wizard.link(), &done.path, Some(&told.id));
        SummaryRow {
            label: told.question.clone(),
            value: told.answer.clone(),
            change: Some((href, t().ui().change.to_string())),
        }
    };
    let rows: Vec<SummaryRow> = told.iter().map(change).collect();
    let answered = w.answers(rows.len());
    let summary = summary(&plan);
    let take = take(give.clone());
    let main = {
        let (catalog, done, give) = (catalog.clone(), done.clone(), give.clone());
        below(move || main(&catalog, &done, list, give.clone()))
    };
    let sheet = below(move || {
        let told = answers::told(&catalog.words, &catalog.activities, &done.path);
        sheet(&catalog, &state::plan(&catalog, &done), &told, list, give.clone())
    });
    view! {
        <Page title over=name lead back wide=true>
            <div class="result">
                <div class="result-sum">
                    {summary}
                    {take}
                    <Details summary=answered>
                        <SummaryList rows />
                        <p><a href=Route::Wizard.link()>{w.again}</a></p>
                    </Details>
                </div>
                <div class="result-main">{main}</div>
            </div>
            {sheet}
        </Page>
    }
    .into_any()
}

/// Permits, remarks and papers.
fn main(catalog: &Arc<Catalog>, done: &Done, list: Papers, give: Take) -> AnyView {
    let w = t().checklist();
    let plan = plan(catalog, done);
    let glossary = Glossary::new(&catalog.terms, Route::Glossary.link());
    let parts = [
        Some(permits(&plan, done, &glossary)),
        remarks(w.old_papers, "old", &plan.old_papers, &glossary),
        remarks(w.to_ask, "ask", &plan.to_ask, &glossary),
        remarks(w.to_know, "know", &plan.to_know, &glossary),
        remarks(w.not_needed, "none", &plan.not_needed, &glossary),
        Some(papers(list, catalog)),
    ];
    view! {
        {parts.into_iter().collect_view()}
        {take(give)}
        <p class="small">{catalog.office.disclaimer.clone()}</p>
    }
    .into_any()
}

/// Three figures that tell what is coming, and the way to the checklist.
fn summary(plan: &Plan) -> AnyView {
    let w = t().checklist();
    let count = if plan.permits.len() == 1 { w.count_one.to_string() } else { w.count(plan.permits.len()) };
    let figure = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    view! {
        <div class="ball figures">
            <dl>
                {figure(w.sum_permits, count)}
                {figure(w.sum_cost, total(plan))}
                {figure(w.sum_days, promise(plan.time.0, plan.time.1))}
                {figure(w.sum_risk, risk_words(plan.risk.map(|r| r.level)).to_string())}
            </dl>
            <p><a href="#syarat">{w.jump}</a></p>
        </div>
    }
    .into_any()
}

fn total(plan: &Plan) -> String {
    let w = t().checklist();
    match (plan.cost, plan.open_costs) {
        (cost, 0) => money(cost),
        (0, open) if open == plan.permits.len() => w.sum_cost_open.to_string(),
        (cost, open) => w.sum_cost_from(money(cost), open),
    }
}

pub fn risk_words(level: Option<RiskLevel>) -> &'static str {
    let w = t().checklist();
    match level {
        Some(RiskLevel::Rendah) => w.risk_rendah,
        Some(RiskLevel::MenengahRendah) => w.risk_menengah_rendah,
        Some(RiskLevel::MenengahTinggi) => w.risk_menengah_tinggi,
        Some(RiskLevel::Tinggi) => w.risk_tinggi,
        None => w.risk_unknown,
    }
}

/// Fee and time of a permit in one line.
pub fn about(permit: &state::Permit) -> String {
    match permit.service {
        Some(s) => t().checklist().share_line(crate::i18n::cost(s.cost, &s.cost_note), promise(s.days, s.minutes)),
        None => t().ui().cost_unknown.to_string(),
    }
}
