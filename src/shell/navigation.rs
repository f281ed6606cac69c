//! Where the app is and how it goes elsewhere. Links of ours are taken here; the address changes first, then the
//! page; then, in this one place, the new heading gets the focus.

use crate::client::catalog::CatalogState;
use crate::platform::{document, history, history::Url};
use crate::routes::query::{self, Pairs};
use crate::ui::PageHead;
use leptos::prelude::*;

/// In the context of the whole app.
#[derive(Clone, Copy)]
pub struct Navigation {
    url: RwSignal<Url>,
    pub path: Memo<String>,
    /// Without `?`.
    pub query: Memo<String>,
    /// Without `#`. Never sent to a server.
    pub fragment: Memo<String>,
}

pub fn use_navigation() -> Navigation {
    expect_context()
}

impl Navigation {
    /// Made once by the app; `start` is the address when rendering on the host.
    pub fn provide(start: Option<Url>) -> Navigation {
        let url = RwSignal::new(start.unwrap_or_else(history::current));
        let own = Navigation {
            url,
            path: Memo::new(move |_| url.with(|u| u.path.clone())),
            query: Memo::new(move |_| url.with(|u| u.query.clone())),
            fragment: Memo::new(move |_| url.with(|u| u.fragment.clone())),
        };
        provide_context(own);
        own.listen();
        own
    }

    /// The answers in the address. Tracks.
    pub fn answers(&self) -> Pairs {
        query::parse(&self.query.get())
    }

    /// To another page or question; Back leads here again.
    pub fn go(&self, href: &str) {
        history::push(href);
        self.url.set(Url::parse(href));
    }

    /// The same, but Back leads to the page before this one.
    pub fn replace(&self, href: &str) {
        history::replace(href);
        self.url.set(Url::parse(href));
    }

    /// Takes the key out of the address bar and the history at once; `fragment` keeps it for the page that
    /// reads it now.
    pub fn hide_fragment(&self) {
        let (path, query) = (self.path.get_untracked(), self.query.get_untracked());
        let mark = if query.is_empty() { "" } else { "?" };
        history::replace(&[&path, mark, &query].concat());
    }

    fn listen(self) {
        history::on_back(move || self.url.set(history::current()));
        history::on_link(move |href| {
            let (old, new) = (self.url.get_untracked(), Url::parse(href));
            let here = old.path == new.path && old.query == new.query;
            if here && !new.fragment.is_empty() {
                return false; // a jump within the page is the browser's
            }
            if !here {
                document::scroll_top();
                self.go(href);
            }
            true
        });
        let head = expect_context::<PageHead>();
        let catalog = expect_context::<CatalogState>();
        Effect::new(move |before: Option<()>| {
            self.path.track();
            self.query.track();
            if before.is_some() {
                catalog.settle();
                head.expect_focus(self.fragment.get_untracked());
            } else if !self.fragment.get_untracked().is_empty() {
                head.expect_show(self.fragment.get_untracked());
            }
        });
    }
}
