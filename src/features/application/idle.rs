//! The warning on a shared phone before everything is taken off it, and what is said afterwards.

use crate::client::desk::{Idle, use_desk};
use crate::i18n::t;
use crate::platform::document;
use crate::routes::Route;
use crate::shell::use_navigation;
use crate::ui::Button;
use leptos::prelude::*;

#[component]
pub fn IdleWatch() -> impl IntoView {
    let desk = use_desk();
    let place = use_navigation();
    let stage = Memo::new(move |_| match desk.idle.get() {
        Idle::Quiet => 0,
        Idle::Warning(_) => 1,
        Idle::Wiped => 2,
    });
    Effect::new(move |before: Option<i32>| {
        let now = stage.get();
        if now > 0 && before != Some(now) {
            document::after_render(|| {
                document::focus("#idle-box");
            });
        }
        now
    });
    let close = move || {
        let wiped = stage.get_untracked() == 2;
        desk.stay();
        if wiped {
            place.replace(&Route::Home.link());
        }
    };
    move || {
        let w = t().application();
        let (title, button) = match stage.get() {
            0 => return None,
            1 => (w.idle_title, w.idle_stay),
            _ => (w.idle_wiped_title, w.idle_close),
        };
        let seconds = move || match desk.idle.get() {
            Idle::Warning(left) => w.idle_text(left),
            _ => w.idle_wiped_text.to_string(),
        };
        Some(view! {
            <div class="veil">
                <div id="idle-box" class="idle-box" role="alertdialog" aria-modal="true" tabindex="-1"
                    aria-labelledby="idle-title">
                    <h2 id="idle-title">{title}</h2>
                    <p>{seconds}</p>
                    <Button label=button press=close />
                </div>
            </div>
        })
    }
}
