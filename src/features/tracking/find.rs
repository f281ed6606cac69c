//! /lacak: where did you apply? Then the form for this office, or how to track on the national site.
//! The place is in the address (`?di=oss`), so that Back works and a link can be sent.

use super::there;
use super::typed::Door;
use super::{door, form, watch};
use crate::client::catalog::Catalog;
use crate::client::desk::{OnPhone, on_this_phone};
use crate::client::keyring;
use crate::i18n::t;
use crate::platform;
use crate::routes::{Route, Task, query};
use crate::shell::{Affected, Page, use_navigation, with_catalog};
use crate::ui::{Icon, icon};
use leptos::prelude::*;
use satu_pintu_domain::content::Channel;
use std::sync::Arc;

pub fn page() -> AnyView {
    let navigation = use_navigation();
    let place = Memo::new(move |_| query::first(&query::parse(&navigation.query.get()), "di").unwrap_or_default());
    with_catalog(move |catalog| {
        (move || match place.get().as_str() {
            "kantor" => here(&catalog),
            "oss" => there::oss(&catalog),
            "simbg" => there::simbg(&catalog),
            "sihalal" => there::sihalal(&catalog),
            "tidak-tahu" => there::unknown(&catalog),
            _ => question(),
        })
        .into_any()
    })
}

/// The address of a place.
pub fn link(place: &str) -> String {
    [&Route::Track.link(), "?di=", place].concat()
}

fn question() -> AnyView {
    let w = t().tracking();
    let places = [
        ("kantor", Icon::Door, w.where_office, w.where_office_hint),
        ("oss", Icon::Link, w.where_oss, w.where_oss_hint),
        ("simbg", Icon::Link, w.where_simbg, w.where_simbg_hint),
        ("sihalal", Icon::Link, w.where_sihalal, w.where_sihalal_hint),
        ("tidak-tahu", Icon::Search, w.where_unknown, w.where_unknown_hint),
    ];
    let tile = |(place, sign, name, hint): (&str, Icon, &'static str, &'static str)| {
        view! {
            <li>
                <a class="card-link" href=link(place)>
                    {icon(sign)}
                    <span><b>{name}</b> <span class="sub">{hint}</span></span>
                    {icon(Icon::Next)}
                </a>
            </li>
        }
    };
    view! {
        <Page title=w.title back=Route::Home.link()>
            {on_phone()}
            <h2>{w.where_title}</h2>
            <p class="lead">{w.where_lead}</p>
            <ul class="places">{places.into_iter().map(tile).collect_view()}</ul>
        </Page>
    }
    .into_any()
}

fn here(catalog: &Arc<Catalog>) -> AnyView {
    let w = t().tracking();
    let navigation = use_navigation();
    let open = move |door: Door, number: String, key| {
        door::keep(door, &number, &key);
        let route = if door == Door::View { Route::View(number) } else { Route::Tracking(number) };
        navigation.go(&route.link());
    };
    let form = form::form(&catalog.office, "", None, open);
    view! {
        <Page title=w.form_title lead=w.form_lead affected=Affected::Only(Channel::Office) back=Route::Track.link()>
            {form}
        </Page>
    }
    .into_any()
}

/// What this phone remembers: drafts, and applications whose key it keeps.
fn on_phone() -> AnyView {
    let w = t().tracking();
    let lines = RwSignal::new(Vec::<(String, String, String)>::new());
    if platform::BROWSER {
        leptos::task::spawn_local(async move {
            let mut found = remembered(on_this_phone().await, keyring::numbers());
            for (number, service, _) in found.iter_mut().filter(|line| line.1.is_empty()) {
                *service = watch::service_of(number).await.unwrap_or_default();
            }
            lines.try_set(found);
        });
    }
    let row = |(number, service, href): (String, String, String)| {
        let title = if service.is_empty() { number.clone() } else { service };
        view! {
            <li>
                <a class="card-link" href=href>
                    {icon(Icon::Paper)}
                    <span><b>{title}</b> <span class="sub">{number}</span></span>
                    {icon(Icon::Next)}
                </a>
            </li>
        }
    };
    (move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            view! {
                <h2>{w.phone_title}</h2>
                <ul class="places">{lines.into_iter().map(row).collect_view()}</ul>
            }
        })
    })
    .into_any()
}

/// Number, service and address of each line; a draft that the office does not know yet leads to its form.
fn remembered(drafts: Vec<OnPhone>, numbers: Vec<String>) -> Vec<(String, String, String)> {
    let mut lines: Vec<(String, String, String)> = drafts
        .into_iter()
        .map(|line| {
            let draft = line.draft;
            let number = draft.number.clone();
            if draft.is_local() || !draft.sent {
                let href = Route::Application(number.clone(), Task::List).link();
                let shown = if draft.is_local() { t().tracking().state_draft.to_string() } else { number };
                (shown, draft.service_name, href)
            } else {
                let href = Route::Tracking(number.clone()).link();
                (number, draft.service_name, href)
            }
        })
        .collect();
    for number in numbers {
        if !lines.iter().any(|(known, _, href)| *known == number || href.ends_with(&number)) {
            let href = Route::Tracking(number.clone()).link();
            lines.push((number, String::new(), href));
        }
    }
    lines
}
