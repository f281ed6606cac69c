//! Secret keys of applications: in memory, and on an own phone also in its storage. One place for all features.
//! A key never goes into an address or a log.

use crate::platform::storage::{local, session_remove};
use satu_pintu_domain::key::Key;
use std::cell::RefCell;
use std::collections::BTreeMap;

const PREFIX: &str = "sp-key:";

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, Key>> = const { RefCell::new(BTreeMap::new()) };
}

fn place(number: &str) -> String {
    [PREFIX, number].concat()
}

/// The key of an application, if this phone has it.
pub fn get(number: &str) -> Option<Key> {
    if let Some(key) = MEMORY.with_borrow(|m| m.get(number).cloned()) {
        return Some(key);
    }
    let key = Key::parse(&local::get(&place(number))?).ok()?;
    MEMORY.with_borrow_mut(|m| m.insert(number.into(), key.clone()));
    Some(key)
}

/// Keeps a key; on the phone itself only with `keep` (an own phone).
pub fn put(number: &str, key: Key, keep: bool) {
    if keep {
        local::set(&place(number), &key.shown());
    }
    MEMORY.with_borrow_mut(|m| m.insert(number.into(), key));
}

/// Takes the key off this phone.
pub fn forget(number: &str) {
    local::remove(&place(number));
    // What the tracking page keeps until the tab is closed.
    session_remove(&["sp-urus:", number].concat());
    session_remove(&["seen-urus:", number].concat());
    MEMORY.with_borrow_mut(|m| m.remove(number));
}

/// Whether the key stays on this phone when the page is closed.
pub fn kept(number: &str) -> bool {
    local::get(&place(number)).is_some()
}

/// The numbers whose keys this phone keeps.
pub fn numbers() -> Vec<String> {
    local::keys(PREFIX).iter().filter_map(|k| k.strip_prefix(PREFIX)).map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_until_it_is_forgotten() {
        let key = Key::new([7; 10]);
        assert_eq!(get("2026-0001-AB"), None);
        put("2026-0001-AB", key.clone(), false);
        assert_eq!(get("2026-0001-AB"), Some(key));
        assert!(!kept("2026-0001-AB"));
        forget("2026-0001-AB");
        assert_eq!(get("2026-0001-AB"), None);
    }
}
