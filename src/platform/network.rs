//! Whether the phone thinks it has a network. "Yes" may be wrong, "no" is right.

use wasm_bindgen::JsCast;

pub fn online() -> bool {
    super::window().is_none_or(|w| w.navigator().on_line())
}

/// Calls `f` with the new state at every change.
pub fn on_change(f: impl Fn(bool) + Clone + 'static) {
    let off = f.clone();
    super::document::on_window("online", move |_| f(true));
    super::document::on_window("offline", move |_| off(false));
}

/// The answer to a GET that the page's script (`src/shell/loader.js`) asked for while the program was on its way;
/// once, and none where it failed.
pub async fn early(path: &str) -> Option<String> {
    let window: js_sys::Object = super::window()?.into();
    let name = wasm_bindgen::JsValue::from(["early ", path].concat());
    let promise: js_sys::Promise = js_sys::Reflect::get(&window, &name).ok()?.dyn_into().ok()?;
    js_sys::Reflect::delete_property(&window, &name).ok()?;
    wasm_bindgen_futures::JsFuture::from(promise).await.ok()?.as_string()
}

/// A signal for `fetch` that ends it after `ms` milliseconds; dropping the guard ends the waiting, not the call.
pub struct Deadline {
    controller: Option<web_sys::AbortController>,
    _timer: Option<super::time::Repeating>,
}

impl Deadline {
    pub fn new(ms: i32) -> Deadline {
        let controller = super::window().and_then(|_| web_sys::AbortController::new().ok());
        let mut deadline = Deadline { controller, _timer: None };
        deadline.put_off(ms);
        deadline
    }

    /// So long from now.
    pub fn put_off(&mut self, ms: i32) {
        let own = self.controller.clone();
        self._timer = own.map(|c| super::time::every(ms, move || c.abort()));
    }

    pub fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.controller.as_ref().map(web_sys::AbortController::signal)
    }
}
