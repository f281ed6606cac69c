//! Buttons that act. What leads elsewhere is a link: `<a class="btn" href=...>`.

use crate::platform;
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Main,
    Quiet,
    /// Takes something away.
    Danger,
}

impl Look {
    pub fn class(self) -> &'static str {
        match self {
            Look::Main => "btn",
            Look::Quiet => "btn quiet",
            Look::Danger => "btn danger",
        }
    }
}

/// A button that does something here.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(default = Look::Main)] look: Look,
    /// While true it says so and takes no second press; it keeps the focus.
    #[prop(optional, into)]
    busy: Signal<bool>,
    press: impl Fn() + 'static,
) -> impl IntoView {
    button(label, look, busy, Box::new(press))
}

fn button(label: Signal<String>, look: Look, busy: Signal<bool>, press: Box<dyn Fn()>) -> AnyView {
    view! {
        <button type="button" class=look.class() aria-disabled=move || busy.get().then_some("true")
            on:click=move |_| if !busy.get_untracked() { press() }>
            {move || label.get()}
        </button>
    }
    .into_any()
}

/// Tries again what failed. On the host it is a link that loads the page anew.
pub fn again_button(label: &'static str, look: Look, press: impl Fn() + 'static) -> AnyView {
    if platform::BROWSER {
        view! { <Button label look press /> }.into_any()
    } else {
        view! { <a class=look.class() href="">{label}</a> }.into_any()
    }
}

/// The button of a form.
#[component]
pub fn SubmitButton(
    #[prop(into)] label: Signal<String>,
    #[prop(default = Look::Main)] look: Look,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="submit" class=look.class() aria-disabled=move || busy.get().then_some("true")
            on:click=move |e| if busy.get_untracked() { e.prevent_default() }>
            {move || label.get()}
        </button>
    }
    .into_any()
}
