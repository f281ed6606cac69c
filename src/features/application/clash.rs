//! A field that was typed here and elsewhere: both values side by side, and the person chooses. Until then nothing
//! of it is sent.

use super::{data, rows, state};
use crate::client::desk::{Desk, use_desk};
use crate::i18n::t;
use crate::shell::Opened;
use crate::ui::{Button, Look, Message, Tone};
use leptos::prelude::*;

/// The choice, under a field.
pub fn choice(field: &str) -> AnyView {
    let desk = use_desk();
    let id = field.to_string();
    let both = Memo::new(move |_| both(desk, &id));
    let id = StoredValue::new(field.to_string());
    let shown = move || {
        let w = t().application();
        let (mine, theirs) = both.get()?;
        let take = move |own: bool| move || desk.choose(&id.get_value(), own);
        Some(view! {
            <Message tone=Tone::Wait title=w.clash_title>
                <p>{w.clash_here} " " <b>{mine}</b></p>
                <p>{w.clash_there} " " <b>{theirs}</b></p>
                <p class="pair">
                    <Button label=w.clash_take_here look=Look::Quiet press=take(true) />
                    <Button label=w.clash_take_there look=Look::Quiet press=take(false) />
                </p>
            </Message>
        })
    };
    view! { <div aria-live="polite">{shown}</div> }.into_any()
}

/// What was typed here and elsewhere, as a person reads it. Tracks.
fn both(desk: Desk, field: &str) -> Option<(String, String)> {
    let service = desk.detail.get()?.state.get().have()?;
    desk.draft.with(|draft| {
        let draft = draft.as_ref()?;
        let mut theirs = draft.fields.clone();
        match draft.clashes.get(field)? {
            Some(value) => theirs.insert(field.into(), value.clone()),
            None => theirs.remove(field),
        };
        let shown = |fields| rows::shown(&service.service, field, fields);
        Some((shown(&draft.fields), shown(&theirs)))
    })
}

/// All fields to choose, with the way there. Tracks.
pub fn list(opened: &Opened) -> AnyView {
    let (service, desk) = (opened.detail.clone(), opened.desk);
    let fields = Memo::new(move |_| {
        desk.draft.with(|d| d.as_ref().map(|d| d.clashes.keys().cloned().collect::<Vec<_>>()).unwrap_or_default())
    });
    let line = move |field: String| {
        let slug = state::part_of(&service.service, &field).unwrap_or_else(|| "nama".into());
        let href = data::link(&desk.number_now(), &slug);
        view! { <li><a href=href>{rows::label(&service.service, &field)}</a></li> }
    };
    (move || {
        let list = fields.get();
        (!list.is_empty()).then(|| {
            let lines = list.into_iter().map(&line).collect_view();
            view! {
                <Message tone=Tone::Wait title=t().application().clash_list live=true><ul class="missing">{lines}</ul></Message>
            }
        })
    })
    .into_any()
}
