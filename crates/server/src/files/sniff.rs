//! What bytes really are. Nothing is decoded: only the marks and the frame of a file are looked at, enough to
//! tell a photo or a PDF from anything else, and a whole one from one cut short.

use super::{pdf, picture};
use satu_pintu_api::problem::Code;

/// What may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    Pdf,
}

impl Kind {
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
            Kind::Pdf => "application/pdf",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Webp => "webp",
            Kind::Pdf => "pdf",
        }
    }
}

/// Tells the kind of a whole file.
///
/// # Errors
/// [`Code::FileEmpty`], [`Code::FileHeic`], [`Code::FilePixels`], [`Code::FileDamaged`], [`Code::FileType`], or what
/// [`pdf::check`] says.
pub fn sniff(bytes: &[u8]) -> Result<Kind, Code> {
    let whole = |kind, is_whole| match is_whole {
        false => Err(Code::FileDamaged),
        true if picture::too_large(kind, bytes) => Err(Code::FilePixels),
        true => Ok(kind),
    };
    if bytes.is_empty() {
        return Err(Code::FileEmpty);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return whole(Kind::Jpeg, jpeg(bytes));
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return whole(Kind::Png, png(bytes));
    }
    if bytes.len() >= 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
        let size = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
        return whole(Kind::Webp, size > 12 && size + 8 <= bytes.len());
    }
    if bytes.len() >= 12 && &bytes[4..8] == b"ftyp" {
        const HEIF: [&[u8]; 9] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"mif1", b"msf1"];
        return Err(if HEIF.contains(&&bytes[8..12]) { Code::FileHeic } else { Code::FileType });
    }
    let head = &bytes[..bytes.len().min(1024)];
    if find(head, b"%PDF-").is_some() {
        let tail = &bytes[bytes.len().saturating_sub(4096)..];
        if find(tail, b"%%EOF").is_none() || find(tail, b"startxref").is_none() {
            return Err(Code::FileDamaged);
        }
        return pdf::check(bytes).map(|()| Kind::Pdf);
    }
    Err(Code::FileType)
}

pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

/// Walks the segments to the picture itself and looks for its end there; what phones append does not matter.
fn jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        let (Some(0xFF), Some(&marker)) = (bytes.get(at), bytes.get(at + 1)) else { return false };
        if marker == 0x01 || (0xD0..=0xD7).contains(&marker) {
            at += 2;
            continue;
        }
        let (Some(&high), Some(&low)) = (bytes.get(at + 2), bytes.get(at + 3)) else { return false };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if length < 2 || at + 2 + length > bytes.len() {
            return false;
        }
        at += 2 + length;
        if marker == 0xDA {
            return find(&bytes[at..], &[0xFF, 0xD9]).is_some();
        }
    }
}

/// Every chunk whole, with its sum right, from IHDR to IEND.
fn png(bytes: &[u8]) -> bool {
    let table = crc_table();
    let (mut at, mut first, mut data) = (8, true, false);
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let kind = &head[4..8];
        let Some(end) = at.checked_add(12 + length).filter(|end| *end <= bytes.len()) else { return false };
        if first != (kind == b"IHDR") {
            return false;
        }
        let sum = u32::from_be_bytes([bytes[end - 4], bytes[end - 3], bytes[end - 2], bytes[end - 1]]);
        let found = !bytes[at + 4..end - 4]
            .iter()
            .fold(u32::MAX, |crc, byte| table[((crc ^ u32::from(*byte)) & 0xFF) as usize] ^ (crc >> 8));
        if sum != found {
            return false;
        }
        data |= kind == b"IDAT";
        if kind == b"IEND" {
            return data;
        }
        (at, first) = (end, false);
    }
    false
}

fn crc_table() -> [u32; 256] {
    std::array::from_fn(|n| (0..8).fold(n as u32, |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

    #[test]
    fn kinds() {
        assert_eq!(sniff(b""), Err(Code::FileEmpty));
        assert_eq!(sniff(b"MZ\x90\0"), Err(Code::FileType));
        assert_eq!(sniff(b"\0\0\0\x18ftypheic\0\0"), Err(Code::FileHeic));
        assert_eq!(sniff(b"\0\0\0\x18ftypmp42\0\0"), Err(Code::FileType));
        assert_eq!(sniff(PDF), Ok(Kind::Pdf));
        assert_eq!(sniff(&PDF[..40]), Err(Code::FileDamaged));
        let locked = String::from_utf8_lossy(PDF).replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 5 0 R");
        assert_eq!(sniff(locked.as_bytes()), Err(Code::FilePassword));
    }

    #[test]
    fn jpeg_cut_short() {
        let whole = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2, 9, 9, 9, 0xFF, 0xD9, 7, 7];
        assert_eq!(sniff(&whole), Ok(Kind::Jpeg));
        for cut in 3..16 {
            assert_eq!(sniff(&whole[..cut]), Err(Code::FileDamaged), "{cut}");
        }
    }

    #[test]
    fn png_with_a_wrong_byte() {
        let chunk = |kind: &[u8], data: &[u8]| {
            let table = crc_table();
            let body = [kind, data].concat();
            let crc = !body.iter().fold(u32::MAX, |c, b| table[((c ^ u32::from(*b)) & 0xFF) as usize] ^ (c >> 8));
            [&(data.len() as u32).to_be_bytes()[..], &body, &crc.to_be_bytes()].concat()
        };
        let whole =
            [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &[0; 13]), &chunk(b"IDAT", &[1; 20]), &chunk(b"IEND", &[])]
                .concat();
        assert_eq!(sniff(&whole), Ok(Kind::Png));
        let mut wrong = whole.clone();
        wrong[50] ^= 1;
        assert_eq!(sniff(&wrong), Err(Code::FileDamaged));
        assert_eq!(sniff(&whole[..whole.len() - 1]), Err(Code::FileDamaged));
    }
}
