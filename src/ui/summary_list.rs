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
pub fn SummaryList(rows: Vec<SummaryRow>) -> impl IntoView {
    let row = |row: SummaryRow| {
        let label = row.label.clone();
        view! {
            <div>
                <dt>{row.label}</dt>
                <dd>{row.value}</dd>
                {row.change.map(|(href, word)| view! {
                    <dd class="change"><a href=href>{word} <span class="hidden-text">": " {label}</span></a></dd>
                })}
            </div>
        }
    };
    view! { <dl class="summary">{rows.into_iter().map(row).collect_view()}</dl> }.into_any()
}
