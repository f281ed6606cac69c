//! Secret keys of applications: in memory, and on an own phone also in its storage. One place for all features.
//! A key never goes into an address or a log.

use crate::platform::between;
use crate::platform::storage::{local, session_remove};
use satu_pintu_domain::key::Key;

const PREFIX: &str = "sp-key:";

fn place(number: &str) -> String {
    [PREFIX, number].concat()
}

/// The key of an application, if this phone has it.
pub fn get(number: &str) -> Option<Key> {
    let place = place(number);
    Key::parse(&between::kept(&place).or_else(|| local::get(&place))?).ok()
}

/// Keeps a key: with `keep` (an own phone) on the phone itself; in memory where it does not stand there. What stands
/// only in memory would be lost with the page, and a newer release waits for it.
pub fn put(number: &str, key: &Key, keep: bool) {
    let (place, shown) = (place(number), key.shown());
    if keep {
        local::set(&place, &shown);
    }
    if local::get(&place).as_deref() == Some(shown.as_str()) {
        between::forget(&place);
    } else {
        between::keep(&place, &shown);
    }
}

/// Takes the key off this phone.
pub fn forget(number: &str) {
    local::remove(&place(number));
    between::forget(&place(number));
    // That of the tracking page, which goes when the tab is closed.
    session_remove(&["sp-urus:", number].concat());
}

/// Whether the key stays on this phone when the page is closed.
pub fn kept(number: &str) -> bool {
    local::get(&place(number)).is_some()
}

/// The numbers whose keys this phone keeps.
pub fn numbers() -> Vec<String> {
    local::keys(PREFIX).iter().filter_map(|k| k.strip_prefix(PREFIX)).map(str::to_string).collect()
}
