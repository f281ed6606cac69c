//! Contexts of the whole app, and the page of each route. Everything that must outlive a page is made here.

use crate::client::{catalog::CatalogState, notices::Notices};
use crate::i18n;
use crate::platform::{document, history::Url};
use crate::program::Program;
use crate::routes::Route;
use crate::shell::{Footer, Header, Navigation, Online, use_navigation};
use crate::ui::PageHead;
use leptos::prelude::*;

/// A part of the app in the browser.
pub fn app(program: Program) -> AnyView {
    build(program, None)
}

#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
pub use form::{Form, form};
#[cfg(feature = "ssr")]
pub use render::{Beside, Rendered, render, render_with};

fn build(program: Program, start: Option<Url>) -> AnyView {
    PageHead::provide();
    let catalog = CatalogState::provide();
    Notices::provide();
    Online::provide();
    (program.provide)();
    let place = Navigation::provide(program, start);
    // By code, as that can be compared.
    let lang = Memo::new(move |_| Route::parse(&place.path.get()).0);
    let shown = move || {
        if place.away.get() {
            return ().into_any();
        }
        let lang = lang.get();
        i18n::show(lang);
        provide_context(lang);
        document::set_lang(lang.code());
        catalog.load(lang);
        whole(program)
    };
    view! { {shown} {(program.beside)()} }.into_any()
}

fn whole(program: Program) -> AnyView {
    let place = use_navigation();
    let route = Memo::new(move |_| Route::parse(&place.path.get()).1);
    view! {
        <Header />
        <main id="isi" tabindex="-1">{move || { let route = route.get(); (program.page)(route.clone()).named(route.link()) }}</main>
        <Footer />
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
