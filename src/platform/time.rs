//! The phone's clock, waiting and repeating.

use satu_pintu_domain::date::{Day, Zone};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// In the context of a rendering on the host: what time it is, in milliseconds since 1970 UTC.
#[derive(Clone, Copy)]
pub struct Moment(pub i64);

/// Milliseconds since 1970 UTC; on the host the moment of the rendering, or the system's clock.
pub fn now() -> i64 {
    if super::BROWSER {
        return js_sys::Date::now() as i64;
    }
    if let Some(Moment(now)) = leptos::prelude::use_context() {
        return now;
    }
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map(|d| d.as_millis() as i64).unwrap_or(0)
}

/// Today in the office's zone.
pub fn today(zone: Zone) -> Day {
    Day::at(now(), zone)
}

/// Waits.
pub async fn sleep(ms: i32) {
    let Some(window) = super::window() else { return };
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(promise).await;
}

/// Repeats `f` every `ms` milliseconds until the returned guard is dropped.
pub fn every(ms: i32, f: impl FnMut() + 'static) -> Repeating {
    let f = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(f);
    let id = super::window()
        .and_then(|w| w.set_interval_with_callback_and_timeout_and_arguments_0(f.as_ref().unchecked_ref(), ms).ok());
    Repeating { id, _f: f }
}

/// Stops repeating when dropped: keep it in `on_cleanup`.
pub struct Repeating {
    id: Option<i32>,
    _f: wasm_bindgen::closure::Closure<dyn FnMut()>,
}

impl Drop for Repeating {
    fn drop(&mut self) {
        if let (Some(id), Some(w)) = (self.id, super::window()) {
            w.clear_interval_with_handle(id);
        }
    }
}
