//! A draft as a file that goes to another phone: what is unsent, its pictures, and the key.
//!
//! ```text
//! satu-pintu-draf 1\n
//! {"draft":{...},"key":"...","files":[{...,"size":123},...]}\n
//! the bytes of each file, one after another, without anything between
//! ```
//!
//! The second line is JSON in UTF-8, as the phone keeps drafts and uploads. A draft that the office has given no
//! number goes with its tokens, so that opened on two phones it is still one. Papers that the office has stay there.

use super::draft::Draft;
use super::json;
use super::upload::Upload;
use serde::{Deserialize, Serialize};

pub const ENDING: &str = "satupintu";
const FIRST_LINE: &str = "satu-pintu-draf 1\n";
/// The most bytes of the two lines; longer ones are no draft.
pub const MOST_HEAD: u64 = 1_000_000;

/// The second line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub draft: Draft,
    /// Of an application that has a number.
    pub key: String,
    pub files: Vec<Upload>,
}

/// Both lines.
pub fn write(head: &Head) -> Option<String> {
    Some([FIRST_LINE, &serde_json::to_string(head).ok()?, "\n"].concat())
}

/// Reads the two lines at the beginning of a file; and for each file its first byte and the one after its last.
/// `None` when it is no such file, or a part of it is missing.
pub fn read(begin: &[u8], length: u64) -> Option<(Head, Vec<(u64, u64)>)> {
    let rest = begin.strip_prefix(FIRST_LINE.as_bytes())?;
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head: Head = json::read(std::str::from_utf8(rest.get(..end)?).ok()?)?;
    let mut at = (FIRST_LINE.len() + end + 1) as u64;
    let mut places = Vec::new();
    for file in &head.files {
        let to = at.checked_add(file.transfer.size)?;
        places.push((at, to));
        at = to;
    }
    (at == length).then_some((head, places))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::upload::upload;

    fn head() -> Head {
        let mut draft = Draft::begin("reklame", "Izin reklame", "0123456789abcdef", 1);
        draft.edit("nama", "Bu \"Sri\"\n& anak 🙂", 2);
        let files = vec![
            upload("baru-1", "ktp", "a.jpg", "image/jpeg", 5, true),
            upload("baru-1", "npwp", "b.pdf", "", 0, true),
        ];
        Head { draft, key: String::new(), files }
    }

    #[test]
    fn what_is_written_is_read() {
        let head = head();
        let text = write(&head).unwrap();
        let start = text.len() as u64;
        let (read, places) = read(text.as_bytes(), start + 5).unwrap();
        assert_eq!((read, places), (head, vec![(start, start + 5), (start + 5, start + 5)]));
    }

    #[test]
    fn what_is_cut_or_strange_is_refused() {
        let text = write(&head()).unwrap();
        assert!(read(text.as_bytes(), text.len() as u64 + 4).is_none());
        for end in (0..text.len()).step_by(7) {
            assert!(read(&text.as_bytes()[..end], end as u64).is_none(), "{end}");
        }
        for odd in ["", "satu-pintu-draf 2\n{}\n", "satu-pintu-draf 1\n[]\n", "PK\u{3}\u{4}", "satu-pintu-draf 1\n{}\n"]
        {
            assert!(read(odd.as_bytes(), odd.len() as u64).is_none(), "{odd:?}");
        }
    }
}
