//! Numbers and money as Indonesians type them: dots between thousands, a comma before decimals,
//! `ribu`, `juta`, `miliar` behind. Exact: nothing is rounded, what is no whole rupiah is a fault.

use super::Fault;
use crate::letters::is_letter;

/// A number in millionths, so that decimals stay exact.
///
/// # Errors
/// `number-form`.
pub fn number(typed: &str) -> Result<i128, Fault> {
    millionths(typed.trim()).ok_or("number-form")
}

/// `Rp10.000`, `10.000`, `10 juta`, `1,5 miliar` as rupiah.
///
/// # Errors
/// `money-form`.
pub fn money(typed: &str) -> Result<i64, Fault> {
    rupiah(typed).ok_or("money-form")
}

fn rupiah(typed: &str) -> Option<i64> {
    let text = typed.trim().to_ascii_lowercase();
    let text =
        text.strip_prefix("rp").or_else(|| text.strip_prefix("idr")).unwrap_or(&text).trim_start_matches('.').trim();
    let text = text
        .strip_suffix("rupiah")
        .or_else(|| text.strip_suffix(",-"))
        .or_else(|| text.strip_suffix(".-"))
        .unwrap_or(text)
        .trim();
    let unit_at = text.find(is_letter).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let unit: i128 = match unit.trim().trim_end_matches('.') {
        "" => 1,
        "ribu" | "rb" => 1_000,
        "juta" | "jt" => 1_000_000,
        "miliar" | "milyar" | "m" => 1_000_000_000,
        "triliun" | "trilyun" | "t" => 1_000_000_000_000,
        _ => return None,
    };
    let value = millionths(number.trim())?.checked_mul(unit)?;
    if value < 0 || value % 1_000_000 != 0 {
        return None;
    }
    i64::try_from(value / 1_000_000).ok()
}

/// Dots are thousands when every group after them has three digits, otherwise one dot is a decimal point.
fn millionths(text: &str) -> Option<i128> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match text.split_once(',') {
        Some((whole, fraction)) => (thousands(whole)?, fraction),
        None => match thousands(text) {
            Some(whole) => (whole, "0"),
            None => {
                let (whole, fraction) = text.split_once('.')?;
                (thousands(whole)?, fraction)
            }
        },
    };
    if whole.is_empty() || whole.len() > 18 || !digits(fraction) || fraction.len() > 6 {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let fraction: i128 = format!("{fraction:0<6}").parse().ok()?;
    let value = whole * 1_000_000 + fraction;
    Some(if negative { -value } else { value })
}

/// The digits without their dots or spaces, when those stand where thousands end.
fn thousands(text: &str) -> Option<String> {
    let mut groups = text.split(['.', ' ', '\u{a0}']);
    let first = groups.next()?;
    if !digits(first) {
        return None;
    }
    let mut out = first.to_string();
    for group in groups {
        if out.len() > 18 || first.len() > 3 || group.len() != 3 || !digits(group) {
            return None;
        }
        out.push_str(group);
    }
    Some(out)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
