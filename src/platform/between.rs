//! What the programs of one page have in common: news that they tell each other, and a memory that ends with the
//! page. (See `program.rs`; each program has a WebAssembly memory of its own.)

use wasm_bindgen::{JsCast, JsValue};

/// The address has changed.
pub const GONE: &str = "app-go";
/// A program shows the page of the address; the detail is its name.
pub const SHOWN: &str = "app-shown";
/// An application is to leave this phone; the detail is its number.
pub const FORGET: &str = "app-forget";

/// Tells every program of this page, and the page's own script.
pub fn tell(news: &str, detail: &str) {
    let Some(window) = super::window() else { return };
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail.into());
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(news, &init) {
        let _ = window.dispatch_event(&event);
    }
}

/// Calls `f` with the detail whenever these news are told, by this program or another.
pub fn on_news(news: &str, f: impl Fn(&str) + 'static) {
    super::document::on_window(news, move |event| {
        let detail = event.dyn_ref::<web_sys::CustomEvent>().and_then(|e| e.detail().as_string());
        f(&detail.unwrap_or_default());
    });
}

fn place(name: &str) -> JsValue {
    JsValue::from_str(&["satu-pintu:", name].concat())
}

/// Keeps a text in memory until the page is left; on the host it is forgotten at once.
pub fn keep(name: &str, value: &str) {
    if let Some(window) = super::window() {
        let _ = js_sys::Reflect::set(&window, &place(name), &value.into());
    }
}

pub fn kept(name: &str) -> Option<String> {
    let window = super::window()?;
    js_sys::Reflect::get(&window, &place(name)).ok()?.as_string()
}

pub fn forget(name: &str) {
    if let Some(window) = super::window() {
        let _ = js_sys::Reflect::delete_property(&window, &place(name));
    }
}
