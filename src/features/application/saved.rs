//! Where what was typed is: said honestly, under every form.

use super::state::{Facts, Saved, saved};
use crate::client::desk::{Desk, use_desk};
use crate::i18n::t;
use crate::platform::storage::sealed;
use crate::ui::{Icon, icon};
use leptos::prelude::*;

/// What is true now. Tracks.
fn now(desk: Desk) -> Saved {
    desk.draft.with(|d| {
        let Some(d) = d else { return Saved::Nothing };
        saved(Facts {
            typed: !d.fields.is_empty(),
            unsent: d.waits(),
            failing: desk.trouble.with(Option::is_some) || !d.clashes.is_empty(),
            on_phone: desk.on_phone.get(),
            secret: !sealed::possible() && d.unsent.keys().any(|field| d.is_secret(field)),
        })
    })
}

/// Something has not reached the office.
fn waits(state: Saved) -> bool {
    matches!(state, Saved::Phone | Saved::Page | Saved::Secret)
}

#[component]
pub fn SavedLine() -> impl IntoView {
    let desk = use_desk();
    let state = Memo::new(move |_| now(desk));
    // Only lasting states are read out: "sending" comes and goes with every word.
    let lasting = Memo::new(move |before: Option<&Saved>| match state.get() {
        Saved::Sending => before.copied().unwrap_or(Saved::Nothing),
        state => state,
    });
    let words = move |state: Saved| {
        let w = t().application();
        match state {
            Saved::Nothing => "",
            Saved::Office => w.saved_office,
            Saved::Sending => w.saved_sending,
            Saved::Phone => w.saved_phone,
            Saved::Page => w.saved_page,
            Saved::Secret => w.saved_secret,
        }
    };
    let why = move || {
        let waits = waits(state.get());
        desk.trouble.get().filter(|_| waits).map(|f| view! { <span class="why">{f.words()}</span> })
    };
    view! {
        <div class="saved-line" class:waits=move || waits(state.get())>
            <p aria-hidden="true">
                {move || (state.get() == Saved::Office).then(|| icon(Icon::Check))}
                {move || words(state.get())}
            </p>
            <p class="hidden-text" role="status">{move || words(lasting.get())}</p>
            {why}
        </div>
    }
    .into_any()
}
