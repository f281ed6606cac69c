//! The letter to the head of the office, once the promise was not kept: to be copied, or read out at the counter.

use super::watch::Seen;
use crate::i18n::t;
use crate::platform::{self, share};
use crate::ui::{Button, Details, Look};
use leptos::prelude::*;

pub fn part(seen: &Seen) -> Option<AnyView> {
    let w = t().tracking();
    let text = seen.tracking.letter.clone();
    (!text.is_empty()).then(|| {
        view! {
            <Details summary=w.letter_title>
                <p>{w.letter_text}</p>
                <p class="letter" lang="id">{text.clone()}</p>
                {platform::BROWSER.then(|| copy(text))}
            </Details>
        }
        .into_any()
    })
}

fn copy(text: String) -> AnyView {
    let w = t().tracking();
    let copied = RwSignal::new("");
    let press = move || {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            let done = share::copy(&text).await;
            copied.try_set(if done { w.letter_copied } else { w.letter_copy_failed });
        });
    };
    view! {
        <Button label=w.letter_copy look=Look::Quiet press />
        <p class="small" role="status">{copied}</p>
    }
    .into_any()
}
