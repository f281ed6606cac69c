//! Contexts of the whole app, and the page of each route. Everything that must outlive a page is made here.

use crate::client::{catalog::CatalogState, notices::Notices};
use crate::features::{
    about, application, checklist, guidance, home, permit, services, survey, tracking, upload, wizard,
};
use crate::i18n::{self, Lang};
use crate::platform::{document, history::Url};
use crate::routes::{Route, Task};
use crate::shell::{Footer, Header, Navigation, Online, use_navigation};
use crate::ui::PageHead;
use leptos::prelude::*;

/// The app in the browser.
#[component]
pub fn App() -> impl IntoView {
    build(None)
}

/// A page as HTML.
#[cfg(feature = "ssr")]
pub struct Rendered {
    /// For `<title>`.
    pub title: String,
    pub lang: Lang,
    /// What belongs into `<body>`.
    pub html: String,
}

/// Renders the page of an address (`/path?query`) on the host; published things come from `source`. The one
/// function through which servers and prerendering use the app.
#[cfg(feature = "ssr")]
pub fn render(href: &str, source: std::sync::Arc<crate::client::resource::Source>) -> Rendered {
    let url = Url::parse(href);
    let lang = Route::parse(&url.path).0;
    Owner::new().with(|| {
        provide_context(lang);
        provide_context(crate::client::resource::Preloaded(source));
        let html = build(Some(url)).to_html();
        let title = expect_context::<PageHead>().title.get_untracked();
        Rendered { title, lang, html }
    })
}

fn build(start: Option<Url>) -> AnyView {
    PageHead::provide();
    let catalog = CatalogState::provide();
    Notices::provide();
    Online::provide();
    application::provide();
    let place = Navigation::provide(start);
    // By code, as that can be compared.
    let lang = Memo::new(move |_| Route::parse(&place.path.get()).0);
    (move || {
        let lang = lang.get();
        i18n::show(lang);
        provide_context(lang);
        document::set_lang(lang.code());
        catalog.load(lang);
        whole(lang)
    })
    .into_any()
}

fn whole(_lang: Lang) -> AnyView {
    let place = use_navigation();
    let route = Memo::new(move |_| Route::parse(&place.path.get()).1);
    view! {
        <Header />
        <main id="isi" tabindex="-1">{move || page(route.get())}</main>
        <Footer />
        <application::IdleWatch />
    }
    .into_any()
}

/// The page of a route. A page is made anew when its route changes, but not when only the query does.
fn page(route: Route) -> AnyView {
    match route {
        Route::Home => home::page(),
        Route::Wizard => wizard::page(),
        Route::WizardResult => checklist::page(),
        Route::Check(rules) => wizard::check_page(rules),
        Route::Services => services::list_page(),
        Route::Service(id) => services::service_page(id),
        Route::Apply(service) => application::start_page(service),
        Route::Kept => application::kept_page(),
        Route::Application(number, task) => match task {
            Task::List => application::list_page(number),
            Task::Data(page) => application::data_page(number, page),
            Task::Files => upload::list_page(number),
            Task::File(item) => upload::item_page(number, item),
            Task::Review => application::review_page(number),
            Task::Sent => application::sent_page(number),
            Task::Withdraw => application::withdraw_page(number),
        },
        Route::Track => tracking::find_page(),
        Route::Tracking(number) => tracking::page(number),
        Route::View(number) => tracking::view_page(number),
        Route::Manage(number) => tracking::manage_page(number),
        Route::Survey => survey::page(),
        Route::SurveyResults => survey::results_page(),
        Route::Permit(code) => permit::page(code),
        Route::Guides => guidance::list_page(),
        Route::Guide(id) => guidance::guide_page(id),
        Route::Glossary => guidance::glossary_page(),
        Route::Contact => about::contact_page(),
        Route::Accessibility => about::accessibility_page(),
        Route::Privacy => about::privacy_page(),
        Route::Offline => about::offline_page(),
        Route::NotFound => about::not_found_page(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
