//! A button that downloads one file: it asks for a ticket of five minutes and opens its address.

use super::typed::Door;
use super::{door, sent};
use crate::client::{Call, Failure};
use crate::i18n::t;
use crate::platform::{self, history};
use crate::ui::Button;
use leptos::prelude::*;
use satu_pintu_api::application::Ticket;

/// `path` is where the ticket is asked for; `about` is read after the label by those who listen.
pub fn download(number: String, path: String, label: String, about: String, small: bool) -> AnyView {
    if !platform::BROWSER {
        // Without script only the permit is fetched, with the ticket that the server took.
        let ticket = sent::opened().and_then(|opened| opened.permit).filter(|_| path.ends_with("/permit/ticket"));
        return ticket.map(|url| view! { <p><a class="btn" href=url>{label}</a></p> }).into_any();
    }
    let w = t().tracking();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(String::new());
    let press = move || {
        let (number, path) = (number.clone(), path.clone());
        busy.set(true);
        trouble.set(String::new());
        leptos::task::spawn_local(async move {
            let answer = ticket(&number, &path).await;
            busy.try_set(false);
            match answer {
                Ok(ticket) => history::load(&ticket.url),
                Err(failure) => drop(trouble.try_set(w.files_failed(failure.words()))),
            }
        });
    };
    let words = Signal::derive(move || if busy.get() { w.do_downloading.to_string() } else { label.clone() });
    let button = if small {
        view! {
            <button type="button" class="small-btn" aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| if !busy.get_untracked() { press() }>
                {move || words.get()} <span class="hidden-text">" " {about}</span>
            </button>
        }
        .into_any()
    } else {
        view! { <Button label=words busy press /> }.into_any()
    };
    view! {
        <div class="download">
            {button}
            <p class="field-error" role="status" hidden=move || trouble.get().is_empty()>{trouble}</p>
        </div>
    }
    .into_any()
}

/// The address of one file, for five minutes.
///
/// # Errors
/// What went wrong, in words.
pub async fn ticket(number: &str, path: &str) -> Result<Ticket, Failure> {
    let key = door::key(Door::Manage, number).map(|key| key.shown()).unwrap_or_default();
    Call::post(path).key(&key).send().await
}
