//! Changing the files of a folder as a person would: one value at a time, comments and order kept.
//!
//! Every edit says what it found and what it leaves. So it changes nothing that somebody else has changed meanwhile,
//! doing it twice is doing it once, and [`Edit::undo`] is the same edit with the two exchanged.

use crate::files::{Files, Memory};
use satu_pintu_domain::content::{DayName, HolidayKind};
use satu_pintu_domain::date::Day;
use serde::{Deserialize, Serialize};
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, Item, Table, Value};

/// Opening and closing of the office, as they are written.
pub type Span = (String, String);

/// A row of hours: the day since which it holds, its weekdays, and its ends.
pub type Row = (Option<Day>, Vec<DayName>, Span);

/// What a day off is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOff {
    pub kind: HolidayKind,
    pub name: String,
    pub en: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Edit {
    /// A text, at a place like `open/0/from`, counted from 0.
    Text { file: String, place: String, old: String, new: String },
    /// A dated value: a fee in rupiah, or a time in working days. Without `new` the row goes.
    Param { id: String, from: Day, source: String, old: Option<i64>, new: Option<i64> },
    /// Hours on some weekdays from a day on, as `08:00` and `15:30`; time before it stays counted by those `before`.
    /// None are the file's rows of that day taken out.
    Openings { days: Vec<DayName>, since: Day, before: Vec<Span>, old: Vec<Span>, new: Vec<Span> },
    /// A day off.
    Holiday { date: Day, old: Option<DayOff>, new: Option<DayOff> },
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stuck {
    /// The file cannot be read, or the place is not in it.
    Missing(String),
    /// Somebody has changed it since.
    Changed(String),
}

impl std::fmt::Display for Stuck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stuck::Missing(place) => {
                write!(f, "Isian ini tidak ada lagi di folder isi. Buka lagi halamannya, lalu usulkan lagi. ({place})")
            }
            Stuck::Changed(place) => {
                write!(f, "Isi ini sudah diubah orang lain. Buka lagi halamannya, lalu usulkan lagi. ({place})")
            }
        }
    }
}

impl Edit {
    pub fn file(&self) -> &str {
        match self {
            Edit::Text { file, .. } => file,
            Edit::Param { .. } => "params.toml",
            Edit::Holiday { .. } | Edit::Openings { .. } => "calendar.toml",
        }
    }

    /// What takes it back.
    #[must_use]
    pub fn undo(&self) -> Edit {
        let mut back = self.clone();
        match &mut back {
            Edit::Text { old, new, .. } => std::mem::swap(old, new),
            Edit::Param { old, new, .. } => std::mem::swap(old, new),
            Edit::Holiday { old, new, .. } => std::mem::swap(old, new),
            Edit::Openings { old, new, .. } => std::mem::swap(old, new),
        }
        back
    }

    /// What takes it back on a day: hours that held until then stay counted, the earlier ones hold from then on.
    #[must_use]
    pub fn undo_on(&self, today: Day) -> Edit {
        match self {
            Edit::Openings { days, since, before, new, .. } if *since < today => Edit::Openings {
                days: days.clone(),
                since: today,
                before: new.clone(),
                old: Vec::new(),
                new: before.clone(),
            },
            other => other.undo(),
        }
    }

    /// The day that it speaks of itself: from when a value holds, or which day is off.
    pub fn day(&self) -> Option<Day> {
        match self {
            Edit::Text { .. } => None,
            Edit::Param { from, .. } => Some(*from),
            Edit::Openings { since, .. } => Some(*since),
            Edit::Holiday { date, .. } => Some(*date),
        }
    }

    /// Whether the file itself says from when it holds.
    pub fn dated(&self) -> bool {
        matches!(self, Edit::Param { .. } | Edit::Openings { .. })
    }

    /// The text of the file with this edit.
    ///
    /// # Errors
    /// [`Stuck`].
    pub fn apply(&self, text: &str) -> Result<String, Stuck> {
        let missing = || Stuck::Missing(self.file().to_owned());
        let mut document: DocumentMut = text.parse().map_err(|_| missing())?;
        match self {
            Edit::Text { file, place, old, new } => {
                let at = || format!("{file}, {place}");
                let item = found(document.as_item_mut(), place).ok_or_else(|| Stuck::Missing(at()))?;
                let text = item.as_value_mut().ok_or_else(|| Stuck::Missing(at()))?;
                match text.as_str() {
                    Some(now) if now == new => {}
                    Some(now) if now == old => put(text, new.as_str()),
                    _ => return Err(Stuck::Changed(at())),
                }
            }
            Edit::Param { id, from, source, old, new } => {
                let rows = document.get_mut("param").and_then(Item::as_array_of_tables_mut).ok_or_else(missing)?;
                let own = |row: &Table| row.get("id").and_then(Item::as_str) == Some(id);
                let at = rows.iter().position(|row| own(row) && day(row, "from") == Some(*from));
                let now = at.and_then(|at| rows.get(at)?.get("value")?.as_integer());
                let last = last(rows, own);
                let changed = || Stuck::Changed(format!("{id} mulai {from}"));
                replaced(rows, (at, last), (now.as_ref(), old.as_ref(), new.as_ref()), changed, |row, new| {
                    set(row, "id", id);
                    set(row, "from", written(*from)?);
                    set(row, "value", *new);
                    set(row, "source", source);
                    Some(())
                })?;
            }
            Edit::Openings { days, since, old, new, .. } => {
                let rows = document.get_mut("open").and_then(Item::as_array_of_tables_mut).ok_or_else(missing)?;
                let own = |row: &Table| day(row, "since") == Some(*since) && weekdays(row).as_ref() == Some(days);
                let now: Vec<Span> = rows.iter().filter(|row| own(row)).filter_map(span).collect();
                if now != *new {
                    if now != *old {
                        return Err(Stuck::Changed(format!("jam kantor mulai {since}")));
                    }
                    rows.retain(|row| !own(row));
                    for (from, to) in new {
                        let mut row = Table::new();
                        row.decor_mut().set_prefix("\n");
                        set(&mut row, "since", written(*since).ok_or_else(missing)?);
                        set(&mut row, "days", days.iter().map(|day| name(*day)).collect::<Array>());
                        set(&mut row, "from", from);
                        set(&mut row, "to", to);
                        rows.push(row);
                    }
                }
            }
            Edit::Holiday { date, old, new } => {
                let years = document.get_mut("year").and_then(Item::as_array_of_tables_mut).ok_or_else(missing)?;
                let year = years
                    .iter_mut()
                    .find(|year| year.get("year").and_then(Item::as_integer) == Some(date.year().into()));
                let year = year.ok_or_else(|| Stuck::Missing(format!("kalender tahun {}", date.year())))?;
                let days = year.get_mut("day").and_then(Item::as_array_of_tables_mut).ok_or_else(missing)?;
                let at = days.iter().position(|row| day(row, "date") == Some(*date));
                let now = at.and_then(|at| off(days.get(at)?));
                let before = last(days, |row| day(row, "date").is_some_and(|known| known < *date));
                let changed = || Stuck::Changed(format!("libur {date}"));
                replaced(days, (at, before), (now.as_ref(), old.as_ref(), new.as_ref()), changed, |row, new| {
                    set(row, "date", written(*date)?);
                    set(row, "kind", kind(new.kind));
                    set(row, "name", &new.name);
                    set(row, "en", &new.en);
                    Some(())
                })?;
            }
        }
        Ok(document.to_string())
    }
}

/// Makes all edits in files that are in memory; tells the paths of those that changed.
///
/// # Errors
/// [`Stuck`]; then some may be made and others not.
pub fn apply(files: &mut Memory, edits: &[Edit]) -> Result<Vec<String>, Stuck> {
    let mut changed: Vec<String> = Vec::new();
    for edit in edits {
        let path = edit.file();
        let missing = || Stuck::Missing(path.to_owned());
        let text = String::from_utf8(files.read(path).map_err(|_| missing())?).map_err(|_| missing())?;
        let new = edit.apply(&text)?;
        if new == text {
            continue;
        }
        if let Some((_, bytes)) = files.0.iter_mut().find(|(known, _)| known == path) {
            *bytes = new.into_bytes();
        }
        if !changed.iter().any(|known| known == path) {
            changed.push(path.to_owned());
        }
    }
    Ok(changed)
}

/// The text at a place of a file, or the texts of a list there.
pub fn texts(text: &str, place: &str) -> Option<Vec<String>> {
    let mut document: DocumentMut = text.parse().ok()?;
    let value = found(document.as_item_mut(), place)?.as_value()?;
    match value.as_array() {
        Some(list) => list.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
        None => Some(vec![value.as_str()?.to_owned()]),
    }
}

/// The last row that fits.
fn last(rows: &ArrayOfTables, fits: impl Fn(&Table) -> bool) -> Option<usize> {
    rows.iter().enumerate().filter(|(_, row)| fits(row)).last().map(|(at, _)| at)
}

/// The row at `at` becomes what is new: changed, taken out, or put in after `before`.
fn replaced<T: PartialEq>(
    rows: &mut ArrayOfTables,
    (at, before): (Option<usize>, Option<usize>),
    (now, old, new): (Option<&T>, Option<&T>, Option<&T>),
    changed: impl Fn() -> Stuck,
    fill: impl Fn(&mut Table, &T) -> Option<()>,
) -> Result<(), Stuck> {
    if now == new {
        return Ok(());
    }
    if now != old {
        return Err(changed());
    }
    match (at, new) {
        (Some(at), Some(new)) => rows.get_mut(at).and_then(|row| fill(row, new)).ok_or_else(changed),
        (Some(at), None) => {
            rows.remove(at);
            Ok(())
        }
        (None, Some(new)) => {
            let mut row = Table::new();
            row.decor_mut().set_prefix("\n");
            fill(&mut row, new).ok_or_else(changed)?;
            rows.insert(before.map_or(0, |at| at + 1), row);
            Ok(())
        }
        (None, None) => Ok(()),
    }
}

fn found<'a>(root: &'a mut Item, place: &str) -> Option<&'a mut Item> {
    place.split('/').try_fold(root, |item, part| match part.parse::<usize>() {
        Ok(at) => item.get_mut(at),
        Err(_) => item.get_mut(part),
    })
}

/// Another value in the same place: what stands around it, as a comment behind it, stays.
fn put(known: &mut Value, new: impl Into<Value>) {
    let decor = known.decor().clone();
    *known = new.into();
    *known.decor_mut() = decor;
}

fn set(row: &mut Table, key: &str, new: impl Into<Value>) {
    match row.get_mut(key).and_then(Item::as_value_mut) {
        Some(known) => put(known, new),
        None => drop(row.insert(key, Item::Value(new.into()))),
    }
}

fn day(row: &Table, key: &str) -> Option<Day> {
    row.get(key)?.as_datetime()?.date?.to_string().parse().ok()
}

fn span(row: &Table) -> Option<Span> {
    let text = |key: &str| row.get(key).and_then(Item::as_str).map(str::to_owned);
    Some((text("from")?, text("to")?))
}

fn weekdays(row: &Table) -> Option<Vec<DayName>> {
    let days = row.get("days")?.as_array()?.iter();
    days.map(|day| DayName::ALL.into_iter().find(|known| day.as_str() == Some(name(*known)))).collect()
}

/// A weekday, as files and people write it.
pub fn name(day: DayName) -> &'static str {
    match day {
        DayName::Senin => "senin",
        DayName::Selasa => "selasa",
        DayName::Rabu => "rabu",
        DayName::Kamis => "kamis",
        DayName::Jumat => "jumat",
        DayName::Sabtu => "sabtu",
        DayName::Minggu => "minggu",
    }
}

/// The rows of hours in the text of `calendar.toml`.
pub fn openings(text: &str) -> Option<Vec<Row>> {
    let document: DocumentMut = text.parse().ok()?;
    let rows = document.get("open")?.as_array_of_tables()?.iter();
    rows.map(|row| Some((day(row, "since"), weekdays(row)?, span(row)?))).collect()
}

fn written(day: Day) -> Option<Datetime> {
    day.to_string().parse().ok()
}

fn kind(kind: HolidayKind) -> &'static str {
    match kind {
        HolidayKind::LiburNasional => "libur-nasional",
        HolidayKind::CutiBersama => "cuti-bersama",
    }
}

fn off(row: &Table) -> Option<DayOff> {
    let text = |key: &str| row.get(key).and_then(Item::as_str);
    let joint = text("kind")? == kind(HolidayKind::CutiBersama);
    let kind = if joint { HolidayKind::CutiBersama } else { HolidayKind::LiburNasional };
    Some(DayOff { kind, name: text("name")?.to_owned(), en: text("en")?.to_owned() })
}
