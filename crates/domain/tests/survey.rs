//! The satisfaction index against published answers, the table of grades and the table of samples.
#![allow(clippy::unwrap_used)]

mod common;
use common::day;
use satu_pintu_domain::survey::{Element, Grade, HalfYear, index, needed, parse_csv, write_csv};

const SEKADAU: &str = include_str!("data/skm_sekadau.csv");

#[test]
fn sekadau_2019() {
    let answers = parse_csv(SEKADAU).unwrap();
    let json = serde_json::to_string(&index(&answers, None)).unwrap();
    let wanted = concat!(
        r#"{"n":49,"elements":{"persyaratan":"2.8163","prosedur":"2.8367","waktu":"3.0612","#,
        r#""biaya":"3.6122","produk":"3.2449","kompetensi":"3.3265","perilaku":"3.2857","#,
        r#""sarana":"2.9184","pengaduan":"3.2449"},"index":"78.74","grade":"B","needed":null}"#
    );
    assert_eq!(json, wanted);
    assert_eq!(index(&answers, Some(450)).needed, Some(207));
}

#[test]
fn ends_of_the_scale() {
    let all = |score: u8, n: usize| index(&vec![[score; 9]; n], None);
    assert_eq!(all(4, 1).index.as_deref(), Some("100.00"));
    assert_eq!(all(4, 1).elements[&Element::Pengaduan], "4.0000");
    assert_eq!((all(1, 3).index.as_deref(), all(1, 3).grade), (Some("25.00"), Some(Grade::D)));
    let none = index(&[], Some(10));
    assert_eq!((none.n, none.index, none.grade, none.needed), (0, None, None, Some(10)));
}

/// Rounded half up to two decimals first, then graded: 64.994 is a D, 64.995 a C.
#[test]
fn grades_at_their_bounds() {
    for (hundredths, grade) in
        [(6499, Grade::D), (6500, Grade::C), (7660, Grade::C), (7661, Grade::B), (8830, Grade::B), (8831, Grade::A)]
    {
        assert_eq!(Grade::of(hundredths), grade, "{hundredths}");
    }
    // The index is 25 sum / 9 n. These sums over n answers lie at 64.994 and 64.995.
    for (sum, n, shown, grade) in [
        (2_339_784, 100_000, "64.99", Grade::D),
        (2_339_820, 100_000, "65.00", Grade::C),
        (2_339_819, 100_000, "64.99", Grade::D),
    ] {
        let got = index(&answers_of(sum, n), None);
        assert_eq!((got.index.as_deref(), got.grade), (Some(shown), Some(grade)), "{sum}");
    }
}

/// `n` answers whose scores sum up to `sum`.
fn answers_of(sum: usize, n: usize) -> Vec<[u8; 9]> {
    let mut left = sum - 9 * n;
    let mut answers = vec![[1u8; 9]; n];
    for score in answers.iter_mut().flatten() {
        let more = left.min(3);
        *score += more as u8;
        left -= more;
    }
    assert_eq!(left, 0);
    answers
}

#[test]
fn krejcie_and_morgan() {
    let text = include_str!("data/krejcie_morgan.json");
    let points: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    assert_eq!(points.len(), 90);
    for p in points {
        assert_eq!(needed(p["N"].as_u64().unwrap()), p["s"].as_u64().unwrap(), "{p}");
    }
    assert_eq!((needed(0), needed(1), needed(100_000)), (0, 1, 383));
    assert_eq!(needed(u64::MAX), 384);
}

#[test]
fn csv_in_all_its_dress() {
    let plain = parse_csv(SEKADAU).unwrap();
    let excel = format!("\u{feff}{}", SEKADAU.replace(',', ";").replace('\n', "\r\n"));
    assert_eq!(parse_csv(&excel).unwrap(), plain);
    assert_eq!(parse_csv(&write_csv(&plain)).unwrap(), plain);
    assert_eq!(parse_csv("resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n").unwrap(), Vec::<[u8; 9]>::new());
}

#[test]
fn bad_rows_are_told_by_their_line() {
    let head = "resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n1,3,3,3,3,3,3,3,3,3\n";
    for row in [
        "2,3,3,3,3,3,3,3,3,5",
        "2,3,3,,3,3,3,3,3,3",
        "2,3,3,3",
        "2,0,3,3,3,3,3,3,3,3",
        "2,3,3,3,3,3,3,3,3,3,3",
        "2,3.0,3,3,3,3,3,3,3,3",
        "2,1,2,x,3,3,3,3,3,3",
    ] {
        let error = parse_csv(&format!("{head}{row}\n")).unwrap_err();
        assert_eq!(error.line, 3, "{row}");
        assert!(!error.text.is_empty());
    }
    // Elements in another order would be counted wrongly without a sign.
    for header in ["", "resp,U1,U2,U3,U4,U5,U6,U7,U9,U8", "a,b,c", "U1,U2,U3,U4,U5,U6,U7,U8,U9"] {
        assert_eq!(parse_csv(header).unwrap_err().line, 1, "{header}");
    }
}

#[test]
fn half_years() {
    let first = HalfYear::of(day("2026-06-30"));
    let second = HalfYear::of(day("2026-07-01"));
    assert_eq!((first.to_string(), second.to_string()), ("2026-1".into(), "2026-2".into()));
    assert_eq!((first.first_day(), first.last_day()), (day("2026-01-01"), day("2026-06-30")));
    assert_eq!((second.first_day(), second.last_day()), (day("2026-07-01"), day("2026-12-31")));
    assert_eq!("2026-2".parse(), Ok(second));
    for wrong in ["2026-3", "26-1", "2026", "2026-", "2026-1 "] {
        assert!(wrong.parse::<HalfYear>().is_err(), "{wrong}");
    }
}
