//! A page as HTML, on the host.

use super::build;
use crate::client::Failure;
use crate::client::catalog::use_catalog;
use crate::client::resource::{Preloaded, Source};
use crate::client::sent::Sent;
use crate::features::wizard::shell;
use crate::i18n::{Lang, OFFICE_PHONE, t};
use crate::platform::history::{Origin, Url};
use crate::platform::share::phone_link;
use crate::platform::time::{Moment, today};
use crate::routes::Route;
use crate::shell::Refused;
use crate::ui::PageHead;
use leptos::prelude::*;
use std::sync::Arc;

/// A page as HTML.
pub struct Rendered {
    pub route: Route,
    pub lang: Lang,
    /// For `<title>`.
    pub title: String,
    /// What the page is about, in a sentence; may be empty.
    pub description: String,
    /// There is no such page.
    pub missing: bool,
    /// It says what is wrong in a form.
    pub faulty: bool,
    /// Where the page only leads on to, if anywhere.
    pub onward: Option<String>,
    /// It answers what a form sent; the app, which knows nothing of that, does not take it over.
    pub alone: bool,
    /// The page itself, as the app shows it.
    pub html: String,
    /// What the page's script needs, beside the page.
    pub beside: String,
    /// The office's, to dial.
    pub phone: String,
}

/// What a page is made of besides its address.
#[derive(Clone, Default)]
pub struct Beside {
    /// `https://host`, as the person called it.
    pub origin: String,
    /// The form that the page answers.
    pub sent: Option<Arc<Sent>>,
    /// Why the page cannot be had: it says so instead.
    pub refused: Option<Failure>,
}

/// Renders the page of an address (`/path?query`) as it is at a moment (milliseconds since 1970 UTC); what the API
/// would answer comes from `source`.
pub fn render(href: &str, now: i64, source: Arc<Source>) -> Rendered {
    render_with(href, now, source, Beside::default())
}

/// The same for one person. The one function through which servers and prerendering use the app.
pub fn render_with(href: &str, now: i64, source: Arc<Source>, beside: Beside) -> Rendered {
    let alone = beside.sent.is_some() || beside.refused.is_some();
    let url = Url::parse(href);
    let (lang, route) = Route::parse(&url.path);
    let owner = Owner::new();
    let rendered = owner.with(|| {
        provide_context(lang);
        provide_context(Moment(now));
        provide_context(Preloaded(source));
        provide_context(Origin(beside.origin));
        if let Some(sent) = beside.sent {
            provide_context(sent);
        }
        if let Some(failure) = beside.refused {
            provide_context(Refused(failure));
        }
        let query = url.query.clone();
        let html = build(crate::program::WHOLE, Some(url)).to_html();
        let head = expect_context::<PageHead>();
        let faulty = head.faulty.get_value();
        let onward = Some(head.onward.get_value()).filter(|href| !href.is_empty());
        let catalog = use_catalog().now();
        let phone = catalog.as_ref().map_or(OFFICE_PHONE, |catalog| &catalog.office.phone);
        let phone = phone_link(phone).trim_start_matches("tel:").to_string();
        // The questions beside the page have headings of their own.
        let (title, lead) = (head.title.get_untracked(), head.lead.get_value());
        // A page that says nothing of itself is told by what all of it is for.
        let description = if lead.is_empty() { t().shell().about.to_string() } else { lead };
        let beside = match catalog {
            Some(catalog) if route == Route::Wizard && !alone => {
                let today = today(catalog.office.zone);
                shell::parts(catalog, &query, today)
            }
            _ => String::new(),
        };
        Rendered {
            lang,
            title,
            description,
            missing: head.missing.get_value() || route == Route::NotFound,
            faulty,
            onward,
            alone,
            html,
            beside,
            phone,
            route,
        }
    });
    // Some of what it owns holds the owner itself.
    owner.cleanup();
    rendered
}
