//! "Permohonan di HP ini": drafts and applications that this phone keeps.

use crate::client::desk::{OnPhone, on_this_phone, use_desk};
use crate::i18n::{self, t};
use crate::platform::BROWSER;
use crate::routes::{Route, Task};
use crate::shell::{Affected, Page, needs_app};
use crate::ui::{Button, Look, Message, Tone, tag};
use leptos::prelude::*;
use leptos::task::spawn_local;
use satu_pintu_domain::date::Zone;

pub fn kept_page() -> AnyView {
    let w = t().application();
    let found = RwSignal::new(None::<Vec<OnPhone>>);
    let load = move || {
        if BROWSER {
            spawn_local(async move {
                let list = on_this_phone().await;
                found.try_set(Some(list));
            });
        }
    };
    load();
    let list = move || match found.get() {
        None => view! { {needs_app()} <p role="status" class:waiting=!BROWSER>{t().shell().loading}</p> }.into_any(),
        Some(list) if list.is_empty() => view! {
            <Message><p>{w.kept_none}</p></Message>
            <p><a class="btn" href=Route::Services.link()>{w.kept_begin}</a></p>
            <p><a class="btn quiet" href=Route::Track.link()>{w.kept_track}</a></p>
        }
        .into_any(),
        Some(list) => {
            view! { <ul class="kept">{list.into_iter().map(|l| line(l, load)).collect_view()}</ul> }.into_any()
        }
    };
    view! { <Page title=w.kept_title lead=w.kept_lead affected=Affected::None back=Route::Home.link()>{list}</Page> }
        .into_any()
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
