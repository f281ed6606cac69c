//! What no file can know by itself: references, completeness, words, rules.
//! Each part looks at one thing; the findings carry the line of what has to be mended.

mod references;
mod rules;
mod services;
mod words;

use crate::content::Content;
use crate::document::Document;
use crate::finding::Finding;
use crate::read::Folder;
use satu_pintu_domain::date::Day;
use std::collections::BTreeSet;

pub use rules::{located, rule_set};

pub fn everything(folder: &Folder, content: &Content, today: Day, findings: &mut Vec<Finding>) {
    let mut desk = Desk { folder, content, today, findings };
    references::check(&mut desk);
    services::check(&mut desk);
    rules::check(&mut desk);
    words::check(&mut desk);
}

/// What every check has at hand.
struct Desk<'a> {
    folder: &'a Folder,
    content: &'a Content,
    today: Day,
    findings: &'a mut Vec<Finding>,
}

impl Desk<'_> {
    /// A finding at a place of a file; a file that is not there is told by its name.
    fn tell(&mut self, code: &'static str, path: &str, place: &str, text: String) {
        let finding = match self.folder.documents.get(path) {
            Some(document) => document.finding(code, place, text),
            None => {
                let file = format!("{}{path}", self.folder.shown);
                Finding { file, line: 1, code, text }
            }
        };
        self.findings.push(finding);
    }

    fn unknown(&mut self, path: &str, place: &str, what: &str, id: &str) {
        self.tell("unknown-target", path, place, format!("there is no {what} {id:?}"));
    }

    fn sources(&mut self, path: &str, place: &str, ids: &[String]) {
        for (at, id) in ids.iter().enumerate() {
            if self.content.source(id).is_none() {
                self.unknown(path, &format!("{place}/{at}"), "source", id);
            }
        }
    }

    /// A text that a person has to find there.
    fn filled(&mut self, code: &'static str, path: &str, place: &str, text: &str) {
        if text.trim().is_empty() {
            self.tell(code, path, place, format!("{place} is empty"));
        }
    }

    /// Where a link leads, as `docs/CONTENT.md` lists it.
    fn go(&mut self, path: &str, place: &str, go: &str) {
        let content = self.content;
        let known = match go.split_once('/') {
            _ if go.starts_with("https://") => go.len() > "https://".len(),
            None => matches!(go, "wizard" | "track" | "survey" | "contact" | "guides" | "glossary"),
            Some(("service", id)) => content.service(id).is_some(),
            Some(("apply", id)) => {
                content.service(id).is_some_and(|s| s.channel == satu_pintu_domain::content::Channel::Office)
            }
            Some(("guide", id)) => content.guide(id).is_some(),
            Some(("check", id)) => content.rules.contains_key(id),
            _ => false,
        };
        if !known {
            self.unknown(path, place, "page", go);
        }
    }

    /// Ids used once, at `<list>/<n>/id` of a file.
    fn once<'i>(&mut self, path: &str, list: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            if !seen.insert(id) {
                let place = format!("{list}/{at}");
                self.tell("duplicate-id", path, &place, format!("{id} is there twice"));
            }
            if !satu_pintu_domain::rules::is_id(id) {
                let text = format!("{id:?} is no id: 1 to 64 of a-z 0-9 - without --");
                self.tell("parse", path, &format!("{list}/{at}/id"), text);
            }
        }
    }

    fn document(&self, path: &str) -> Option<&Document> {
        self.folder.documents.get(path)
    }
}
