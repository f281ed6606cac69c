//! More for those who want it: a summary that opens.

use leptos::prelude::*;

#[component]
pub fn Details(#[prop(into)] summary: String, #[prop(optional)] open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="more" open=open>
            <summary>{summary}</summary>
            <div class="inside">{children()}</div>
        </details>
    }
    .into_any()
}
