//! The frame of a page: notices, the way back, heading, lead, content.

use super::Notices;
use crate::i18n::t;
use crate::ui::{Heading, PageHead};
use leptos::prelude::*;
use satu_pintu_domain::content::Channel;

/// Which disturbances a page tells about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affected {
    All,
    Only(Channel),
    None,
}

/// A page whose heading is inside its content (a question).
#[component]
pub fn Frame(
    #[prop(default = Affected::All)] affected: Affected,
    /// Address of the page before; shows "‹ Kembali" unless it is empty.
    #[prop(optional, into)]
    back: Option<String>,
    /// Uses the whole width of a desktop.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=if wide { "page wide" } else { "page" }>
            <Notices affected />
            {back.filter(|href| !href.is_empty()).map(|href| view! { <a class="back" href=href>{t().shell().back}</a> })}
            {children()}
        </div>
    }
    .into_any()
}

/// A page with its heading.
#[component]
pub fn Page(
    #[prop(into)] title: Signal<String>,
    /// The line above the heading.
    #[prop(optional, into)]
    over: Option<String>,
    /// The sentence under it.
    #[prop(optional, into)]
    lead: Option<String>,
    #[prop(default = Affected::All)] affected: Affected,
    #[prop(optional, into)] back: Option<String>,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    PageHead::say(lead.as_deref().unwrap_or_default());
    let content = move || {
        view! {
            {over.map(|text| view! { <p class="over">{text}</p> })}
            <Heading text=title />
            {lead.map(|text| view! { <p class="lead">{text}</p> })}
            {children()}
        }
        .into_any()
    };
    match back {
        Some(back) => view! { <Frame affected wide back>{content()}</Frame> }.into_any(),
        None => view! { <Frame affected wide>{content()}</Frame> }.into_any(),
    }
}
