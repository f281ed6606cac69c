//! One file or photo of a requirement: picture, name, size, what happens to it, what can be done with it.

use super::{Progress, Tone, tag};
use crate::i18n::t;
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// On the phone only, waiting for a network.
    Waiting,
    /// The person made it wait.
    Paused,
    /// Percent on its way.
    Sending(u32),
    Received,
    /// The office wants another one in its place.
    Returned,
    /// With the sentence that says what to do.
    Failed(String),
}

/// `actions` are small buttons (remove, move up, try again), by the owner.
#[component]
pub fn FileRow(
    #[prop(into)] name: String,
    #[prop(into)] size: Signal<String>,
    #[prop(into)] state: Signal<FileState>,
    /// Address of a picture (blob: or none).
    #[prop(optional, into)]
    picture: Signal<String>,
    children: Children,
) -> impl IntoView {
    let percent = Memo::new(move |_| match state.get() {
        FileState::Sending(p) => Some(p),
        _ => None,
    });
    let words = move || match state.get() {
        FileState::Waiting => tag(Tone::Wait, t().ui().file_waiting),
        FileState::Paused => tag(Tone::Wait, t().ui().file_paused),
        FileState::Sending(_) => ().into_any(),
        FileState::Received => tag(Tone::Done, t().ui().file_received),
        FileState::Returned => tag(Tone::Wait, t().ui().file_returned),
        FileState::Failed(text) => view! { <p class="field-error">{text}</p> }.into_any(),
    };
    let bar = move || {
        percent.get().is_some().then(|| {
            let percent = Signal::derive(move || percent.get().unwrap_or(0));
            view! { <Progress percent label=Signal::derive(move || t().ui().file_sending(percent.get())) /> }
        })
    };
    view! {
        <div class="file-row">
            {move || match picture.get() {
                src if !src.is_empty() => view! { <img src=src alt="" width="72" height="72" /> }.into_any(),
                _ => super::icon(super::Icon::Paper),
            }}
            <div class="about">
                <p class="name">{name} " " <small>{move || size.get()}</small></p>
                <div aria-live="polite">{words}</div>
                {bar}
            </div>
            <div class="actions">{children()}</div>
        </div>
    }
    .into_any()
}
