//! One thing a page: a question about the person, or a page of the service's form.

use super::fields::{self, element};
use super::saved::SavedLine;
use super::state::{self, Part};
use crate::client::fault_words;
use crate::i18n::{Lang, lang, t};
use crate::platform::time;
use crate::routes::{Route, Task, query};
use crate::shell::{Affected, Frame, Opened, use_navigation, with_application};
use crate::ui::{Details, ErrorSummary, Errors, Heading, Message, SubmitButton, Tone};
use leptos::prelude::*;
use satu_pintu_domain::content::FormPage;

/// In the query of a page that was opened to change one thing: where to go afterwards.
pub const FROM: &str = "dari";
pub const FROM_REVIEW: &str = "periksa";
pub const FROM_LIST: &str = "daftar";

/// Address of a page.
pub fn link(number: &str, slug: &str) -> String {
    Route::Application(number.into(), Task::Data(slug.into())).link()
}

/// The same, coming back to `from`.
pub fn link_from(number: &str, slug: &str, from: &str) -> String {
    [&link(number, slug), "?", FROM, "=", from].concat()
}

pub fn data_page(number: String, slug: String) -> AnyView {
    with_application(number, move |opened| {
        let known = state::parts(&opened.detail.service).into_iter().find(|p| p.slug == slug);
        match known {
            Some(part) => page(opened, part),
            None => gone(&opened.desk.number_now()),
        }
    })
}

/// A page that this service does not have: an old link.
fn gone(number: &str) -> AnyView {
    let list = Route::Application(number.into(), Task::List).link();
    view! {
        <crate::shell::Page title=t().shell().not_found_title affected=Affected::None>
            <p><a class="btn" href=list>{t().application().to_list}</a></p>
        </crate::shell::Page>
    }
    .into_any()
}

fn page(opened: Opened, part: Part) -> AnyView {
    let w = t().application();
    let place = use_navigation();
    let desk = opened.desk;
    let number = desk.number_now();
    let service = opened.detail.clone();
    let errors = RwSignal::new(Errors::new());
    let form = service.service.page.iter().find(|p| ["isi-", &p.id].concat() == part.slug).cloned();
    let from = query::first(&query::parse(&place.query.get_untracked()), FROM);
    let list = Route::Application(number.clone(), Task::List).link();
    let back = match (from.as_deref(), state::before(&service.service, &part.slug)) {
        (Some(FROM_REVIEW), _) => Route::Application(number.clone(), Task::Review).link(),
        (Some(_), _) | (None, None) => list.clone(),
        (None, Some(slug)) => link(&number, &slug),
    };
    let editable = desk.office.with_untracked(|o| state::may_edit(o.as_ref().map(|o| &o.tracking.status), &part));
    if !editable {
        return closed(&list);
    }

    let zone = opened.catalog.office.zone;
    let (own, slug) = (part.clone(), part.slug.clone());
    let send = move |e: leptos::ev::SubmitEvent| {
        e.prevent_default();
        let fields = desk.now().map(|d| d.fields).unwrap_or_default();
        let faults = state::part_faults(&service.service, &own, &fields, time::today(zone));
        if !faults.is_empty() {
            let line = |(field, code): (String, String)| (element(&field), fault_words(&code).to_string());
            errors.set(faults.into_iter().map(line).collect());
            return;
        }
        errors.set(Vec::new());
        desk.looked_at(&own.fields);
        let number = desk.number_now();
        let next = match (from.as_deref(), state::after(&service.service, &own.slug)) {
            (Some(FROM_REVIEW), _) => Route::Application(number, Task::Review).link(),
            (None, Some(slug)) => link(&number, &slug),
            _ => Route::Application(number, Task::List).link(),
        };
        crate::platform::document::scroll_top();
        place.go(&next);
    };

    view! {
        <Frame affected=Affected::None back>
            <p class="over">{over(&opened, &part)}</p>
            <ErrorSummary errors />
            {returned(&opened, &part)}
            <form on:submit=send novalidate>
                {match form {
                    Some(form) => service_form(form, errors),
                    None => own_form(&slug, errors),
                }}
                <SubmitButton label=w.go_on />
            </form>
            <SavedLine />
            <p class="to-list"><a href=list>{w.to_list}</a></p>
        </Frame>
    }
    .into_any()
}

/// `Izin reklame · Data Anda, 2 dari 6`
fn over(opened: &Opened, part: &Part) -> String {
    let w = t().application();
    let groups = [(w.group_person, state::own_parts()), (w.group_permit, state::service_parts(&opened.detail.service))];
    let at = groups.iter().find_map(|(name, group)| {
        let at = group.iter().position(|p| p.slug == part.slug)?;
        Some(w.over_page(name, at + 1, group.len()))
    });
    [&opened.detail.summary.name, " · ", &at.unwrap_or_default()].concat()
}

fn own_form(slug: &str, errors: RwSignal<Errors>) -> AnyView {
    let w = t().application();
    let (title, lead, why) = match slug {
        "nama" => (w.name_title, "", ""),
        "nik" => (w.nik_title, "", w.nik_why),
        "telepon" => (w.phone_title, "", w.phone_why),
        "alamat" => (w.address_title, "", ""),
        "pengurus" => ("", "", w.helper_why),
        _ => ("", "", ""),
    };
    // Where one choice is the page, its legend is the heading.
    let heading = (!title.is_empty()).then(|| view! { <Heading text=title /> });
    let lead = (!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> });
    view! { {heading} {lead} {fields::own(slug, errors)} {reason(why)} }.into_any()
}

fn service_form(form: FormPage, errors: RwSignal<Errors>) -> AnyView {
    let mut whys: Vec<&str> = Vec::new();
    for field in form.field.iter().filter(|f| !f.why.is_empty()) {
        if !whys.contains(&field.why.as_str()) {
            whys.push(&field.why);
        }
    }
    let why = whys.join(" ");
    // The words of a form are the office's, in Indonesian.
    let office = (lang() != Lang::Id).then_some(Lang::Id.code());
    view! {
        <div lang=office>
        <Heading text=form.title.clone() />
        {(!form.hint.is_empty()).then(|| view! { <p class="lead">{form.hint.clone()}</p> })}
        {form.field.iter().map(|f| fields::field(f, errors)).collect_view()}
        {reason(&why)}
        </div>
    }
    .into_any()
}

fn reason(why: &str) -> Option<AnyView> {
    let text = why.to_string();
    (!text.is_empty()).then(|| view! { <Details summary=t().application().why><p>{text}</p></Details> }.into_any())
}

/// What the officer said about this page.
fn returned(opened: &Opened, part: &Part) -> Option<AnyView> {
    let office = opened.desk.office.get_untracked()?;
    let said = office.tracking.status.returned.iter().filter_map(|r| {
        let field = r.item.strip_prefix("field:")?;
        part.fields.iter().any(|f| f == field).then(|| r.reason.clone())
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| {
        view! {
            <Message tone=Tone::Wait title=t().application().officer_says>
                {said.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            </Message>
        }
        .into_any()
    })
}

/// It has been handed in: nothing to change here.
fn closed(list: &str) -> AnyView {
    let w = t().application();
    let list = list.to_string();
    view! {
        <crate::shell::Page title=w.closed_title lead=w.closed_lead affected=Affected::None>
            <p><a class="btn" href=list>{w.to_application}</a></p>
        </crate::shell::Page>
    }
    .into_any()
}
