//! How far something is, in percent, with words.

use leptos::prelude::*;

#[component]
pub fn Progress(#[prop(into)] percent: Signal<u32>, #[prop(into)] label: Signal<String>) -> impl IntoView {
    view! {
        <div class="progress">
            <progress max="100" value=move || percent.get().min(100) aria-label=move || label.get()></progress>
            <span>{move || label.get()}</span>
        </div>
    }
    .into_any()
}
