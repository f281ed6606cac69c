//! Days, money and form values in Indonesian words, for paper and for the desk's screen.

use satu_pintu_domain::application::Measure;
use satu_pintu_domain::content::{Field, FieldKind};
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::validate;
use time::{Month, Weekday};

pub fn month(month: Month) -> &'static str {
    match month {
        Month::January => "Januari",
        Month::February => "Februari",
        Month::March => "Maret",
        Month::April => "April",
        Month::May => "Mei",
        Month::June => "Juni",
        Month::July => "Juli",
        Month::August => "Agustus",
        Month::September => "September",
        Month::October => "Oktober",
        Month::November => "November",
        Month::December => "Desember",
    }
}

pub fn weekday(day: Day) -> &'static str {
    match day.0.weekday() {
        Weekday::Monday => "Senin",
        Weekday::Tuesday => "Selasa",
        Weekday::Wednesday => "Rabu",
        Weekday::Thursday => "Kamis",
        Weekday::Friday => "Jumat",
        Weekday::Saturday => "Sabtu",
        Weekday::Sunday => "Minggu",
    }
}

/// `5 hari kerja`, `45 menit kerja`, `2 jam 30 menit kerja`
pub fn amount(measure: Measure, n: u32) -> String {
    match (measure, n / 60, n % 60) {
        (Measure::WorkingDay, ..) => format!("{n} hari kerja"),
        (Measure::Minute, 0, minutes) => format!("{minutes} menit kerja"),
        (Measure::Minute, hours, 0) => format!("{hours} jam kerja"),
        (Measure::Minute, hours, minutes) => format!("{hours} jam {minutes} menit kerja"),
    }
}

/// `30 Maret 2026`
pub fn date(day: Day) -> String {
    format!("{} {} {}", day.0.day(), month(day.0.month()), day.year())
}

/// `Senin, 30 Maret 2026`
pub fn day(d: Day) -> String {
    format!("{}, {}", weekday(d), date(d))
}

/// `30 Mar 2026 14.05`, in the office's time.
pub fn moment(at: i64, zone: Zone) -> String {
    let d = Day::at(at, zone);
    let short: String = month(d.0.month()).chars().take(3).collect();
    format!("{} {short} {} {}", d.0.day(), d.year(), hour(at, zone))
}

/// The day of a limit, or its moment where the standard is in hours or minutes.
pub fn limit(day: Day, until: Option<i64>, zone: Zone) -> String {
    until.map_or_else(|| self::day(day), |moment| format!("{} pukul {}", self::day(day), hour(moment, zone)))
}

/// `13.05`
pub fn hour(at: i64, zone: Zone) -> String {
    let minutes = (at + zone.offset_ms()).rem_euclid(86_400_000) / 60_000;
    format!("{:02}.{:02}", minutes / 60, minutes % 60)
}

/// `10.000`
pub fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// What a person typed into a form field, as a reader wants it.
pub fn value(field: &Field, typed: &str) -> String {
    let typed = typed.trim();
    let text = match field.kind {
        FieldKind::Choice => {
            field.options.iter().find(|o| o.id == typed).map_or_else(|| typed.to_string(), |o| o.label.clone())
        }
        FieldKind::Yesno => match typed {
            "ya" => "Ya".to_string(),
            "tidak" => "Tidak".to_string(),
            other => other.to_string(),
        },
        FieldKind::Date => validate::date(typed).map_or_else(|_| typed.to_string(), date),
        FieldKind::Money => {
            validate::money(typed).map_or_else(|_| typed.to_string(), |n| format!("Rp{}", thousands(n)))
        }
        FieldKind::Nik => validate::mask_nik(typed),
        FieldKind::Number => typed.parse().map_or_else(|_| typed.to_string(), thousands),
        _ => typed.to_string(),
    };
    match field.unit.as_str() {
        "" | "rupiah" => text,
        unit => format!("{text} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers() {
        assert_eq!(day("2027-03-30".parse().unwrap()), "Selasa, 30 Maret 2027");
        assert_eq!(thousands(10_000), "10.000");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(-1_234_567), "-1.234.567");
        assert_eq!(moment(0, Zone::Wita), "1 Jan 1970 08.00");
    }
}
