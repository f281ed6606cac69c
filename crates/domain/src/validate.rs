//! What people type: NIK, NPWP, NIB, phone numbers, money, dates. Each fault has a code; the words for it are
//! in `content/words/*/interface/fault.toml` and tell what to do next.

mod amount;
mod day;

pub use amount::{money, number};
pub use day::date;

use crate::date::Day;

/// Code of a fault, `fault.<code>` of the words. Kebab-case.
pub type Fault = &'static str;

/// Every code that this module and [`crate::form`] can give; the words must know each of them.
pub const ALL_FAULTS: [&str; 30] = [
    "nik-length",
    "nik-digits",
    "nik-province",
    "nik-date",
    "nik-serial",
    "nik-age",
    "npwp-length",
    "npwp-check",
    "nib-length",
    "phone-form",
    "phone-length",
    "money-form",
    "date-form",
    "date-none",
    "required",
    "too-long",
    "number-form",
    "too-small",
    "too-large",
    "option-unknown",
    "file-missing",
    "consent-missing",
    "name-short",
    "name-digits",
    "name-signs",
    "reference-form",
    "address-short",
    "nib-digits",
    "npwp-digits",
    "unknown",
];

/// Codes of the provinces (Kemendagri). A number keeps the province of its first registration.
const PROVINCES: [u8; 38] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73, 74, 75,
    76, 81, 82, 91, 92, 93, 94, 95, 96,
];

/// Without what people put between groups of digits.
fn compact(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | '\u{2010}'..='\u{2015}')).collect()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Two digits at a place of a text known to be digits.
fn two(digits: &str, at: usize) -> u8 {
    digits.get(at..at + 2).and_then(|d| d.parse().ok()).unwrap_or(0)
}

/// A citizen's number: 16 digits `PPKKCC DDMMYY XXXX`, day + 40 for women.
///
/// # Errors
/// `nik-length`, `nik-digits`, `nik-province`, `nik-date`, `nik-serial`, `nik-age` (under 17).
pub fn nik(typed: &str, today: Day) -> Result<String, Fault> {
    let digits = compact(typed);
    if !all_digits(&digits) {
        return Err("nik-digits");
    }
    if digits.len() != 16 {
        return Err("nik-length");
    }
    if !PROVINCES.contains(&two(&digits, 0)) {
        return Err("nik-province");
    }
    let age = age(&digits, today).ok_or("nik-date")?;
    if digits.ends_with("0000") {
        return Err("nik-serial");
    }
    if age < 17 {
        return Err("nik-age");
    }
    Ok(digits)
}

/// Whole years since the birth date in the number. The century is not written: the later one that gives a
/// date that exists and an age of 0 to 110 counts.
fn age(digits: &str, today: Day) -> Option<i32> {
    let (day, month, year) = (two(digits, 6), two(digits, 8), two(digits, 10));
    // Only 41 to 71 is a woman's day; 40 and 72 are no day at all.
    let day = if day > 40 { day - 40 } else { day };
    let month = time::Month::try_from(month).ok()?;
    [2000, 1900].into_iter().find_map(|century| {
        let born = time::Date::from_calendar_date(century + i32::from(year), month, day).ok()?;
        let had_birthday = (today.0.month() as u8, today.0.day()) >= (born.month() as u8, born.day());
        let age = today.year() - born.year() - i32::from(!had_birthday);
        (born <= today.0 && (0..=110).contains(&age)).then_some(age)
    })
}

/// `3171********0001`.
pub fn mask_nik(nik: &str) -> String {
    let shown: Vec<char> = nik.chars().collect();
    if shown.len() < 12 {
        // Too short to be a number: nothing of it is safe to show.
        return "*".repeat(shown.len());
    }
    let hidden = 4..shown.len() - 4;
    let mask = |(at, c): (usize, &char)| if hidden.contains(&at) { '*' } else { *c };
    shown.iter().enumerate().map(mask).collect()
}

/// 15 or 16 digits, dots and hyphens allowed; normalised to 16 (PMK 112/2022).
///
/// # Errors
/// `npwp-digits`, `npwp-length`, `npwp-check`, or those of [`nik`].
pub fn npwp(typed: &str, today: Day) -> Result<String, Fault> {
    let digits = compact(typed);
    if !all_digits(&digits) {
        return Err("npwp-digits");
    }
    let checked = match digits.len() {
        15 => 9,
        16 if digits.starts_with('0') => 10,
        16 => return nik(&digits, today),
        _ => return Err("npwp-length"),
    };
    if !luhn(digits.get(..checked).unwrap_or_default()) {
        return Err("npwp-check");
    }
    if digits.len() == 15 {
        return Ok(format!("0{digits}"));
    }
    Ok(digits)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, b)| {
            let digit = u32::from(b - b'0');
            match at % 2 {
                0 => digit,
                _ if digit > 4 => 2 * digit - 9,
                _ => 2 * digit,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// 13 digits.
///
/// # Errors
/// `nib-digits`, `nib-length`.
pub fn nib(typed: &str) -> Result<String, Fault> {
    let digits = compact(typed);
    if !all_digits(&digits) {
        return Err("nib-digits");
    }
    if digits.len() != 13 {
        return Err("nib-length");
    }
    Ok(digits)
}

/// Indonesian mobile or fixed number, normalised to `+62...`.
///
/// # Errors
/// `phone-form`, `phone-length`.
pub fn phone(typed: &str) -> Result<String, Fault> {
    let plain: String = compact(typed).chars().filter(|c| !matches!(c, '(' | ')')).collect();
    let abroad = plain.strip_prefix('+');
    let digits = abroad.unwrap_or(&plain);
    if digits.is_empty() || !all_digits(digits) {
        return Err("phone-form");
    }
    let national = match (digits.strip_prefix("62"), digits.strip_prefix('0')) {
        (Some(rest), _) => rest.strip_prefix('0').unwrap_or(rest),
        (None, _) if abroad.is_some() => return Err("phone-form"),
        (None, Some(rest)) => rest,
        // A mobile number without its 0 can be nothing else.
        (None, None) if digits.starts_with('8') => digits,
        (None, None) => return Err("phone-form"),
    };
    let mut start = national.bytes();
    let lengths = match (start.next(), start.next()) {
        (Some(b'8'), Some(b'1'..=b'3' | b'5'..=b'9')) => 9..=12,
        (Some(b'8'), None) => return Err("phone-length"),
        (Some(b'2'..=b'7' | b'9'), _) => 7..=11,
        _ => return Err("phone-form"),
    };
    if !lengths.contains(&national.len()) {
        return Err("phone-length");
    }
    Ok(format!("+62{national}"))
}
