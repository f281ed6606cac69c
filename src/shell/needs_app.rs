//! What somebody without script finds where only the app can help: that it is so, and the office.

use crate::client::catalog::use_catalog;
use crate::i18n::{OFFICE_PHONE, t};
use crate::platform;
use crate::routes::Route;
use crate::ui::{PageHead, phone};
use leptos::prelude::*;

/// In a page that stands otherwise; nothing in a browser.
pub fn needs_app() -> Option<AnyView> {
    (!platform::BROWSER).then(|| {
        let w = t().shell();
        view! {
            <noscript>
                <section class="todo wait"><h2>{w.needs_app_title}</h2> <p>{w.needs_app_text}</p> {ways()}</section>
            </noscript>
            <div class="waiting">{overdue()}</div>
        }
        .into_any()
    })
}

/// In the place of a whole page that the server cannot make.
pub(super) fn needs_app_page() -> AnyView {
    let w = t().shell();
    expect_context::<PageHead>().name(w.application);
    view! {
        <noscript>
            <div class="page">
                <a class="back" href=Route::Home.link()>{w.back}</a>
                <h1>{w.needs_app_title}</h1>
                <p class="lead">{w.needs_app_text}</p>
                {ways()}
            </div>
        </noscript>
    }
    .into_any()
}

/// Shown after a while by the style sheet, so that it comes even where no script does.
pub(super) fn overdue() -> AnyView {
    view! { <p class="overdue">{t().shell().loading_long} " " {phone(&office_phone())}</p> }.into_any()
}

/// The office's number, also before the catalog is there.
pub(super) fn office_phone() -> String {
    use_catalog().now().map_or(OFFICE_PHONE.to_string(), |catalog| catalog.office.phone.clone())
}

/// The office, and what works without script.
fn ways() -> AnyView {
    let (w, about) = (t().shell(), t().about());
    let office = use_catalog().now().map(|catalog| catalog.office.clone());
    let place = office.map(|office| {
        view! {
            <div><dt>{about.address}</dt><dd>{office.address}</dd></div>
            <div><dt>{about.hours}</dt><dd>{office.hours}</dd></div>
        }
    });
    view! {
        <p>{w.needs_app_office}</p>
        <dl class="fact-list">
            <div><dt>{about.phone}</dt><dd>{phone(&office_phone())}</dd></div>
            {place}
        </dl>
        <p><a href=[&Route::Track.link(), "?di=kantor"].concat()>{w.needs_app_track}</a></p>
    }
    .into_any()
}
