//! Taking the list along: print it, send it by WhatsApp as text, copy its address. Results hold no key.

use super::page::about;
use super::papers::Papers;
use super::state::{Plan, ShareWords, share_text};
use crate::i18n::t;
use crate::platform::share::{copy, print, whatsapp_link};
use crate::ui::{Icon, icon};
use leptos::prelude::*;
use std::sync::Arc;

/// What is taken along.
#[derive(Clone)]
pub struct Take {
    title: Arc<str>,
    permits: Arc<Vec<(String, String)>>,
    list: Papers,
    /// With the host, so that it opens on another phone.
    pub address: Arc<str>,
}

impl Take {
    pub fn new(name: &str, plan: &Plan, list: Papers, address: String) -> Take {
        Take {
            title: t().checklist().share_title(name).into(),
            permits: Arc::new(plan.permits.iter().map(|p| (p.name().to_string(), about(p))).collect()),
            list,
            address: address.into(),
        }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// The text for WhatsApp. Tracks the checklist.
    fn text(&self) -> String {
        let w = t().checklist();
        let words = ShareWords { title: &self.title, papers: w.share_papers, link: w.share_link };
        let papers = self.list.with(|items, _| items.iter().map(|i| i.card.name.clone()).collect::<Vec<String>>());
        share_text(&words, &self.permits, &papers.unwrap_or_default(), &self.address)
    }
}

pub fn take(give: Take) -> AnyView {
    let w = t().checklist();
    let said = RwSignal::new("");
    let address = give.address.clone();
    let copied = move |_| {
        let address = address.clone();
        leptos::task::spawn_local(async move {
            let done = copy(&address).await;
            said.try_set(if done { w.copied } else { w.copy_failed });
        });
    };
    let link = move || whatsapp_link("", &give.text());
    view! {
        <div class="take no-print" role="group" aria-label=w.take>
            <button type="button" class="small-btn" on:click=|_| print()>{icon(Icon::Print)} {w.print}</button>
            <a class="small-btn" href=link target="_blank" rel="noopener">{icon(Icon::Share)} {w.whatsapp}</a>
            <button type="button" class="small-btn" on:click=copied>{icon(Icon::Link)} {w.copy}</button>
            <p role="status">{move || said.get()}</p>
        </div>
    }
    .into_any()
}
