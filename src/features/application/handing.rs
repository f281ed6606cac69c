//! What became of "Kirim": on its way, waiting for files or a network, or refused with the reason. It goes on by
//! itself, on every page and after the app was closed.

use super::clash;
use crate::client::desk::{Desk, wants_key};
use crate::client::draft::{Refusal, Wish};
use crate::client::fault_words;
use crate::i18n::t;
use crate::platform::{document, network};
use crate::routes::{Route, Task};
use crate::shell::{Opened, use_navigation};
use crate::ui::{Button, Look, Message, Tone};
use leptos::prelude::*;

/// Where it says that something was refused.
const REFUSED: &str = "belum-terkirim";

/// Where handing in stands.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    No,
    /// So many files are still on their way.
    Files(usize),
    Now,
    /// No network: it goes when there is one.
    Queued,
    /// The person must choose first.
    Choice,
    /// A file was refused: the person must take it away, or send another.
    File,
    /// The key is asked for beside it.
    Key,
    Refused(Refusal),
}

/// Tracks.
fn stage(desk: Desk, wish: Wish) -> Stage {
    let number = desk.draft.with(|d| d.as_ref().map(|d| d.number.clone()).unwrap_or_default());
    desk.uploads.list.track();
    let files = desk.uploads.on_their_way(&number);
    let refused = desk.uploads.refused(&number);
    let trouble = desk.trouble.with(|t| t.as_ref().is_some_and(|f| f.passing()));
    let key = desk.trouble.with(|t| t.as_ref().is_some_and(wants_key));
    desk.draft.with(|draft| {
        let Some(draft) = draft else { return Stage::No };
        match (&draft.refused, draft.wish) {
            (_, Some(own)) if own == wish => {
                if key {
                    Stage::Key
                } else if trouble || !network::online() {
                    Stage::Queued
                } else if !draft.clashes.is_empty() {
                    Stage::Choice
                } else if refused {
                    Stage::File
                } else if files > 0 && !draft.is_local() && draft.unsent.is_empty() {
                    Stage::Files(files)
                } else {
                    Stage::Now
                }
            }
            (Some(refused), None) => Stage::Refused(refused.clone()),
            _ => Stage::No,
        }
    })
}

/// Whether something is being handed in. Tracks.
pub fn busy(desk: Desk) -> Signal<bool> {
    Signal::derive(move || desk.draft.with(|d| d.as_ref().is_some_and(|d| d.wish.is_some())))
}

/// Says where handing in stands, and goes to `then` once it is done.
pub fn handing(opened: &Opened, wish: Wish, then: fn(String) -> Route) -> AnyView {
    let desk = opened.desk;
    let place = use_navigation();
    Effect::new(move || {
        if let Some(receipt) = desk.handed_in.get() {
            desk.handed_in.set(None);
            document::scroll_top();
            place.replace(&then(receipt.number).link());
        }
    });
    let stage = Memo::new(move |_| stage(desk, wish));
    Effect::new(move |was: Option<bool>| {
        let refused = matches!(stage.get(), Stage::Refused(_));
        // What was refused before the page was opened is read in its turn.
        if refused && was == Some(false) {
            document::after_render(|| {
                document::focus_id(REFUSED);
            });
        }
        refused
    });
    let clashes = clash::list(opened);
    view! { {clashes} {move || shown(desk, stage.get())} }.into_any()
}

fn shown(desk: Desk, stage: Stage) -> AnyView {
    let w = t().application();
    let told = |text: String| view! { <Message tone=Tone::Act live=true><p>{text}</p></Message> }.into_any();
    match stage {
        Stage::No | Stage::Choice | Stage::Key => ().into_any(),
        Stage::File => view! {
            <Message tone=Tone::Stop title=t().upload().trouble live=true>
                <p>{w.refused_file}</p>
                <p><a href=Route::Application(desk.number_now(), Task::Files).link()>{w.to_files}</a></p>
            </Message>
        }
        .into_any(),
        Stage::Files(left) => told(w.waiting_files(left)),
        Stage::Now => told(w.sending_now.to_string()),
        Stage::Queued => {
            let kept = move || desk.own_phone.get() && desk.on_phone.get();
            let text = move || if kept() { w.queued_own } else { w.queued_page };
            view! {
                <Message tone=Tone::Wait title=w.queued_title live=true>
                    <p>{text}</p>
                    <p class="pair">
                        <Button label=w.queued_try look=Look::Quiet press=move || desk.hurry() />
                        <Button label=w.queued_stop look=Look::Quiet press=move || desk.hold_back() />
                    </p>
                </Message>
            }
            .into_any()
        }
        Stage::Refused(refused) => {
            let words = t().problem().get(&refused.code).unwrap_or(t().problem().broken);
            let faults: Vec<&str> = refused.faults.iter().map(|f| fault_words(&f.code)).collect();
            view! {
                <div id=REFUSED tabindex="-1">
                    <Message tone=Tone::Stop title=w.not_sent live=true>
                        <p>{words} " " {faults.join(" ")}</p>
                        <p>{w.not_sent_safe}</p>
                    </Message>
                </div>
            }
            .into_any()
        }
    }
}
