//! Where the app is and how it goes elsewhere. Links of ours are taken here; the address changes first, then the
//! page; then, in this one place, the new heading gets the focus. Where the page belongs to another program, this
//! one goes on showing its own until the other says that it stands.

use crate::client::catalog::CatalogState;
use crate::platform::{between, document, history, history::Url};
use crate::program::Program;
use crate::routes::query::{self, Pairs};
use crate::ui::PageHead;
use leptos::prelude::*;

/// In the context of the whole app.
#[derive(Clone, Copy)]
pub struct Navigation {
    /// The last address of this program.
    url: RwSignal<Url>,
    /// Whether another program is shown now.
    pub away: RwSignal<bool>,
    program: Program,
    /// See [`Navigation::onward`].
    onward: StoredValue<bool>,
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
    /// Made once by a program; `start` is the address when rendering on the host.
    pub fn provide(program: Program, start: Option<Url>) -> Navigation {
        let start = start.unwrap_or_else(history::current);
        let away = RwSignal::new(!program.has(&start.path));
        let url = RwSignal::new(start);
        let own = Navigation {
            url,
            away,
            program,
            onward: StoredValue::new(false),
            path: Memo::new(move |_| url.with(|u| u.path.clone())),
            query: Memo::new(move |_| url.with(|u| u.query.clone())),
            fragment: Memo::new(move |_| url.with(|u| u.fragment.clone())),
        };
        provide_context(own);
        own.listen();
        own
    }

    /// What the query says of a name.
    pub fn asked(&self, name: &str) -> Option<String> {
        crate::answers::extra(&self.query.get_untracked(), name)
    }

    /// The answers in the address. Tracks.
    pub fn answers(&self) -> Pairs {
        query::parse(&self.query.get())
    }

    /// To another page or question; Back leads here again.
    pub fn go(&self, href: &str) {
        history::push(href);
        self.onward.set_value(!href.contains('#'));
        self.arrive(Url::parse(href));
    }

    /// The same, but Back leads to the page before this one.
    pub fn replace(&self, href: &str) {
        history::replace(href);
        self.arrive(Url::parse(href));
    }

    /// Whether the present page was gone to, from its top on: it did not begin and was not gone back to.
    pub fn onward(&self) -> bool {
        self.onward.get_value()
    }

    /// The address has changed. What belongs to another program is that one's matter.
    fn arrive(self, url: Url) {
        if self.program.has(&url.path) {
            if self.url.with_untracked(|old| *old != url) {
                self.url.set(url);
            }
            self.leave(false);
        }
    }

    /// Whether another program is shown. Said only when it changes: the whole page is made anew by it.
    fn leave(self, away: bool) {
        if self.away.get_untracked() != away {
            self.away.set(away);
        }
    }

    /// Takes the key out of the address bar and the history at once; `fragment` keeps it for the page that
    /// reads it now.
    pub fn hide_fragment(&self) {
        let (path, query) = (self.path.get_untracked(), self.query.get_untracked());
        let mark = if query.is_empty() { "" } else { "?" };
        history::write(&[&path, mark, &query].concat());
    }

    fn listen(self) {
        history::on_change(move || {
            self.onward.set_value(false);
            self.arrive(history::current());
        });
        between::on_news(between::SHOWN, move |name| {
            if name != self.program.name {
                self.leave(true);
            }
        });
        history::on_link(move |href| {
            if self.away.get_untracked() {
                return false;
            }
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
        let moved = document::is_taken();
        Effect::new(move |before: Option<()>| {
            self.path.track();
            self.query.track();
            if self.away.get() {
                return;
            }
            let name = self.program.name;
            document::after_render(move || between::tell(between::SHOWN, name));
            if before.is_some() || moved {
                catalog.settle();
                head.expect_focus(self.fragment.get_untracked());
            } else if !self.fragment.get_untracked().is_empty() {
                head.expect_show(self.fragment.get_untracked());
            }
        });
    }
}
