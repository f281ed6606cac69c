//! Walking all of a rule set: every path, and the findings over reachable states.

use super::*;

/// One fault. `code` as in `docs/RULES.md`; `subject` names the question, option, row or item, so that the
/// caller can find its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub subject: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    pub answers: Vec<(String, String)>,
    pub end: String,
    pub needs: Vec<String>,
}

/// What a faultless rule set is worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certificate {
    pub id: String,
    pub version: String,
    pub questions: usize,
    pub states: usize,
    pub paths: u64,
    pub outcomes: usize,
    pub longest: usize,
}

pub fn check(_rules: &RuleSet, _today: Day) -> Result<Certificate, Vec<Finding>> {
    todo!()
}

/// Depth first, options in file order; one option a class, the first; each `many` value by itself.
pub fn paths(_rules: &RuleSet, _today: Day) -> Result<Vec<Path>, Vec<Finding>> {
    todo!()
}
