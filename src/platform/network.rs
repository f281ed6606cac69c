//! Whether the phone thinks it has a network. "Yes" may be wrong, "no" is right.

pub fn online() -> bool {
    super::window().is_none_or(|w| w.navigator().on_line())
}

/// Calls `f` with the new state at every change.
pub fn on_change(f: impl Fn(bool) + Clone + 'static) {
    let off = f.clone();
    super::document::on_window("online", move |_| f(true));
    super::document::on_window("offline", move |_| off(false));
}
