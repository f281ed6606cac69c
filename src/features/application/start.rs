//! Before a draft: what one gets, cost, days, what is needed, how long it takes, and whose phone this is. A
//! service of another site leads to its guided steps instead.

use crate::client::catalog::Catalog;
use crate::client::desk::{OnPhone, on_this_phone, use_desk};
use crate::client::draft::Draft;
use crate::client::resource::Resource;
use crate::i18n::{self, lang, t};
use crate::platform;
use crate::routes::{Route, Task};
use crate::shell::{Affected, Page, catalog_and, needs_app, use_navigation};
use crate::ui::{Choices, ErrorSummary, Errors, Message, SubmitButton, Tile, Tone};
use leptos::prelude::*;
use leptos::task::spawn_local;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_domain::content::{Channel, Evidence, FieldKind};
use satu_pintu_domain::rules::{Facts, Step, resolve};
use std::sync::Arc;

pub fn start_page(service: String) -> AnyView {
    let path = ["/catalog/services/", &service, "?lang=", lang().code()].concat();
    catalog_and(Resource::new(path), |catalog: Arc<Catalog>, detail: Arc<ServiceDetail>| match detail.summary.channel {
        Channel::Office => office(catalog, detail),
        other => elsewhere(&detail, other),
    })
}

/// Not applied for here: the way there, step by step.
fn elsewhere(detail: &ServiceDetail, channel: Channel) -> AnyView {
    let w = t().application();
    let site = match channel {
        Channel::Oss => "OSS",
        Channel::Simbg => "SIMBG",
        Channel::Sihalal => "SIHALAL",
        Channel::Office => "",
    };
    let guide = Route::Service(detail.summary.id.clone()).link();
    let title = w.elsewhere_title(&detail.summary.name, site);
    view! {
        <Page title=title lead=w.elsewhere_lead affected=Affected::Only(channel) back=Route::Services.link()>
            <p><a class="btn" href=guide>{w.elsewhere_go(site)}</a></p>
            <p><a class="btn quiet" href=Route::Contact.link()>{w.elsewhere_help}</a></p>
        </Page>
    }
    .into_any()
}

fn office(catalog: Arc<Catalog>, detail: Arc<ServiceDetail>) -> AnyView {
    let w = t().application();
    let s = &detail.summary;
    let minutes = (5 + 2 * detail.cards.len() + detail.service.page.len()).div_ceil(5) * 5;
    let place = use_navigation();
    let facts = facts(&catalog, &place.query.get_untracked());
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let back = Route::Service(s.id.clone()).link();
    let cost_note = (!s.cost_note.is_empty() && s.cost.is_some()).then(|| s.cost_note.clone());
    let remark = Some(detail.service.activity_note.clone()).filter(|n| !n.is_empty());
    let (product, cost, days) = (s.product.clone(), i18n::cost(s.cost, &s.cost_note), i18n::promise(s.days, s.minutes));
    let needs = needs(&detail, &facts);
    let id = s.id.clone();
    let form = detail.clone();
    view! {
        <Page title=w.start_title(&s.name) lead=s.plain.clone() affected=Affected::Only(Channel::Office) back=back>
            <dl class="facts begin-facts">
                {fact(w.start_product, product)}
                {fact(w.start_cost, cost)}
                {fact(w.start_days, days)}
                {fact(w.start_minutes_label, w.start_minutes(minutes))}
            </dl>
            {cost_note.map(|note| view! { <p class="small cost-note">{note}</p> })}
            {remark.map(|note| view! { <Message tone=Tone::Wait><p>{note}</p></Message> })}
            <Existing service=id />
            <h2>{w.start_need}</h2>
            {needs}
            <p class="small">{w.start_need_note}</p>
            <BeginForm catalog detail=form />
        </Page>
    }
    .into_any()
}

/// What the wizard learned, when the person comes from there.
fn facts(catalog: &Catalog, query: &str) -> Facts {
    let answers = crate::routes::query::parse(query);
    let today = platform::time::today(catalog.office.zone);
    match resolve(&catalog.rules, &answers, today) {
        Ok(Step::Done(done)) => done.facts,
        Ok(Step::Ask(ask)) => ask.facts,
        Err(_) => Facts::new(),
    }
}

fn needs(detail: &ServiceDetail, facts: &Facts) -> AnyView {
    let w = t().application();
    let line = |need: &satu_pintu_domain::content::Need| {
        let card = detail.cards.iter().find(|c| c.id == need.card)?;
        if !need.when.not_excluded(facts) || matches!(card.evidence, Evidence::None) {
            return None;
        }
        let remark = match (need.only_if.as_str(), need.optional) {
            ("", false) => String::new(),
            ("", true) => w.optional_mark.to_string(),
            (only_if, _) => only_if.to_string(),
        };
        Some((
            remark.is_empty(),
            view! {
                <li>{card.name.clone()} {(!remark.is_empty()).then(|| view! { <small>{remark}</small> })}</li>
            },
        ))
    };
    let (must, may): (Vec<_>, Vec<_>) = detail.service.requirement.iter().filter_map(line).partition(|(must, _)| *must);
    let must = must.into_iter().map(|(_, view)| view).collect_view();
    let some = !may.is_empty();
    let may = may.into_iter().map(|(_, view)| view).collect_view();
    view! {
        <ul class="list">{must}</ul>
        {some.then(|| view! {
            <crate::ui::Details summary=w.start_need_more><ul class="list">{may}</ul></crate::ui::Details>
        })}
    }
    .into_any()
}

/// "Anda sudah punya draf": drafts of this service on this phone come first.
#[component]
fn Existing(service: String) -> impl IntoView {
    let w = t().application();
    let found = RwSignal::new(Vec::<OnPhone>::new());
    if platform::BROWSER {
        spawn_local(async move {
            let mine = |line: &OnPhone| line.draft.service == service && !line.draft.sent;
            found.try_set(on_this_phone().await.into_iter().filter(mine).collect());
        });
    }
    move || {
        let list = found.get();
        (!list.is_empty()).then(|| {
            let line = |line: OnPhone| {
                let number = line.draft.number.clone();
                let name = if line.draft.is_local() { w.over_local.to_string() } else { number.clone() };
                let href = Route::Application(number, Task::List).link();
                view! { <p><a class="btn" href=href>{w.go_on_with(name)}</a></p> }
            };
            view! {
                <Message tone=Tone::Act title=w.existing_title live=true>
                    <p>{w.existing_text}</p>
                    {list.into_iter().take(3).map(line).collect_view()}
                </Message>
            }
        })
    }
}

/// Whose phone it is, and the beginning.
#[component]
fn BeginForm(catalog: Arc<Catalog>, detail: Arc<ServiceDetail>) -> impl IntoView {
    let w = t().application();
    let desk = use_desk();
    let place = use_navigation();
    let chosen = RwSignal::new(Vec::<String>::new());
    let errors = RwSignal::new(Errors::new());
    let busy = RwSignal::new(false);
    let tiles = vec![
        Tile::new("sendiri", w.phone_own).hint(w.phone_own_hint),
        Tile::new("bersama", w.phone_shared).hint(w.phone_shared_hint),
    ];
    let error = Signal::derive(move || errors.with(|e| e.first().map(|(_, text)| text.clone())));
    let send = move |e: leptos::ev::SubmitEvent| {
        e.prevent_default();
        let Some(whose) = chosen.with_untracked(|c| c.first().cloned()) else {
            errors.set(vec![("hp".into(), w.phone_fault.into())]);
            return;
        };
        errors.set(Vec::new());
        busy.set(true);
        let secret = |f: &satu_pintu_domain::content::Field| {
            matches!(f.kind, FieldKind::Nik | FieldKind::Npwp).then(|| f.id.clone())
        };
        let mut draft =
            Draft::begin(&detail.summary.id, &detail.summary.name, &platform::random::token(), platform::time::now());
        draft.answers = crate::routes::query::parse(&place.query.get_untracked());
        draft.rules = catalog.rules_version.clone();
        draft.secret = detail.service.page.iter().flat_map(|p| &p.field).filter_map(secret).collect();
        spawn_local(async move {
            // Long enough for a slow line; without an answer it goes on by itself on the next page.
            desk.begin(draft, whose == "sendiri", lang().code(), 5_000).await;
            busy.try_set(false);
            let number = desk.number_now();
            platform::document::scroll_top();
            place.go(&Route::Application(number, Task::List).link());
        });
    };
    let label = Signal::derive(move || if busy.get() { w.beginning } else { w.begin }.to_string());
    view! {
        {needs_app()}
        <form class="begin" class:waiting=!platform::BROWSER on:submit=send novalidate>
            <ErrorSummary errors />
            <Choices name="hp" legend=w.phone_whose hint=w.phone_whose_hint tiles chosen error />
            <SubmitButton label busy />
        </form>
    }
    .into_any()
}
