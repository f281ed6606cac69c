//! The bytes of a file, held by the browser (an ArrayBuffer) so that they never fill the program's own memory.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone)]
pub struct Bytes(ArrayBuffer);

impl Bytes {
    pub fn len(&self) -> u64 {
        u64::from(self.0.byte_length())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of a part, for looking at it. Clamped to what is there.
    pub fn part(&self, from: u64, to: u64) -> Vec<u8> {
        self.slice(from, to).to_vec()
    }

    /// A part for sending, without copying.
    pub(super) fn slice(&self, from: u64, to: u64) -> Uint8Array {
        let end = to.min(self.len());
        let from = from.min(end);
        Uint8Array::new_with_byte_offset_and_length(&self.0, from as u32, (end - from) as u32)
    }

    /// A part by itself.
    pub fn cut(&self, from: u64, to: u64) -> Bytes {
        Bytes(self.0.slice_with_end(from as u32, to as u32))
    }

    /// As kept in the database.
    pub fn to_js(&self) -> JsValue {
        self.0.clone().into()
    }

    pub fn from_js(value: JsValue) -> Option<Bytes> {
        value.dyn_into().ok().map(Bytes)
    }

    pub(super) fn blob(&self, media_type: &str) -> Option<web_sys::Blob> {
        let parts = js_sys::Array::of1(&self.0);
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(media_type);
        web_sys::Blob::new_with_buffer_source_sequence_and_options(&parts, &options).ok()
    }

    pub(super) async fn of_blob(blob: &web_sys::Blob) -> Option<Bytes> {
        Bytes::from_js(wasm_bindgen_futures::JsFuture::from(blob.array_buffer()).await.ok()?)
    }

    /// Their SHA-256 in hex, where the browser reckons one: on a page without TLS it does not.
    pub async fn sha256(&self) -> Option<String> {
        let sum = super::storage::sealed::subtle()?.digest_with_str_and_buffer_source("SHA-256", &self.0).ok()?;
        let sum = Bytes::from_js(wasm_bindgen_futures::JsFuture::from(sum).await.ok()?)?;
        let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
        Some(sum.part(0, sum.len()).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }

    /// An address for `<img src>`; let it go with [`release`].
    pub fn address(&self, media_type: &str) -> Option<String> {
        web_sys::Url::create_object_url_with_blob(&self.blob(media_type)?).ok()
    }
}

/// Lets go of an address made by [`Bytes::address`].
pub fn release(address: &str) {
    if super::BROWSER {
        let _ = web_sys::Url::revoke_object_url(address);
    }
}

/// A text and the bytes after it, one behind the other.
pub fn joined(text: &str, files: &[Bytes]) -> Option<web_sys::Blob> {
    let parts = js_sys::Array::of1(&text.into());
    for file in files {
        parts.push(&file.0);
    }
    web_sys::Blob::new_with_buffer_source_sequence(&parts).ok()
}
