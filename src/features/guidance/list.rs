//! All guides, in their order.

use crate::i18n::{Lang, lang, t};
use crate::routes::Route;
use crate::shell::{Page, part_with_catalog};
use leptos::prelude::*;
use satu_pintu_api::catalog::GuideSummary;

pub fn list_page() -> AnyView {
    let w = t().guidance();
    view! {
        <Page title=w.title lead=w.lead back=Route::Home.link() wide=true>
            {(lang() != Lang::Id).then(|| view! { <p class="small">{w.only_indonesian}</p> })}
            {part_with_catalog(|catalog| {
                view! { <ul class="guides">{catalog.guides.iter().map(card).collect_view()}</ul> }.into_any()
            })}
            <p><a href=Route::Glossary.link()>{w.to_glossary}</a></p>
        </Page>
    }
    .into_any()
}

fn card(g: &GuideSummary) -> AnyView {
    let picture = (!g.drawing.is_empty()).then(|| {
        view! { <img src=drawing(&g.drawing) alt="" width="320" height="200" loading="lazy" /> }
    });
    view! {
        <li>
            <a class="guide-card" href=Route::Guide(g.id.clone()).link()>
                {picture}
                <span class="text">
                    <b>{g.title.clone()}</b>
                    <span class="sub">{g.summary.clone()}</span>
                    <small>{t().guidance().minutes(g.minutes)}</small>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// Address of a drawing.
pub fn drawing(id: &str) -> String {
    ["/drawings/", id, ".svg"].concat()
}
