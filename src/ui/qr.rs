//! A QR code as one SVG path, black on white with its quiet zone.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// `label` says what it leads to. Nothing is drawn when the text is too long.
pub fn qr(text: &str, label: &str) -> AnyView {
    let Some((path, size)) = path(text) else { return ().into_any() };
    let label = label.to_string();
    view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <rect width=size height=size fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
    .into_any()
}

/// The dark modules as a path, and the size with the quiet zone. Pure.
fn path(text: &str) -> Option<(String, i32)> {
    use std::fmt::Write;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut d = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let _ = write!(d, "M{} {}h{}v1h-{}z", start + 4, y + 4, x - start, x - start);
            }
            x += 1;
        }
    }
    Some((d, code.size() + 8))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_link_fits_and_too_much_does_not() {
        let (d, size) = super::path("https://contoh.example/urus/2026-0417-RK#ABCD").unwrap();
        assert!(d.starts_with("M4 4h7v1h-7z"));
        assert_eq!(size, 33 + 8);
        assert!(super::path(&"x".repeat(5000)).is_none());
    }
}
