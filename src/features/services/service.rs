//! One service: what it is, how to start, and its published standard.

use super::list::door_name;
use super::standard::standard;
use crate::client::catalog::Catalog;
use crate::client::resource::Resource;
use crate::i18n::{Lang, cost, lang, promise, t};
use crate::platform::share::whatsapp_link;
use crate::routes::Route;
use crate::shell::{Affected, Page, catalog_and};
use crate::ui::{Glossary, Icon, Message, Tone, certainty, facts, icon, prose};
use leptos::prelude::*;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_domain::content::{Channel, GuideStep};
use std::sync::Arc;

pub fn service_page(id: String) -> AnyView {
    let path = ["/catalog/services/", &id, "?lang=", lang().code()].concat();
    catalog_and(Resource::<ServiceDetail>::new(path), show)
}

fn show(catalog: Arc<Catalog>, detail: Arc<ServiceDetail>) -> AnyView {
    let w = t().services();
    let (summary, service) = (&detail.summary, &detail.service);
    let glossary = Glossary::new(&catalog.terms, Route::Glossary.link());
    let note = (!service.activity_note.is_empty()).then(|| {
        let text = prose(&service.activity_note, &glossary);
        view! { <Message tone=Tone::Wait>{text}</Message> }
    });
    let pairs = vec![
        (w.fact_cost, view! { <b>{cost(summary.cost, &summary.cost_note)}</b> }.into_any()),
        (w.fact_days, view! { <b>{promise(summary.days, summary.minutes)}</b> }.into_any()),
        (w.fact_decides, summary.decides.clone().into_any()),
        (w.fact_validity, summary.validity.clone().into_any()),
    ];
    let question = w.wa_text(&summary.name);
    let content = view! {
        <div class="service">
            <div class="start">
                {facts(pairs)}
                {actions(&detail)}
            </div>
            <div class="body">
                {note}
                {(lang() != Lang::Id).then(|| view! { <p class="small">{w.only_indonesian}</p> })}
                <section>
                    <h2>{w.who_title}</h2>
                    {prose(&summary.who, &glossary)}
                </section>
                {guided(&service.guide_step, summary.channel, &glossary)}
                {standard(&catalog, &detail, &glossary)}
                <section>
                    <h2>{w.more_title}</h2>
                    <ul class="list">
                        {detail.guides.iter().map(|g| view! {
                            <li><a href=Route::Guide(g.id.clone()).link()>{g.title.clone()}</a></li>
                        }).collect_view()}
                    </ul>
                    <a class="btn quiet" href=whatsapp_link(&catalog.office.whatsapp, &question) rel="noopener">
                        {t().ui().whatsapp}
                    </a>
                </section>
                <p class="certainty">{certainty(summary.verified)} " " {catalog.office.disclaimer.clone()}</p>
            </div>
        </div>
    }
    .into_any();
    view! {
        <Page title=summary.name.clone() over=door_name(summary.channel) lead=summary.plain.clone()
            affected=Affected::Only(summary.channel) back=Route::Services.link() wide=true>
            {content}
        </Page>
    }
    .into_any()
}

/// How to begin: here, at the site, or first with "Bolehkah saya?".
fn actions(detail: &ServiceDetail) -> AnyView {
    let w = t().services();
    let (summary, service) = (&detail.summary, &detail.service);
    let main = if summary.channel == Channel::Office {
        view! { <a class="btn" href=Route::Apply(summary.id.clone()).link()>{w.apply}</a> }.into_any()
    } else {
        view! {
            <a class="btn" href=service.site.clone() rel="noopener">
                {w.open_site(door_name(summary.channel))} {icon(Icon::Link)}
            </a>
        }
        .into_any()
    };
    let may = (!summary.eligibility.is_empty()).then(|| {
        view! { <a class="btn quiet" href=Route::Check(summary.eligibility.clone()).link()>{w.may_i}</a> }
    });
    view! { <div class="buttons">{main} {may}</div> }.into_any()
}

/// Step by step on a national site.
fn guided(steps: &[GuideStep], channel: Channel, glossary: &Glossary) -> AnyView {
    if steps.is_empty() {
        return ().into_any();
    }
    let step = |s: &GuideStep| view! { <li><b>{s.title.clone()}</b> <div>{prose(&s.text, glossary)}</div></li> };
    view! {
        <section>
            <h2>{t().services().guided_title(door_name(channel))}</h2>
            <ol class="way column">{steps.iter().map(step).collect_view()}</ol>
        </section>
    }
    .into_any()
}
