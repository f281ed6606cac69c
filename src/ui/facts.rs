//! Short facts in pairs: cost, time, validity. A definition list that becomes a grid where there is room.

use leptos::prelude::*;

/// Pairs of label and content; empty texts are left out by the caller.
pub fn facts(pairs: Vec<(&'static str, AnyView)>) -> AnyView {
    let pair = |(label, value)| view! { <div><dt>{label}</dt> <dd>{value}</dd></div> };
    view! { <dl class="facts">{pairs.into_iter().map(pair).collect_view()}</dl> }.into_any()
}
