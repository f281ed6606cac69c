//! Listening to the window for as long as a page is shown, unlike `document::on_window`, which never ends.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Stops listening when dropped: keep it in a `StoredValue::new_local`.
pub struct Listening {
    name: &'static str,
    f: Closure<dyn FnMut(web_sys::Event)>,
}

/// Calls `f` at every event of a name on the window until the returned guard is dropped.
pub fn while_shown(name: &'static str, mut f: impl FnMut() + 'static) -> Option<Listening> {
    let window = super::window()?;
    let f = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| f());
    window.add_event_listener_with_callback(name, f.as_ref().unchecked_ref()).ok()?;
    Some(Listening { name, f })
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(w) = super::window() {
            let _ = w.remove_event_listener_with_callback(self.name, self.f.as_ref().unchecked_ref());
        }
    }
}
