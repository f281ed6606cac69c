//! Sources of a Content-Security-Policy: the hash of every inline script and style of a page.
//! The browser hashes exactly the text between the tags, so nothing is trimmed.

use sha2::{Digest, Sha256};

/// `'sha256-...'` of each inline `<script>` and of each `<style>`, in the order of the page, each once.
pub fn inline_hashes(html: &str) -> (Vec<String>, Vec<String>) {
    (hashes(html, "script"), hashes(html, "style"))
}

fn hashes(html: &str, tag: &str) -> Vec<String> {
    let lower = html.to_ascii_lowercase();
    let (open, close) = (format!("<{tag}"), format!("</{tag}"));
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = lower.get(at..).and_then(|rest| rest.find(&open)) {
        let start = at + found;
        let Some(head) = lower[start..].find('>') else {
            break;
        };
        let body = start + head + 1;
        let attributes = lower.get(start + open.len()..body - 1).unwrap_or_default();
        // `<styled-thing>` is another element.
        let same = attributes.chars().next().is_none_or(|c| c.is_whitespace() || c == '/');
        let length = lower[body..].find(&close).unwrap_or(lower.len() - body);
        at = body + length;
        // Data for scripts runs nothing.
        let external = tag == "script" && (has_attribute(attributes, "src") || attributes.contains("json\""));
        if same && !external {
            let hash = source(&html.as_bytes()[body..body + length]);
            if !out.contains(&hash) {
                out.push(hash);
            }
        }
    }
    out
}

fn has_attribute(attributes: &str, name: &str) -> bool {
    attributes.split(|c: char| c.is_whitespace()).any(|a| a == name || a.starts_with(&format!("{name}=")))
}

/// `'sha256-<base 64>'` of a text.
pub fn source(text: &[u8]) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text)))
}

fn base64(bytes: &[u8]) -> String {
    const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place > chunk.len() {
                out.push('=');
            } else {
                out.push(char::from(SYMBOLS[(bits >> (18 - 6 * place) & 63) as usize]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_rfc4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn inline_only_and_exactly_what_is_between_the_tags() {
        let html = "<STYLE media=print> a{}\n</STYLE><script src=/a.js></script>\
            <script type=\"module\">alert(1)</script><scripted>x</scripted>";
        let (script, style) = inline_hashes(html);
        assert_eq!(script, [source(b"alert(1)")]);
        assert_eq!(style, [source(b" a{}\n")]);
        // As computed by openssl dgst -sha256 -binary | base64.
        assert_eq!(source(b"alert(1)"), "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
    }
}
