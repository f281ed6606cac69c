//! Looks at a file before it goes: type from its first bytes, size, passwords. Photos are shrunk. What cannot
//! be sent is said at once, in the words of the same codes as the server's.

use crate::platform::bytes::Bytes;
use crate::platform::photo;

/// The office takes no larger file.
pub const MOST: u64 = 10_000_000;
/// A photo may be larger before it is shrunk, but not beyond what a phone can hold.
const MOST_PHOTO: u64 = 60_000_000;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Pdf,
    Heic,
    /// A picture that the browser may know and the office does not.
    OtherPicture,
    Other,
}

/// From content, never from the name. Pure.
pub fn kind(head: &[u8]) -> Kind {
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if at(0, &[0xFF, 0xD8, 0xFF]) {
        Kind::Jpeg
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Kind::Png
    } else if (0..head.len().min(1024)).any(|offset| at(offset, b"%PDF-")) {
        Kind::Pdf
    } else if at(4, b"ftyp") {
        let brand = head.get(8..12).unwrap_or_default();
        if [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"].iter().any(|b| brand == *b) {
            Kind::Heic
        } else if brand == b"avif" {
            Kind::OtherPicture
        } else {
            Kind::Other
        }
    } else if (at(0, b"RIFF") && at(8, b"WEBP")) || at(0, b"GIF8") || at(0, b"BM") {
        Kind::OtherPicture
    } else {
        Kind::Other
    }
}

/// Whether a piece of a PDF says that it is locked. Pure.
fn says_locked(piece: &[u8]) -> bool {
    piece.windows(8).any(|w| w == b"/Encrypt")
}

/// What goes to the office.
pub struct Ready {
    pub bytes: Bytes,
    pub media_type: &'static str,
}

/// The file as it goes, or the code of the reason why not.
pub async fn prepare(bytes: Bytes) -> Result<Ready, &'static str> {
    if bytes.is_empty() {
        return Err("file-empty");
    }
    let kind = kind(&bytes.part(0, 2048));
    match kind {
        Kind::Pdf if bytes.len() > MOST => Err("file-too-large"),
        Kind::Pdf if locked(&bytes) => Err("file-password"),
        Kind::Pdf => Ok(Ready { bytes, media_type: "application/pdf" }),
        Kind::Other => Err("file-type"),
        _ if bytes.len() > MOST_PHOTO => Err("file-too-large"),
        Kind::Png if bytes.len() <= photo::MOST_BYTES => match photo::shrink(&bytes, "image/png").await {
            // A small screenshot is sharper as it is.
            Some(_) => Ok(Ready { bytes, media_type: "image/png" }),
            None => Err("file-damaged"),
        },
        picture => match photo::shrink(&bytes, media_type(picture)).await {
            Some(bytes) => Ok(Ready { bytes, media_type: "image/jpeg" }),
            None if picture == Kind::Heic => Err("file-heic"),
            None if picture == Kind::OtherPicture => Err("file-type"),
            None => Err("file-damaged"),
        },
    }
}

fn media_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Png => "image/png",
        Kind::Heic => "image/heic",
        Kind::Jpeg => "image/jpeg",
        _ => "",
    }
}

/// Looks through a PDF in pieces that overlap.
fn locked(bytes: &Bytes) -> bool {
    const PIECE: u64 = 256 * 1024;
    let mut from = 0;
    while from < bytes.len() {
        if says_locked(&bytes.part(from, from + PIECE + 8)) {
            return true;
        }
        from += PIECE;
    }
    false
}

/// A name that every system can keep and a person still recognises. Pure.
pub fn plain_name(name: &str, media_type: &str) -> String {
    let end = match media_type {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        _ => ".pdf",
    };
    [&stem(name), end].concat()
}

/// The name of a file that is not sent, with the ending it came with. Pure.
pub fn shown_name(name: &str) -> String {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let end: String = end.chars().filter(char::is_ascii_alphanumeric).take(5).collect();
    [stem(name).as_str(), if end.is_empty() { "" } else { "." }, &end].concat()
}

fn stem(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let strange = |c: char| {
        c.is_control()
            || "\"*:<>?|%#&{}$!'@+`=".contains(c)
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = stem.chars().map(|c| if strange(c) { ' ' } else { c }).collect();
    let clean: Vec<&str> = clean.split_whitespace().collect();
    let clean: String = clean.join(" ").chars().take(60).collect();
    let clean = clean.trim_matches(['.', ' ']);
    if clean.is_empty() { "berkas".into() } else { clean.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_it_is() {
        assert_eq!(kind(&[0xFF, 0xD8, 0xFF, 0xE0]), Kind::Jpeg);
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n...."), Kind::Png);
        assert_eq!(kind(b"%PDF-1.7\n"), Kind::Pdf);
        assert_eq!(kind(b"\xef\xbb\xbf\n%PDF-1.4"), Kind::Pdf);
        assert_eq!(kind(b"\0\0\0\x18ftypheic\0\0\0\0"), Kind::Heic);
        assert_eq!(kind(b"\0\0\0\x18ftypisom\0\0\0\0"), Kind::Other);
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), Kind::OtherPicture);
        assert_eq!(kind(b"MZ\x90\0"), Kind::Other);
        assert_eq!(kind(b""), Kind::Other);
    }

    #[test]
    fn a_locked_pdf_is_seen() {
        assert!(says_locked(b"trailer << /Size 8 /Encrypt 7 0 R >>"));
        assert!(!says_locked(b"trailer << /Size 8 /Root 1 0 R >>"));
    }

    #[test]
    fn strange_names_become_plain() {
        assert_eq!(plain_name("KTP saya.JPEG", "image/jpeg"), "KTP saya.jpg");
        assert_eq!(plain_name("../../etc/passwd", "application/pdf"), "passwd.pdf");
        assert_eq!(plain_name("C:\\foto\\a<b>\"c\".png", "image/png"), "a b c.png");
        assert_eq!(plain_name("\u{202e}gpj.exe", "image/jpeg"), "gpj.jpg");
        assert_eq!(plain_name("💥\n.pdf", "application/pdf"), "💥.pdf");
        assert_eq!(plain_name("....", "application/pdf"), "berkas.pdf");
        assert_eq!(plain_name("", "application/pdf"), "berkas.pdf");
        assert!(plain_name(&"x".repeat(500), "image/png").len() <= 64);
    }
}
