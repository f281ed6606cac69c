//! Check answers, consent with how long what is kept, and the one button that sends. What becomes of it is in
//! `handing`.

use super::data::FROM_REVIEW;
use super::saved::SavedLine;
use super::tasks::over;
use super::{fields, handing, rows, state};
use crate::client::desk::Desk;
use crate::client::draft::Wish;
use crate::client::fault_words;
use crate::i18n::{self, t};
use crate::platform::time;
use crate::routes::{Route, Task};
use crate::shell::{Affected, Opened, Page, with_application};
use crate::ui::{ErrorSummary, Errors, Message, SubmitButton, SummaryList, SummaryRow, Tile, Tone};
use leptos::prelude::*;
use satu_pintu_domain::form::applicant;

pub fn review_page(number: String) -> AnyView {
    with_application(number, |opened| {
        let sent =
            opened.desk.office.with_untracked(|o| o.as_ref().is_some_and(|o| o.tracking.status.submitted.is_some()));
        if sent { already(&opened.desk.number_now()) } else { page(opened) }
    })
}

fn already(number: &str) -> AnyView {
    let w = t().application();
    let receipt = Route::Application(number.into(), Task::Sent).link();
    view! {
        <Page title=w.sent_already over=over(number) affected=Affected::None>
            <p><a class="btn" href=receipt>{w.to_receipt}</a></p>
        </Page>
    }
    .into_any()
}

fn page(opened: Opened) -> AnyView {
    let w = t().application();
    let desk = opened.desk;
    let number = desk.number_now();
    let errors = RwSignal::new(Errors::new());
    let checked = opened.clone();
    let busy = handing::busy(desk);
    let send = move |e: leptos::ev::SubmitEvent| {
        e.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let wrong = faults(&checked);
        let ready = wrong.is_empty();
        errors.set(wrong);
        if ready {
            desk.hand_in(Wish::Submit);
        }
    };
    let label = Signal::derive(move || {
        let failed = desk.draft.with(|d| d.as_ref().is_some_and(|d| d.refused.is_some()));
        match (busy.get(), failed) {
            (true, _) => w.sending,
            (false, true) => w.send_again,
            (false, false) => w.send,
        }
        .to_string()
    });
    let progress = handing::handing(&opened, Wish::Submit, |number| Route::Application(number, Task::Sent));
    let shown = opened.clone();
    let back = Route::Application(number.clone(), Task::List).link();
    view! {
        <Page title=w.review_title over=over(&number) lead=w.review_lead affected=Affected::None back=back>
            <ErrorSummary errors />
            {move || missing(&shown)}
            {summary(&opened)}
            {files(opened.clone())}
            <form on:submit=send novalidate>
                {consent(&opened, errors)}
                {progress}
                <SubmitButton label busy />
            </form>
            <SavedLine />
        </Page>
    }
    .into_any()
}

/// Cards with a file at the office or on its way there.
fn with_files(desk: Desk) -> Vec<String> {
    let number = desk.number_now();
    let mut cards: Vec<String> = desk.office.with(|o| {
        o.as_ref().map(|o| o.files.iter().filter(|f| !f.replaced).map(|f| f.item.clone()).collect()).unwrap_or_default()
    });
    desk.uploads.list.with(|list| {
        use crate::client::transfer::Phase;
        let coming = list.iter().filter(|u| u.number == number && !matches!(u.transfer.phase, Phase::Refused(_)));
        cards.extend(coming.map(|u| u.item.clone()));
    });
    cards
}

/// (element or address, sentence). Tracks.
fn all_missing(opened: &Opened) -> Vec<(String, String, String)> {
    let w = t().application();
    let desk = opened.desk;
    let today = time::today(opened.catalog.office.zone);
    let service = &opened.detail.service;
    let (number, fields) =
        desk.draft.with(|d| d.as_ref().map(|d| (d.number.clone(), d.fields.clone())).unwrap_or_default());
    let cards = &opened.detail.cards;
    let line = |(field, code): (String, String)| match field.strip_prefix("item:") {
        Some(card) => {
            let name = cards.iter().find(|c| c.id == card).map_or(card, |c| &c.name);
            let href = Route::Application(number.clone(), Task::File(card.to_string())).link();
            (href, w.missing_file(name), String::new())
        }
        None => {
            let slug = state::part_of(service, &field).unwrap_or_default();
            let href = super::data::link_from(&number, &slug, FROM_REVIEW);
            let empty = code == "required";
            let why = if empty { String::new() } else { fault_words(&code).to_string() };
            (href, rows::label(service, &field), why)
        }
    };
    state::missing(service, cards, &fields, &with_files(desk), today).into_iter().map(line).collect()
}

fn missing(opened: &Opened) -> Option<AnyView> {
    let w = t().application();
    let list = all_missing(opened);
    (!list.is_empty()).then(|| {
        let line = |(href, name, why): (String, String, String)| {
            view! { <li><a href=href>{name}</a> {(!why.is_empty()).then(|| view! { <small>{why}</small> })}</li> }
        };
        view! {
            <div id="f-kurang" tabindex="-1">
                <Message tone=Tone::Wait title=w.missing_title>
                    <ul class="missing">{list.into_iter().map(line).collect_view()}</ul>
                </Message>
            </div>
        }
        .into_any()
    })
}

fn faults(opened: &Opened) -> Errors {
    let w = t().application();
    let mut errors = Errors::new();
    let count = untrack(|| all_missing(opened).len());
    if count > 0 {
        errors.push((fields::element("kurang"), w.missing_first(count)));
    }
    if opened.desk.field_now(applicant::CONSENT) != "ya" {
        errors.push((fields::element(applicant::CONSENT), fault_words("consent-missing").into()));
    }
    errors
}

fn summary(opened: &Opened) -> AnyView {
    let w = t().application();
    let desk = opened.desk;
    let group = |title: &'static str, parts: Vec<state::Part>| {
        let opened = opened.clone();
        let rows = move || {
            let (number, fields) =
                desk.draft.with(|d| d.as_ref().map(|d| (d.number.clone(), d.fields.clone())).unwrap_or_default());
            let service = &opened.detail.service;
            let change = Some((number.as_str(), FROM_REVIEW));
            let rows: Vec<SummaryRow> = parts.iter().flat_map(|p| rows::of_part(service, p, &fields, change)).collect();
            view! { <SummaryList rows /> }
        };
        view! { <h2>{title}</h2> {rows} }.into_any()
    };
    view! {
        {group(w.group_person, state::own_parts())}
        {group(w.group_permit, state::service_parts(&opened.detail.service))}
    }
    .into_any()
}

fn files(opened: Opened) -> AnyView {
    let w = t().application();
    let desk = opened.desk;
    let rows = move || {
        let number = desk.draft.with(|d| d.as_ref().map(|d| d.number.clone()).unwrap_or_default());
        let there = desk.office.get();
        let row = |card: &satu_pintu_domain::content::Requirement| {
            let at_office =
                there.as_ref().map_or(0, |o| o.files.iter().filter(|f| f.item == card.id && !f.replaced).count());
            let coming = desk.uploads.list.with(|l| {
                l.iter().filter(|u| u.number == number && u.item == card.id && !u.transfer.finished()).count()
            });
            (at_office + coming > 0).then(|| SummaryRow {
                label: card.name.clone(),
                value: if coming > 0 { w.files_coming(at_office, coming) } else { w.files_there(at_office) },
                change: Some((
                    Route::Application(number.clone(), Task::File(card.id.clone())).link(),
                    t().ui().change.to_string(),
                )),
            })
        };
        let rows: Vec<SummaryRow> = opened.detail.cards.iter().filter_map(row).collect();
        if rows.is_empty() {
            view! { <p>{w.files_none}</p> }.into_any()
        } else {
            view! { <SummaryList rows /> }.into_any()
        }
    };
    view! { <h2>{w.group_files}</h2> {rows} }.into_any()
}

/// What the person agrees to (UU 27/2022): what for, who sees it, how long it is kept.
fn consent(opened: &Opened, errors: RwSignal<Errors>) -> AnyView {
    let w = t().application();
    let kept = &opened.catalog.office.retention;
    let agencies: Vec<&str> = opened
        .catalog
        .office
        .agency
        .iter()
        .filter(|a| opened.detail.service.agencies.contains(&a.id))
        .map(|a| a.name.as_str())
        .collect();
    let who = match agencies.as_slice() {
        [] => opened.catalog.office.name.clone(),
        some => [&opened.catalog.office.name, ", ", &some.join(", ")].concat(),
    };
    let tiles = vec![Tile::new("ya", w.consent_yes)];
    view! {
        <h2>{w.consent_title}</h2>
        <ul class="list">
            <li>{w.consent_for}</li>
            <li>{w.consent_who(who)}</li>
            <li>{w.consent_files(i18n::number(i64::from(kept.files_months)))}</li>
            <li>{w.consent_personal(i18n::number(i64::from(kept.personal_months)))}</li>
            <li>{w.consent_back}</li>
        </ul>
        <p><a href=Route::Privacy.link()>{w.consent_more}</a></p>
        {fields::ticked(applicant::CONSENT, w.consent_legend.into(), tiles, errors)}
    }
    .into_any()
}
