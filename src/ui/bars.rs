//! Horizontal bars that are at the same time a table: the figure stands in the cell, the bar only shows it.

use leptos::prelude::*;

pub struct Bar {
    pub label: String,
    /// Length in percent.
    pub percent: u32,
    /// The figure as it is read.
    pub shown: String,
}

/// `heads`: the words above the two columns.
#[component]
pub fn Bars(#[prop(into)] caption: String, heads: [String; 2], rows: Vec<Bar>) -> impl IntoView {
    let [what, figure] = heads;
    let row = |bar: Bar| {
        let width = bar.percent.min(100).to_string();
        view! {
            <tr>
                <th scope="row">{bar.label}</th>
                <td>
                    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="rail" width="100" height="8"></rect>
                        <rect class="fill" width=width height="8"></rect>
                    </svg>
                    <span class="figure">{bar.shown}</span>
                </td>
            </tr>
        }
    };
    view! {
        <table class="bars">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">{what}</th><th scope="col">{figure}</th></tr></thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
