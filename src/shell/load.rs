//! Showing what must be loaded: a quiet wait, the thing itself, or a friendly failure with a way on.

use super::needs_app::{office_phone, overdue};
use super::{Affected, Page};
use crate::client::Failure;
use crate::client::catalog::Catalog;
use crate::client::catalog::use_catalog;
use crate::client::resource::{Load, Resource};
use crate::i18n::t;
use crate::routes::Route;
use crate::ui::{Look, Message, PageHead, Tone, again_button, phone};
use leptos::prelude::*;
use satu_pintu_api::problem::Code;
use std::sync::Arc;

// What is shown comes in a box here: compiled once, not once for each page.

/// Shows `content` once the catalog is there; again when a newer one has come at a navigation.
pub fn with_catalog(content: impl Fn(Arc<Catalog>) -> AnyView + 'static) -> AnyView {
    catalog_view(Box::new(content), true)
}

/// The same for a part of a page that has its heading already: a failure is a message.
pub fn part_with_catalog(content: impl Fn(Arc<Catalog>) -> AnyView + 'static) -> AnyView {
    catalog_view(Box::new(content), false)
}

fn catalog_view(content: Box<dyn Fn(Arc<Catalog>) -> AnyView>, page: bool) -> AnyView {
    let catalog = use_catalog();
    (move || match catalog.state.get() {
        Load::Have(catalog) => content(catalog),
        Load::Wait => waiting(if page { "page waiting" } else { "waiting" }),
        Load::Fail(failure) if page => failed(failure, move || catalog.retry()),
        Load::Fail(failure) => failed_part(failure, move || catalog.retry()),
    })
    .into_any()
}

/// Shows `content` once the resource is there.
pub fn with<T>(resource: Resource<T>, content: impl Fn(Arc<T>) -> AnyView + 'static) -> AnyView
where
    T: serde::de::DeserializeOwned + 'static,
{
    let content: Box<dyn Fn(Arc<T>) -> AnyView> = Box::new(content);
    (move || match resource.state.get() {
        Load::Have(thing) => content(thing),
        Load::Wait => waiting("page waiting"),
        Load::Fail(failure) => failed(failure, move || resource.retry()),
    })
    .into_any()
}

/// Both.
pub fn catalog_and<T>(
    resource: Resource<T>,
    content: impl Fn(Arc<Catalog>, Arc<T>) -> AnyView + Clone + 'static,
) -> AnyView
where
    T: serde::de::DeserializeOwned + 'static,
{
    with_catalog(move |catalog| {
        let content = content.clone();
        with(resource, move |thing| content(catalog.clone(), thing))
    })
}

/// Stands where something small is still to come: the page takes no other's place before that (`loader.js`).
pub fn to_come() -> AnyView {
    view! { <i class="waiting" hidden></i> }.into_any()
}

type Retry = Box<dyn Fn()>;

pub(super) fn waiting(class: &'static str) -> AnyView {
    view! {
        <div class=class role="status">
            <p class="hidden-text">{t().shell().loading}</p>
            <div class="bone tall" aria-hidden="true"></div>
            <div class="bone" aria-hidden="true"></div>
            <div class="bone" aria-hidden="true"></div>
            {overdue()}
        </div>
    }
    .into_any()
}

/// In the context of a rendering on the host: why the page cannot be had.
#[derive(Clone)]
pub struct Refused(pub Failure);

/// The page in the place of one that cannot be had.
pub fn refused() -> Option<AnyView> {
    use_context::<Refused>().map(|Refused(failure)| failed(failure, || {}))
}

pub(super) fn failed(failure: Failure, retry: impl Fn() + 'static) -> AnyView {
    failed_page(failure, Box::new(retry))
}

fn failed_page(failure: Failure, retry: Retry) -> AnyView {
    let w = t().shell();
    let gone = failure.code() == Some(Code::NotFound);
    if gone {
        PageHead::say_missing();
    }
    let title = if gone { w.not_found_title } else { w.load_failed_title };
    // The page's own script never puts this in the place of a page that stands.
    let content = view! { <div class:load-failed=!gone>{help(!gone, retry)}</div> };
    view! { <Page title=title lead=failure.words() affected=Affected::None>{content}</Page> }.into_any()
}

fn failed_part(failure: Failure, retry: impl Fn() + 'static) -> AnyView {
    let content = help(true, Box::new(retry));
    view! { <Message tone=Tone::Wait title=failure.words() live=true>{content}</Message> }.into_any()
}

/// Again, the office's phone, the way home.
fn help(again: bool, retry: Retry) -> AnyView {
    let w = t().shell();
    view! {
        {again.then(|| again_button(w.retry, Look::Main, retry))}
        <p>{w.load_failed_help} " " {phone(&office_phone())}</p>
        <p><a href=Route::Home.link()>{w.to_home}</a></p>
    }
    .into_any()
}
