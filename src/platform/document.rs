//! The document: title, language, focus, scrolling, the moment after painting.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

pub fn set_title(title: &str) {
    if let Some(d) = super::document() {
        d.set_title(title);
    }
}

/// Sets `<html lang>`.
pub fn set_lang(code: &str) {
    if let Some(root) = super::document().and_then(|d| d.document_element()) {
        let _ = root.set_attribute("lang", code);
    }
}

fn find(selector: &str) -> Option<web_sys::HtmlElement> {
    super::document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Where the app goes: beside the page first, while its script still answers (index.html); into the page later.
pub fn place() -> Option<web_sys::HtmlElement> {
    let beside = js_sys::Reflect::get(super::window()?.as_ref(), &"appPlace".into()).ok()?;
    beside.dyn_into().ok().or_else(|| find("#app"))
}

/// The text of the element with an id.
pub fn text_of(id: &str) -> Option<String> {
    super::document()?.get_element_by_id(id)?.text_content()
}

/// Whether another program has been shown on this page.
pub fn is_taken() -> bool {
    place().is_some_and(|place| place.child_element_count() > 0)
}

/// Focuses the first element of a selector and shows it; false when there is none.
pub fn focus(selector: &str) -> bool {
    find(selector).is_some_and(|e| e.focus().is_ok())
}

/// Focuses the element with an id: where the links of an error summary lead.
pub fn focus_id(id: &str) -> bool {
    let Some(element) = super::document().and_then(|d| d.get_element_by_id(id)) else { return false };
    element.dyn_into::<web_sys::HtmlElement>().is_ok_and(|e| e.focus().is_ok())
}

/// What a person reads as the name of the field, or of the group of fields, with an id.
pub fn name_of(id: &str) -> Option<String> {
    let document = super::document()?;
    let label = match document.get_element_by_id(id)?.closest("fieldset").ok()? {
        Some(group) => group.query_selector("legend").ok()??,
        None => document.query_selector(&["label[for=\"", id, "\"]"].concat()).ok()??,
    };
    Some(label.text_content()?.trim().to_string())
}

/// Brings the element with an id into view and opens the `<details>` around it.
pub fn show_id(id: &str) -> bool {
    let Some(element) = super::document().and_then(|d| d.get_element_by_id(id)) else { return false };
    if let Some(details) = element.closest("details").ok().flatten() {
        let _ = details.set_attribute("open", "");
    }
    element.scroll_into_view();
    true
}

pub fn scroll_top() {
    if let Some(w) = super::window() {
        w.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Runs `f` before the next painting, when the present changes stand in the document.
pub fn after_render(f: impl FnOnce() + 'static) {
    if let Some(w) = super::window() {
        let _ = w.request_animation_frame(Closure::once_into_js(f).unchecked_ref());
    }
}

/// Runs `f` after the next painting: in a task of its own behind the frame.
pub fn after_picture(f: impl FnOnce() + 'static) {
    after_render(move || {
        if let Some(w) = super::window() {
            let _ = w.set_timeout_with_callback(Closure::once_into_js(f).unchecked_ref());
        }
    });
}

/// Runs `f` at every event of a name on the window, for as long as the page lives.
pub fn on_window(name: &str, f: impl FnMut(web_sys::Event) + 'static) {
    if let Some(w) = super::window() {
        let f = Closure::<dyn FnMut(web_sys::Event)>::new(f);
        let _ = w.add_event_listener_with_callback(name, f.as_ref().unchecked_ref());
        f.forget();
    }
}

/// Whether the page is in the foreground.
pub fn visible() -> bool {
    super::document().is_none_or(|d| d.visibility_state() == web_sys::VisibilityState::Visible)
}
