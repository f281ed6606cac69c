//! Keys and numbers as people write them down and type them again.
#![allow(clippy::unwrap_used)]

mod common;
use common::each_seed;
use satu_pintu_domain::key::{Key, NotAKey, number, parse_number};

#[test]
fn what_is_shown_can_be_typed() {
    each_seed(200, |chance| {
        let key = Key::new(std::array::from_fn(|_| chance.below(256) as u8));
        let shown = key.shown();
        assert_eq!(shown.len(), 21);
        for typed in
            [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), format!(" {} ", shown.replace('-', " – "))]
        {
            assert_eq!(Key::parse(&typed).unwrap(), key, "{typed}");
        }
        let hard = shown.replace('0', "O").replace('1', "l");
        assert_eq!(Key::parse(&hard).unwrap(), key, "{hard}");
    });
}

/// The check character sees every single wrong character and every swap of neighbours.
#[test]
fn slips_are_noticed() {
    each_seed(50, |chance| {
        let key = Key::new(std::array::from_fn(|_| chance.below(256) as u8));
        let shown: Vec<char> = key.shown().replace('-', "").chars().collect();
        for at in 0..16 {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| *c != shown[at]) {
                let mut typed = shown.clone();
                typed[at] = other;
                assert_eq!(Key::parse(&String::from_iter(&typed)), Err(NotAKey));
            }
            let mut typed = shown.clone();
            typed.swap(at, at + 1);
            if typed != shown {
                let typed = String::from_iter(&typed);
                assert_eq!(Key::parse(&typed), Err(NotAKey), "{typed}");
            }
        }
    });
}

#[test]
fn what_is_no_key() {
    for typed in [
        "",
        "-",
        "ABCD",
        "0000-0000-0000-0000-1",
        "0000-0000-0000-0000-00",
        "kunci saya hilang",
        "🔑",
        "*000-0000-0000-0000-0",
    ] {
        assert_eq!(Key::parse(typed), Err(NotAKey), "{typed}");
    }
    assert_eq!(Key::parse("0000-0000-0000-0000-0"), Ok(Key::new([0; 10])));
    assert_eq!(Key::new([255; 10]).shown(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-~");
}

#[test]
fn derived_keys_tell_nothing_of_each_other() {
    let key = Key::new([7; 10]);
    let all = [key.shown(), key.view().shown(), key.survey().shown(), key.view().survey().shown()];
    for (at, one) in all.iter().enumerate() {
        assert!(all.iter().skip(at + 1).all(|other| other != one));
    }
    assert_eq!(key.view().shown(), Key::new([7; 10]).view().shown());
    assert_eq!(key.hash().len(), 64);
    assert_ne!(key.hash(), key.view().hash());
    assert_eq!(format!("{key:?}"), "Key(...)");
}

#[test]
fn numbers() {
    assert_eq!(number(2026, 417, [15, 8]), "2026-0417-SJ");
    for typed in ["2026-0417-RK", "2026 0417 rk", "20260417rk", " 2o26-o417-RK "] {
        assert_eq!(parse_number(typed).as_deref(), Some("2026-0417-RK"), "{typed}");
    }
    assert_eq!(parse_number("2026-12345-RK").as_deref(), Some("2026-12345-RK"));
    for wrong in [
        "",
        "2026-0417",
        "2026-041-RK",
        "2026-0417-R1",
        "abcd-0417-RK",
        "2026-0417-RKX",
        "2026-0417-OO",
        "é026-0417-RK",
    ] {
        assert_eq!(parse_number(wrong), None, "{wrong}");
    }
    each_seed(100, |chance| {
        let random = [chance.below(256) as u8, chance.below(256) as u8];
        let written = number(2026, chance.below(20_000) as u32, random);
        assert_eq!(parse_number(&written), Some(written.clone()));
    });
}
