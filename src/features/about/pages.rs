//! Pages of plain text: accessibility, offline, not found. They stand without the catalog.

use crate::i18n::{OFFICE_PHONE, t};
use crate::platform::history;
use crate::routes::Route;
use crate::shell::{Affected, Page};
use crate::ui::{self, Look, again_button};
use leptos::prelude::*;

pub fn accessibility_page() -> AnyView {
    let w = t().about();
    let can = [w.access_1, w.access_2, w.access_3, w.access_4, w.access_5, w.access_6];
    let limits = [w.access_limit_1, w.access_limit_2];
    let list = |lines: &[&'static str]| {
        view! { <ul class="list">{lines.iter().map(|l| view! { <li>{*l}</li> }).collect_view()}</ul> }
    };
    view! {
        <Page title=w.access_title lead=w.access_lead back=Route::Home.link() affected=Affected::None>
            <h2>{w.access_can}</h2>
            {list(&can)}
            <h2>{w.access_limits}</h2>
            {list(&limits)}
            <h2>{w.access_help_title}</h2>
            <p>{w.access_help} " " {phone()}</p>
            <p class="small">{w.access_standard}</p>
        </Page>
    }
    .into_any()
}

pub fn offline_page() -> AnyView {
    let w = t().about();
    let works =
        [(Route::Wizard, w.offline_wizard), (Route::Guides, w.offline_guides), (Route::Glossary, w.offline_glossary)];
    view! {
        <Page title=w.offline_title lead=w.offline_lead affected=Affected::None>
            {again_button(t().shell().retry, Look::Main, history::reload)}
            <h2>{w.offline_works}</h2>
            <ul class="list">
                {works.into_iter().map(|(route, text)| view! { <li><a href=route.link()>{text}</a></li> }).collect_view()}
            </ul>
            <h2>{w.offline_not}</h2>
            <p>{w.offline_not_text} " " {phone()}</p>
        </Page>
    }
    .into_any()
}

pub fn not_found_page() -> AnyView {
    let w = t().about();
    let ways = [
        (Route::Home, t().shell().to_home),
        (Route::Wizard, w.lost_wizard),
        (Route::Services, t().shell().services),
        (Route::Track, w.lost_track),
    ];
    view! {
        <Page title=t().shell().not_found_title lead=w.lost_lead affected=Affected::None>
            <ul class="list">
                {ways.into_iter().map(|(route, text)| view! { <li><a href=route.link()>{text}</a></li> }).collect_view()}
            </ul>
            <p>{w.lost_call} " " {phone()}</p>
        </Page>
    }
    .into_any()
}

/// The office's number without the catalog.
fn phone() -> AnyView {
    ui::phone(OFFICE_PHONE)
}
