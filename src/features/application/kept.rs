//! "Permohonan di HP ini": what waits to be sent, drafts and applications that this phone keeps, a draft from a
//! file, and taking everything off.

use super::waiting::{self, Waiting};
use crate::client::desk::{Desk, OnPhone, Unopened, on_this_phone, use_desk, wipe_everything};
use crate::client::outbox;
use crate::client::parcel::ENDING;
use crate::i18n::{self, t};
use crate::platform::picker::picked;
use crate::platform::{BROWSER, history};
use crate::routes::{Route, Task};
use crate::shell::{Affected, Page, needs_app, use_navigation};
use crate::ui::{Button, Icon, Look, Message, Tone, icon, tag};
use leptos::prelude::*;
use leptos::task::spawn_local;
use satu_pintu_domain::date::Zone;

pub fn kept_page() -> AnyView {
    let w = t().application();
    let desk = use_desk();
    let found = RwSignal::new(None::<Waiting>);
    let load = move || {
        if BROWSER {
            spawn_local(async move {
                let waiting = Waiting { drafts: on_this_phone().await, answers: outbox::answers().await };
                found.try_set(Some(waiting));
            });
        }
    };
    Effect::new(move || {
        desk.changed.track();
        load();
    });
    let list = move || match found.get() {
        None => view! { {needs_app()} <p role="status" class:waiting=!BROWSER>{t().shell().loading}</p> }.into_any(),
        Some(found) => {
            let lines = found.drafts.iter().cloned().map(|l| line(l, load)).collect_view();
            let none = found.drafts.is_empty().then(nothing);
            view! { {waiting::section(desk, found, load)} {none} <ul class="kept">{lines}</ul> {from_file(desk)} {WipeAll()} }
                .into_any()
        }
    };
    view! { <Page title=w.kept_title lead=w.kept_lead affected=Affected::None back=Route::Home.link()>{list}</Page> }
        .into_any()
}

fn nothing() -> AnyView {
    let w = t().application();
    view! {
        <Message><p>{w.kept_none}</p></Message>
        <p><a class="btn" href=Route::Services.link()>{w.kept_begin}</a></p>
        <p><a class="btn quiet" href=Route::Track.link()>{w.kept_track}</a></p>
    }
    .into_any()
}

/// A draft that another phone saved to a file.
fn from_file(desk: Desk) -> AnyView {
    let w = t().application();
    let place = use_navigation();
    let failed = RwSignal::new(None::<Unopened>);
    let chosen = move |e: leptos::ev::Event| {
        let Some(file) = picked(&e).into_iter().next() else { return };
        spawn_local(async move {
            let opened = match file.bytes().await {
                Some(bytes) => desk.open_file(&bytes).await,
                None => Err(Unopened::NoDraft),
            };
            match opened {
                Ok(number) => place.go(&Route::Application(number, Task::List).link()),
                Err(why) => drop(failed.try_set(Some(why))),
            }
        });
    };
    let words = move || {
        failed.get().map(|why| match why {
            Unopened::NoDraft => w.open_file_strange,
            Unopened::Here => w.open_file_here,
            Unopened::NoRoom => w.open_file_room,
        })
    };
    view! {
        <h2>{w.open_file_title}</h2>
        <p>{w.open_file_text}</p>
        <label class="btn quiet file">
            {icon(Icon::Paper)} <span>{w.open_file}</span>
            <input type="file" accept=[".", ENDING].concat() on:change=chosen />
        </label>
        <p class="field-error" role="alert">{words}</p>
    }
    .into_any()
}

/// Everything of this site leaves the phone.
#[component]
fn WipeAll() -> impl IntoView {
    let w = t().application();
    let sure = RwSignal::new(false);
    let label = Signal::derive(move || if sure.get() { w.wipe_all_sure } else { w.wipe_all }.to_string());
    let press = move || {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        spawn_local(async move {
            wipe_everything().await;
            history::load(&Route::Home.link());
        });
    };
    view! {
        <h2>{w.wipe_all}</h2>
        <p>{w.wipe_all_text}</p>
        <p class="small" role="status">{move || sure.get().then_some(w.kept_warning)}</p>
        <Button label look=Look::Danger press />
    }
}

fn line(line: OnPhone, load: impl Fn() + Copy + 'static) -> AnyView {
    let w = t().application();
    let desk = use_desk();
    let catalog = crate::client::catalog::use_catalog();
    let zone = catalog.now().map_or(Zone::Wib, |c| c.office.zone);
    let draft = line.draft;
    let number = draft.number.clone();
    let href = if draft.sent {
        Route::Tracking(number.clone()).link()
    } else {
        Route::Application(number.clone(), Task::List).link()
    };
    let (tone, word) = match (draft.sent, line.unsent) {
        (true, _) => (Tone::Done, w.kept_sent),
        (false, true) => (Tone::Wait, w.kept_unsent),
        (false, false) => (Tone::Act, w.kept_draft),
    };
    let sure = RwSignal::new(false);
    let label = Signal::derive(move || if sure.get() { w.kept_sure } else { w.kept_forget }.to_string());
    let shown = if draft.is_local() { w.over_local.to_string() } else { number.clone() };
    let press = move || {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        let number = number.clone();
        spawn_local(async move {
            desk.wipe(&number).await;
            load();
        });
    };
    view! {
        <li>
            <a href=href><b>{draft.service_name.clone()}</b> " " <span>{shown}</span></a>
            {tag(tone, word)}
            <p class="small">{w.kept_changed(i18n::moment(draft.changed, zone))}</p>
            <p class="small" role="status">{move || sure.get().then_some(w.kept_warning)}</p>
            <Button label look=Look::Quiet press />
        </li>
    }
    .into_any()
}
