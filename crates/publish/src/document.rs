//! One TOML file as JSON that remembers the line of every key and list entry.
//! Places are paths like `question/3/next/1/when/modal`, counted from 0.

use crate::finding::Finding;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use toml::de::{DeTable, DeValue};

pub struct Document {
    /// As a person knows it.
    pub file: String,
    pub value: Value,
    lines: HashMap<String, usize>,
}

impl Document {
    /// # Errors
    /// `parse`, when it is not UTF-8 or not TOML.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Document, Finding> {
        let bad = |line: usize, text: String| Finding { file: file.into(), line, code: "parse", text };
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
            bad(line_of(before), "this file is not UTF-8 text".into())
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table = DeTable::parse(text).map_err(|e| {
            let start = e.span().map_or(0, |span| span.start);
            bad(line_at(text, start), e.message().replace('\n', " "))
        })?;
        let starts = starts(text);
        let mut lines = HashMap::new();
        let value = from_table(table.get_ref(), "", &starts, &mut lines);
        Ok(Document { file: file.into(), value, lines })
    }

    /// The line of a place, or of the nearest place around it that is written.
    pub fn line(&self, place: &str) -> usize {
        let mut place = place;
        loop {
            if let Some(line) = self.lines.get(place) {
                return *line;
            }
            match place.rsplit_once('/') {
                Some((outer, _)) => place = outer,
                None => return 1,
            }
        }
    }

    pub fn finding(&self, code: &'static str, place: &str, text: String) -> Finding {
        Finding { file: self.file.clone(), line: self.line(place), code, text }
    }

    /// The whole file as a record.
    ///
    /// # Errors
    /// `parse` or `unknown-key`.
    pub fn record<T: DeserializeOwned>(&self) -> Result<T, Finding> {
        self.part(&self.value, "")
    }

    /// A part of the file as a record; `place` is where `value` stands.
    ///
    /// # Errors
    /// As [`Document::record`].
    pub fn part<T: DeserializeOwned>(&self, value: &Value, place: &str) -> Result<T, Finding> {
        serde_path_to_error::deserialize(value).map_err(|error| {
            let inner = inner_place(error.path());
            let mut at = join(place, &inner);
            let mut text = error.inner().to_string();
            if text.contains("untagged enum") {
                (at, text) = self.told_apart(value, &inner, at);
            }
            let unknown = text.strip_prefix("unknown field `").and_then(|t| t.split('`').next());
            match unknown {
                Some(key) => {
                    let key = key.to_string();
                    if !at.ends_with(&format!("/{key}")) && at != key {
                        at = join(&at, &key);
                    }
                    self.finding("unknown-key", &at, text)
                }
                None => self.finding("parse", &at, text),
            }
        })
    }

    /// An option or a guard may be written in two ways, and serde then only says that neither fits.
    fn told_apart(&self, value: &Value, inner: &str, at: String) -> (String, String) {
        use satu_pintu_domain::rules::ChoiceTable;
        let here = value.pointer(&format!("/{inner}"));
        match here {
            Some(table @ Value::Object(_)) => match serde_path_to_error::deserialize::<_, ChoiceTable>(table) {
                Err(e) => (join(&at, &inner_place(e.path())), e.inner().to_string()),
                Ok(_) => (at, "a table does not belong here".into()),
            },
            _ => (at, "expected a text, or a list of texts".into()),
        }
    }
}

fn inner_place(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let segments: Vec<String> = path
        .iter()
        .filter_map(|s| match s {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            _ => None,
        })
        .collect();
    segments.join("/")
}

fn join(outer: &str, inner: &str) -> String {
    match (outer, inner) {
        ("", inner) => inner.to_string(),
        (outer, "") => outer.to_string(),
        (outer, inner) => format!("{outer}/{inner}"),
    }
}

fn line_of(before: &[u8]) -> usize {
    before.iter().filter(|b| **b == b'\n').count() + 1
}

fn line_at(text: &str, offset: usize) -> usize {
    line_of(text.as_bytes().get(..offset).unwrap_or_default())
}

/// Offsets at which lines begin.
fn starts(text: &str) -> Vec<usize> {
    let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

type Lines = HashMap<String, usize>;

fn from_table(table: &DeTable<'_>, place: &str, starts: &[usize], lines: &mut Lines) -> Value {
    let mut out = serde_json::Map::new();
    for (key, value) in table {
        let at = join(place, key.get_ref());
        let line = starts.partition_point(|start| *start <= key.span().start);
        let value = from_value(value.get_ref(), &at, starts, lines);
        lines.insert(at, line);
        out.insert(key.get_ref().to_string(), value);
    }
    Value::Object(out)
}

fn from_value(value: &DeValue<'_>, place: &str, starts: &[usize], lines: &mut Lines) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
            Ok(n) => Value::from(n),
            // Too large for anything here: left as text, so that reading says so at its line.
            Err(_) => Value::from(n.as_str()),
        },
        DeValue::Float(n) => match n.as_str().parse::<f64>() {
            Ok(n) => Value::from(n),
            Err(_) => Value::from(n.as_str()),
        },
        DeValue::Boolean(b) => Value::from(*b),
        DeValue::Datetime(day) => Value::from(day.to_string()),
        DeValue::Array(items) => {
            let mut out = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let at = join(place, &index.to_string());
                let line = starts.partition_point(|start| *start <= item.span().start);
                out.push(from_value(item.get_ref(), &at, starts, lines));
                lines.insert(at, line);
            }
            Value::Array(out)
        }
        DeValue::Table(table) => from_table(table, place, starts, lines),
    }
}
