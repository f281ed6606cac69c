//! "Menunggu terkirim": everything that is only on this phone, with its state, another try, and a way to throw it
//! away.

use crate::client::desk::{Desk, OnPhone};
use crate::client::draft::is_local;
use crate::client::outbox::{self, Answers};
use crate::client::transfer::Phase;
use crate::client::upload::Upload;
use crate::i18n::{self, t};
use crate::platform::network;
use crate::routes::{Route, Task};
use crate::ui::{Button, Look, Tone, tag};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What this phone holds for the office.
#[derive(Clone, Default)]
pub struct Waiting {
    pub drafts: Vec<OnPhone>,
    pub answers: Vec<Answers>,
}

pub fn section(desk: Desk, waiting: Waiting, load: impl Fn() + Copy + 'static) -> AnyView {
    let w = t().application();
    let drafts: Vec<OnPhone> =
        waiting.drafts.into_iter().filter(|line| line.unsent || line.draft.refused.is_some()).collect();
    let ids = Memo::new(move |_| {
        let waits = |u: &&Upload| !matches!(u.transfer.phase, Phase::Received);
        desk.uploads.list.with(|list| list.iter().filter(waits).map(|u| u.id.clone()).collect::<Vec<_>>())
    });
    let empty = drafts.is_empty() && waiting.answers.is_empty();
    let drafts = drafts.into_iter().map(draft).collect_view();
    let answers = waiting.answers.into_iter().map(|a| survey(a, load)).collect_view();
    let files = move || ids.get().into_iter().map(|id| file(desk, &id)).collect_view();
    let again = move || {
        desk.hurry();
        load();
    };
    view! {
        <section class="waiting-list" aria-labelledby="menunggu" hidden=move || empty && ids.get().is_empty()>
            <h2 id="menunggu">{w.waiting_title}</h2>
            <p>{w.waiting_text}</p>
            <ul class="kept">{drafts} {files} {answers}</ul>
            <Button label=w.queued_try press=again />
        </section>
    }
    .into_any()
}

fn draft(line: OnPhone) -> AnyView {
    let w = t().application();
    let draft = line.draft;
    let number = if draft.is_local() { w.over_local.to_string() } else { draft.number.clone() };
    let (tone, state) = match (&draft.refused, draft.wish, draft.clashes.is_empty()) {
        (Some(_), ..) => (Tone::Stop, w.not_sent),
        (None, _, false) => (Tone::Wait, w.clash_title),
        (None, Some(_), _) => (Tone::Wait, w.waiting_wish),
        (None, None, _) => (Tone::Wait, w.waiting_fields),
    };
    let task = if draft.wish.is_some() || draft.refused.is_some() { Task::Review } else { Task::List };
    let href = Route::Application(draft.number.clone(), if draft.sent { Task::List } else { task }).link();
    view! { <li><a href=href><b>{draft.service_name.clone()}</b> " " <span>{number}</span></a> {tag(tone, state)}</li> }
        .into_any()
}

/// A file. Does not track: its row ends with it.
fn file(desk: Desk, id: &str) -> AnyView {
    let w = t().upload();
    let known = |list: &Vec<Upload>| list.iter().find(|u| u.id == id).cloned();
    let Some(upload) = desk.uploads.list.with_untracked(known) else { return ().into_any() };
    let own = upload.id.clone();
    let state = Memo::new(move |_| {
        let of = |u: &Upload| match &u.transfer.phase {
            Phase::Refused(code) => t().problem().get(code).unwrap_or(t().problem().file_damaged).to_string(),
            Phase::NeedsKey => t().problem().key_missing.to_string(),
            Phase::Paused => t().ui().file_paused.to_string(),
            Phase::Waiting | Phase::Resting if !network::online() => t().ui().file_waiting.to_string(),
            _ if is_local(&u.number) => t().ui().file_waiting.to_string(),
            _ => t().ui().file_sending(u.transfer.percent()),
        };
        desk.uploads.list.with(|list| list.iter().find(|u| u.id == own).map(of)).unwrap_or_default()
    });
    let (name, size) = (upload.name.clone(), i18n::size(upload.transfer.size));
    let label = w.remove_label(&name);
    let href = Route::Application(upload.number.clone(), Task::File(upload.item.clone())).link();
    let sure = RwSignal::new(false);
    let spoken = move || if sure.get() { [t().application().kept_sure, ": ", &label].concat() } else { label.clone() };
    let remove = move |_| {
        if sure.get_untracked() {
            desk.drop_upload(&upload.id);
        }
        sure.set(true);
    };
    view! {
        <li>
            <a href=href><b>{name}</b> " " <span>{size}</span></a>
            <p class="small">{move || state.get()}</p>
            <button type="button" class="small-btn" aria-label=spoken on:click=remove>
                {move || if sure.get() { t().application().kept_sure } else { w.remove }}
            </button>
        </li>
    }
    .into_any()
}

fn survey(answers: Answers, load: impl Fn() + Copy + 'static) -> AnyView {
    let w = t().application();
    let state = match &answers.refused {
        Some(code) => tag(Tone::Stop, t().problem().get(code).unwrap_or(t().problem().broken)),
        None => tag(Tone::Wait, w.waiting_answers),
    };
    let sure = RwSignal::new(false);
    let label = Signal::derive(move || if sure.get() { w.kept_sure } else { t().upload().remove }.to_string());
    let press = move || {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        let token = answers.token.clone();
        spawn_local(async move {
            outbox::forget_answers(&token).await;
            load();
        });
    };
    view! { <li><b>{w.waiting_survey}</b> {state} <Button label look=Look::Quiet press /></li> }.into_any()
}
