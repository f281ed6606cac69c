//! The satisfaction survey (SKM) and its index (IKM), Permen PANRB 14/2017, with the exact weight 1/9.

use crate::date::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The nine elements, keyed by name because offices number the last two differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Element {
    Persyaratan,
    Prosedur,
    Waktu,
    Biaya,
    Produk,
    Kompetensi,
    Perilaku,
    Sarana,
    Pengaduan,
}

impl Element {
    /// In the order of the form: U1 to U9.
    pub const ALL: [Element; 9] = [
        Element::Persyaratan,
        Element::Prosedur,
        Element::Waktu,
        Element::Biaya,
        Element::Produk,
        Element::Kompetensi,
        Element::Perilaku,
        Element::Sarana,
        Element::Pengaduan,
    ];
}

/// Nine scores of 1 to 4 in the order of the form.
pub type Scores = [u8; 9];

/// A half-year, written `2026-1` or `2026-2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfYear {
    pub year: i32,
    /// 1 or 2.
    pub half: u8,
}

impl HalfYear {
    pub fn of(day: Day) -> HalfYear {
        let half = if u8::from(day.0.month()) <= 6 { 1 } else { 2 };
        HalfYear { year: day.year(), half }
    }
    pub fn first_day(self) -> Day {
        let month = if self.half == 1 { time::Month::January } else { time::Month::July };
        self.day(month, 1)
    }
    /// 30 June or 31 December; the survey is open to the end of it.
    pub fn last_day(self) -> Day {
        if self.half == 1 { self.day(time::Month::June, 30) } else { self.day(time::Month::December, 31) }
    }
    fn day(self, month: time::Month, day: u8) -> Day {
        Day(time::Date::from_calendar_date(self.year, month, day).unwrap_or(time::Date::MIN))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Grade {
    A,
    B,
    C,
    D,
}

/// What a set of answers is worth. Decimal numbers are text, so that they stay exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Index {
    pub n: u64,
    /// Mean of each element, rounded half up to four decimals.
    pub elements: BTreeMap<Element, String>,
    /// 25.00 to 100.00, rounded half up to two decimals; `None` without answers.
    pub index: Option<String>,
    pub grade: Option<Grade>,
    /// Answers needed for the population (Krejcie and Morgan 1970).
    pub needed: Option<u64>,
}

/// A row that cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// From 1, the header included.
    pub line: usize,
    pub text: String,
}

/// The index of a set of answers: sum / (9 n) x 25, exact until it is written down.
pub fn index(answers: &[Scores], population: Option<u64>) -> Index {
    let n = answers.len() as u64;
    let needed = population.map(needed);
    if n == 0 {
        return Index { n, elements: BTreeMap::new(), index: None, grade: None, needed };
    }
    let mut elements = BTreeMap::new();
    let mut total: u128 = 0;
    for (at, element) in Element::ALL.into_iter().enumerate() {
        let sum: u128 = answers.iter().map(|row| u128::from(row[at])).sum();
        total += sum;
        elements.insert(element, decimal(half_up(sum * 10_000, n.into()), 4));
    }
    let hundredths = half_up(total * 2_500, 9 * u128::from(n));
    Index { n, elements, index: Some(decimal(hundredths, 2)), grade: Some(Grade::of(hundredths)), needed }
}

impl Grade {
    /// By the index in hundredths, already rounded: the published table has gaps of one hundredth, so
    /// rounding comes first (65.00, 76.61 and 88.31 open a grade).
    pub fn of(hundredths: u128) -> Grade {
        match hundredths {
            0..6_500 => Grade::D,
            6_500..7_661 => Grade::C,
            7_661..8_831 => Grade::B,
            _ => Grade::A,
        }
    }
}

/// `a / b` rounded half up; `b` is not zero.
pub(crate) fn half_up(a: u128, b: u128) -> u128 {
    (2 * a + b) / (2 * b)
}

/// A whole number of 10^-places as decimal text.
fn decimal(value: u128, places: u32) -> String {
    let unit = 10u128.pow(places);
    format!("{}.{:0width$}", value / unit, value % unit, width = places as usize)
}

/// round( 3.841 N / 4 / (0.0025 (N-1) + 3.841/4) ), in whole-number arithmetic.
pub fn needed(population: u64) -> u64 {
    if population == 0 {
        return 0;
    }
    let n = u128::from(population);
    half_up(96_025 * n, 250 * (n - 1) + 96_025) as u64
}

/// Reads `resp,U1..U9`, with or without a byte order mark, `,` or `;`.
///
/// # Errors
/// [`BadRow`] with the line of the first value that is missing or not 1 to 4.
pub fn parse_csv(text: &str) -> Result<Vec<Scores>, BadRow> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().enumerate();
    let bad = |at: usize, text: String| BadRow { line: at + 1, text };
    let wanted = "baris pertama harus resp,U1,U2,U3,U4,U5,U6,U7,U8,U9";
    let (_, header) = lines.next().ok_or_else(|| bad(0, wanted.to_string()))?;
    let separator = if header.contains(';') { ';' } else { ',' };
    let cells = |line: &str| -> Vec<String> {
        let cell = |c: &str| c.trim().trim_matches('"').trim().to_string();
        line.split(separator).map(cell).collect()
    };
    let mut names = cells(header).into_iter();
    let named = names.next().is_some_and(|n| n.eq_ignore_ascii_case("resp"));
    let ordered = (1..=9).all(|u| names.next().is_some_and(|n| n.eq_ignore_ascii_case(&format!("U{u}"))));
    if !named || !ordered || names.next().is_some() {
        return Err(bad(0, wanted.to_string()));
    }
    let mut answers = Vec::new();
    for (at, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        let cells = cells(line);
        if cells.len() > 10 {
            let text = format!("ada {} kolom, seharusnya 10: resp dan U1 sampai U9", cells.len());
            return Err(bad(at, text));
        }
        let mut scores: Scores = [0; 9];
        for (u, score) in scores.iter_mut().enumerate() {
            *score = match cells.get(u + 1).map(String::as_str) {
                Some("1") => 1,
                Some("2") => 2,
                Some("3") => 3,
                Some("4") => 4,
                None | Some("") => {
                    let text = format!("U{} kosong, isi dengan 1, 2, 3 atau 4", u + 1);
                    return Err(bad(at, text));
                }
                Some(other) => {
                    let text = format!("U{} berisi \"{other}\", seharusnya 1, 2, 3 atau 4", u + 1);
                    return Err(bad(at, text));
                }
            };
        }
        answers.push(scores);
    }
    Ok(answers)
}

/// Writes `resp,U1..U9`, numbering from 1 in the order given.
pub fn write_csv(answers: &[Scores]) -> String {
    let mut out = String::from("resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n");
    for (at, scores) in answers.iter().enumerate() {
        out.push_str(&(at + 1).to_string());
        for score in scores {
            out.push(',');
            out.push_str(&score.to_string());
        }
        out.push('\n');
    }
    out
}

impl std::fmt::Display for HalfYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.year, self.half)
    }
}

impl std::str::FromStr for HalfYear {
    type Err = ();
    fn from_str(s: &str) -> Result<HalfYear, ()> {
        let (year, half) = s.split_once('-').ok_or(())?;
        match (year.len(), year.parse(), half) {
            (4, Ok(year), "1") => Ok(HalfYear { year, half: 1 }),
            (4, Ok(year), "2") => Ok(HalfYear { year, half: 2 }),
            _ => Err(()),
        }
    }
}

impl Serialize for HalfYear {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HalfYear {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<HalfYear, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(|()| serde::de::Error::custom("not a half-year written YYYY-1 or YYYY-2"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for HalfYear {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        String::schema()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for HalfYear {}
