//! Money, numbers, dates and times as Indonesian and English readers write them. Pure.

use super::{Lang, lang, t};
use satu_pintu_domain::application::Measure;
use satu_pintu_domain::date::{Day, Zone};

const DAYS: [[&str; 7]; 2] = [
    ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const MONTHS: [[&str; 12]; 2] = [
    [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// A language without names of its own is shown the Indonesian ones.
fn column(lang: Lang) -> usize {
    usize::from(lang == Lang::En)
}

/// `10.000`, in English `10,000`.
pub fn number_in(lang: Lang, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    if n < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(if lang == Lang::En { ',' } else { '.' });
        }
        out.push(c);
    }
    out
}

pub fn number(n: i64) -> String {
    number_in(lang(), n)
}

/// `Rp10.000`, `Gratis` for nothing.
pub fn money(rupiah: i64) -> String {
    if rupiah == 0 { t().ui().free.to_string() } else { format!("Rp{}", number(rupiah)) }
}

/// A cost that may not be known: the note, or "tanyakan ke kantor".
pub fn cost(amount: Option<i64>, note: &str) -> String {
    match (amount, note) {
        (Some(rupiah), _) => money(rupiah),
        (None, "") => t().ui().cost_unknown.to_string(),
        (None, note) => note.to_string(),
    }
}

/// `5 hari kerja`; 0 is automatic.
pub fn working_days(days: i64) -> String {
    match days {
        0 => t().ui().automatic.to_string(),
        1 => t().ui().working_day.to_string(),
        n => t().ui().working_days(number(n)),
    }
}

/// `45 menit kerja`, `2 jam 30 menit kerja`.
pub fn work_time(minutes: i64) -> String {
    let w = t().ui();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => w.work_minutes(minutes),
        (hours, 0) => w.work_hours(number(hours)),
        (hours, minutes) => w.work_time(number(hours), minutes),
    }
}

/// What is promised for a service: working days, or minutes of working time.
pub fn promise(days: i64, minutes: i64) -> String {
    if minutes > 0 { work_time(minutes) } else { working_days(days) }
}

/// A part of a promise, also none of it: `0 hari kerja`.
pub fn amount(measure: Measure, n: u32) -> String {
    match (measure, n) {
        (Measure::Minute, n) => work_time(n.into()),
        (Measure::WorkingDay, 0) => t().ui().working_days(0),
        (Measure::WorkingDay, n) => working_days(n.into()),
    }
}

/// `Senin, 30 Maret 2026`.
pub fn date_in(lang: Lang, day: Day) -> String {
    let weekday = DAYS[column(lang)][day.0.weekday().number_days_from_monday() as usize % 7];
    format!("{weekday}, {}", short_date_in(lang, day))
}

pub fn date(day: Day) -> String {
    date_in(lang(), day)
}

/// `30 Maret 2026`.
pub fn short_date_in(lang: Lang, day: Day) -> String {
    let month = MONTHS[column(lang)][(u8::from(day.0.month()) as usize - 1) % 12];
    format!("{} {month} {}", day.0.day(), day.year())
}

pub fn short_date(day: Day) -> String {
    short_date_in(lang(), day)
}

/// `09.10`, in English `09:10`.
pub fn clock(at: i64, zone: Zone) -> String {
    let minutes = (at + zone.offset_ms()).div_euclid(60_000).rem_euclid(1440);
    let sign = if lang() == Lang::En { ':' } else { '.' };
    format!("{:02}{sign}{:02}", minutes / 60, minutes % 60)
}

/// `Rabu, 18 November 2026, 09.12`.
pub fn moment(at: i64, zone: Zone) -> String {
    format!("{}, {}", date(Day::at(at, zone)), clock(at, zone))
}

/// `1,2 MB`, `340 KB`.
pub fn size(bytes: u64) -> String {
    let comma = if lang() == Lang::En { '.' } else { ',' };
    if bytes >= 1_000_000 {
        let tenths = bytes.saturating_add(50_000) / 100_000;
        format!("{}{comma}{} MB", tenths / 10, tenths % 10)
    } else {
        format!("{} KB", bytes.div_ceil(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(s: &str) -> Day {
        s.parse().unwrap()
    }

    #[test]
    fn numbers_and_money() {
        assert_eq!(number_in(Lang::Id, 1_000_000), "1.000.000");
        assert_eq!(number_in(Lang::En, 1_000_000), "1,000,000");
        assert_eq!(number_in(Lang::Id, 999), "999");
        assert_eq!(number_in(Lang::Id, -1500), "-1.500");
        assert_eq!(money(10_000), "Rp10.000");
        assert_eq!(money(0), "Gratis");
        assert_eq!(cost(None, "Tergantung luas"), "Tergantung luas");
    }

    #[test]
    fn dates() {
        assert_eq!(date_in(Lang::Id, day("2026-03-30")), "Senin, 30 Maret 2026");
        assert_eq!(date_in(Lang::En, day("2026-03-30")), "Monday, 30 March 2026");
        assert_eq!(short_date_in(Lang::Id, day("2026-12-31")), "31 Desember 2026");
    }

    #[test]
    fn times_are_the_offices() {
        // 2026-11-22 00:30 UTC
        let at = day("2026-11-22").start_ms(Zone::Wib) + 7 * 3_600_000 + 30 * 60_000;
        assert_eq!(clock(at, Zone::Wib), "07.30");
        assert_eq!(clock(at, Zone::Wita), "08.30");
        assert_eq!(moment(at, Zone::Wit), "Minggu, 22 November 2026, 09.30");
    }

    #[test]
    fn sizes() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(340_000), "340 KB");
        assert_eq!(size(1_249_999), "1,2 MB");
        assert_eq!(size(10_000_000), "10,0 MB");
    }
}
