//! The address bar: the present address, going to another one, and clicks on links of our own.

use super::between;
use wasm_bindgen::JsCast;

/// An address of this site, taken apart; `query` without `?`, `fragment` without `#`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Url {
    pub path: String,
    pub query: String,
    pub fragment: String,
}

impl Url {
    /// Takes `/path?query#fragment` apart.
    pub fn parse(href: &str) -> Url {
        let (rest, fragment) = href.split_once('#').unwrap_or((href, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        Url { path: path.into(), query: query.into(), fragment: fragment.into() }
    }
}

/// The present address.
pub fn current() -> Url {
    let Some(location) = super::window().map(|w| w.location()) else { return Url::default() };
    let part = |r: Result<String, wasm_bindgen::JsValue>, sign: char| {
        r.ok().map(|s| s.trim_start_matches(sign).to_string()).unwrap_or_default()
    };
    Url {
        path: location.pathname().unwrap_or_default(),
        query: part(location.search(), '?'),
        fragment: part(location.hash(), '#'),
    }
}

/// In the context of a rendering on the host: what [`origin`] is there.
#[derive(Clone)]
pub struct Origin(pub String);

/// `https://host`, for links that are written down or drawn as QR.
pub fn origin() -> String {
    if !super::BROWSER {
        return leptos::prelude::use_context::<Origin>().map(|Origin(origin)| origin).unwrap_or_default();
    }
    super::window().and_then(|w| w.location().origin().ok()).unwrap_or_default()
}

/// Adds an address to the history.
pub fn push(href: &str) {
    if let Some(history) = super::window().and_then(|w| w.history().ok()) {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
    }
    between::tell(between::GONE, "");
}

/// Puts an address in place of the present one.
pub fn replace(href: &str) {
    write(href);
    between::tell(between::GONE, "");
}

/// The same without a word to anybody: how a key leaves the address bar at once.
pub fn write(href: &str) {
    if let Some(history) = super::window().and_then(|w| w.history().ok()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
    }
}

/// One step back.
pub fn back() {
    if let Some(history) = super::window().and_then(|w| w.history().ok()) {
        let _ = history.back();
    }
}

/// Loads an address anew.
pub fn load(href: &str) {
    if let Some(w) = super::window() {
        let _ = w.location().set_href(href);
    }
}

pub fn reload() {
    if let Some(w) = super::window() {
        let _ = w.location().reload();
    }
}

/// Calls `f` when the address has changed: by Back or Forward, or by any program of this page.
pub fn on_change(f: impl Fn() + Clone + 'static) {
    let again = f.clone();
    super::document::on_window("popstate", move |_| f());
    between::on_news(between::GONE, move |_| again());
}

/// Offers `f` every plain click on a link to this site; when `f` takes it (true) the browser does not load it.
pub fn on_link(f: impl Fn(&str) -> bool + 'static) {
    super::document::on_window("click", move |event| {
        if let Some(href) = own_link(&event)
            && f(&href)
        {
            event.prevent_default();
        }
    });
}

/// The address of the link that was clicked, when it is ours and the click asks for nothing special.
fn own_link(event: &web_sys::Event) -> Option<String> {
    let mouse = event.dyn_ref::<web_sys::MouseEvent>()?;
    if event.default_prevented()
        || mouse.button() != 0
        || mouse.meta_key()
        || mouse.alt_key()
        || mouse.ctrl_key()
        || mouse.shift_key()
    {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    if link.has_attribute("download") || !matches!(link.target().as_str(), "" | "_self") {
        return None;
    }
    let href = link.href();
    let rest = href.strip_prefix(&origin())?;
    // Files and the API are the server's.
    (rest.starts_with('/') && !rest.starts_with("/api/") && !rest.split(['?', '#']).next()?.contains('.'))
        .then(|| rest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let url = Url::parse("/urus/2026-0417-RK?a=b#ABCD");
        assert_eq!(
            (url.path.as_str(), url.query.as_str(), url.fragment.as_str()),
            ("/urus/2026-0417-RK", "a=b", "ABCD")
        );
        assert_eq!(Url::parse("/"), Url { path: "/".into(), ..Url::default() });
    }
}
