//! From the folder an office edits to what is served: TOML with file and line, checked, as one [`Content`].
//!
//! Start with [`load`]. [`catalog`] makes the API's answers of it, [`rules`] is behind `satu-pintu rules`,
//! [`csp`] and [`compress`] prepare the built app for the server, [`site`] makes whole pages of it.

pub mod catalog;
mod check;
pub mod compress;
mod content;
pub mod csp;
mod document;
pub mod edit;
mod files;
mod finding;
mod lookup;
mod page;
pub mod programs;
mod read;
pub mod rules;
pub mod site;

pub use content::{Content, Words};
pub use files::{Dir, Files, Memory};
pub use finding::Finding;

use satu_pintu_domain::date::Day;

/// Reads and checks a content folder. `today` decides which dated values have to be in force.
///
/// # Errors
/// Every finding, by file and line. Content with a finding is not to be served.
pub fn load(source: &dyn Files, today: Day) -> Result<Content, Vec<Finding>> {
    let mut findings = Vec::new();
    let folder = read::folder(source, &mut findings);
    let content = read::content(&folder, &mut findings);
    if let Some(content) = &content {
        check::everything(&folder, content, today, &mut findings);
    }
    findings.sort();
    findings.dedup();
    match content {
        Some(content) if findings.is_empty() => Ok(content),
        _ => Err(findings),
    }
}
