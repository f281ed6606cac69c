//! What only the owner sees below the journey: files, sharing, the key on this phone, taking it back. With the
//! *lihat* link only a word about what it does not show.

use super::door;
use super::page::View;
use super::state;
use super::ticket::download;
use super::timeline::item_name;
use super::typed::Door;
use super::watch::Seen;
use crate::client::keyring;
use crate::i18n::{self, t};
use crate::platform::{self, share};
use crate::routes::{Route, Task};
use crate::shell::use_navigation;
use crate::ui::{Button, Details, Look};
use leptos::prelude::*;
use satu_pintu_api::application::FileItem;

pub fn part(view: View) -> AnyView {
    let number = view.watch.number.get_value();
    let body = move || {
        if view.mine() { owned(view) } else { viewed(&number) }
    };
    body.into_any()
}

fn viewed(number: &str) -> AnyView {
    let w = t().tracking();
    let href = Route::Tracking(number.to_string()).link();
    view! { <p class="small">{w.view_note} " " <a href=href>{w.view_own}</a></p> }.into_any()
}

fn owned(view: View) -> AnyView {
    let w = t().tracking();
    let files = move || {
        let seen = view.seen()?;
        let shown = seen.application.as_ref()?.files.clone();
        Some(files(view, &seen.tracking.number, shown))
    };
    let withdraw = move || {
        let seen = view.seen().filter(|s| state::may_withdraw(s.tracking.status.state))?;
        let href = Route::Application(seen.tracking.number.clone(), Task::Withdraw).link();
        Some(view! { <p><a href=href>{w.withdraw_title}</a></p> })
    };
    if !platform::BROWSER {
        let ask =
            move || view.seen().map(|seen| view! { <p><a class="btn quiet" href=ask(view, &seen)>{w.ask_wa}</a></p> });
        return view! { {files} {ask} }.into_any();
    }
    view! {
        {files}
        <section class="share" aria-labelledby="bagikan">
            <h2 id="bagikan">{w.share_title}</h2>
            {move || view.seen().map(|seen| links(view, &seen))}
        </section>
        {remember(view)}
        {withdraw}
    }
    .into_any()
}

fn files(view: View, number: &str, files: Vec<FileItem>) -> AnyView {
    let w = t().tracking();
    if files.is_empty() {
        return ().into_any();
    }
    let number = number.to_string();
    let row = move |file: FileItem| {
        let path = ["/applications/", &number, "/files/", &file.id, "/ticket"].concat();
        let item = file.item.clone();
        let name = move || item_name(&item, view.detail().as_deref());
        let about = w.files_download_about(&file.name);
        view! {
            <li>
                <div>
                    <b>{name}</b>
                    <p class="small">{w.files_page(file.page)} " · " {file.name} " · " {i18n::size(file.size)}</p>
                </div>
                {download(number.clone(), path, w.files_download.to_string(), about, true)}
            </li>
        }
    };
    let summary = [w.files_title, " (", &files.len().to_string(), ")"].concat();
    view! {
        <Details summary=summary>
            <ul class="file-list">{files.into_iter().map(row).collect_view()}</ul>
        </Details>
    }
    .into_any()
}

/// A question to the office.
fn ask(view: View, seen: &Seen) -> String {
    let tracking = &seen.tracking;
    let text = t().tracking().ask_message(&tracking.service_name, &tracking.number);
    share::whatsapp_link(&view.office().whatsapp, &text)
}

/// Sharing gives the *lihat* link; a question to the office has the number and never a key.
fn links(view: View, seen: &Seen) -> AnyView {
    let w = t().tracking();
    let tracking = &seen.tracking;
    let (number, service) = (tracking.number.clone(), tracking.service_name.clone());
    let Some(key) = door::key(Door::Manage, &number) else { return ().into_any() };
    let link = door::view_link(&number, &key);
    let text = w.share_message(&number, &service, &link);
    let ask = ask(view, seen);
    let copied = RwSignal::new("");
    let copy = move || {
        let link = link.clone();
        leptos::task::spawn_local(async move {
            let done = share::copy(&link).await;
            copied.try_set(if done { w.share_copied } else { w.share_copy_failed });
        });
    };
    view! {
        <p><a class="btn quiet" href=ask>{w.ask_wa}</a></p>
        <p>{w.share_text}</p>
        <p class="pair">
            <a class="btn quiet" href=share::whatsapp_link("", &text)>{w.share_wa}</a>
            <Button label=w.share_copy look=Look::Quiet press=copy />
        </p>
        <p class="small" role="status">{copied}</p>
    }
    .into_any()
}

/// Keeping the key on an own phone, or taking it off this one.
fn remember(view: View) -> AnyView {
    let w = t().tracking();
    let number = StoredValue::new(view.watch.number.get_value());
    let kept = RwSignal::new(keyring::kept(&number.get_value()));
    let was = kept.get_untracked();
    let keep = move || {
        door::remember(&number.get_value());
        kept.set(true);
        leptos::task::spawn_local(view.watch.remember());
    };
    let navigation = use_navigation();
    let forget = move || {
        leptos::task::spawn_local(async move {
            let Some(number) = number.try_get_value() else { return };
            door::drop_key(Door::Manage, &number, true);
            crate::client::desk::wipe(&number).await;
            navigation.go(&Route::Track.link());
        });
    };
    if was {
        return view! {
            <Details summary=w.phone_forget>
                <p>{w.phone_forget_sure}</p>
                <Button label=w.phone_forget_yes look=Look::Danger press=forget />
            </Details>
        }
        .into_any();
    }
    view! {
        <section class="todo ask" aria-labelledby="ingat">
            <h2 id="ingat">{w.remember_title}</h2>
            <p>{w.remember_text}</p>
            {move || (!kept.get()).then(|| view! { <Button label=w.remember look=Look::Quiet press=keep /> })}
            <p role="status">{move || if kept.get() { w.remembered } else { "" }}</p>
        </section>
    }
    .into_any()
}
