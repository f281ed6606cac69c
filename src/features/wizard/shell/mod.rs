//! What a page of the wizard brings along so that it answers before the app is there: the question table, made from
//! the checked rules, and each question as this feature's own views show it. `walk.js` replays answers over the
//! table, `shell.js` shows the next question; both stand in the page itself.

mod table;

use super::journey::Journey;
use super::page::offer;
use super::question::{ask, help_with, picked_line, saved, so_far, unknown};
use super::state::Shown;
use crate::client::catalog::Catalog;
use crate::i18n::t;
use crate::ui::{ErrorSummary, Errors};
use leptos::prelude::*;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::Question;
use std::sync::Arc;

/// The table and the questions, for the page that was made for `query`.
pub fn parts(catalog: Arc<Catalog>, query: &str, today: Day) -> String {
    let journey = Journey { catalog, check: None };
    let w = t().wizard();
    let mut html = String::new();
    // The page that begins shows the first question already.
    let here = |question: &&Question| !query.is_empty() || question.id != journey.rules().start;
    for question in journey.rules().questions.iter().filter(here) {
        put(&mut html, &["ask-", &question.id].concat(), ask(&journey, fresh(question), &Vec::new(), ""));
    }
    let options = journey.rules().questions.iter().flat_map(|q| &q.options);
    if let Some(guide) = options.filter_map(|option| option.help()).next() {
        put(&mut html, "help", help_with(&journey, "", guide));
    }
    if let Some(first) = journey.rules().questions.first()
        && let Some(option) = first.options.first()
    {
        let path = vec![(first.id.clone(), vec![option.id().to_string()])];
        put(&mut html, "so-far", so_far(&journey, &path, &path).into_any());
    }
    put(&mut html, "unknown", unknown());
    put(&mut html, "saved", saved());
    put(&mut html, "picked", picked_line(String::new()));
    let fault: Errors = vec![("x".into(), w.missing.to_string())];
    put(&mut html, "fault", view! { <ErrorSummary errors=RwSignal::new(fault) /> }.into_any());
    put(&mut html, "resume", offer(String::new(), String::from("/"), w.resume_go));
    let done = view! {
        <h1 tabindex="-1">{w.done_title}</h1>
        <p class="lead">{w.done_text}</p>
        <ul class="list"></ul>
        <a class="btn" href="/">{w.done_go}</a>
    };
    put(&mut html, "done", done.into_any());
    let table = table::Table::new(&journey, query, today);
    let json = serde_json::to_string(&table).unwrap_or_default().replace("</", "<\\/");
    html.push_str(&["<script type=\"application/json\" id=\"wizard\">", &json, "</script>"].concat());
    html
}

fn put(html: &mut String, id: &str, view: AnyView) {
    html.push_str(&["<template id=\"", id, "\">", &view.to_html(), "</template>"].concat());
}

/// A question that nobody has answered.
fn fresh(question: &Question) -> Shown<'_> {
    let (number, left) = (1, 0);
    Shown { question, number, left, chosen: Vec::new(), trouble: None, before: Vec::new(), changing: false }
}
