//! Words explained, searchable; each has an address of its own (`/istilah#nib`).

use super::state::matching;
use crate::i18n::{Lang, lang, t};
use crate::routes::Route;
use crate::shell::{Affected, Page, SEARCHED, part_with_catalog, search_button, searched};
use crate::ui::{Entry, TextField};
use leptos::prelude::*;
use satu_pintu_domain::content::Term;

pub fn glossary_page() -> AnyView {
    let words = RwSignal::new(searched());
    let w = t().guidance();
    let english = lang() != Lang::Id;
    view! {
        <Page title=w.glossary_title lead=w.glossary_lead back=Route::Home.link() affected=Affected::None>
            <form class="finder" role="search" method="get" action=Route::Glossary.link()
                on:submit=|e| e.prevent_default()>
                <TextField name=SEARCHED label=w.glossary_search entry=Entry::Search value=words />
                {search_button()}
            </form>
            {part_with_catalog(move |catalog| {
                let found = Memo::new({
                    let catalog = catalog.clone();
                    move |_| matching(&catalog.terms, &words.get()).into_iter().cloned().collect::<Vec<Term>>()
                });
                let count = move || match found.with(Vec::len) {
                    0 => t().ui().results_none.to_string(),
                    n => w.count(n),
                };
                view! {
                    <p class="count" role="status">{count}</p>
                    <dl class="glossary">
                        {move || found.get().into_iter().map(|t| entry(t, english)).collect_view()}
                    </dl>
                }
                .into_any()
            })}
        </Page>
    }
    .into_any()
}

fn entry(term: Term, english: bool) -> AnyView {
    let long = (!term.long.is_empty()).then(|| view! { " " <span class="long">{term.long}</span> });
    let translation = english.then(|| view! { <dd lang="en">{term.en}</dd> });
    view! {
        <div id=term.id>
            <dt lang="id">{term.term} {long}</dt>
            {translation}
            <dd lang="id">{term.text}</dd>
        </div>
    }
    .into_any()
}
