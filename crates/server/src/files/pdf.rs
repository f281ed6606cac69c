//! What is inside a PDF, as far as it matters before somebody opens it: a password, scripts, programs, other files,
//! too many pages, or data that unpack without end. Nothing is shown and nothing is followed: objects are looked for
//! by their marks, so that a crooked index hides nothing.

use super::sniff::find;
use flate2::{Decompress, FlushDecompress, Status};
use memchr::memchr;
use satu_pintu_api::problem::Code;

/// The most pages.
const PAGES: usize = 100;
/// The most bytes that one packed list of objects, one stream, and all of them unpack to.
const LIST: usize = 16 << 20;
const STREAM: usize = 128 << 20;
const ALL: usize = 512 << 20;
/// How deep brackets may stand within brackets: a reader follows them with its stack.
const DEEP: usize = 500;

/// Names of what a paper does not need. The short ones may stand by chance within packed data.
const ACTIVE: [&str; 6] = ["JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "GoToE"];
const ACTIVE_SHORT: [&str; 1] = ["JS"];

/// Looks through a whole PDF.
///
/// # Errors
/// [`Code::FilePassword`], [`Code::FileActive`], [`Code::FilePages`], [`Code::FileDamaged`], or [`Code::FileTooLarge`]
/// where it unpacks to too much.
pub fn check(bytes: &[u8]) -> Result<(), Code> {
    let (mut pages, mut unpacked, mut rest) = (0, 0, bytes);
    while !rest.is_empty() {
        let (plain, body, after) = next_stream(rest);
        // Where a text or a remark may hide the beginning of the dictionary, all that came before counts.
        let simple = simple(plain);
        let plain = without_codes(plain);
        let dictionary = if simple { last_object(&plain) } else { &plain };
        let has = |name: &str| names(dictionary, name).next().is_some();
        let counts = |name: &str| names(dictionary, name).any(|after| simple || is_number(after));
        pages += objects(&plain)?;
        deep(&plain)?;
        if let Some(body) = body {
            long_names(&without_codes(body))?;
            let flate = has("FlateDecode") || has("Fl");
            let list = has("ObjStm") || (counts("First") && counts("N"));
            if list && !readable(dictionary) {
                return Err(Code::FileDamaged);
            }
            if flate {
                let kept = unpack(body, &mut unpacked, list)?;
                pages += objects(&without_codes(&kept))?;
            } else if list {
                pages += objects(&without_codes(body))?;
            }
        }
        if pages > PAGES {
            return Err(Code::FilePages);
        }
        rest = after;
    }
    Ok(())
}

/// What stands before the next stream, its body, and what follows.
fn next_stream(bytes: &[u8]) -> (&[u8], Option<&[u8]>, &[u8]) {
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| find(rest, b"stream")).map(|at| from + at) {
        let end = at + b"stream".len();
        let begins = matches!(bytes.get(end), Some(b'\r' | b'\n')) && !bytes[..at].ends_with(b"end");
        if begins {
            let rest = &bytes[end..];
            let length = find(rest, b"endstream").unwrap_or(rest.len());
            return (&bytes[..at], Some(&rest[..length]), &rest[length..]);
        }
        from = end;
    }
    (bytes, None, &[])
}

/// Whether a list of objects is packed once with Flate, without a predictor, or not at all: else it cannot be looked
/// through here, while a reader unpacks it. Values that stand elsewhere are not followed.
fn readable(dictionary: &[u8]) -> bool {
    let filters: Vec<&[u8]> = names(dictionary, "Filter").map(filter).collect();
    let parameters = ["DecodeParms", "DP"].into_iter().flat_map(|name| names(dictionary, name));
    let predictor = |after: &[u8]| after.trim_ascii_start().split(|b| !b.is_ascii_digit()).next() == Some(b"1");
    matches!(filters[..], [] | [b"" | b"/FlateDecode" | b"/Fl"])
        && parameters.map(<[u8]>::trim_ascii_start).all(written_here)
        && names(dictionary, "Predictor").all(predictor)
}

/// The filter that a value names, in brackets or not; of several all of it.
fn filter(after: &[u8]) -> &[u8] {
    let value = after.trim_ascii_start();
    match value.strip_prefix(b"[") {
        Some(rest) => rest.split(|b| *b == b']').next().unwrap_or_default().trim_ascii(),
        None => {
            let name = value.iter().skip(1).take_while(|b| b.is_ascii_alphanumeric()).count();
            value.get(..name + 1).unwrap_or(b"?")
        }
    }
}

/// Whether parameters stand in the dictionary, and not in another object.
fn written_here(value: &[u8]) -> bool {
    let list = value.strip_prefix(b"[").and_then(|rest| rest.split(|b| *b == b']').next());
    let elsewhere = |list: &[u8]| list.windows(2).any(|two| two[0].is_ascii_whitespace() && two[1] == b'R');
    value.starts_with(b"<<") || value.starts_with(b"null") || list.is_some_and(|list| !elsewhere(list))
}

/// From the last `obj` on: the dictionary of the stream that follows.
fn last_object(plain: &[u8]) -> &[u8] {
    let at = plain.windows(4).rposition(|four| four[1..] == *b"obj" && four[0].is_ascii_whitespace());
    plain.get(at.unwrap_or(0)..).unwrap_or_default()
}

/// No texts and no remarks: then a mark is what it seems to be.
fn simple(plain: &[u8]) -> bool {
    let text = |at: usize| plain[at] == b'<' && plain.get(at + 1) != Some(&b'<') && (at == 0 || plain[at - 1] != b'<');
    !(0..plain.len()).any(|at| matches!(plain[at], b'(' | b'%') || text(at))
}

/// Whether the value is a number, and not an object elsewhere (`9 0 R`).
fn is_number(after: &[u8]) -> bool {
    let mut words = after.split(|b| b.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let elsewhere = words.nth(1).is_some_and(|word| word.starts_with(b"R"));
    first.first().is_some_and(u8::is_ascii_digit) && !elsewhere
}

/// Names may be written with codes, as `/J#61vaScript`.
fn without_codes(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let Some(first) = memchr(b'#', bytes) else { return bytes.into() };
    let mut out = Vec::with_capacity(bytes.len());
    let (mut rest, mut next) = (bytes, Some(first));
    while let Some(at) = next {
        let digit = |n: usize| rest.get(at + n).and_then(|b| char::from(*b).to_digit(16));
        out.extend_from_slice(&rest[..at]);
        let read = match (digit(1), digit(2)) {
            (Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                3
            }
            _ => {
                out.push(b'#');
                1
            }
        };
        rest = &rest[at + read..];
        next = memchr(b'#', rest);
    }
    out.extend_from_slice(rest);
    out.into()
}

/// What follows each occurrence of a name.
fn names<'a>(bytes: &'a [u8], name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let at = memchr(b'/', rest)?;
            rest = &rest[at + 1..];
            let Some(after) = rest.strip_prefix(name.as_bytes()) else { continue };
            if after.first().is_none_or(|b| b.is_ascii_whitespace() || *b == 0 || b"/<>[]()%{}".contains(b)) {
                rest = after;
                return Some(after);
            }
        }
    })
}

/// Refuses what is active or locked among objects; the pages in them.
fn objects(plain: &[u8]) -> Result<usize, Code> {
    let value = |after: &[u8]| after.iter().position(|b| !b.is_ascii_whitespace()).map(|at| after[at..].to_vec());
    let locked = |after: &[u8]| value(after).is_some_and(|v| v[0].is_ascii_digit() || v.starts_with(b"<<"));
    if names(plain, "Encrypt").any(locked) {
        return Err(Code::FilePassword);
    }
    long_names(plain)?;
    if ACTIVE_SHORT.iter().any(|name| names(plain, name).next().is_some()) {
        return Err(Code::FileActive);
    }
    let page = |after: &[u8]| {
        let value =
            after.iter().position(|b| !b.is_ascii_whitespace()).and_then(|at| after.get(at..)).unwrap_or_default();
        value.strip_prefix(b"/Page").is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
    };
    Ok(names(plain, "Type").filter(|after| page(after)).count())
}

fn long_names(bytes: &[u8]) -> Result<(), Code> {
    let active = ACTIVE.iter().any(|name| names(bytes, name).next().is_some());
    if active { Err(Code::FileActive) } else { Ok(()) }
}

/// Brackets within brackets.
fn deep(plain: &[u8]) -> Result<(), Code> {
    let mut depth = 0_usize;
    for (at, byte) in plain.iter().enumerate() {
        match byte {
            b'[' => depth += 1,
            b'<' if plain.get(at + 1) == Some(&b'<') => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if plain.get(at + 1) == Some(&b'>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEP {
            return Err(Code::FileDamaged);
        }
    }
    Ok(())
}

/// Unpacks a stream as far as the limits go; what it holds where that is wanted. Data that are not packed as they
/// say unpack to what came before the fault, as readers take it.
fn unpack(body: &[u8], all: &mut usize, wanted: bool) -> Result<Vec<u8>, Code> {
    let start = body.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(0);
    let packed = body.get(start..).unwrap_or_default();
    let mut inflate = Decompress::new(true);
    let (mut kept, mut buffer) = (Vec::new(), vec![0; 64 << 10]);
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let rest = packed.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default();
        let status = inflate.decompress(rest, &mut buffer, FlushDecompress::None);
        let count = usize::try_from(inflate.total_out() - written).unwrap_or(0);
        *all += count;
        let total = usize::try_from(inflate.total_out()).unwrap_or(usize::MAX);
        if *all > ALL || total > STREAM || (wanted && total > LIST) {
            return Err(Code::FileTooLarge);
        }
        if wanted {
            kept.extend_from_slice(buffer.get(..count).unwrap_or_default());
        }
        let stuck = inflate.total_in() == read && count == 0;
        if stuck || !matches!(status, Ok(Status::Ok | Status::BufError)) {
            return Ok(kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(dictionary: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("\n4 0 obj\n<<{dictionary}/Length {}>>\nstream\n", body.len());
        [head.as_bytes(), body, b"\nendstream\nendobj\n"].concat()
    }

    #[test]
    fn plain_papers_pass() {
        assert_eq!(check(b"1 0 obj<</Type/Catalog/OpenAction[3 0 R/Fit]>>endobj trailer<</Root 1 0 R>>"), Ok(()));
        let text = packed(b"BT (surat /JS) Tj ET");
        assert_eq!(check(&stream("/Filter/FlateDecode", &text)), Ok(()));
        assert_eq!(check(&stream("/Filter/DCTDecode", b"\xFF\xD8 /JS /Filt")), Ok(()));
        assert_eq!(check(&stream("/Type/ObjStm/Filter/FlateDecode", &packed(b"<</Type/Page>>"))), Ok(()));
        assert_eq!(check(b"<</EncryptMetadata true/Launched 1>>"), Ok(()));
    }

    #[test]
    fn active_ones_do_not() {
        let active =
            |bytes: &[u8]| assert_eq!(check(bytes), Err(Code::FileActive), "{}", String::from_utf8_lossy(bytes));
        active(b"1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj");
        active(b"1 0 obj<</S/J#61vaScript>>endobj");
        active(b"1 0 obj<</S /Rendition /JS 5 0 R>>endobj");
        active(b"1 0 obj<</S/Launch/F(cmd.exe)>>endobj");
        active(b"1 0 obj<</Names<</EmbeddedFiles 3 0 R>>>>endobj");
        active(&stream("/Type/ObjStm/Filter/FlateDecode", &packed(b"1 0 <</S/JavaScript/JS 2 0 R>>")));
        active(&stream("/Type/ObjStm/Filter[/FlateDecode]", &packed(b"1 0 <</OpenAction<</S/#4caunch>>>>")));
        active(&stream("/Type/ObjStm", b"<</JS(x)>>"));
        active(&stream("/Type/ObjStm/Filter [ /Fl ]/DecodeParms<</Predictor 1>>", &packed(b"1 0 <</JS(x)>>")));
        active(&stream("/N 1/First 4/Filter/FlateDecode", &packed(b"1 0 <</S/JavaScript>>")));
        // An object that the index finds within another one's body.
        active(&stream("/Filter/DCTDecode", b"x 9 0 obj<</S/JavaScript>>endobj"));
        active(&stream("/Type/EmbeddedFile/Filter/FlateDecode", &packed(b"MZ")));
    }

    #[test]
    fn locked_ones_do_not() {
        assert_eq!(check(b"trailer<</Root 1 0 R/Encrypt 5 0 R>>"), Err(Code::FilePassword));
        assert_eq!(check(b"trailer<</Root 1 0 R/Encr#79pt\n<</V 1>>>>"), Err(Code::FilePassword));
        assert_eq!(
            check(&stream("/Type/XRef/Encrypt 5 0 R/Filter/FlateDecode", &packed(b"x"))),
            Err(Code::FilePassword)
        );
    }

    #[test]
    fn limits_hold() {
        let pages = "1 0 obj<</Type /Page>>endobj\n".repeat(101);
        assert_eq!(check(pages.as_bytes()), Err(Code::FilePages));
        assert_eq!(check(&pages.as_bytes()[..pages.len() - 29]), Ok(()));
        let hidden = packed("<</Type/Page>>".repeat(101).as_bytes());
        assert_eq!(check(&stream("/Type/ObjStm/Filter/FlateDecode", &hidden)), Err(Code::FilePages));
        assert_eq!(check("[".repeat(100_000).as_bytes()), Err(Code::FileDamaged));
        assert_eq!(check("<<".repeat(100_000).as_bytes()), Err(Code::FileDamaged));
        let bomb = packed(&vec![0; STREAM + 1]);
        assert!(bomb.len() < 300_000);
        assert_eq!(check(&stream("/Filter/FlateDecode", &bomb)), Err(Code::FileTooLarge));
        for odd in [
            "/Type/ObjStm/Filter/LZWDecode",
            "/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]",
            "/Type/ObjStm/Filter[/FlateDecode/FlateDecode]",
            "/Type/ObjStm/Filter 9 0 R",
            "/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>",
            "/Type/ObjStm/Filter/FlateDecode/DecodeParms 9 0 R",
            "/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]",
        ] {
            assert_eq!(check(&stream(odd, b"x")), Err(Code::FileDamaged), "{odd}");
        }
        // A text or a remark that looks like the beginning of another object hides no filter.
        for hidden in [
            "/Type/ObjStm/Filter/LZWDecode/X( 5 0 obj)",
            "/Type/ObjStm/Filter/LZWDecode/X( 5 0 obj<<)",
            "/Filter/LZWDecode/X( endobj 5 0 obj<<\\()/Type/ObjStm",
            "/N 1/First 4/Filter/LZWDecode/X( 5 0 obj<<)/Y<</Z 1>>",
            "/N 1/First 4/Filter/LZWDecode% 5 0 obj<<\n",
            "/Type/ObjStm/Filter/LZWDecode/X( 5 0 obj<<#28)",
            "/Type/ObjStm/Filter/LZWDecode/X< 5 0 obj<<>",
        ] {
            assert_eq!(check(&stream(hidden, b"x")), Err(Code::FileDamaged), "{hidden}");
        }
        let list = packed(b"1 0 <</JS(x)>>");
        for hidden in ["% 5 0 obj<<\n", "/X( 5 0 obj<<#28)", "/X< 5 0 obj<<>"] {
            let dictionary = ["/Type/ObjStm/N 1/First 4/Filter/FlateDecode", hidden].concat();
            assert_eq!(check(&stream(&dictionary, &list)), Err(Code::FileActive), "{hidden}");
        }
        assert_eq!(check(&stream("/Type/ObjStm/X(a \\( \\) (b))/Filter/FlateDecode", &packed(b"1 0 <<>>"))), Ok(()));
        // A table of contents and a stamp before a picture make no list of it.
        let before = "%PDF-1.4\n1 0 obj<</First 5 0 R/Title(a)>>endobj 2 0 obj<</AP<</N 7 0 R>>>>endobj\n";
        let paper = [before.as_bytes(), &stream("/Filter/DCTDecode", b"\xFF\xD8")].concat();
        assert_eq!(check(&paper), Ok(()));
        // Only lists of objects are read here: an index is packed with a predictor as a rule.
        let index = "/Type/XRef/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>";
        assert_eq!(check(&stream(index, &packed(b"x"))), Ok(()));
        let cut = packed(b"BT (surat) Tj ET");
        assert_eq!(check(&stream("/Filter/FlateDecode", &cut[..9])), Ok(()));
    }
}
