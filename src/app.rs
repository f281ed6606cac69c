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

/// A page as HTML.
#[cfg(feature = "ssr")]
pub struct Rendered {
    /// For `<title>`.
    pub title: String,
    pub lang: i18n::Lang,
    /// What belongs into `<body>`.
    pub html: String,
}

/// Renders the page of an address (`/path?query`) on the host; published things come from `source`. The one
/// function through which servers and prerendering use the app.
#[cfg(feature = "ssr")]
pub fn render(href: &str, source: std::sync::Arc<crate::client::resource::Source>) -> Rendered {
    let url = Url::parse(href);
    let lang = Route::parse(&url.path).0;
    let owner = Owner::new();
    let rendered = owner.with(|| {
        provide_context(lang);
        provide_context(crate::client::resource::Preloaded(source));
        let html = build(crate::program::WHOLE, Some(url)).to_html();
        let title = expect_context::<PageHead>().title.get_untracked();
        Rendered { title, lang, html }
    });
    // Some of what it owns holds the owner itself.
    owner.cleanup();
    rendered
}

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
