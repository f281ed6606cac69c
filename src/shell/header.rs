//! Name of the office, batik border, language switch; and the strip that says when there is no network.

use super::{to_come, use_navigation};
use crate::client::catalog::use_catalog;
use crate::client::resource::Load;
use crate::i18n::{Lang, lang, t};
use crate::platform::{network, time};
use crate::routes::Route;
use leptos::prelude::*;

#[component]
pub fn Header() -> impl IntoView {
    let w = t().shell();
    let catalog = use_catalog();
    // Every page says something of the catalog, be it only here.
    let region = move || match catalog.state.get() {
        Load::Have(catalog) => catalog.office.region.clone().into_any(),
        Load::Wait => to_come(),
        Load::Fail(_) => ().into_any(),
    };
    view! {
        <header class="top">
            <a class="skip" href="#isi">{w.skip}</a>
            <div class="bar">
                <a class="home" href=Route::Home.link()>
                    {logo()}
                    <span class="name">{w.product} <small>{region}</small></span>
                </a>
                <nav class="wide-links" aria-label=w.main_pages>
                    <a href=Route::Services.link()>{w.services_short}</a>
                    <a href=Route::Track.link()>{w.track_short}</a>
                    <a href=Route::Guides.link()>{w.guides}</a>
                    <a href=Route::Contact.link()>{w.help_short}</a>
                </nav>
                <nav class="langs" aria-label=w.language>
                    {Lang::ALL.iter().copied().filter(|l| *l != lang()).map(language).collect_view()}
                </nav>
            </div>
            <div class="motif" aria-hidden="true"></div>
        </header>
        <Connection />
    }
    .into_any()
}

/// The open door.
fn logo() -> AnyView {
    view! {
        <svg class="logo" viewBox="0 0 34 34" fill="none" stroke="currentColor" stroke-width="2.4" aria-hidden="true">
            <path d="M6 31V9.5L17 3l11 6.5V31"></path>
            <path d="M12 31V14h10v17" fill="#e0b45a" stroke="#e0b45a"></path>
            <circle cx="19.3" cy="23" r="1.3" fill="#074543" stroke="none"></circle>
        </svg>
    }
    .into_any()
}

/// A link to this same page in another language.
fn language(other: Lang) -> AnyView {
    let place = use_navigation();
    let href = move || {
        let (_, route) = Route::parse(&place.path.get());
        let query = place.query.get();
        let mark = if query.is_empty() { "" } else { "?" };
        [&route.link_in(other), mark, &query].concat()
    };
    let name = other.words().shell().language_name;
    view! { <a class="lang" href=href lang=other.code() hreflang=other.code()>{name}</a> }.into_any()
}

/// Says when the network is gone, and for a moment that it is back.
#[component]
fn Connection() -> impl IntoView {
    let online = expect_context::<Online>();
    let w = t().shell();
    let text = move || match (online.now.get(), online.back.get()) {
        (false, _) => Some(view! { <b>{w.offline}</b> " " {w.offline_help} }.into_any()),
        (true, true) => Some(w.online_again.into_any()),
        (true, false) => None,
    };
    // What waits on this phone is one press away from every page.
    let place = use_navigation();
    let waiting = move || {
        place.path.track();
        let waits = !online.now.get() && crate::client::outbox::waits();
        waits.then(|| view! { <a href=Route::Kept.link()>{w.waiting_link}</a> })
    };
    view! {
        <div role="status">
            {move || text().map(|text| view! { <div class="strip"><p class="inner">{text} " " {waiting}</p></div> })}
        </div>
    }
}

/// In the context of the whole app: whether the phone has a network.
#[derive(Clone, Copy)]
pub struct Online {
    pub now: RwSignal<bool>,
    /// It has just come back.
    back: RwSignal<bool>,
}

impl Online {
    pub fn provide() {
        let own = Online { now: RwSignal::new(network::online()), back: RwSignal::new(false) };
        provide_context(own);
        network::on_change(move |online| {
            own.now.set(online);
            own.back.set(online);
            leptos::task::spawn_local(async move {
                time::sleep(5000).await;
                own.back.try_set(false);
            });
        });
    }
}
