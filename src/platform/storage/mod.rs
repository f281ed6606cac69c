//! What stays on the phone. `database` (IndexedDB) is durable and holds texts and files; `session` ends with
//! the tab. All of it may be refused or full: every call says whether it worked, none panics.

pub mod database;
pub mod local;
pub mod sealed;

fn session_store() -> Option<web_sys::Storage> {
    super::window()?.session_storage().ok()?
}

/// A text of this tab.
pub fn session_get(key: &str) -> Option<String> {
    session_store()?.get_item(key).ok()?
}

/// Keeps a text until the tab is closed; false when refused.
pub fn session_set(key: &str, value: &str) -> bool {
    session_store().is_some_and(|s| s.set_item(key, value).is_ok())
}

pub fn session_remove(key: &str) {
    if let Some(s) = session_store() {
        let _ = s.remove_item(key);
    }
}

/// Asks the browser not to throw our data away; false when it makes no promise.
pub async fn persist() -> bool {
    let Some(w) = super::window() else { return false };
    let storage = js_sys::Reflect::get(&w.navigator(), &wasm_bindgen::JsValue::from_str("storage"));
    if !storage.is_ok_and(|s| s.is_object()) {
        return false;
    }
    match w.navigator().storage().persist() {
        Ok(promise) => wasm_bindgen_futures::JsFuture::from(promise).await.is_ok_and(|v| v.is_truthy()),
        Err(_) => false,
    }
}

/// Takes everything of this site off the phone: the database, short texts, and pages kept for use without a network.
pub async fn wipe() {
    let Some(w) = super::window() else { return };
    for store in [w.local_storage(), w.session_storage()] {
        if let Ok(Some(store)) = store {
            let _ = store.clear();
        }
    }
    database::wipe().await;
    let Ok(caches) = w.caches() else { return };
    let Ok(names) = wasm_bindgen_futures::JsFuture::from(caches.keys()).await else { return };
    for name in js_sys::Array::from(&names).iter().filter_map(|name| name.as_string()) {
        let _ = wasm_bindgen_futures::JsFuture::from(caches.delete(&name)).await;
    }
}
