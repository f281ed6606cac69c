//! `Upload-Checksum: sha1 <base 64>`: the sum over the bytes of one request.

use crate::problem::{Answer, Fault};
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use satu_pintu_api::problem::Code;

/// What the bytes should sum up to, and what they do so far.
pub struct Sum {
    wanted: Vec<u8>,
    so_far: SoFar,
}

enum SoFar {
    Digest(Box<Context>),
    Crc32(crc32fast::Hasher),
}

impl Sum {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Code::BadRequest`] when it is not written as tus asks or names another algorithm.
    pub fn read(headers: &HeaderMap) -> Answer<Option<Sum>> {
        let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
        let wrong = || Fault::new(Code::BadRequest).detail("Upload-Checksum is sha1, sha256 or crc32, then base 64");
        let (name, coded) = value.to_str().ok().and_then(|text| text.trim().split_once(' ')).ok_or_else(wrong)?;
        let (so_far, length) = match name {
            "sha1" => (SoFar::Digest(Box::new(Context::new(&SHA1_FOR_LEGACY_USE_ONLY))), 20),
            "sha256" => (SoFar::Digest(Box::new(Context::new(&SHA256))), 32),
            "crc32" => (SoFar::Crc32(crc32fast::Hasher::new()), 4),
            _ => return Err(wrong()),
        };
        let wanted = STANDARD.decode(coded.trim()).ok().filter(|bytes| bytes.len() == length).ok_or_else(wrong)?;
        Ok(Some(Sum { wanted, so_far }))
    }

    pub fn add(&mut self, bytes: &[u8]) {
        match &mut self.so_far {
            SoFar::Digest(context) => context.update(bytes),
            SoFar::Crc32(hasher) => hasher.update(bytes),
        }
    }

    /// # Errors
    /// [`Code::ChecksumWrong`] when the bytes are others than those that were sent.
    pub fn check(self) -> Answer<()> {
        let same = match self.so_far {
            SoFar::Digest(context) => context.finish().as_ref() == self.wanted,
            SoFar::Crc32(hasher) => hasher.finalize().to_be_bytes() == self.wanted[..],
        };
        if same { Ok(()) } else { Err(Code::ChecksumWrong.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, bytes: &[u8]) -> Answer<()> {
        let mut headers = HeaderMap::new();
        headers.insert("upload-checksum", text.parse().expect("header"));
        let mut sum = Sum::read(&headers)?.expect("a sum");
        bytes.chunks(3).for_each(|some| sum.add(some));
        sum.check()
    }

    #[test]
    fn known_sums() {
        // `printf 123456789 | sha1sum`, `sha256sum` and the check value of CRC-32/ISO-HDLC, in base 64.
        let right = [
            "sha1 98O8HYCOBHMq32eZZczDTKeuNEE=",
            "sha256 FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
            "crc32 y/Q5Jg==",
        ];
        for text in right {
            assert!(of(text, b"123456789").is_ok(), "{text}");
            assert_eq!(of(text, b"123456780").map_err(|fault| fault.code), Err(Code::ChecksumWrong));
        }
        for text in ["md5 JfnnlDI7RTiF9RgfGzX8+A==", "sha1 y/Q5Jg==", "sha1", "sha1 %%"] {
            assert_eq!(of(text, b"").map_err(|fault| fault.code), Err(Code::BadRequest), "{text}");
        }
    }
}
