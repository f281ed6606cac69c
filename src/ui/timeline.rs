//! What happened and what comes next, from top to bottom.

use super::{Icon, icon};
use crate::i18n::t;
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Done,
    Now,
    Next,
    /// A step as such, in nobody's file: only its number.
    Step,
    /// Waits for the reader, or was refused.
    Stop,
}

pub struct TimelineRow {
    pub mark: Mark,
    pub title: String,
    /// Date and remarks, one line each.
    pub lines: Vec<String>,
}

#[component]
pub fn Timeline(rows: Vec<TimelineRow>) -> impl IntoView {
    let row = |(i, row): (usize, TimelineRow)| {
        let w = t().ui();
        let (class, word) = match row.mark {
            Mark::Done => ("done", w.mark_done),
            Mark::Now => ("now", w.mark_now),
            Mark::Next => ("next", w.mark_next),
            Mark::Step => ("step", ""),
            Mark::Stop => ("stop", w.mark_stop),
        };
        let dot = match row.mark {
            Mark::Done => icon(Icon::Check),
            Mark::Now => "●".into_any(),
            Mark::Next | Mark::Step => (i + 1).into_any(),
            Mark::Stop => "!".into_any(),
        };
        view! {
            <li class=class aria-current=(row.mark == Mark::Now).then_some("step")>
                <span class="dot" aria-hidden="true">{dot}</span>
                <div>
                    <b>{(!word.is_empty()).then(|| view! { <span class="hidden-text">{word} ": "</span> })} {row.title}</b>
                    {row.lines.into_iter().map(|line| view! { <p class="small">{line}</p> }).collect_view()}
                </div>
            </li>
        }
    };
    view! { <ol class="timeline">{rows.into_iter().enumerate().map(row).collect_view()}</ol> }.into_any()
}
