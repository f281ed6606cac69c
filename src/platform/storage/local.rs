//! Short texts that stay on the phone and can be read without waiting: the keys of applications. Larger things
//! are in `database`.

fn store() -> Option<web_sys::Storage> {
    super::super::window()?.local_storage().ok()?
}

pub fn get(key: &str) -> Option<String> {
    store()?.get_item(key).ok()?
}

/// False when the phone refuses.
pub fn set(key: &str, value: &str) -> bool {
    store().is_some_and(|s| s.set_item(key, value).is_ok())
}

pub fn remove(key: &str) {
    if let Some(s) = store() {
        let _ = s.remove_item(key);
    }
}

/// The keys that begin with `prefix`.
pub fn keys(prefix: &str) -> Vec<String> {
    let Some(s) = store() else { return Vec::new() };
    let count = s.length().unwrap_or(0);
    (0..count).filter_map(|at| s.key(at).ok().flatten()).filter(|k| k.starts_with(prefix)).collect()
}
