//! Which key opens a page and where it stays: the owner's in the keyring, and until the tab is closed in the
//! session, so that a reload does not ask again. A key in the address leaves it at once.

use super::typed::{self, Door, KeyFault};
use crate::client::keyring;
use crate::platform::{history, storage};
use crate::shell::Navigation;
use satu_pintu_domain::key::Key;

fn place(door: Door, number: &str) -> String {
    let name = match door {
        Door::Manage => "sp-urus:",
        Door::View => "sp-lihat:",
    };
    [name, number].concat()
}

/// The key, if this phone has it: the newest first, which may still be wrong, then one that opened it before.
pub fn key(door: Door, number: &str) -> Option<Key> {
    let newest = storage::session_get(&place(door, number)).and_then(|text| Key::parse(&text).ok());
    newest.or_else(|| keyring::get(number).filter(|_| door == Door::Manage))
}

/// Keeps a key until the tab is closed. It goes to the keyring only after it has opened something.
pub fn keep(door: Door, number: &str, key: &Key) {
    storage::session_set(&place(door, number), &key.shown());
}

/// The key has opened the application: every page of this app may use it.
pub fn proved(door: Door, number: &str, key: Key) {
    if door == Door::Manage {
        keyring::put(number, &key, false);
    }
}

/// On an own phone it stays when the page is closed.
pub fn remember(number: &str) {
    if let Some(key) = key(Door::Manage, number) {
        keyring::put(number, &key, true);
    }
}

/// The key opens nothing; one that was replaced at the desk leaves the keyring too.
pub fn drop_key(door: Door, number: &str, revoked: bool) {
    storage::session_remove(&place(door, number));
    if revoked && door == Door::Manage {
        keyring::forget(number);
    }
}

/// Takes a key out of the address. `None` when there was none.
pub fn take(navigation: Navigation, door: Door, number: &str) -> Option<Result<(), KeyFault>> {
    let fragment = navigation.fragment.get_untracked();
    if fragment.is_empty() {
        return None;
    }
    navigation.hide_fragment();
    Some(typed::key(&typed::plain(&fragment)).map(|key| keep(door, number, &key)))
}

/// The link that may be shared: state, holder and days. Signs that chats take for formatting are written out.
pub fn view_link(number: &str, key: &Key) -> String {
    let path = crate::routes::Route::View(number.to_string()).link();
    [history::origin(), path, "#".to_string(), typed::fragment(&key.view())].concat()
}
