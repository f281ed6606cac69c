//! A page as HTML, on the host.

use super::build;
use crate::client::catalog::use_catalog;
use crate::client::resource::{Preloaded, Source};
use crate::features::wizard::shell;
use crate::i18n::{Lang, OFFICE_PHONE};
use crate::platform::history::Url;
use crate::platform::share::phone_link;
use crate::platform::time::{Moment, today};
use crate::routes::Route;
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
    /// The page itself, as the app shows it.
    pub html: String,
    /// What the page's script needs, beside the page.
    pub beside: String,
    /// The office's, to dial.
    pub phone: String,
}

/// Renders the page of an address (`/path?query`) as it is at a moment (milliseconds since 1970 UTC); what the API
/// would answer comes from `source`. The one function through which servers and prerendering use the app.
pub fn render(href: &str, now: i64, source: Arc<Source>) -> Rendered {
    let url = Url::parse(href);
    let (lang, route) = Route::parse(&url.path);
    let owner = Owner::new();
    let rendered = owner.with(|| {
        provide_context(lang);
        provide_context(Moment(now));
        provide_context(Preloaded(source));
        let query = url.query.clone();
        let html = build(crate::program::WHOLE, Some(url)).to_html();
        let head = expect_context::<PageHead>();
        let catalog = use_catalog().now();
        let phone = catalog.as_ref().map_or(OFFICE_PHONE, |catalog| &catalog.office.phone);
        let phone = phone_link(phone).trim_start_matches("tel:").to_string();
        let beside = match catalog {
            Some(catalog) if route == Route::Wizard => {
                let today = today(catalog.office.zone);
                shell::parts(catalog, &query, today)
            }
            _ => String::new(),
        };
        Rendered {
            lang,
            title: head.title.get_untracked(),
            description: head.lead.get_value(),
            missing: head.missing.get_value() || route == Route::NotFound,
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
