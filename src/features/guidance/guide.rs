//! One guide: steps with drawings, then what to do next and whom to ask.

use super::list::drawing;
use crate::client::catalog::Catalog;
use crate::client::resource::Resource;
use crate::i18n::{Lang, lang, short_date, t};
use crate::platform::share::whatsapp_link;
use crate::routes::{Route, go_link};
use crate::shell::{Page, catalog_and};
use crate::ui::{Glossary, certainty, prose};
use leptos::prelude::*;
use satu_pintu_api::catalog::GuideDetail;
use satu_pintu_domain::content::{DrawnStep, Source};
use std::sync::Arc;

pub fn guide_page(id: String) -> AnyView {
    catalog_and(Resource::<GuideDetail>::new(["/catalog/guides/", &id].concat()), show)
}

fn show(catalog: Arc<Catalog>, detail: Arc<GuideDetail>) -> AnyView {
    let w = t().guidance();
    let guide = &detail.guide;
    let glossary = Glossary::new(&catalog.terms, Route::Glossary.link());
    let services = catalog.services.iter().filter(|s| guide.services.contains(&s.id));
    let related: Vec<_> =
        services.map(|s| view! { <li><a href=Route::Service(s.id.clone()).link()>{s.name.clone()}</a></li> }).collect();
    let content = view! {
        {(lang() != Lang::Id).then(|| view! { <p class="small">{w.only_indonesian}</p> })}
        <ol class="guide-steps" lang="id">{guide.step.iter().map(|s| step(s, &glossary)).collect_view()}</ol>
        <section class="next-box">
            <h2>{w.next_title}</h2>
            <div class="buttons">
                <a class="btn" href=go_link(&guide.next.go)>{guide.next.label.clone()}</a>
                <a class="btn quiet" href=whatsapp_link(&catalog.office.whatsapp, &guide.wa) rel="noopener">
                    {t().ui().whatsapp}
                </a>
            </div>
        </section>
        {(!related.is_empty()).then(|| view! {
            <section>
                <h2>{w.related_title}</h2>
                <ul class="list">{related}</ul>
            </section>
        })}
        <p class="certainty">
            {certainty(guide.verified)} " " {w.sources_title} " " {sources(&detail.sources)}
        </p>
    }
    .into_any();
    view! {
        <Page title=guide.title.clone() over=w.over(guide.minutes) lead=guide.summary.clone()
            back=Route::Guides.link()>
            {content}
        </Page>
    }
    .into_any()
}

fn step(step: &DrawnStep, glossary: &Glossary) -> AnyView {
    let picture = (!step.drawing.is_empty()).then(|| {
        view! {
            <img src=drawing(&step.drawing) alt=step.alt.clone() width="320" height="200" loading="lazy" />
        }
    });
    view! {
        <li>
            {picture}
            <div>
                <h2>{step.title.clone()}</h2>
                {prose(&step.text, glossary)}
            </div>
        </li>
    }
    .into_any()
}

fn sources(sources: &[Source]) -> String {
    let one = |s: &Source| format!("{} ({})", s.short, short_date(s.checked));
    sources.iter().map(one).collect::<Vec<_>>().join(", ")
}
