//! What was answered, line by line, each with its way to change it.

use leptos::prelude::*;

pub struct SummaryRow {
    pub label: String,
    /// Lines are kept.
    pub value: String,
    /// Where to change it, and the word for it ("Ubah").
    pub change: Option<(String, String)>,
}

#[component]
pub fn SummaryList(
    rows: Vec<SummaryRow>,
    /// The name under which the place to change is sent: a button of the form around the list instead of a link.
    #[prop(optional)]
    send: &'static str,
) -> impl IntoView {
    let change = move |(to, word): (String, String), label: String| {
        let words = view! { {word} <span class="hidden-text">": " {label}</span> };
        if send.is_empty() {
            view! { <a href=to>{words}</a> }.into_any()
        } else {
            view! { <button type="submit" class="link-btn" name=send value=to>{words}</button> }.into_any()
        }
    };
    let row = |row: SummaryRow| {
        let label = row.label.clone();
        view! {
            <div>
                <dt>{row.label}</dt>
                <dd>{row.value}</dd>
                {row.change.map(|place| view! { <dd class="change">{change(place, label)}</dd> })}
            </div>
        }
    };
    view! { <dl class="summary">{rows.into_iter().map(row).collect_view()}</dl> }.into_any()
}
