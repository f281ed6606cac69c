//! What a check can say: findings, or the certificate of a rule set without any.
//! Words and lines are the publish crate's matter; here is only the place within the rule set.

use serde::Serialize;

/// One fault. `code` as in `docs/RULES.md`; `subject` is the place in the document, as
/// `question/3/next/1/when/modal` (counted from 0), so that the caller can find its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub subject: String,
    pub text: String,
}

impl Finding {
    pub(super) fn new(code: &'static str, subject: String, text: String) -> Finding {
        Finding { code, subject, text }
    }
}

/// One way through a rule set: the answers in the order asked, its outcome, its items of kind permit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Path {
    pub answers: Vec<(String, String)>,
    pub end: String,
    pub needs: Vec<String>,
}

/// What a faultless rule set is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    pub id: String,
    /// SHA-256 in hex, see [`super::version`].
    pub version: String,
    pub questions: usize,
    /// Situations in which a question is asked, told apart only where something later depends on it. In a
    /// very large rule set only where a later question or the end does.
    pub states: usize,
    /// As `rules paths` prints them.
    pub paths: u64,
    /// Different results: an outcome with its items and their reasons. In a very large rule set without them.
    pub outcomes: usize,
    /// Questions on the longest path.
    pub longest: usize,
}
