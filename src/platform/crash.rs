//! Tells the page's own script (index.html) that the app has started, or that it has died. The script shows
//! the crash section; it works even when nothing of this program does.

/// Sends a panic's text to the page's script.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        signal("app-crashed", &place);
    }));
}

/// The first view stands.
pub fn started() {
    signal("app-started", "");
}

fn signal(name: &str, detail: &str) {
    let Some(window) = super::window() else { return };
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail.into());
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = window.dispatch_event(&event);
    }
}
