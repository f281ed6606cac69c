//! The application that is open in this page: what was typed, what the office has, what is on its way. One for
//! the whole app, so that nothing stops when a page changes. `open` loads it, `send` keeps and sends what is
//! typed, `deliver` tells the office one step, `queue` sends what other drafts hold, `hand_in` withdraws, `travel`
//! takes a draft to another phone, `idle` wipes a shared one.

mod away;
mod deliver;
mod hand_in;
mod idle;
mod open;
pub(in crate::client) mod phone;
mod queue;
mod send;
mod travel;

pub use idle::Idle;
pub use open::wants_key;
pub use phone::{OnPhone, SEEN, on_this_phone, wipe, wipe_everything};
pub use travel::Unopened;

use super::Failure;
use super::draft::Draft;
use super::resource::Resource;
use super::upload::Uploads;
use crate::platform::{between, document};
use leptos::prelude::*;
use satu_pintu_api::application::{Application, Receipt};
use satu_pintu_api::catalog::ServiceDetail;
use std::sync::Arc;

/// Whether the application can be shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Gate {
    Wait,
    Open,
    /// This phone does not have the key, or the office says that it is wrong.
    Key(Option<Failure>),
    Fail(Failure),
}

/// In the context of the whole app.
#[derive(Clone, Copy)]
pub struct Desk {
    pub gate: RwSignal<Gate>,
    pub draft: RwSignal<Option<Draft>>,
    /// As the office last told it.
    pub office: RwSignal<Option<Arc<Application>>>,
    /// The service with its cards.
    pub detail: RwSignal<Option<Resource<ServiceDetail>>>,
    /// An own phone: typed things, files and key stay on it.
    pub own_phone: RwSignal<bool>,
    /// Everything typed is on the phone now.
    pub on_phone: RwSignal<bool>,
    /// The phone refused to keep it: it is full, or the browser allows nothing.
    pub keep_failed: RwSignal<bool>,
    pub sending: RwSignal<bool>,
    /// Why the last sending did not work.
    pub trouble: RwSignal<Option<Failure>>,
    /// Where an own phone stands with idling; see [`Idle`].
    pub idle: RwSignal<Idle>,
    /// The receipt of what was just handed in.
    pub handed_in: RwSignal<Option<Receipt>>,
    /// Counts changes to drafts that are not open; lists read them again.
    pub changed: RwSignal<u32>,
    pub uploads: Uploads,
    plain: StoredValue<Plain>,
}

/// What no view shows.
struct Plain {
    owner: Option<Owner>,
    /// The number asked for; it wins over an answer that comes late.
    number: String,
    /// Local names that became numbers since the page was loaded.
    moved: Vec<(String, String)>,
    lang: &'static str,
    keeping: bool,
    pumping: bool,
    draining: bool,
    /// Asked to drain since the last round began.
    wanted: bool,
    /// The open draft as this tab last wrote it to the phone or read it from there.
    written: Option<Draft>,
    dirty: bool,
    edited: i64,
    active: i64,
}

pub fn use_desk() -> Desk {
    expect_context()
}

impl Desk {
    pub fn provide() -> Desk {
        let draft = RwSignal::new(None);
        let desk = Desk {
            uploads: Uploads::provide(draft),
            gate: RwSignal::new(Gate::Wait),
            draft,
            office: RwSignal::new(None),
            detail: RwSignal::new(None),
            own_phone: RwSignal::new(false),
            on_phone: RwSignal::new(false),
            keep_failed: RwSignal::new(false),
            sending: RwSignal::new(false),
            trouble: RwSignal::new(None),
            idle: RwSignal::new(Idle::Quiet),
            handed_in: RwSignal::new(None),
            changed: RwSignal::new(0),
            plain: StoredValue::new(Plain {
                owner: Owner::current(),
                number: String::new(),
                moved: Vec::new(),
                lang: "",
                keeping: false,
                pumping: false,
                draining: false,
                wanted: false,
                written: None,
                dirty: false,
                edited: 0,
                active: 0,
            }),
        };
        provide_context(desk);
        if crate::platform::BROWSER {
            desk.watch_network();
            desk.watch_idle();
            document::on_window("pagehide", move |_| desk.keep_now());
            between::on_news(between::FORGET, move |number| desk.let_go(number));
            // What the office has received belongs on its list.
            Effect::new(move |before: Option<u32>| {
                let count = desk.uploads.received.get();
                if before.is_some_and(|b| b != count) {
                    desk.drain_soon();
                    leptos::task::spawn_local(desk.refresh());
                }
                count
            });
        }
        desk
    }

    fn with_plain<R>(&self, f: impl FnOnce(&mut Plain) -> R) -> Option<R> {
        self.plain.try_update_value(f)
    }

    /// The person has looked at these fields after they were sent back.
    pub fn looked_at(self, fields: &[String]) {
        self.draft.update(|d| {
            if let Some(d) = d
                && d.sent
            {
                let new = fields.iter().filter(|f| !d.mended.contains(f)).cloned().collect::<Vec<_>>();
                d.mended.extend(new);
            }
        });
        self.keep_soon();
    }

    /// The draft in a handler or after waiting.
    pub fn now(&self) -> Option<Draft> {
        self.draft.try_get_untracked().flatten()
    }

    /// A field's value without tracking: what an input begins with.
    pub fn field_now(&self, id: &str) -> String {
        self.draft.with_untracked(|d| d.as_ref().map(|d| d.field(id).to_string()).unwrap_or_default())
    }

    /// The number in handlers and links.
    pub fn number_now(&self) -> String {
        self.draft.with_untracked(|d| d.as_ref().map(|d| d.number.clone()).unwrap_or_default())
    }
}
