//! What lies below the first screen.

use super::use_navigation;
use crate::platform::{self, document};
use leptos::prelude::*;

/// Content below the first screen of a page. Where the app goes to the page, it is made after the picture of what
/// stands above it, so that a slow phone answers at once. A page that begins, or is gone back to, is made whole.
pub fn below(content: impl Fn() -> AnyView + 'static) -> AnyView {
    let seen = RwSignal::new(false);
    after_screen(move || _ = seen.try_set(true));
    if seen.get_untracked() {
        return content();
    }
    (move || seen.get().then(&content)).into_any()
}

/// What such content needs begins with it: at once, or after the picture.
pub fn after_screen(begin: impl FnOnce() + 'static) {
    if platform::BROWSER && use_navigation().onward() {
        document::after_picture(begin);
    } else {
        begin();
    }
}
