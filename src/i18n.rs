//! Messages of the interface and how numbers, money and dates are written. `t()` gives the messages of the
//! language of the address; a new message is a line in content/words/<lang>/interface/<section>.toml.

mod format;
mod words {
    #![allow(clippy::all, missing_docs)]
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use format::*;
pub use words::*;

use leptos::prelude::use_context;
use std::sync::atomic::{AtomicU8, Ordering};

/// The language shown in the browser; a rendering on the host puts a `Lang` into the context instead, as many
/// may run at once.
static SHOWN: AtomicU8 = AtomicU8::new(0);

/// Sets the language of the browser's page.
pub fn show(lang: Lang) {
    SHOWN.store(lang as u8, Ordering::Relaxed);
}

/// The language of this page.
pub fn lang() -> Lang {
    if cfg!(target_arch = "wasm32") {
        let shown = SHOWN.load(Ordering::Relaxed);
        return Lang::ALL.iter().copied().find(|l| *l as u8 == shown).unwrap_or(Lang::Id);
    }
    use_context().unwrap_or(Lang::Id)
}

/// The messages of this page's language: `t().shell().skip`.
pub fn t() -> Words {
    lang().words()
}

/// Where a key stands. A list, as comparing with each key in code takes ten times the bytes.
fn place(keys: &[&str], key: &str) -> Option<usize> {
    keys.iter().position(|k| *k == key)
}

/// Puts values in the `{places}` of a text.
fn fill(text: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(len) = rest[start..].find('}') else { break };
        out.push_str(&rest[..start]);
        let name = &rest[start + 1..start + len];
        if let Some((_, value)) = values.iter().find(|(n, _)| *n == name) {
            let _ = std::fmt::Write::write_fmt(&mut out, format_args!("{value}"));
        }
        rest = &rest[start + len + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled() {
        assert_eq!(fill("{a} dari {b} hari", &[("b", &5), ("a", &"3")]), "3 dari 5 hari");
        assert_eq!(fill("tanpa tempat", &[]), "tanpa tempat");
        assert_eq!(fill("rusak {a", &[("a", &1)]), "rusak {a");
    }

    #[test]
    fn every_language_has_a_code() {
        for lang in Lang::ALL {
            assert_eq!(lang.code().len(), 2);
        }
    }
}
