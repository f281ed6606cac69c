//! Taking an application back, or throwing a draft away: asked once more, with what it means.

use super::tasks::over;
use crate::i18n::t;
use crate::routes::{Route, Task};
use crate::shell::{Affected, Opened, Page, use_navigation, with_application};
use crate::ui::{Button, Look, Message, Tone};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub fn withdraw_page(number: String) -> AnyView {
    with_application(number, page)
}

fn page(opened: Opened) -> AnyView {
    let w = t().application();
    let desk = opened.desk;
    let place = use_navigation();
    let number = desk.number_now();
    let sent = desk.now().is_some_and(|d| d.sent);
    let decided = desk.office.with_untracked(|o| o.as_ref().is_some_and(|o| o.tracking.status.state.closed()));
    let back = if sent { Route::Tracking(number.clone()) } else { Route::Application(number.clone(), Task::List) };
    let back = back.link();
    if decided {
        return view! {
            <Page title=w.withdraw_late over=over(&number) affected=Affected::None>
                <p><a class="btn" href=Route::Tracking(number.clone()).link()>{w.to_tracking}</a></p>
            </Page>
        }
        .into_any();
    }
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let mine = number.clone();
    let press = move || {
        busy.set(true);
        failed.set(None);
        let number = mine.clone();
        spawn_local(async move {
            match desk.withdraw().await {
                Ok(()) if sent => place.replace(&Route::Tracking(number).link()),
                Ok(()) => {
                    desk.wipe(&number).await;
                    place.replace(&Route::Home.link());
                }
                Err(f) => {
                    busy.try_set(false);
                    failed.try_set(Some(f.words()));
                }
            }
        });
    };
    let (title, text, button) = if sent {
        (w.withdraw_title, w.withdraw_text, w.withdraw_yes)
    } else {
        (w.discard_title, w.discard_text, w.discard_yes)
    };
    let label = Signal::derive(move || if busy.get() { w.sending } else { button }.to_string());
    view! {
        <Page title=title over=over(&number) lead=text affected=Affected::None back=back.clone()>
            {move || failed.get().map(|text| view! { <Message tone=Tone::Stop live=true><p>{text}</p></Message> })}
            <Button label look=Look::Danger busy press />
            <p><a class="btn quiet" href=back>{w.withdraw_no}</a></p>
        </Page>
    }
    .into_any()
}
