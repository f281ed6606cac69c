//! Reading a folder of content into documents, and documents into records.
//! A file that cannot be read is told and left out, so that one run tells all of them.

use crate::content::{Content, FIRST_LANGUAGE, Words};
use crate::document::Document;
use crate::files::Files;
use crate::finding::Finding;
use satu_pintu_domain::content::*;
use satu_pintu_domain::hours::Hours;
use satu_pintu_domain::rules::RuleSet;
use satu_pintu_domain::workdays::Calendar;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// The documents by their path inside the folder.
#[derive(Default)]
pub struct Folder {
    pub documents: BTreeMap<String, Document>,
    pub drawings: BTreeMap<String, Vec<u8>>,
    /// The folder as a person knows it, for findings without a file.
    pub shown: String,
}

impl Folder {
    /// Documents directly in a folder, with the file's name without its ending.
    pub fn within<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Document)> {
        self.documents.iter().filter_map(move |(path, document)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".toml")?;
            (!name.contains('/')).then_some((name, document))
        })
    }

    /// Codes of the languages there are, Indonesian first.
    pub fn langs(&self) -> Vec<String> {
        let mut langs = vec![FIRST_LANGUAGE.to_string()];
        for path in self.documents.keys() {
            let lang = path.strip_prefix("words/").and_then(|p| p.split_once('/'));
            if let Some((lang, _)) = lang
                && !langs.iter().any(|l| l == lang)
            {
                langs.push(lang.to_string());
            }
        }
        langs
    }
}

/// Files at the top that there must be.
const TOP: [&str; 10] =
    ["office", "calendar", "letter", "activities", "risk", "glossary", "survey", "desk", "params", "rules/izin-usaha"];
/// Folders of TOML files.
const FOLDERS: [&str; 5] = ["sources", "rules", "requirements", "services", "guides"];

fn belongs(path: &str) -> bool {
    let Some(name) = path.strip_suffix(".toml") else {
        return true;
    };
    if TOP.contains(&name) {
        return true;
    }
    let parts: Vec<&str> = name.split('/').collect();
    match parts.as_slice() {
        [folder, _] => FOLDERS.contains(folder),
        ["words", _, "services"] => true,
        ["words", _, folder, _] => matches!(*folder, "rules" | "interface"),
        _ => false,
    }
}

pub fn folder(source: &dyn Files, findings: &mut Vec<Finding>) -> Folder {
    let mut folder = Folder { shown: source.shown(""), ..Folder::default() };
    let told = |path: &str, code, text| Finding { file: source.shown(path), line: 1, code, text };
    let paths = match source.list() {
        Ok(paths) => paths,
        Err(text) => {
            findings.push(told("", "parse", text));
            return folder;
        }
    };
    for path in paths {
        if !belongs(&path) {
            findings.push(told(&path, "unknown-key", "content has no file of this name".into()));
            continue;
        }
        let drawing = path.strip_prefix("drawings/").and_then(|p| p.strip_suffix(".svg"));
        if drawing.is_none() && !path.ends_with(".toml") {
            continue;
        }
        let bytes = match source.read(&path) {
            Ok(bytes) => bytes,
            Err(text) => {
                findings.push(told(&path, "parse", text));
                continue;
            }
        };
        if let Some(id) = drawing {
            folder.drawings.insert(id.to_string(), bytes);
            continue;
        }
        match Document::parse(&source.shown(&path), &bytes) {
            Ok(document) => {
                folder.documents.insert(path, document);
            }
            Err(finding) => findings.push(finding),
        }
    }
    let missing = TOP.into_iter().filter(|top| {
        let path = format!("{top}.toml");
        let broken = findings.iter().any(|f| f.file == source.shown(&path));
        !broken && !folder.documents.contains_key(&path)
    });
    let missing: Vec<Finding> = missing
        .map(|top| Finding {
            file: source.shown(&format!("{top}.toml")),
            line: 1,
            code: "parse",
            text: "this file is missing".into(),
        })
        .collect();
    findings.extend(missing);
    folder
}

/// Takes records out of documents and keeps the findings.
struct Reader<'a> {
    folder: &'a Folder,
    findings: &'a mut Vec<Finding>,
    complete: bool,
}

impl Reader<'_> {
    fn keep<T>(&mut self, result: Result<T, Finding>) -> Option<T> {
        match result {
            Ok(record) => Some(record),
            Err(finding) => {
                self.findings.push(finding);
                self.complete = false;
                None
            }
        }
    }

    fn whole<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        match self.folder.documents.get(path) {
            Some(document) => self.keep(document.record()),
            None => {
                self.complete = false;
                None
            }
        }
    }

    /// The entries of the one list in a file, `[[source]]`; any other key is unknown.
    fn list<T: DeserializeOwned>(&mut self, document: &Document, key: &str) -> Vec<T> {
        self.list_beside(document, key, "")
    }

    /// The entries of a list in a file that may hold another list, too.
    fn list_beside<T: DeserializeOwned>(&mut self, document: &Document, key: &str, beside: &str) -> Vec<T> {
        let mut out = Vec::new();
        let empty = serde_json::Map::new();
        for (other, value) in document.value.as_object().unwrap_or(&empty) {
            if other == beside {
                continue;
            }
            if other != key {
                let text = format!("unknown field `{other}`, expected only [[{key}]]");
                self.findings.push(document.finding("unknown-key", other, text));
                continue;
            }
            let Some(items) = value.as_array() else {
                let text = format!("expected [[{key}]]");
                self.findings.push(document.finding("parse", key, text));
                continue;
            };
            for (at, item) in items.iter().enumerate() {
                let record = document.part(item, &format!("{key}/{at}"));
                out.extend(self.keep(record));
            }
        }
        out
    }

    fn top<T: DeserializeOwned>(&mut self, path: &str, key: &str) -> Vec<T> {
        self.beside(path, key, "")
    }

    fn beside<T: DeserializeOwned>(&mut self, path: &str, key: &str, beside: &str) -> Vec<T> {
        match self.folder.documents.get(path) {
            Some(document) => self.list_beside(document, key, beside),
            None => Vec::new(),
        }
    }

    fn hours(&mut self, openings: &[Opening]) -> Option<Hours> {
        let document = self.folder.documents.get("calendar.toml")?;
        let told = Hours::new(openings).map_err(|bad| document.finding("unknown-value", "open", bad.to_string()));
        self.keep(told)
    }

    /// One record a file; its id must be the file's name.
    fn each<T: DeserializeOwned>(&mut self, name: &str) -> Vec<(String, T)> {
        let mut out = Vec::new();
        let folder = self.folder;
        for (file, document) in folder.within(name) {
            let id = document.value.get("id").and_then(Value::as_str).unwrap_or_default();
            if id != file {
                let text = format!("the id {id:?} has to be the name of the file, {file:?}");
                self.findings.push(document.finding("parse", "id", text));
            }
            let record = document.record();
            out.extend(self.keep(record).map(|record| (file.to_string(), record)));
        }
        out
    }

    fn words(&mut self, lang: &str) -> Words {
        let mut words = Words::default();
        let folder = self.folder;
        for (id, document) in folder.within(&format!("words/{lang}/rules")) {
            let record = document.record();
            words.rules.extend(self.keep(record).map(|w| (id.to_string(), w)));
        }
        for (section, document) in folder.within(&format!("words/{lang}/interface")) {
            for (key, text) in document.value.as_object().into_iter().flatten() {
                match text {
                    Value::String(text) => {
                        words.interface.insert(format!("{section}.{key}"), text.clone());
                    }
                    _ => self.findings.push(document.finding("parse", key, "expected a text".into())),
                }
            }
        }
        let services = format!("words/{lang}/services.toml");
        if let Some(document) = folder.documents.get(&services) {
            for (id, value) in document.value.as_object().into_iter().flatten() {
                let record = document.part(value, id);
                words.services.extend(self.keep(record).map(|w| (id.clone(), w)));
            }
        }
        words
    }
}

/// The records; `None` when something is missing without which there is no content.
pub fn content(folder: &Folder, findings: &mut Vec<Finding>) -> Option<Content> {
    let mut reader = Reader { folder, findings, complete: true };
    let office = reader.whole::<Office>("office.toml");
    let survey = reader.whole::<SurveyForm>("survey.toml");
    let desk = reader.whole::<DeskContent>("desk.toml");
    let letter = reader.whole::<Letter>("letter.toml");
    let years: Vec<CalendarYear> = reader.beside("calendar.toml", "year", "open");
    let openings: Vec<Opening> = reader.beside("calendar.toml", "open", "year");
    let hours = reader.hours(&openings);
    let mut sources: Vec<Source> = Vec::new();
    for (_, document) in folder.within("sources") {
        sources.extend(reader.list::<Source>(document, "source"));
    }
    let rules: BTreeMap<String, RuleSet> = reader.each("rules").into_iter().collect();
    let mut params: Vec<Param> = reader.top("params.toml", "param");
    params.extend(rules.values().flat_map(|r| r.params.iter().cloned()));
    let mut services: Vec<Service> = reader.each("services").into_iter().map(|(_, service)| service).collect();
    services.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    let mut guides: Vec<Guide> = reader.each("guides").into_iter().map(|(_, g)| g).collect();
    guides.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    let langs = folder.langs();
    let words = langs.iter().map(|lang| (lang.clone(), reader.words(lang))).collect();
    let activities = reader.top("activities.toml", "activity");
    let risks = reader.top("risk.toml", "risk");
    let terms = reader.top("glossary.toml", "term");
    let requirements = reader.each("requirements").into_iter().collect();
    if !reader.complete {
        return None;
    }
    Some(Content {
        office: office?,
        calendar: Calendar::new(&years),
        hours: hours?,
        letter: letter?,
        years,
        sources,
        activities,
        risks,
        terms,
        survey: survey?,
        desk: desk?,
        params,
        rules,
        requirements,
        services,
        guides,
        drawings: folder.drawings.clone(),
        langs,
        words,
    })
}
