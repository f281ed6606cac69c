//! What lies below the first screen.

use super::use_navigation;
use crate::platform::{self, document};
use leptos::prelude::*;

/// Content below the first screen of a page. Where the app goes to the page, it is made after the picture of what
/// stands above it, so that a slow phone answers at once. A page that begins, or is gone back to, is made whole.
pub fn below(content: impl Fn() -> AnyView + 'static) -> AnyView {
    if !platform::BROWSER || !use_navigation().onward() {
        return content();
    }
    let seen = RwSignal::new(false);
    document::after_picture(move || _ = seen.try_set(true));
    (move || seen.get().then(&content)).into_any()
}
