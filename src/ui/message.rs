//! A message in a box, and the small tag of a state. Colour never stands alone: words say the same.

use super::{Icon, icon};
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Act,
    Wait,
    Done,
    Stop,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Act => "act",
            Tone::Wait => "wait",
            Tone::Done => "done",
            Tone::Stop => "stop",
        }
    }
}

#[component]
pub fn Message(
    #[prop(default = Tone::Plain)] tone: Tone,
    #[prop(optional, into)] title: String,
    /// Read out when it appears.
    #[prop(optional)]
    live: bool,
    children: Children,
) -> impl IntoView {
    let sign = match tone {
        Tone::Done => Some(Icon::Check),
        Tone::Wait | Tone::Stop => Some(Icon::Warning),
        _ => None,
    };
    view! {
        <div class=["message ", tone.class()].concat() role=live.then_some("status")>
            {sign.map(icon)}
            <div>
                {(!title.is_empty()).then(|| view! { <p class="title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
    .into_any()
}

/// `<span class="tag wait">Perlu diperbaiki</span>`
pub fn tag(tone: Tone, text: impl Into<String>) -> AnyView {
    view! { <span class=["tag ", tone.class()].concat()>{text.into()}</span> }.into_any()
}
