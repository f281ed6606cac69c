//! The one h1 of a page. It names the document, and takes the focus when the page was reached by navigation.

use crate::i18n::t;
use crate::platform::{self, document};
use leptos::prelude::*;

/// In the context of the whole app: the title of the page (read by a rendering on the host) and whether a
/// heading is awaited by the focus.
#[derive(Clone, Copy)]
pub struct PageHead {
    pub title: RwSignal<String>,
    awaited: StoredValue<bool>,
    /// Id of the part of the page that the address names.
    part: StoredValue<String>,
    /// The first sentence of the page, for those who find it elsewhere; kept on the host only.
    pub lead: StoredValue<String>,
    /// Whether there is no such page; kept on the host only.
    pub missing: StoredValue<bool>,
    /// Whether the page says what is wrong in a form; kept on the host only.
    pub faulty: StoredValue<bool>,
    /// Where this page only leads on to, or nothing; kept on the host only.
    pub onward: StoredValue<String>,
}

impl PageHead {
    pub fn provide() {
        provide_context(PageHead {
            title: RwSignal::new(String::new()),
            awaited: StoredValue::new(false),
            part: StoredValue::new(String::new()),
            lead: StoredValue::new(String::new()),
            missing: StoredValue::new(false),
            faulty: StoredValue::new(false),
            onward: StoredValue::new(String::new()),
        });
    }

    /// Names the page; its title.
    pub fn name(self, text: &str) -> String {
        let title = [&cut(text), " – ", t().shell().product].concat();
        self.title.try_set(title.clone());
        title
    }

    /// Says on the host what the page is about.
    pub fn say(lead: &str) {
        if !platform::BROWSER {
            expect_context::<PageHead>().lead.set_value(lead.to_string());
        }
    }

    /// Says on the host that there is no such page.
    pub fn say_missing() {
        if !platform::BROWSER {
            expect_context::<PageHead>().missing.set_value(true);
        }
    }

    /// Says on the host that the page shows what is wrong in a form.
    pub fn say_faulty() {
        if !platform::BROWSER {
            expect_context::<PageHead>().faulty.set_value(true);
        }
    }

    /// Says on the host that this page only leads on to another.
    pub fn say_onward(href: &str) {
        if !platform::BROWSER {
            expect_context::<PageHead>().onward.set_value(href.to_string());
        }
    }

    /// After a navigation: the next heading in the document takes the focus, or the part that `fragment` names.
    pub fn expect_focus(self, fragment: String) {
        self.awaited.set_value(true);
        self.expect_show(fragment);
    }

    /// Shows the part of the page that the address names, when it is there.
    pub fn expect_show(self, fragment: String) {
        self.part.set_value(fragment);
        document::after_render(move || self.settle());
    }

    fn settle(self) {
        let part = self.part.try_get_value().unwrap_or_default();
        if !part.is_empty() && document::show_id(&part) {
            self.part.try_set_value(String::new());
            self.awaited.try_set_value(false);
        } else if self.awaited.try_get_value() == Some(true) && document::focus("main h1") {
            self.awaited.try_set_value(false);
        }
    }
}

/// A title of more signs is cut off by whoever lists pages; together with the name of the product it has 70 then.
const LONGEST: usize = 56;

/// The words of a text that have room in a title.
fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_string() };
    let start = text.get(..end).unwrap_or(text);
    [start.rsplit_once(' ').map_or(start, |(words, _)| words), " …"].concat()
}

/// Give it a new `text` and it announces itself again.
#[component]
pub fn Heading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let head = expect_context::<PageHead>();
    head.name(&text.get_untracked());
    Effect::new(move || {
        document::set_title(&head.name(&text.get()));
        document::after_render(move || head.settle());
    });
    view! { <h1 tabindex="-1">{move || text.get()}</h1> }.into_any()
}
