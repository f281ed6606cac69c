//! All services, searchable, by door and group.

use super::state::{CATEGORIES, CHANNELS, matching};
use crate::client::catalog::Catalog;
use crate::i18n::{cost, promise, t};
use crate::routes::Route;
use crate::shell::{Page, SEARCHED, part_with_catalog, search_button, searched, use_navigation};
use crate::ui::{Entry, Icon, TextField, Tone, icon, tag};
use leptos::prelude::*;
use satu_pintu_api::catalog::ServiceSummary;
use satu_pintu_domain::content::{Category, Channel};
use std::sync::Arc;

/// Name of the choice of a door in the address, for the server's search.
const DOOR: &str = "lewat";

pub fn list_page() -> AnyView {
    let words = RwSignal::new(searched());
    let door = CHANNELS.into_iter().find(|channel| use_navigation().asked(DOOR).as_deref() == Some(code(*channel)));
    let door = RwSignal::new(door);
    let w = t().services();
    view! {
        <Page title=w.title back=Route::Home.link() wide=true>
            <p class="lead">{w.lead} " " <a href=Route::Wizard.link()>{w.lead_link}</a></p>
            <form class="finder" role="search" method="get" action=Route::Services.link()
                on:submit=|e| e.prevent_default()>
                <TextField name=SEARCHED label=w.search hint=w.search_hint entry=Entry::Search value=words />
                {doors(door)}
                {search_button()}
            </form>
            {part_with_catalog(move |catalog| groups(catalog, words, door))}
        </Page>
    }
    .into_any()
}

/// Through which door: all, or one.
fn doors(door: RwSignal<Option<Channel>>) -> AnyView {
    let option = move |value: Option<Channel>| {
        let id = match value {
            None => "semua",
            Some(c) => code(c),
        };
        view! {
            <label class="chip">
                <input type="radio" name=DOOR value=id prop:checked=move || door.get() == value
                    on:change=move |_| door.set(value) />
                <span>{value.map_or(t().services().door_all, door_name)}</span>
            </label>
        }
    };
    let all = std::iter::once(None).chain(CHANNELS.into_iter().map(Some));
    view! {
        <fieldset class="chips">
            <legend class="label">{t().services().door}</legend>
            <div>{all.map(option).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn code(channel: Channel) -> &'static str {
    match channel {
        Channel::Office => "kantor",
        Channel::Oss => "oss",
        Channel::Simbg => "simbg",
        Channel::Sihalal => "sihalal",
    }
}

pub fn door_name(channel: Channel) -> &'static str {
    let w = t().services();
    match channel {
        Channel::Office => w.door_office,
        Channel::Oss => w.door_oss,
        Channel::Simbg => w.door_simbg,
        Channel::Sihalal => w.door_sihalal,
    }
}

fn groups(catalog: Arc<Catalog>, words: RwSignal<String>, door: RwSignal<Option<Channel>>) -> AnyView {
    let w = t().services();
    let found = {
        let catalog = catalog.clone();
        Memo::new(move |_| {
            let (words, door) = (words.get(), door.get());
            CATEGORIES.iter().map(|c| matching(&catalog.services, &words, door, *c).len()).sum::<usize>()
        })
    };
    let group = move |category: Category| {
        let list = matching(&catalog.services, &words.get(), door.get(), category);
        (!list.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{heading(category)}</h2>
                    <ul class="cards">{list.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    };
    view! {
        <p class="count" role="status">
            {move || match found.get() {
                0 => t().ui().results_none.to_string(),
                n => w.count(n),
            }}
        </p>
        {move || CATEGORIES.into_iter().map(&group).collect_view()}
    }
    .into_any()
}

fn heading(category: Category) -> &'static str {
    let w = t().services();
    match category {
        Category::Identity => w.group_identity,
        Category::Basic => w.group_basic,
        Category::Standard => w.group_standard,
        Category::Supporting => w.group_supporting,
        Category::Other => w.group_other,
    }
}

fn row(s: &ServiceSummary) -> AnyView {
    let tone = if s.channel == Channel::Office { Tone::Act } else { Tone::Plain };
    view! {
        <li class="card">
            <h3><a href=Route::Service(s.id.clone()).link()>{s.name.clone()}</a></h3>
            <p>{s.plain.clone()}</p>
            <p class="meta">
                {tag(tone, door_name(s.channel))}
                <span>{icon(Icon::Coin)} {cost(s.cost, t().services().cost_varies)}</span>
                <span>{icon(Icon::Clock)} {promise(s.days, s.minutes)}</span>
            </p>
        </li>
    }
    .into_any()
}
