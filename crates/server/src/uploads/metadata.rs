//! `Upload-Metadata`: `item a3Rw,filename S1RQLmpwZw==,page MQ==,id ...,sha256 ...`, values in base 64.

use crate::problem::{Answer, Fault};
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use satu_pintu_api::problem::Code;

/// What a phone says about a file.
#[derive(Debug, Default, PartialEq)]
pub struct Metadata {
    /// Requirement card; empty when none was named.
    pub item: String,
    /// As sent; cleaned once the type is known.
    pub filename: String,
    /// From 1.
    pub page: Option<i64>,
    /// Made by the phone.
    pub id: Option<String>,
    /// Of the whole file, in lower-case hex.
    pub sha256: Option<String>,
    /// The header as it was sent.
    pub sent: String,
    /// Why the phone advised against the photo: codes with commas.
    pub judged: String,
}

/// The longest header that is kept.
const LONGEST: usize = 4096;

/// Reads the header.
///
/// # Errors
/// [`Code::BadRequest`] when it is not written as tus asks.
pub fn read(headers: &HeaderMap) -> Answer<Metadata> {
    let wrong = |what: &str| Fault::new(Code::BadRequest).detail(format!("Upload-Metadata: {what}"));
    let Some(text) = headers.get(super::UPLOAD_METADATA) else { return Ok(Metadata::default()) };
    let text = text.to_str().ok().filter(|text| text.len() <= LONGEST);
    let text = text.ok_or_else(|| wrong("not ASCII, or longer than 4 KB"))?;
    let mut found = Metadata { sent: text.to_owned(), ..Metadata::default() };
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = value.trim();
        let bytes = STANDARD.decode(value).or_else(|_| STANDARD_NO_PAD.decode(value));
        let bytes = bytes.map_err(|_| wrong("a value is not base 64"))?;
        let value = String::from_utf8_lossy(&bytes).into_owned();
        match key {
            "item" => found.item = value,
            "filename" => found.filename = value.chars().take(1000).collect(),
            "page" if !value.is_empty() => {
                let page = value.parse().ok().filter(|page| *page >= 1);
                found.page = Some(page.ok_or_else(|| wrong("page is a number from 1"))?);
            }
            "id" if super::valid_id(&value) => found.id = Some(value),
            "id" => return Err(wrong("id is 8 to 64 letters, digits, - or _")),
            "sha256" if value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()) => {
                found.sha256 = Some(value.to_ascii_lowercase());
            }
            "sha256" => return Err(wrong("sha256 is 64 hex digits")),
            "judged" => found.judged = codes(&value),
            _ => {}
        }
    }
    Ok(found)
}

/// Only what looks like codes.
fn codes(sent: &str) -> String {
    let code =
        |code: &&str| (1..=20).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    sent.split(',').filter(code).take(8).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Answer<Metadata> {
        let mut headers = HeaderMap::new();
        headers.insert("upload-metadata", text.parse().expect("header"));
        read(&headers)
    }

    #[test]
    fn reads() {
        let found = of("item a3Rw,filename S1RQLmpwZw==,page Mg==,id MDEyMzQ1Njc4OQ==, other").expect("metadata");
        assert_eq!((found.item.as_str(), found.filename.as_str(), found.page), ("ktp", "KTP.jpg", Some(2)));
        assert_eq!(found.id.as_deref(), Some("0123456789"));
        assert_eq!(of("filename S1RQLmpwZw==").expect("metadata").item, "");
        assert!(of("item a3Rw,sha256 YWJj").is_err());
        assert_eq!(of("item a3Rw,judged Ymx1cixkYXJrLDxiPg==").expect("metadata").judged, "blur,dark");
        assert!(of("item a3Rw,page MA==").is_err());
        assert!(of("item a3Rw,id Li4v").is_err());
        assert!(of("item %%").is_err());
    }
}
