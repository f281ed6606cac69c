//! A phone number to press. It stays on one line: a number that is broken is dialled wrong.

use crate::platform::share::phone_link;
use leptos::prelude::*;

/// A link that dials the number.
pub fn phone(number: &str) -> AnyView {
    view! { <a href=phone_link(number)>{unbroken(number)}</a> }.into_any()
}

/// A number whose hyphens and spaces do not break.
pub fn unbroken(number: &str) -> String {
    number.replace('-', "\u{2011}").replace(' ', "\u{a0}")
}
