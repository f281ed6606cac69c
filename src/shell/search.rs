//! Searching a list: by the app at every key press, without script by a form that comes back.

use super::use_navigation;
use crate::i18n::t;
use crate::platform;
use leptos::prelude::*;

/// Name of the field.
pub const SEARCHED: &str = "cari";

/// What was searched for by the form.
pub fn searched() -> String {
    use_navigation().asked(SEARCHED).unwrap_or_default()
}

/// Sends the form where no script does.
pub fn search_button() -> Option<AnyView> {
    (!platform::BROWSER).then(|| {
        view! { <noscript><button type="submit" class="btn quiet">{t().wizard().find_go}</button></noscript> }
            .into_any()
    })
}
