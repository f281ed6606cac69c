//! Where the file is. `find` asks where one applied, `page` shows one application with the parts `todo`,
//! `ball`, `promise` with `letter`, `timeline` and `owner`; `watch` fetches it, `door` has its key, `sent` does both for the form without script. Pure and tested on the host:
//! `state`, `days`, `journey`, `typed`.

mod ball;
mod days;
mod door;
mod find;
mod form;
mod journey;
mod letter;
mod marked;
mod owner;
mod page;
mod promise;
// The API is asked for a form on the host only.
#[cfg_attr(not(feature = "ssr"), allow(dead_code))]
mod sent;
mod state;
mod there;
mod ticket;
mod timeline;
mod todo;
mod typed;
mod watch;

#[cfg(feature = "ssr")]
pub use sent::{ask, shows};

use leptos::prelude::AnyView;
use typed::Door;

/// `/lacak`
pub fn find_page() -> AnyView {
    find::page()
}

/// `/lacak/:number`
pub fn page(number: String) -> AnyView {
    page::page(number, Door::Manage)
}

/// `/lihat/:number#key`
pub fn view_page(number: String) -> AnyView {
    page::page(number, Door::View)
}

/// `/urus/:number#key`
pub fn manage_page(number: String) -> AnyView {
    page::page(number, Door::Manage)
}
