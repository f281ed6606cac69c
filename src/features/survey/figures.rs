//! Numbers of the survey as they are shown. The server sends exact decimal text; nothing is rounded again.

use satu_pintu_api::survey::HalfResult;
use satu_pintu_domain::survey::{Element, Grade, Index};

/// `78.74` with the comma of Indonesian, or as it is.
pub fn decimal(text: &str, comma: bool) -> String {
    if comma { text.replace('.', ",") } else { text.to_string() }
}

/// Decimal text in thousandths of `full`, for the length of a bar: `("2.8163", 4)` is 704.
pub fn permille(text: &str, full: u32) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole: u64 = whole.parse().unwrap_or(0);
    let places = part.len().min(6) as u32;
    let unit = 10u64.pow(places);
    let part: u64 = part.get(..places as usize).and_then(|p| p.parse().ok()).unwrap_or(0);
    let value = (whole.saturating_mul(unit) + part).saturating_mul(1000) / (unit * u64::from(full.max(1)));
    value.min(1000) as u32
}

/// The elements with the lowest mean, in the order of the form.
pub fn lowest(index: &Index) -> Vec<Element> {
    let mean = |element: &Element| index.elements.get(element).map(|text| scaled(text));
    let Some(low) = Element::ALL.iter().filter_map(mean).min() else { return Vec::new() };
    let all_same = Element::ALL.iter().filter_map(mean).all(|m| m == low);
    if all_same {
        return Vec::new();
    }
    Element::ALL.into_iter().filter(|e| mean(e) == Some(low)).collect()
}

/// Decimal text with four places as a whole number, so that two means can be compared.
fn scaled(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("0000".chars()).take(4).collect();
    let whole: u32 = whole.parse().unwrap_or(0);
    whole.saturating_mul(10_000).saturating_add(digits.parse().unwrap_or(0))
}

pub fn letter(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "A",
        Grade::B => "B",
        Grade::C => "C",
        Grade::D => "D",
    }
}

/// So many answers out of so many needed, in thousandths; at most full.
pub fn progress(answers: u64, needed: u64) -> u32 {
    if needed == 0 {
        return 1000;
    }
    (answers.saturating_mul(1000) / needed).min(1000) as u32
}

pub fn enough(result: &HalfResult) -> bool {
    result.n >= result.needed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn index(means: [&str; 9]) -> Index {
        Index {
            n: 49,
            elements: Element::ALL.into_iter().zip(means.map(str::to_string)).collect::<BTreeMap<_, _>>(),
            index: Some("78.74".to_string()),
            grade: Some(Grade::B),
            needed: None,
        }
    }

    #[test]
    fn the_comma_is_indonesian() {
        assert_eq!(decimal("78.74", true), "78,74");
        assert_eq!(decimal("78.74", false), "78.74");
        assert_eq!(decimal("100", true), "100");
    }

    #[test]
    fn lengths_of_bars() {
        assert_eq!(permille("2.8163", 4), 704);
        assert_eq!(permille("4.0000", 4), 1000);
        assert_eq!(permille("78.74", 100), 787);
        assert_eq!(permille("9", 4), 1000);
        assert_eq!(permille("x", 4), 0);
        assert_eq!(permille("1.5", 0), 1000);
    }

    #[test]
    fn the_lowest_are_named_ties_included() {
        let means = ["3.1", "3.0", "2.8163", "4", "3.2", "2.8163", "3.3", "2.8164", "3.9"];
        assert_eq!(lowest(&index(means)), [Element::Waktu, Element::Kompetensi]);
        assert!(lowest(&index(["3.0000"; 9])).is_empty());
    }

    #[test]
    fn progress_never_overshoots() {
        assert_eq!(progress(49, 207), 236);
        assert_eq!(progress(300, 207), 1000);
        assert_eq!(progress(0, 0), 1000);
    }
}
