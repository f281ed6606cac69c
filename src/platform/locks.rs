//! One tab at a time: the browser's own locks, which end with the tab that holds them, however it ends.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Waits until no other tab holds the same name, and keeps them out until it is dropped. Where the browser has no
/// locks it waits for nobody: the server counts what comes twice once.
pub async fn alone(name: &str) -> Held {
    Held(hold(name).await)
}

/// Lets go when dropped.
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// What releases the lock, once it is ours.
async fn hold(name: &str) -> Option<Function> {
    let navigator: JsValue = super::window()?.navigator().into();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let ours = Promise::new(&mut |granted, _| {
        let refused = granted.clone();
        // The lock is held until the promise that this gives is kept.
        let hold = Closure::once_into_js(move |_lock: JsValue| {
            Promise::new(&mut |release, _| drop(granted.call1(&JsValue::UNDEFINED, &release)))
        });
        // Where storage is forbidden so are locks: then nobody is kept out, and nobody waits for ever.
        let asked = request.call2(&locks, &name.into(), &hold);
        let catch = asked.as_ref().ok().and_then(|promise| Reflect::get(promise, &"catch".into()).ok());
        match (asked, catch.and_then(|catch| catch.dyn_into::<Function>().ok())) {
            (Ok(promise), Some(catch)) => drop(catch.call1(&promise, &refused)),
            _ => drop(refused.call0(&JsValue::UNDEFINED)),
        }
    });
    JsFuture::from(ours).await.ok()?.dyn_into().ok()
}
