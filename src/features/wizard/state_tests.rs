//! The wizard over the office's own rules.

use super::*;
use crate::answers::{from_query, to_query, with};

/// The office writes days as TOML dates, the domain reads them as text.
fn rules(text: &str) -> RuleSet {
    fn plain(value: &mut toml::Value) {
        match value {
            toml::Value::Datetime(day) => *value = toml::Value::String(day.to_string()),
            toml::Value::Array(list) => list.iter_mut().for_each(plain),
            toml::Value::Table(table) => table.iter_mut().for_each(|(_, v)| plain(v)),
            _ => {}
        }
    }
    let mut value = toml::Value::Table(toml::from_str(text).unwrap());
    plain(&mut value);
    value.try_into().unwrap()
}

fn office() -> RuleSet {
    rules(include_str!("../../../content/rules/izin-usaha.toml"))
}

fn today() -> Day {
    "2026-11-22".parse().unwrap()
}

fn question<'a>(rules: &'a RuleSet, query: &str, wish: Wish) -> Shown<'a> {
    match show(rules, &from_query(query), wish, today()) {
        Showing::Question(shown) => shown,
        other => panic!("{query}: {other:?}"),
    }
}

const WARUNG: &str = "usaha=warung-nasi&badan=sendiri&modal=mikro&olahan=siap-saji&tempat=sewa&bangun=tidak&papan-nama=ya&surat-lama=iumk";

#[test]
fn the_warung_owner_gets_exactly_this_list() {
    let rules = office();
    let Showing::Done(done) = show(&rules, &from_query(WARUNG), Wish::default(), today()) else { panic!() };
    let of = |kind| done.of(kind).map(|h| h.item.as_str()).collect::<Vec<_>>();
    use satu_pintu_domain::rules::Kind;
    assert_eq!(
        of(Kind::Permit),
        ["nib-perseorangan", "kkpr", "sppl", "sertifikat-standar", "slhs", "halal", "reklame"]
    );
    assert_eq!(of(Kind::NotNeeded), ["ho", "situ"]);
    assert!(of(Kind::Note).contains(&"iumk"));
}

#[test]
fn the_first_page_asks_the_first_question() {
    let rules = office();
    let shown = question(&rules, "", Wish::default());
    assert_eq!((shown.question.id.as_str(), shown.number, shown.trouble), ("usaha", 1, None));
    assert!((5..=9).contains(&shown.left), "{}", shown.left);
}

#[test]
fn the_guess_of_what_is_left_is_fair_on_the_warung_path() {
    let rules = office();
    let answers = from_query(WARUNG);
    for at in 0..answers.len() {
        let before = answers[..at].to_vec();
        let shown = question(&rules, &to_query(&before), Wish::default());
        let truly = answers.len() - at - 1;
        assert!(shown.left.abs_diff(truly) <= 1, "{}: said {}, were {truly}", shown.question.id, shown.left);
    }
}

#[test]
fn nothing_chosen_is_said_only_when_the_form_was_sent() {
    let rules = office();
    let wish = Wish { sent: Some("badan"), ..Wish::default() };
    assert_eq!(question(&rules, "usaha=kos", wish).trouble, Some(Trouble::Missing));
    assert_eq!(question(&rules, "usaha=kos", Wish::default()).trouble, None);
    let stale = Wish { sent: Some("usaha"), ..Wish::default() };
    assert_eq!(question(&rules, "usaha=kos", stale).trouble, None);
}

#[test]
fn an_unknown_option_asks_again_and_keeps_what_is_before() {
    let rules = office();
    let shown = question(&rules, "usaha=kos&badan=zzz&modal=mikro", Wish::default());
    assert_eq!((shown.question.id.as_str(), shown.trouble), ("badan", Some(Trouble::Unknown)));
    assert_eq!(shown.before.len(), 1);
    let shown = question(&rules, "usaha=%3Cscript%3E", Wish::default());
    assert_eq!(shown.trouble, Some(Trouble::Unknown));
}

#[test]
fn none_of_these_with_others_is_explained() {
    let rules = office();
    let shown = question(&rules, &WARUNG.replace("=iumk", "=iumk.tidak-ada"), Wish::default());
    assert_eq!((shown.question.id.as_str(), shown.trouble), ("surat-lama", Some(Trouble::NotAlone)));
}

#[test]
fn a_question_is_opened_again_with_its_answer() {
    let rules = office();
    let shown = question(&rules, WARUNG, Wish { change: Some("modal"), ..Wish::default() });
    assert_eq!((shown.question.id.as_str(), shown.number), ("modal", 3));
    assert_eq!(shown.chosen, ["mikro"]);
    assert!(shown.changing);
    // A question that is not on the path is not opened.
    let wish = Wish { change: Some("tamu"), ..Wish::default() };
    assert!(matches!(show(&rules, &from_query(WARUNG), wish, today()), Showing::Done(_)));
}

#[test]
fn after_a_change_the_answers_still_on_the_path_are_kept() {
    let rules = office();
    let changed = with(&from_query(WARUNG), "usaha", vec!["kue-kering".into()]);
    // Packaged food is asked how long it keeps, instead of its form.
    let shown = match show(&rules, &changed, Wish::default(), today()) {
        Showing::Question(shown) => shown,
        other => panic!("{other:?}"),
    };
    assert_eq!(shown.question.id, "tahan");
    let Showing::Done(done) =
        show(&rules, &with(&changed, "tahan", vec!["lebih-7-hari".into()]), Wish::default(), today())
    else {
        panic!()
    };
    let asked: Vec<&str> = done.path.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(asked, ["usaha", "badan", "modal", "tahan", "tempat", "bangun", "papan-nama", "surat-lama"]);
    assert!(!done.facts.contains_key("olahan"));
}

#[test]
fn an_amount_chooses_its_band() {
    let rules = office();
    let modal = rules.question("modal").unwrap();
    for (typed, option) in [
        ("25 juta", "mikro"),
        ("Rp1.000.000.000", "mikro"),
        ("1.000.000.001", "kecil"),
        ("1,5 miliar", "kecil"),
        ("5 milyar", "kecil"),
        ("7 M", "menengah"),
        ("10 miliar", "menengah"),
        ("2 triliun", "besar"),
        ("0", "mikro"),
    ] {
        let amount = validate::money(typed).unwrap();
        assert_eq!(band(modal, amount).as_deref(), Some(option), "{typed}");
    }
    assert_eq!(band(rules.question("badan").unwrap(), 1), None);
}

#[test]
fn an_amount_sent_without_script_counts() {
    let rules = office();
    let wish = Wish { sent: Some("modal"), typed: Some("25+juta"), ..Wish::default() };
    assert_eq!(question(&rules, "usaha=warung-nasi&badan=sendiri", wish).question.id, "olahan");
    let bad = Wish { typed: Some("banyak"), ..wish };
    assert_eq!(question(&rules, "usaha=warung-nasi&badan=sendiri", bad).trouble, Some(Trouble::Amount));
    // A tile that is chosen counts more than the amount beside it.
    assert_eq!(question(&rules, "usaha=kos&badan=sendiri&modal=besar", wish).before[2].1, ["besar"]);
}

#[test]
fn what_stands_apart() {
    let rules = office();
    let apart = |id: &str| -> Vec<String> {
        let q = rules.question(id).unwrap();
        q.options.iter().filter(|o| stands_apart(q, o)).map(|o| o.id().to_string()).collect()
    };
    assert_eq!(apart("modal"), ["tidak-tahu"]);
    assert_eq!(apart("surat-lama"), ["tidak-ada", "tidak-tahu"]);
    assert!(apart("usaha").is_empty());
    assert!(is_long(rules.question("usaha").unwrap()) && !is_long(rules.question("modal").unwrap()));
}

#[test]
fn broken_rules_are_said_and_never_panic() {
    let broken = rules("id='x'\nstart='a'\n[[question]]\nid='a'\noptions=['j']\nnext=[{go='nowhere'}]\n");
    assert!(matches!(show(&broken, &from_query("a=j"), Wish::default(), today()), Showing::Broken(_)));
    let ring = rules("id='x'\nstart='a'\n[[question]]\nid='a'\noptions=['j']\nnext=[{go='a'}]\n");
    assert!(matches!(show(&ring, &from_query("a=j"), Wish::default(), today()), Showing::Broken(_)));
    assert!(question(&ring, "", Wish::default()).left <= 2);
}

#[test]
fn every_check_of_the_office_starts() {
    for text in [
        include_str!("../../../content/rules/spp-irt.toml"),
        include_str!("../../../content/rules/halal.toml"),
        include_str!("../../../content/rules/klinik.toml"),
        include_str!("../../../content/rules/sip.toml"),
        include_str!("../../../content/rules/penelitian.toml"),
    ] {
        let rules = rules(text);
        assert_eq!(question(&rules, "", Wish::default()).number, 1, "{}", rules.id);
    }
}

#[test]
fn a_typed_amount_stays_an_answer_of_the_pages_behind_it() {
    let rules = office();
    let wish = Wish { sent: Some("modal"), typed: Some("25 juta"), ..Wish::default() };
    let given = with_amount(&rules, &from_query("usaha=warung-nasi&badan=sendiri"), wish);
    assert_eq!(to_query(&given), "usaha=warung-nasi&badan=sendiri&modal=mikro");
    let bad = Wish { typed: Some("banyak"), ..wish };
    assert_eq!(with_amount(&rules, &from_query("usaha=warung-nasi"), bad).len(), 1);
}

#[test]
fn who_searches_without_script_is_not_told_off() {
    let rules = office();
    let wish = Wish { sent: Some("usaha"), searched: true, ..Wish::default() };
    assert_eq!(question(&rules, "", wish).trouble, None);
    assert_eq!(question(&rules, "", Wish { searched: false, ..wish }).trouble, Some(Trouble::Missing));
    let changing = Wish { change: Some("usaha"), ..wish };
    assert_eq!(question(&rules, "usaha=kos", changing).chosen, ["kos"]);
}

#[test]
fn what_was_ticked_together_with_none_stays_ticked() {
    let rules = office();
    let shown = question(&rules, &WARUNG.replace("=iumk", "=iumk.tidak-ada.%3Cb%3E"), Wish::default());
    assert_eq!(shown.trouble, Some(Trouble::Unknown));
    let shown = question(&rules, &WARUNG.replace("=iumk", "=iumk.tidak-ada"), Wish::default());
    assert_eq!(shown.chosen, ["iumk", "tidak-ada"]);
}
