//! The parts of an application with what is done and what is left.

use super::{Tone, tag};
use crate::i18n::t;
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    Done,
    Started,
    Todo,
    /// Sent back, or with a fault.
    Fix,
    /// May be left out.
    Optional,
    /// Cannot be begun yet; shown without a link.
    Later,
}

pub struct TaskRow {
    pub label: String,
    pub hint: String,
    pub href: String,
    pub state: TaskState,
}

#[component]
pub fn TaskList(rows: Vec<TaskRow>) -> impl IntoView {
    let row = |row: TaskRow| {
        let w = t().ui();
        let (tone, word) = match row.state {
            TaskState::Done => (Tone::Done, w.task_done),
            TaskState::Started => (Tone::Act, w.task_started),
            TaskState::Todo => (Tone::Act, w.task_todo),
            TaskState::Fix => (Tone::Wait, w.task_fix),
            TaskState::Optional => (Tone::Plain, w.task_optional),
            TaskState::Later => (Tone::Plain, w.task_later),
        };
        let text = view! {
            <span class="what">
                <b>{row.label}</b>
                {(!row.hint.is_empty()).then(|| view! { <small>{row.hint}</small> })}
            </span>
            {tag(tone, word)}
        };
        if row.state == TaskState::Later {
            view! { <li><span class="task">{text}</span></li> }.into_any()
        } else {
            view! { <li><a class="task" href=row.href>{text}</a></li> }.into_any()
        }
    };
    view! { <ul class="tasks">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
}
