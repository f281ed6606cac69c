//! What people type, with the traps of the field: women's days, the century, the leading zero.
#![allow(clippy::unwrap_used)]

mod common;
use common::{day, each_seed};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::validate::*;

fn today() -> Day {
    day("2026-11-22")
}

#[test]
fn citizens_numbers() {
    let check = |typed: &str| nik(typed, today());
    assert_eq!(check("3578080102030001").as_deref(), Ok("3578080102030001"));
    assert_eq!(check(" 3578 0801 0203 0001 ").as_deref(), Ok("3578080102030001"));
    // 41 is the first day of a month for a woman, 71 the last.
    for day in ["41", "71"] {
        assert!(check(&format!("357808{day}01030001")).is_ok(), "{day}");
    }
    for day in ["00", "32", "40", "72", "80", "99"] {
        assert_eq!(check(&format!("357808{day}01030001")), Err("nik-date"), "{day}");
    }
    for (typed, fault) in [
        ("3502027102019913", "nik-date"), // 31 February of a woman
        ("9971011708450001", "nik-province"),
        ("3578081301030000", "nik-serial"),
        ("3578080113030001", "nik-date"),
        ("357808010203000", "nik-length"),
        ("35780801020300011", "nik-length"),
        ("", "nik-length"),
        ("357808010203000O", "nik-digits"),
        ("nik saya hilang!", "nik-digits"),
        ("3578082311090001", "nik-age"), // 17 tomorrow
        ("3578080101200001", "nik-age"), // six years old, not 106
    ] {
        assert_eq!(check(typed), Err(fault), "{typed}");
    }
    assert!(check("3578082211090001").is_ok(), "17 today");
    // 29 February: 2000 and 2004 have it, 1900 has not.
    assert!(check("3171012902001234").is_ok());
    assert_eq!(check("3171012902011234"), Err("nik-date"));
    // Born in December 26: only 1926 is past.
    assert!(check("3171013112261234").is_ok());
    assert_eq!(mask_nik("3171012902000001"), "3171********0001");
    assert_eq!(mask_nik("12345"), "*****");
}

#[test]
fn tax_numbers() {
    let check = |typed: &str| npwp(typed, today());
    for typed in ["013121660091000", "01.312.166.0-091.000", "0013121660091000"] {
        assert_eq!(check(typed).as_deref(), Ok("0013121660091000"), "{typed}");
    }
    assert_eq!(check("016090524017000").as_deref(), Ok("0016090524017000"));
    assert_eq!(check("3578080102030001").as_deref(), Ok("3578080102030001"));
    for (typed, fault) in [
        ("013121661091000", "npwp-check"),
        ("0013121661091000", "npwp-check"),
        ("01312166009100", "npwp-length"),
        ("01312166009100012", "npwp-length"),
        ("01312166009100A", "npwp-digits"),
        ("9971011708450001", "nik-province"),
    ] {
        assert_eq!(check(typed), Err(fault), "{typed}");
    }
}

#[test]
fn business_numbers() {
    assert_eq!(nib("1234567890123").as_deref(), Ok("1234567890123"));
    assert_eq!(nib("1234 5678 90123").as_deref(), Ok("1234567890123"));
    assert_eq!(nib("123456789012"), Err("nib-length"));
    assert_eq!(nib("12345678901a3"), Err("nib-digits"));
}

#[test]
fn phones() {
    for (typed, normal) in [
        ("081234567890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("0812.3456.7890", "+6281234567890"),
        ("+62 0812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("0811234567", "+62811234567"),
        ("(0474) 321123", "+62474321123"),
        ("021 5551234", "+62215551234"),
    ] {
        assert_eq!(phone(typed).as_deref(), Ok(normal), "{typed}");
    }
    for (typed, fault) in [
        ("0841234567890", "phone-form"),
        ("0812345", "phone-length"),
        ("08123456789012", "phone-length"),
        ("+60123456789", "phone-form"),
        ("WA saya", "phone-form"),
        ("", "phone-form"),
        ("0", "phone-form"),
        ("112233", "phone-form"),
    ] {
        assert_eq!(phone(typed), Err(fault), "{typed}");
    }
}

#[test]
fn amounts_of_money() {
    for (typed, rupiah) in [
        ("Rp10.000", 10_000),
        ("rp 10.000,00", 10_000),
        ("10000", 10_000),
        ("10 juta", 10_000_000),
        ("1,5 miliar", 1_500_000_000),
        ("1.5jt", 1_500_000),
        ("Rp. 250 ribu", 250_000),
        ("2M", 2_000_000_000),
        ("1.000.000 rupiah", 1_000_000),
        ("Rp5.000,-", 5_000),
        ("0", 0),
    ] {
        assert_eq!(money(typed), Ok(rupiah), "{typed}");
    }
    for typed in [
        "",
        "Rp",
        "sepuluh juta",
        "10.00.0",
        "1,2345678 juta",
        "-5000",
        "10 kuintal",
        "1,5",
        "99999999999999999999",
        "10..000",
        "0,0000001",
        "999999999999 triliun",
    ] {
        assert_eq!(money(typed), Err("money-form"), "{typed}");
    }
    assert_eq!((number("1,5"), number("1.500"), number("-2")), (Ok(1_500_000), Ok(1_500_000_000), Ok(-2_000_000)));
    assert_eq!(number("3x4"), Err("number-form"));
}

#[test]
fn dates() {
    for typed in
        ["2026-03-30", "30-03-2026", "30/3/2026", "30 Maret 2026", " 30 maret 2026 ", "30.3.2026", "30 mar 2026"]
    {
        assert_eq!(date(typed), Ok(day("2026-03-30")), "{typed}");
    }
    for typed in ["31 Februari 2026", "2026-13-01", "0-1-2026", "2025-02-29", "30-0-2026", "999-1-2026"] {
        assert_eq!(date(typed), Err("date-none"), "{typed}");
    }
    for typed in ["", "besok", "30 Maret", "30-03-26", "30 bulan 2026", "2026", "1-2-3-2026", "２0-03-2026"] {
        assert_eq!(date(typed), Err("date-form"), "{typed}");
    }
}

/// Whatever is typed: a fault that has words, never a panic.
#[test]
fn nothing_panics_and_every_fault_is_known() {
    let signs: Vec<char> = "0123456789 .,-+/RpjutaMaret()é\u{feff}🙂\u{2013}".chars().collect();
    each_seed(3_000, |chance| {
        let len = chance.below(20);
        let typed: String = (0..len).map(|_| *chance.one(&signs)).collect();
        let faults = [
            nik(&typed, today()).err(),
            npwp(&typed, today()).err(),
            nib(&typed).err(),
            phone(&typed).err(),
            money(&typed).err(),
            number(&typed).err(),
            date(&typed).err(),
        ];
        mask_nik(&typed);
        for fault in faults.into_iter().flatten() {
            assert!(ALL_FAULTS.contains(&fault), "{typed:?}: {fault}");
        }
    });
}
