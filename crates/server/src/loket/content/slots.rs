//! What there is to change, with the value it has in the files now.

use crate::contents::Published;
use satu_pintu_domain::content::{DayName, TimeUnit};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::validate;
use satu_pintu_publish::edit::{self, Edit, Span, name as name_of_day, texts};
use satu_pintu_publish::{Content, Files, Memory};
use std::sync::Arc;

/// Kinds of content that are changed here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Fees,
    Hours,
    Contact,
    Sentences,
}

pub const TOPICS: [(Topic, &str, &str); 4] = [
    (Topic::Fees, "biaya", "Biaya dan waktu layanan"),
    (Topic::Hours, "jam", "Jam kantor"),
    (Topic::Contact, "kontak", "Kontak kantor"),
    (Topic::Sentences, "kalimat", "Kalimat"),
];

pub fn topic(id: &str) -> Option<(Topic, &'static str)> {
    TOPICS.iter().find(|(_, known, _)| *known == id).map(|(topic, _, title)| (*topic, *title))
}

/// Where a value stands.
pub enum Target {
    Text {
        file: String,
        place: String,
    },
    Param {
        id: String,
        source: String,
    },
    /// One end of one of the spans in which the office is open on some weekdays.
    Opening {
        days: Vec<DayName>,
        spans: Vec<Span>,
        at: usize,
        closes: bool,
        rows: Rows,
    },
}

/// The rows of hours in the file.
type Rows = Arc<Vec<edit::Row>>;

/// One value that can be changed.
pub struct Slot {
    pub label: String,
    pub now: String,
    pub target: Target,
}

impl Slot {
    fn text(files: &Memory, file: &str, place: &str) -> Option<Slot> {
        let text = String::from_utf8(files.read(file).ok()?).ok()?;
        let now = texts(&text, place)?.into_iter().next()?;
        let target = Target::Text { file: file.to_owned(), place: place.to_owned() };
        Some(Slot { label: name(file, place), now, target })
    }

    /// The field of a form for it: by what it is, not by its place among others, which may change meanwhile.
    pub fn field(&self) -> String {
        match &self.target {
            Target::Text { file, place } => format!("isi-{file}/{place}"),
            Target::Param { id, .. } => format!("isi-{id}"),
            Target::Opening { days, at, closes, .. } => {
                let end = if *closes { "tutup" } else { "buka" };
                let days: Vec<&str> = days.iter().map(|day| name_of_day(*day)).collect();
                format!("isi-jam-{}-{at}-{end}", days.join("-"))
            }
        }
    }

    /// What a typed value changes; nothing when it is what was `shown`. A code of the words of faults when it is no
    /// value, or [`STALE`] when somebody has changed what was shown.
    pub fn edit(
        &self,
        content: &Published,
        typed: &str,
        shown: &str,
        starts: Day,
    ) -> Result<Option<Edit>, &'static str> {
        let typed = typed.trim();
        if plain(typed) == plain(shown) {
            return Ok(None);
        }
        if plain(shown) != plain(&self.now) {
            return Err(STALE);
        }
        if typed.is_empty() {
            return Err("required");
        }
        match &self.target {
            Target::Text { file, place } => Ok(Some(Edit::Text {
                file: file.clone(),
                place: place.clone(),
                old: self.now.clone(),
                new: typed.replace("\r\n", "\n"),
            })),
            Target::Param { id, source } => {
                let new = validate::money(typed)?;
                if content.param(id, starts) == Some(new) {
                    return Ok(None);
                }
                let old = content.params.iter().find(|row| row.id == *id && row.from == starts).map(|row| row.value);
                Ok(Some(Edit::Param { id: id.clone(), from: starts, source: source.clone(), old, new: Some(new) }))
            }
            Target::Opening { days, spans, at, closes, rows } => {
                let mut new = spans.clone();
                if let Some((from, to)) = new.get_mut(*at) {
                    *(if *closes { to } else { from }) = typed.replace('.', ":");
                }
                let own = rows.iter().filter(|(since, on, _)| *since == Some(starts) && on == days);
                let old = own.map(|(_, _, span)| span.clone()).collect();
                Ok(Some(Edit::Openings { days: days.clone(), since: starts, before: spans.clone(), old, new }))
            }
        }
    }
}

/// Somebody else has changed it since it was shown.
pub const STALE: &str = "stale";

/// Without what a browser changes in a text that nobody touched.
pub fn plain(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

/// Fields of these files that are sentences.
const OF_SERVICE: [&str; 6] = ["plain", "who", "product", "validity", "cost_note", "renewal"];
const OF_CARD: [&str; 6] = ["plain", "where", "time", "validity", "mistake", "name"];

/// The files with sentences, and what they are called.
pub fn with_sentences(content: &Published) -> Vec<(String, String)> {
    let own = [("office.toml", "Janji kantor"), ("desk.toml", "Kalimat siap pakai petugas")];
    let own = own.iter().map(|(file, name)| ((*file).to_owned(), (*name).to_owned()));
    let services = content.services.iter().map(|s| (format!("services/{}.toml", s.id), format!("Layanan: {}", s.name)));
    let cards = content.requirements.values();
    let cards = cards.map(|card| (format!("requirements/{}.toml", card.id), format!("Syarat: {}", card.name)));
    own.chain(services).chain(cards).collect()
}

/// What there is of a topic; of sentences, in one file.
pub fn slots(content: &Published, files: &Memory, topic: Topic, file: &str, today: Day) -> Vec<Slot> {
    let text = |file: &str, place: &str| Slot::text(files, file, place);
    match topic {
        Topic::Fees => fees(content, today),
        Topic::Hours => hours(files, today).into_iter().chain(text("office.toml", "hours")).collect(),
        Topic::Contact => {
            ["phone", "whatsapp", "email", "address"].iter().filter_map(|place| text("office.toml", place)).collect()
        }
        Topic::Sentences => {
            let all = |places: &[&str]| places.iter().filter_map(|place| text(file, place)).collect();
            let known = with_sentences(content).iter().any(|(known, _)| known == file);
            match file.split('/').next() {
                _ if !known => Vec::new(),
                Some("office.toml") => all(&["promise", "disclaimer"]),
                Some("desk.toml") => (0..200).map_while(|at| text(file, &format!("sentence/{at}/text"))).collect(),
                Some("services") => all(&OF_SERVICE),
                _ => all(&OF_CARD),
            }
        }
    }
}

/// The hours that hold today, those of weekdays that have the same ones together.
fn hours(files: &Memory, today: Day) -> Vec<Slot> {
    let text = files.read("calendar.toml").ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let rows: Rows = Arc::new(text.and_then(|text| edit::openings(&text)).unwrap_or_default());
    let mut groups: Vec<(Vec<DayName>, Vec<Span>)> = Vec::new();
    for day in DayName::ALL {
        let own = || rows.iter().filter(|(_, days, _)| days.contains(&day));
        let holds = own().map(|(since, ..)| *since).filter(|since| *since <= Some(today)).max();
        let since = holds.or_else(|| own().map(|(since, ..)| *since).min());
        let spans: Vec<Span> = own().filter(|row| Some(row.0) == since).map(|row| row.2.clone()).collect();
        match groups.iter_mut().find(|(_, known)| *known == spans) {
            _ if spans.is_empty() => {}
            Some((days, _)) => days.push(day),
            None => groups.push((vec![day], spans)),
        }
    }
    let mut slots = Vec::new();
    for (days, spans) in groups {
        for (at, (from, to)) in spans.iter().enumerate() {
            for (closes, now) in [(false, from), (true, to)] {
                let which = if closes { "tutup" } else { "buka" };
                let target =
                    Target::Opening { days: days.clone(), spans: spans.clone(), at, closes, rows: rows.clone() };
                slots.push(Slot { label: format!("Jam {which}: {}", weekdays(&days)), now: now.clone(), target });
            }
        }
    }
    slots
}

/// Both ends of a span are typed by themselves and are one change.
pub fn together(edits: Vec<Edit>) -> Vec<Edit> {
    let mut all: Vec<Edit> = Vec::new();
    for edit in edits {
        let same = |known: &&mut Edit| match (known, &edit) {
            (Edit::Openings { days, .. }, Edit::Openings { days: other, .. }) => days == other,
            _ => false,
        };
        match (all.iter_mut().find(same), &edit) {
            (Some(Edit::Openings { new, .. }), Edit::Openings { before, new: other, .. }) => {
                for ((have, was), typed) in new.iter_mut().zip(before).zip(other) {
                    if typed.0 != was.0 {
                        have.0.clone_from(&typed.0);
                    }
                    if typed.1 != was.1 {
                        have.1.clone_from(&typed.1);
                    }
                }
            }
            _ => all.push(edit),
        }
    }
    all
}

/// `senin, selasa`
pub fn weekdays(days: &[DayName]) -> String {
    days.iter().map(|day| name_of_day(*day)).collect::<Vec<_>>().join(", ")
}

/// `08:00 sampai 15:30`
pub fn spans(spans: &[Span]) -> String {
    spans.iter().map(|(from, to)| format!("{from} sampai {to}")).collect::<Vec<_>>().join(", ")
}

fn fees(content: &Published, today: Day) -> Vec<Slot> {
    let param = |id: &str, label: String| {
        let rows = content.params.iter().filter(|row| row.id == id && row.from <= today);
        let row = rows.max_by_key(|row| row.from)?;
        let target = Target::Param { id: id.to_owned(), source: row.source.clone() };
        Some(Slot { label, now: row.value.to_string(), target })
    };
    let of_services = content.services.iter().flat_map(|service| {
        let fee = param(&service.cost, format!("Biaya {}, dalam rupiah", service.name));
        [fee, param(&service.days, format!("Waktu {}, dalam {}", service.name, unit(content, &service.days)))]
    });
    let check = param(&content.office().intake_days, format!("{FIRST_CHECK}, dalam hari kerja"));
    of_services.flatten().chain(check).collect()
}

const FIRST_CHECK: &str = "Waktu pemeriksaan pertama";

/// What a time is counted in.
pub fn unit(content: &Content, id: &str) -> &'static str {
    let service = content.services.iter().find(|service| service.days == id);
    match service.map(|service| service.unit) {
        Some(TimeUnit::Minute) => "menit kerja",
        Some(TimeUnit::Hour) => "jam kerja",
        _ => "hari kerja",
    }
}

/// A dated value, as people call it.
pub fn param_name(content: &Content, id: &str) -> String {
    let of_service = content.services.iter().find_map(|service| match id {
        _ if service.cost == id => Some(format!("Biaya {}", service.name)),
        _ if service.days == id => Some(format!("Waktu {}", service.name)),
        _ => None,
    });
    let first = (content.office.intake_days == id).then(|| FIRST_CHECK.to_owned());
    of_service.or(first).unwrap_or_else(|| id.to_owned())
}

/// A place of a file, as people call it.
pub fn name(file: &str, place: &str) -> String {
    let last = place.rsplit('/').next().unwrap_or(place);
    let what = match (file, last) {
        ("office.toml", "phone") => "Telepon",
        ("office.toml", "whatsapp") => "WhatsApp",
        ("office.toml", "email") => "E-mail",
        ("office.toml", "address") => "Alamat",
        ("office.toml", "hours") => "Jam kantor, seperti dibaca warga",
        ("office.toml", "promise") => "Janji pelayanan",
        ("office.toml", "disclaimer") => "Catatan di bawah panduan",
        ("desk.toml", _) => return format!("Kalimat siap pakai {}", number(place)),
        (_, "plain") => "Penjelasan singkat",
        (_, "who") => "Untuk siapa",
        (_, "product") => "Hasilnya",
        (_, "validity") => "Masa berlaku",
        (_, "cost_note") => "Catatan biaya",
        (_, "renewal") => "Perpanjangan",
        (_, "where") => "Diurus di mana",
        (_, "time") => "Lamanya",
        (_, "mistake") => "Kesalahan umum",
        (_, "name") => "Nama",
        _ => place,
    };
    match file.rsplit_once('/') {
        Some((_, id)) => format!("{what} ({})", id.trim_end_matches(".toml")),
        None => what.to_owned(),
    }
}

/// From 1, as people count.
fn number(place: &str) -> usize {
    place.split('/').nth(1).and_then(|at| at.parse::<usize>().ok()).map_or(0, |at| at + 1)
}

/// Texts under so many characters are typed on one line.
pub const SHORT: usize = 60;
