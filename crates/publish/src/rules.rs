//! Behind `satu-pintu rules check|paths|diff`: text for the terminal, one finding a line.
//! A file is checked by itself; a folder is all of the content.

mod diff;

pub use diff::rules_diff;

use crate::check;
use crate::content::Content;
use crate::document::Document;
use crate::files::Dir;
use crate::finding::Finding;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{self, Certificate, RuleSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Reads one rules file.
///
/// # Errors
/// `parse` or `unknown-key`.
fn read(path: &Path) -> Result<(Document, RuleSet), Finding> {
    let file = path.display().to_string();
    let bytes =
        std::fs::read(path).map_err(|e| Finding { file: file.clone(), line: 1, code: "parse", text: e.to_string() })?;
    let document = Document::parse(&file, &bytes)?;
    let rules = document.record()?;
    Ok((document, rules))
}

/// Checks each path, a rules file or a folder of content. The text is for the terminal: findings, or the
/// certificates of what was checked.
pub fn rules_check(paths: &[PathBuf], today: Day) -> (String, bool) {
    let mut certificates = Vec::new();
    let mut findings = Vec::new();
    for path in paths {
        if path.is_dir() {
            match crate::load(&Dir(path.clone()), today) {
                Ok(content) => certificates.extend(all_certificates(&content, today)),
                Err(found) => findings.extend(found),
            }
            continue;
        }
        let checked = read(path)
            .map_err(|finding| vec![finding])
            .and_then(|(document, rules)| check::rule_set(&document, &rules, today));
        match checked {
            Ok(certificate) => certificates.push(certificate),
            Err(found) => findings.extend(found),
        }
    }
    let ok = findings.is_empty();
    (report(&findings, if ok { &certificates } else { &[] }), ok)
}

/// The same for content that was loaded already.
pub fn content_check(loaded: &Result<Content, Vec<Finding>>, today: Day) -> (String, bool) {
    match loaded {
        Ok(content) => (report(&[], &all_certificates(content, today)), true),
        Err(findings) => (report(findings, &[]), false),
    }
}

fn all_certificates(content: &Content, today: Day) -> Vec<Certificate> {
    content.rules.values().filter_map(|rules| rules::check(rules, today).ok()).collect()
}

fn report(findings: &[Finding], certificates: &[Certificate]) -> String {
    let mut out = String::new();
    for finding in findings {
        let _ = writeln!(out, "{finding}");
    }
    for c in certificates {
        let _ = writeln!(
            out,
            "{}: version {}, questions {}, reachable states {}, paths {}, distinct outcomes {}, longest path {}",
            c.id, c.version, c.questions, c.states, c.paths, c.outcomes, c.longest
        );
    }
    out
}

/// One line of minified JSON a path. Needs only the rules file.
///
/// # Errors
/// The findings that keep it from being walked.
pub fn rules_paths(file: &Path, today: Day) -> Result<String, Vec<Finding>> {
    let mut out = String::new();
    each_path(file, today, &mut |line| {
        out.push_str(line);
        out.push('\n');
    })?;
    Ok(out)
}

/// As [`rules_paths`], a line at a time and without the line end: large rule sets have many.
///
/// # Errors
/// As [`rules_paths`].
pub fn each_path(file: &Path, today: Day, with: &mut dyn FnMut(&str)) -> Result<(), Vec<Finding>> {
    let (document, rules) = read(file).map_err(|finding| vec![finding])?;
    rules::each_path(&rules, today, &mut |path| {
        if let Ok(line) = serde_json::to_string(path) {
            with(&line);
        }
    })
    .map_err(|found| check::located(&document, found))
}
