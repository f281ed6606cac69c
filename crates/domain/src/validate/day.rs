//! Dates as people type them.
//! A form that is not known and a day that does not exist are two faults: the person mends them differently.

use super::Fault;
use crate::date::Day;

/// Names and the short forms in use, in order.
const MONTHS: [&[&str]; 12] = [
    &["januari", "jan", "january"],
    &["februari", "feb", "pebruari", "february"],
    &["maret", "mar", "march"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "jun", "june"],
    &["juli", "jul", "july"],
    &["agustus", "agu", "agt", "ags", "august", "aug"],
    &["september", "sep", "sept"],
    &["oktober", "okt", "october", "oct"],
    &["november", "nov", "nopember", "nop"],
    &["desember", "des", "december", "dec"],
];

/// `2026-03-30`, `30-03-2026`, `30/3/2026` or `30 Maret 2026`.
///
/// # Errors
/// `date-form`, or `date-none` for a date that does not exist.
pub fn date(typed: &str) -> Result<Day, Fault> {
    let parts: Vec<&str> = typed
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|p| !p.is_empty())
        .collect();
    let [first, month, last] = parts.as_slice() else {
        return Err("date-form");
    };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return Err("date-form");
    }
    let year = whole(year).ok_or("date-form")?;
    let day = whole(day).ok_or("date-form")?;
    let month = whole(month).or_else(|| named(month)).ok_or("date-form")?;
    let none = "date-none";
    let month = u8::try_from(month).map_err(|_| none)?;
    let month = time::Month::try_from(month).map_err(|_| none)?;
    let day = u8::try_from(day).map_err(|_| none)?;
    time::Date::from_calendar_date(i32::from(year), month, day).map(Day).map_err(|_| none)
}

fn whole(text: &str) -> Option<u16> {
    let digits = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn named(text: &str) -> Option<u16> {
    let text = text.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| m.contains(&text.as_str()))?;
    u16::try_from(at + 1).ok()
}
