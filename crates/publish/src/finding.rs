//! One fault with its place, as a person mends it: `CODE file:line text`.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// As in `docs/RULES.md`.
    pub code: &'static str,
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { code, file, line, text } = self;
        write!(f, "{code} {file}:{line} {text}")
    }
}
