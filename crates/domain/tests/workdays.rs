//! Working days against the vectors of the field, and the year that is not published.
#![allow(clippy::unwrap_used)]

mod common;
use common::{calendar, day};
use satu_pintu_domain::workdays::YearNotPublished;

#[test]
fn vectors() {
    let text = include_str!("data/working_days.json");
    let vectors: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    assert_eq!(vectors.len(), 5);
    for v in vectors {
        let received = day(v["received"].as_str().unwrap());
        let due = day(v["due"].as_str().unwrap());
        let count = v["working_days"].as_u64().unwrap() as u32;
        assert_eq!(calendar().add(received, count), Ok(due), "{v}");
        assert_eq!(calendar().between(received, due), Ok(count), "{v}");
    }
}

#[test]
fn nothing_is_a_working_day_that_is_a_weekend_or_off() {
    let calendar = calendar();
    // A Saturday, a Sunday, Nyepi 2026 and joint leave before Idul Fitri 2026.
    for off in ["2026-11-21", "2026-11-22", "2026-03-19", "2026-03-20"] {
        assert_eq!(calendar.is_working(day(off)), Ok(false), "{off}");
    }
    assert_eq!(calendar.is_working(day("2026-11-23")), Ok(true));
    assert_eq!(calendar.add(day("2026-11-22"), 0), Ok(day("2026-11-22")));
    assert_eq!(calendar.between(day("2026-11-22"), day("2026-11-20")), Ok(0));
}

#[test]
fn a_year_without_calendar_is_an_error_in_words() {
    let error = calendar().add(day("2027-12-30"), 5).unwrap_err();
    assert_eq!(error, YearNotPublished(2028));
    assert!(error.to_string().contains("2028"));
    assert_eq!(calendar().is_working(day("2023-05-05")), Err(YearNotPublished(2023)));
    assert_eq!(calendar().between(day("2027-12-30"), day("2028-01-03")), Err(YearNotPublished(2028)));
    // No endless counting where nothing is published or the calendar type ends.
    assert!(satu_pintu_domain::workdays::Calendar::new(&[]).add(day("2026-01-01"), u32::MAX).is_err());
    assert!(calendar().add(day("9999-12-31"), 1).is_err());
}

#[test]
fn adding_and_counting_are_inverse() {
    let calendar = calendar();
    let mut from = day("2024-01-01");
    while from < day("2027-06-01") {
        for count in [1, 2, 5, 14, 30] {
            let to = calendar.add(from, count).unwrap();
            assert_eq!(calendar.is_working(to), Ok(true));
            assert_eq!(calendar.between(from, to), Ok(count));
        }
        from = from.next();
    }
}
