//! `/periksa/:id`: "Bolehkah saya?", a short set of questions that ends in a verdict with a next step.

use super::journey::Journey;
use super::page::{broken, given, showing};
use super::question::{question, rows};
use super::state::Showing;
use crate::answers;
use crate::client::resource::Resource;
use crate::i18n::{lang, t};
use crate::routes::{Route, go_link};
use crate::shell::{Page, catalog_and, use_navigation};
use crate::ui::{Details, Glossary, Icon, Message, SummaryList, Tone, icon, prose};
use leptos::prelude::*;
use satu_pintu_api::catalog::CheckDetail;
use satu_pintu_domain::content::Verdict;
use satu_pintu_domain::rules::Done;
use std::sync::Arc;

pub fn check_page(id: String) -> AnyView {
    let path = format!("/catalog/checks/{id}?lang={}", lang().code());
    let resource = Resource::<CheckDetail>::new(path);
    let place = use_navigation();
    catalog_and(resource, move |catalog, check: Arc<CheckDetail>| {
        let journey = Journey { catalog, check: Some(check) };
        (move || {
            let query = place.query.get();
            let given = given(&journey, &query);
            match showing(&journey, &query, &given) {
                Showing::Question(shown) => question(&journey, shown, &given, &query, None),
                Showing::Done(done) => verdict(&journey, &done),
                Showing::Broken(_) => broken(),
            }
        })
        .into_any()
    })
}

/// Word, sign and colour of a verdict.
fn look(verdict: Verdict) -> (&'static str, Icon, Tone) {
    let w = t().wizard();
    match verdict {
        Verdict::Yes => (w.verdict_yes, Icon::Check, Tone::Done),
        Verdict::NotYet => (w.verdict_not_yet, Icon::Clock, Tone::Wait),
        Verdict::No => (w.verdict_no, Icon::Warning, Tone::Stop),
    }
}

fn verdict(journey: &Journey, done: &Done) -> AnyView {
    let w = t().wizard();
    let words = journey.words();
    let Some(outcome) = words.outcome.get(&done.outcome) else { return broken() };
    let glossary = Glossary::new(&journey.catalog.terms, Route::Glossary.link());
    let verdict = outcome.verdict.unwrap_or(Verdict::NotYet);
    let (word, sign, tone) = look(verdict);
    let change = (!outcome.change.is_empty()).then(|| {
        let title = if verdict == Verdict::No { w.change_no } else { w.change_not_yet };
        view! { <h2>{title}</h2> {prose(&outcome.change, &glossary)} }
    });
    let next = outcome.next.as_ref().map(|link| {
        let outside = link.go.starts_with("https://");
        view! {
            <a class="btn" href=go_link(&link.go) target=outside.then_some("_blank") rel=outside.then_some("noopener")>
                {link.label.clone()}
                {outside.then(|| view! { " " <span>{t().ui().new_tab}</span> })}
            </a>
        }
    });
    let notes: Vec<AnyView> = done
        .needs
        .iter()
        .filter_map(|hit| words.item.get(&hit.item))
        .map(|item| view! { <li><b>{item.name.clone()}</b> " " {glossary.line(&item.text)}</li> }.into_any())
        .collect();
    let id = words_id(journey);
    let services = journey.catalog.services.iter().filter(|s| s.eligibility == id);
    let services: Vec<AnyView> = services
        .map(|s| view! { <li><a href=Route::Service(s.id.clone()).link()>{s.name.clone()}</a></li> }.into_any())
        .collect();
    let last = done.path.last().map(|(q, _)| q.as_str());
    let page = journey.page().link();
    let back = answers::address(&page, &done.path, last);
    let rows = rows(journey, &done.path, &done.path);
    let text = prose(&outcome.text, &glossary).into_any();
    let (title, over) = (outcome.title.clone(), words.title.clone());
    let disclaimer = journey.catalog.office.disclaimer.clone();
    view! {
        <Page title over back>
            <p class=["verdict ", tone.class()].concat()>{icon(sign)} <b>{word}</b></p>
            {text}
            {change}
            {next}
            {(!notes.is_empty()).then(|| view! {
                <Message title=w.check_notes><ul class="list">{notes}</ul></Message>
            })}
            {(!services.is_empty()).then(|| view! { <h2>{w.check_services}</h2> <ul class="list">{services}</ul> })}
            <Details summary=w.check_answers>
                <SummaryList rows />
                <p><a href=page>{w.again}</a></p>
            </Details>
            <p><a href=Route::Wizard.link()>{w.check_wizard}</a></p>
            <p class="small">{disclaimer}</p>
        </Page>
    }
    .into_any()
}

fn words_id(journey: &Journey) -> &str {
    &journey.rules().id
}
