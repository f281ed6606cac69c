//! Tells the page's own script (index.html) that the app has started, or that it has died. The script shows
//! the crash section; it works even when nothing of this program does.

use super::between;

/// Sends a panic's text to the page's script.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        between::tell("app-crashed", &place);
    }));
}

/// The first view stands.
pub fn started() {
    between::tell("app-started", "");
}
