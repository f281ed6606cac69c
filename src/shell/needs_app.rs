//! What somebody without script finds where only the app can help: that it is so, and the office.

use super::{Affected, Page};
use crate::client::catalog::use_catalog;
use crate::i18n::{OFFICE_PHONE, t};
use crate::platform;
use crate::platform::share::phone_link;
use crate::routes::Route;
use leptos::prelude::*;

/// In a page that stands otherwise; nothing in a browser.
pub fn needs_app() -> Option<AnyView> {
    (!platform::BROWSER).then(|| {
        let w = t().shell();
        view! {
            <noscript>
                <section class="todo wait"><h2>{w.needs_app_title}</h2> <p>{w.needs_app_text}</p> {ways()}</section>
            </noscript>
        }
        .into_any()
    })
}

/// In the place of a whole page that the server cannot make.
pub(super) fn needs_app_page() -> AnyView {
    let w = t().shell();
    view! {
        <noscript>
            <Page title=w.needs_app_title lead=w.needs_app_text affected=Affected::None back=Route::Home.link()>
                {ways()}
            </Page>
        </noscript>
    }
    .into_any()
}

/// The office, and what works without script.
fn ways() -> AnyView {
    let (w, about) = (t().shell(), t().about());
    let office = use_catalog().now().map(|catalog| catalog.office.clone());
    let phone = office.as_ref().map_or(OFFICE_PHONE.to_string(), |office| office.phone.clone());
    let place = office.map(|office| {
        view! {
            <div><dt>{about.address}</dt><dd>{office.address}</dd></div>
            <div><dt>{about.hours}</dt><dd>{office.hours}</dd></div>
        }
    });
    view! {
        <p>{w.needs_app_office}</p>
        <dl class="fact-list">
            <div><dt>{about.phone}</dt><dd><a href=phone_link(&phone)>{phone.clone()}</a></dd></div>
            {place}
        </dl>
        <p><a href=[&Route::Track.link(), "?di=kantor"].concat()>{w.needs_app_track}</a></p>
    }
    .into_any()
}
