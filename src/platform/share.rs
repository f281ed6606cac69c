//! Printing, sharing, copying, saving, and links to WhatsApp.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Opens the print dialog.
pub fn print() {
    if let Some(w) = super::window() {
        let _ = w.print();
    }
}

/// Whether the phone has a share sheet.
pub fn can_share() -> bool {
    super::window().is_some_and(|w| {
        js_sys::Reflect::has(&w.navigator(), &wasm_bindgen::JsValue::from_str("share")).unwrap_or(false)
    })
}

/// Opens the share sheet; false when it was closed or refused. Never give it a key.
pub async fn share(title: &str, text: &str) -> bool {
    let Some(w) = super::window() else { return false };
    let data = web_sys::ShareData::new();
    data.set_title(title);
    data.set_text(text);
    can_share() && JsFuture::from(w.navigator().share_with_data(&data)).await.is_ok()
}

/// Copies a text; false when the browser refused.
pub async fn copy(text: &str) -> bool {
    let Some(w) = super::window() else { return false };
    // Absent on plain HTTP.
    let clipboard = js_sys::Reflect::get(&w.navigator(), &wasm_bindgen::JsValue::from_str("clipboard"));
    if clipboard.is_ok_and(|c| c.is_undefined()) {
        return false;
    }
    JsFuture::from(w.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Hands something to the phone as a download; false when it refuses.
pub fn download(blob: &web_sys::Blob, name: &str) -> bool {
    give(blob, name).is_some()
}

fn give(blob: &web_sys::Blob, name: &str) -> Option<()> {
    let address = web_sys::Url::create_object_url_with_blob(blob).ok()?;
    let link: web_sys::HtmlAnchorElement = super::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    wasm_bindgen_futures::spawn_local(async move {
        super::time::sleep(20_000).await;
        super::bytes::release(&address);
    });
    Some(())
}

/// `https://wa.me/62812...?text=...`; without a phone WhatsApp asks for whom.
pub fn whatsapp_link(phone: &str, text: &str) -> String {
    let mut digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if let Some(rest) = digits.strip_prefix('0') {
        digits = format!("62{rest}");
    }
    format!("https://wa.me/{digits}?text={}", encode(text))
}

/// `tel:+62812...`.
pub fn phone_link(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('0') {
        Some(rest) => format!("tel:+62{rest}"),
        None => format!("tel:+{digits}"),
    }
}

/// Percent-encoding of everything but letters, digits and `-._~`.
pub fn encode(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len() * 2);
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(b as char);
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_phones() {
        assert_eq!(whatsapp_link("0812-0000-0001", "Halo, Pak"), "https://wa.me/6281200000001?text=Halo%2C%20Pak");
        assert_eq!(whatsapp_link("", "a\nb"), "https://wa.me/?text=a%0Ab");
        assert_eq!(phone_link("(0531) 21-234"), "tel:+6253121234");
        assert_eq!(phone_link("+62 812"), "tel:+62812");
    }
}
