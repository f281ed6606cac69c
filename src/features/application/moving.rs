//! Number and key, going on on another phone (by a code to scan, or with a file), and whether this phone keeps
//! anything at all.

use crate::client::desk::{Desk, use_desk};
use crate::client::draft::is_local;
use crate::client::keyring;
use crate::i18n::t;
use crate::platform::history;
use crate::routes::{Route, Task};
use crate::ui::{Button, Details, Look, Message, Tone, qr};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Below the task list.
pub fn section() -> AnyView {
    let desk = use_desk();
    let number = Memo::new(move |_| desk.draft.with(|d| d.as_ref().map(|d| d.number.clone()).unwrap_or_default()));
    let refused = Memo::new(move |_| desk.own_phone.get() && desk.keep_failed.get());
    let note = move || {
        let w = t().application();
        let number = number.get();
        let key = keyring::get(&number)?.shown();
        let lines = view! {
            <p>{w.own_key_text}</p>
            <p class="key-line"><span>{w.number_label}</span> <b class="mono">{number.clone()}</b></p>
            <p class="key-line"><span>{w.key_label}</span> <b class="mono">{key.clone()}</b></p>
        };
        Some(match (desk.own_phone.get(), refused.get()) {
            (true, false) => {
                view! { <Details summary=w.own_key_title>{lines} {code(&number, &key)}</Details> }.into_any()
            }
            // Nothing stays on this phone: without these two the draft is lost to the person.
            (true, true) => view! {
                <Message tone=Tone::Wait title=w.refused_key_title live=true><p>{w.refused_key_text}</p> {lines}</Message>
            }
            .into_any(),
            (false, _) => view! {
                <Message tone=Tone::Wait title=w.shared_key_title>
                    {lines}
                    <Button label=w.make_own look=Look::Quiet press=move || desk.make_own() />
                </Message>
            }
            .into_any(),
        })
    };
    view! { {note} {file(desk)} }.into_any()
}

/// The link has the key in its fragment, which no server ever sees.
fn code(number: &str, key: &str) -> AnyView {
    let w = t().application();
    let link = [&history::origin(), &Route::Application(number.into(), Task::List).link(), "#", key].concat();
    view! {
        <h2>{w.move_title}</h2>
        <p>{w.move_text}</p>
        {qr(&link, w.move_title)}
    }
    .into_any()
}

fn file(desk: Desk) -> AnyView {
    let w = t().application();
    let done = RwSignal::new(None::<bool>);
    let press = move || {
        spawn_local(async move {
            let saved = desk.save_to_file().await;
            done.try_set(Some(saved));
        });
    };
    let waits = Memo::new(move |_| {
        desk.uploads.list.track();
        desk.draft.with(|d| d.as_ref().is_some_and(|d| is_local(&d.number) || desk.uploads.on_their_way(&d.number) > 0))
    });
    let text = move || if waits.get() { w.save_file_waits } else { w.save_file_text };
    view! {
        <Details summary=w.save_file_title>
            <p>{text}</p>
            <p>{w.save_file_secret}</p>
            <Button label=w.save_file look=Look::Quiet press />
            <p role="status">{move || done.get().map(|saved| if saved { w.save_file_done } else { w.save_file_failed })}</p>
        </Details>
    }
    .into_any()
}
