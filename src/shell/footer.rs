//! The promise about cost, links to the quiet pages, the office.

use super::use_navigation;
use crate::client::catalog::use_catalog;
use crate::i18n::t;
use crate::routes::Route;
use leptos::prelude::*;

#[component]
pub fn Footer() -> impl IntoView {
    let w = t().shell();
    let catalog = use_catalog();
    let office = move || catalog.get().map(|c| c.office.long.clone());
    let links = [
        (Route::Services, w.services),
        (Route::Guides, w.guides),
        (Route::Glossary, w.glossary),
        (Route::SurveyResults, w.survey_results),
        (Route::Performance, w.performance),
        (Route::Contact, w.contact),
        (Route::Privacy, w.privacy),
        (Route::Accessibility, w.accessibility),
    ];
    // The home page says it in a larger way.
    let place = use_navigation();
    let home = Memo::new(move |_| Route::parse(&place.path.get()).1 == Route::Home);
    let seal = move || {
        (!home.get()).then(|| {
            view! {
                <p class="seal">
                    <b>{w.price_promise}</b> " " {w.price_asked} " "
                    <a href=Route::Guide("biaya-pungli".into()).link()>{w.price_report}</a>
                </p>
            }
        })
    };
    view! {
        <footer class="bottom">
            <div class="inner">
                {seal}
                <nav aria-label=w.more>
                    <ul>
                        {links.into_iter().map(|(route, label)| view! {
                            <li><a href=route.link()>{label}</a></li>
                        }).collect_view()}
                    </ul>
                </nav>
                <p class="office">{office}</p>
            </div>
        </footer>
    }
    .into_any()
}
