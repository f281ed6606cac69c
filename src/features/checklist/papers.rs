//! One checklist for all permits: every requirement once, with a box to tick and a card that opens. Ticks stay on
//! this phone.

use super::state::{Item, Part, Plan, ServicePapers, merged};
use crate::client::catalog::Catalog;
use crate::client::resource::{Load, Resource};
use crate::client::ticks;
use crate::i18n::{Lang, cost, lang, short_date, t};
use crate::platform;
use crate::routes::Route;
use crate::shell::after_screen;
use crate::ui::{
    Details, Glossary, Icon, Look, Message, Progress, Tone, again_button, certainty, facts, icon, prose, sample,
};
use leptos::prelude::*;
use satu_pintu_domain::content::{Requirement, Source};
use satu_pintu_domain::rules::Facts;
use std::sync::Arc;

/// The services of a result with their cards, and what is ticked. Owned by the page.
#[derive(Clone, Copy)]
pub struct Papers {
    services: StoredValue<Vec<Resource<ServicePapers>>>,
    facts: StoredValue<Facts>,
    pub ticks: RwSignal<Vec<String>>,
}

/// All services that have arrived; `None` while one is still under way.
type Arrived = Option<(Vec<Arc<ServicePapers>>, bool)>;

impl Papers {
    pub fn load(plan: &Plan, facts: Facts) -> Papers {
        let code = lang().code();
        let one = |id: &str| Resource::to_load(format!("/catalog/services/{id}?lang={code}"));
        let services: Vec<_> = plan.permits.iter().filter(|p| p.service.is_some()).map(|p| one(p.id)).collect();
        let all = services.clone();
        after_screen(move || all.iter().for_each(|one| one.load()));
        Papers {
            services: StoredValue::new(services),
            facts: StoredValue::new(facts),
            ticks: RwSignal::new(ticks::kept()),
        }
    }

    /// Tracks. The flag says that some could not be loaded.
    fn arrived(self) -> Arrived {
        let loads: Vec<Load<ServicePapers>> =
            self.services.with_value(|all| all.iter().map(|r| r.state.get()).collect());
        if loads.iter().any(|l| matches!(l, Load::Wait)) {
            return None;
        }
        let failed = loads.iter().any(|l| matches!(l, Load::Fail(_)));
        Some((loads.iter().filter_map(Load::have).collect(), failed))
    }

    fn retry(self) {
        self.services.with_value(|all| {
            for one in all.iter().filter(|r| matches!(r.state.get_untracked(), Load::Fail(_))) {
                one.retry();
            }
        });
    }

    /// Calls `f` with the merged items, once all have arrived. Tracks.
    pub fn with<T>(self, f: impl FnOnce(&[Item], bool) -> T) -> Option<T> {
        let (services, failed) = self.arrived()?;
        let services: Vec<&ServicePapers> = services.iter().map(Arc::as_ref).collect();
        Some(f(&self.facts.with_value(|facts| merged(&services, facts)), failed))
    }

    fn source(self, id: &str) -> Option<Source> {
        let (services, _) = self.arrived()?;
        services.iter().flat_map(|s| &s.sources).find(|s| s.id == id).cloned()
    }
}

pub fn papers(list: Papers, catalog: &Arc<Catalog>) -> AnyView {
    let w = t().checklist();
    let catalog = catalog.clone();
    let foreign = (lang() != Lang::Id).then(|| view! { <p class="small">{w.papers_language}</p> });
    let content = move || {
        let glossary = Glossary::new(&catalog.terms, Route::Glossary.link());
        list.with(|items, failed| shown(list, items, failed, &glossary)).unwrap_or_else(|| {
            view! { <p role="status">{w.loading}</p> <div class="bone"></div> <div class="bone"></div> }.into_any()
        })
    };
    view! {
        <section class="papers" aria-labelledby="syarat">
            <h2 id="syarat" tabindex="-1">{w.papers}</h2>
            <p class="lead">{w.papers_lead}</p>
            {foreign}
            {content}
        </section>
    }
    .into_any()
}

fn shown(list: Papers, items: &[Item], failed: bool, glossary: &Glossary) -> AnyView {
    let w = t().checklist();
    let ids: Vec<String> = items.iter().filter(|i| i.counts()).map(|i| i.card.id.clone()).collect();
    let all = ids.len();
    let done = Memo::new(move |_| list.ticks.with(|ticks| ids.iter().filter(|id| ticks.contains(id)).count()));
    let percent = Signal::derive(move || (done.get() * 100).checked_div(all).unwrap_or(0) as u32);
    let label = Signal::derive(move || w.ready(done.get(), all));
    let of = |wanted: Part, title: &'static str| {
        let own: Vec<AnyView> = items.iter().filter(|i| i.part() == wanted).map(|i| row(list, i, glossary)).collect();
        (!own.is_empty()).then(|| view! { <h3>{title}</h3> <ul class="items">{own}</ul> })
    };
    let maybe: Vec<AnyView> =
        items.iter().filter(|i| i.part() == Part::Maybe).map(|i| row(list, i, glossary)).collect();
    let maybe = (!maybe.is_empty()).then(|| {
        let title = w.part_maybe(maybe.len());
        view! { <Details summary=title><ul class="items">{maybe}</ul></Details> }
    });
    let trouble = failed.then(|| {
        view! {
            <Message tone=Tone::Wait title=w.failed>
                {again_button(w.retry, Look::Quiet, move || list.retry())}
            </Message>
        }
    });
    view! {
        {trouble}
        <div class="ready"><Progress percent label /></div>
        {of(Part::Papers, w.part_papers)}
        {of(Part::Online, w.part_online)}
        {of(Part::Other, w.part_other)}
        {of(Part::Given, w.part_given)}
        {maybe}
        {move || (done.get() > 0 && !ticks::kept().is_empty()).then(|| view! { <p class="saved">"✓ " {w.ready_saved}</p> })}
    }
    .into_any()
}

fn row(list: Papers, item: &Item, glossary: &Glossary) -> AnyView {
    let w = t().checklist();
    let card = Arc::new(item.card.clone());
    let (id, mine) = (card.id.clone(), card.id.clone());
    let on = Memo::new(move |_| list.ticks.with(|ticks| ticks.contains(&mine)));
    let press = move |_| {
        list.ticks.update(|all| ticks::tick(all, &id, !on.get_untracked()));
        list.ticks.with_untracked(|all| ticks::keep(all));
    };
    let mut names: Vec<&str> = Vec::new();
    for by in &item.by {
        if !names.contains(&by.name) {
            names.push(by.name);
        }
    }
    let only_if = item.only_if().map(|text| view! { <small class="only-if">{text.to_string()}</small> });
    let needed = if names.len() == 1 { w.needed_for(names.concat()) } else { w.needed_for_many(names.len()) };
    let short = item.from_step.map_or(needed, |step| w.from_step(step));
    let whole = (names.len() > 1).then(|| w.needed_for(names.join(", ")));
    let notes = item.by.iter().filter(|b| !b.note.is_empty());
    let notes: Vec<(String, String)> = notes.map(|b| (b.name.to_string(), b.note.to_string())).collect();
    let opened = RwSignal::new(!platform::BROWSER);
    let (name, glossary) = (card.name.clone(), glossary.clone());
    let inside = move || opened.get().then(|| about(list, &card, whole.clone(), &notes, &glossary));
    view! {
        <li class="item" lang="id">
            <label class="opt many" class:on=move || on.get()>
                <input type="checkbox" prop:checked=move || on.get() on:change=press />
                <span class="mark" aria-hidden="true">{icon(Icon::Check)}</span>
                <span class="text">
                    {item.card.name.clone()}
                    {only_if}
                    <small>{short}</small>
                </span>
            </label>
            <details class="more" on:toggle=move |_| opened.set(true)>
                <summary>{w.more} <span class="hidden-text">{w.more_about(name)}</span></summary>
                <div class="inside">{inside}</div>
            </details>
        </li>
    }
    .into_any()
}

/// All about one paper.
fn about(
    list: Papers,
    card: &Requirement,
    needed: Option<String>,
    notes: &[(String, String)],
    glossary: &Glossary,
) -> AnyView {
    let (w, u) = (t().checklist(), t().ui());
    let pairs = vec![
        (u.card_where, glossary.line(&card.place)),
        (u.card_issuer, card.issuer.clone().into_any()),
        (u.card_cost, cost(card.cost.amount, &card.cost.note).into_any()),
        (u.card_time, card.time.clone().into_any()),
        (u.card_validity, card.validity.clone().into_any()),
    ];
    let notes = notes.iter().map(|(name, note)| view! { <p><b>{name.clone()} ": "</b> {note.clone()}</p> });
    let named = |ids: &[String]| ids.iter().filter_map(|id| list.source(id)).map(source).collect_view().into_any();
    let known = |ids: &[String]| ids.iter().any(|id| list.source(id).is_some());
    view! {
        {prose(&card.plain, glossary)}
        {needed.map(|text| view! { <p>{text}</p> })}
        {notes.collect_view()}
        {facts(pairs)}
        {sample(&card.sample)}
        <p class="mistake">{icon(Icon::Warning)} <span><b>{u.card_mistake}</b> " " {card.mistake.clone()}</span></p>
        {known(&card.basis).then(|| view! { <div class="small">{w.basis} ":" <ul>{named(&card.basis)}</ul></div> })}
        {known(&card.source).then(|| view! { <div class="small">{w.source} ":" <ul>{named(&card.source)}</ul></div> })}
        <p class="sure">{certainty(card.verified)}</p>
    }
    .into_any()
}

fn source(source: Source) -> AnyView {
    let seen = t().checklist().source_checked(short_date(source.checked));
    let name = match source.url {
        Some(url) => view! {
            <a href=url target="_blank" rel="noopener">{source.short}<span class="hidden-text">" " {t().ui().new_tab}</span></a>
        }
        .into_any(),
        None => source.short.into_any(),
    };
    view! { <li>{name}", " {seen}</li> }.into_any()
}
