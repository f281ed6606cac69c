//! Rule sets: what resolving means, and each finding on a set with that one fault.
#![allow(clippy::unwrap_used)]

mod common;
use common::{day, rules};
use satu_pintu_domain::rules::*;

const SMALL: &str = r#"
id = "kecil"
start = "usaha"
[[question]]
id = "usaha"
class = "jenis"
options = [{ id = "warung", class = "kuliner" }, { id = "warteg", class = "kuliner" }, { id = "jahit", class = "jasa" }, "lain?"]
next = [{ when = { jenis = "kuliner" }, go = "modal" }, { go = "surat" }]
[[question]]
id = "modal"
options = ["mikro", "kecil", "besar"]
next = [{ when = { modal = ["mikro", "kecil"] }, go = "surat" }, { end = "petugas" }]
[question.band]
unit = "IDR"
mikro = { max = 1000000000 }
kecil = { max = 5000000000 }
besar = {}
[[question]]
id = "surat"
many = true
alone = ["tidak-ada"]
options = ["iumk", "ho", "tidak-ada"]
next = [{ end = "daftar" }]
[[outcome]]
id = "daftar"
[[outcome]]
id = "petugas"
[[need]]
item = "nib"
why = "need.semua"
[[need]]
item = "slhs"
when = { jenis = "kuliner", modal = "mikro" }
why = "need.dapur"
from = 2025-06-05
until = 2027-12-31
[[need]]
item = "nib"
when = { surat = "iumk" }
why = "need.ganti"
[[need]]
item = "ho"
kind = "not-needed"
when = { surat = "ho" }
why = "need.ho"
[[need]]
item = "risiko"
kind = "note"
when = { jenis = "jasa" }
why = "need.risiko"
"#;

fn small() -> RuleSet {
    rules(SMALL)
}

fn answers(given: &[(&str, &[&str])]) -> Answers {
    let one = |(q, v): &(&str, &[&str])| (q.to_string(), v.iter().map(|v| v.to_string()).collect());
    given.iter().map(one).collect()
}

fn step(given: &[(&str, &[&str])], today: &str) -> String {
    let rules = small();
    match resolve(&rules, &answers(given), day(today)).unwrap() {
        Step::Ask(ask) => format!("ask {} {}", ask.question.id, if ask.invalid { "invalid" } else { "" }),
        Step::Done(done) => {
            let needs = done.needs.iter().map(|n| format!("{}{:?}", n.item, n.whys));
            format!("{} {}", done.outcome, needs.collect::<Vec<_>>().join(" "))
        }
    }
}

#[test]
fn questions_in_turn() {
    let today = "2026-11-22";
    assert_eq!(step(&[], today), "ask usaha ");
    assert_eq!(step(&[("usaha", &["warteg"])], today), "ask modal ");
    assert_eq!(step(&[("usaha", &["lain?"])], today), "ask surat ");
    // Order of the answers and answers off the path do not matter.
    let given: &[(&str, &[&str])] = &[("surat", &["iumk"]), ("modal", &["besar"]), ("usaha", &["jahit"])];
    assert_eq!(step(given, today), r#"daftar nib["need.semua", "need.ganti"] risiko["need.risiko"]"#);
    let given: &[(&str, &[&str])] = &[("usaha", &["warung"]), ("modal", &["besar"]), ("surat", &["ho"])];
    assert_eq!(step(given, today), r#"petugas nib["need.semua"]"#);
}

#[test]
fn answers_that_may_not_be() {
    let today = "2026-11-22";
    for (given, wanted) in [
        (("usaha", &["becak"] as &[&str]), "ask usaha invalid"),
        (("usaha", &["warung", "jahit"]), "ask usaha invalid"),
        (("usaha", &[]), "ask usaha "),
    ] {
        // What comes after it does not count.
        assert_eq!(step(&[given, ("modal", &["mikro"]), ("surat", &["ho"])], today), wanted);
    }
    for (surat, wanted) in [
        (&["tidak-ada", "ho"] as &[&str], "ask surat invalid"),
        (&["ho", "x"], "ask surat invalid"),
        (&[], "ask surat "),
        (&["ho", "iumk", "ho"], r#"daftar nib["need.semua", "need.ganti"] ho["need.ho"] risiko["need.risiko"]"#),
    ] {
        assert_eq!(step(&[("usaha", &["jahit"]), ("surat", surat)], today), wanted, "{surat:?}");
    }
}

#[test]
fn the_path_is_in_the_order_of_the_options() {
    let rules = small();
    let given = answers(&[("usaha", &["jahit"]), ("surat", &["ho", "iumk"])]);
    let Ok(Step::Done(done)) = resolve(&rules, &given, day("2026-11-22")) else {
        panic!("not done");
    };
    assert_eq!(done.path, answers(&[("usaha", &["jahit"]), ("surat", &["iumk", "ho"])]));
    assert_eq!(done.facts["jenis"], ["jasa"]);
}

#[test]
fn needs_in_force() {
    let given: &[(&str, &[&str])] = &[("usaha", &["warung"]), ("modal", &["mikro"]), ("surat", &["tidak-ada"])];
    let with = r#"daftar nib["need.semua"] slhs["need.dapur"]"#;
    let without = r#"daftar nib["need.semua"]"#;
    for (today, wanted) in
        [("2025-06-04", without), ("2025-06-05", with), ("2027-12-31", with), ("2028-01-01", without)]
    {
        assert_eq!(step(given, today), wanted, "{today}");
    }
}

#[test]
fn faults_of_the_rules_are_errors() {
    let mut cycle = small();
    cycle.questions[1].next = vec![Next { when: Guard::default(), go: Some("usaha".into()), end: None }];
    let given = answers(&[("usaha", &["warung"]), ("modal", &["mikro"])]);
    let today = day("2026-11-22");
    assert_eq!(resolve(&cycle, &given, today), Err(RuleError::Cycle { question: "usaha".into() }));
    let mut none = small();
    none.questions[1].next.clear();
    assert_eq!(resolve(&none, &given, today), Err(RuleError::NoRule { question: "modal".into() }));
    let mut astray = small();
    astray.start = "awal".into();
    assert_eq!(resolve(&astray, &given, today), Err(RuleError::UnknownTarget { target: "awal".into() }));
}

#[test]
fn paths_are_as_they_were() {
    let paths = paths(&small(), day("2026-11-22")).unwrap();
    let lines: Vec<String> = paths.iter().map(|p| serde_json::to_string(p).unwrap()).collect();
    let golden = include_str!("data/small.paths");
    assert_eq!(lines, golden.lines().collect::<Vec<_>>());
}

#[test]
fn paths_do_without_outcomes() {
    let mut rules = small();
    rules.outcomes.clear();
    assert_eq!(paths(&rules, day("2026-11-22")).unwrap().len(), 13);
    assert!(check(&rules, day("2026-11-22")).is_err());
}

#[test]
fn certificate() {
    let certificate = check(&small(), day("2026-11-22")).unwrap();
    // usaha, modal, and surat after mikro, kecil, jahit, lain? (kecil and lain? go on alike).
    assert_eq!((certificate.questions, certificate.paths, certificate.longest), (3, 13, 3));
    assert_eq!((certificate.states, certificate.outcomes), (5, 10));
    assert_eq!(certificate.version, version(&small()));
}

/// SHA-256 of the sorted, compact JSON, computed once by another program: Python's tomllib, json, hashlib.
#[test]
fn version_is_that_of_the_parsed_file() {
    let golden = include_str!("data/small.version");
    assert_eq!(version(&small()), golden.trim());
    // Comments, order of keys and defaults written out are no other version.
    let dressed = SMALL.replace("many = true\n", "").replace("id = \"surat\"", "many = true\nid = \"surat\"");
    let dressed = dressed.replace("id = \"modal\"", "many = false # not several\nalone = []\nid = \"modal\"");
    let dressed = dressed.replace("{ end = \"daftar\" }", "{ when = {}, end = \"daftar\" }");
    assert_ne!(dressed, SMALL);
    assert_eq!(version(&rules(&dressed)), version(&small()));
    assert_ne!(version(&rules(&SMALL.replace("mikro\", \"kecil\"]", "kecil\", \"mikro\"]"))), version(&small()));
}

/// `from` replaced by `to` in the small set gives exactly these findings.
#[track_caller]
fn broken(from: &str, to: &str, wanted: &[(&str, &str)]) {
    let text = SMALL.replacen(from, to, 1);
    assert_ne!(text, SMALL, "{from} is not there");
    let findings = check(&rules(&text), day("2026-11-22")).unwrap_err();
    let got: Vec<(&str, &str)> = findings.iter().map(|f| (f.code, f.subject.as_str())).collect();
    assert_eq!(got, wanted, "{findings:#?}");
}

#[test]
fn references() {
    broken(r#"start = "usaha""#, r#"start = "awal""#, &[("unknown-target", "start")]);
    broken(r#"{ go = "surat" }]"#, r#"{ go = "surta" }]"#, &[("unknown-target", "question/0/next/1/go")]);
    broken(r#"{ end = "daftar" }"#, r#"{ end = "dafta" }"#, &[("unknown-target", "question/2/next/0/end")]);
    broken(r#"modal = "mikro" }"#, r#"modal = "mikor" }"#, &[("unknown-value", "need/1/when/modal")]);
    broken(r#"when = { surat = "iumk" }"#, r#"when = { srat = "iumk" }"#, &[("unknown-value", "need/2/when/srat")]);
    broken(r#"alone = ["tidak-ada"]"#, r#"alone = ["tidak"]"#, &[("unknown-value", "question/2/alone/0")]);
    broken("besar = {}", "raya = {}", &[("unknown-value", "question/1/band/raya")]);
    // The class is to be tested, not the option.
    broken(r#"when = { jenis = "jasa" }"#, r#"when = { usaha = "jahit" }"#, &[("unknown-value", "need/4/when/usaha")]);
}

#[test]
fn doubles() {
    broken(r#""ho", "tidak-ada"]"#, r#""ho", "ho", "tidak-ada"]"#, &[("duplicate-id", "question/2/options/2")]);
    broken(
        r#"id = "petugas""#,
        r#"id = "daftar""#,
        &[("duplicate-id", "outcome/1"), ("unknown-target", "question/1/next/1/end")],
    );
    // A fact has one source. What follows from it is told too.
    let text = SMALL.replace("class = \"jenis\"", "class = \"modal\"");
    let findings = check(&rules(&text), day("2026-11-22")).unwrap_err();
    assert_eq!((findings[0].code, findings[0].subject.as_str()), ("duplicate-id", "question/0/class"));
}

#[test]
fn forms() {
    broken("1000000000", "9000000000", &[("parse", "question/1/band/kecil")]);
    broken("kecil = { max = 5000000000 }", "kecil = {}", &[("parse", "question/1/band/besar")]);
    broken(
        r#"{ end = "petugas" }"#,
        r#"{ end = "petugas", go = "surat" }"#,
        &[("parse", "question/1/next/1"), ("dead-option", "question/1/options/2"), ("dead-outcome", "outcome/1")],
    );
    broken(
        r#"{ end = "daftar" }"#,
        r#"{ when = { surat = ["iumk", "ho", "tidak-ada"] }, end = "daftar" }"#,
        &[("parse", "question/2/next/0/when/surat")],
    );
    broken(
        r#"{ id = "jahit", class = "jasa" }"#,
        r#"{ id = "Jahit", class = "jasa" }"#,
        &[("parse", "question/0/options/2")],
    );
    broken(
        "class = \"jenis\"\n",
        "",
        &[
            ("parse", "question/0/options"),
            ("unknown-value", "question/0/next/0/when/jenis"),
            ("unknown-value", "need/1/when/jenis"),
            ("unknown-value", "need/4/when/jenis"),
            ("dead-question", "question/1"),
            ("dead-outcome", "outcome/1"),
            ("unused-fact", "question/0"),
        ],
    );
}

#[test]
fn walks() {
    broken(
        r#"{ end = "petugas" }"#,
        r#"{ go = "usaha" }"#,
        &[("cycle", "question/1/next/1"), ("dead-option", "question/1/options/2"), ("dead-outcome", "outcome/1")],
    );
    broken(
        r#", { end = "petugas" }]"#,
        "]",
        &[("no-rule", "question/1/options/2"), ("dead-option", "question/1/options/2"), ("dead-outcome", "outcome/1")],
    );
    broken(
        r#"modal = ["mikro", "kecil"] }"#,
        r#"modal = ["mikro", "kecil", "besar"] }"#,
        &[("shadowed-rule", "question/1/next/1"), ("dead-outcome", "outcome/1")],
    );
    broken(
        r#"{ when = { jenis = "kuliner" }, go = "modal" }, "#,
        "",
        &[("dead-question", "question/1"), ("dead-outcome", "outcome/1"), ("need-never", "need/1")],
    );
    broken(
        r#"{ when = { jenis = "kuliner" }, go = "modal" }"#,
        r#"{ when = { modal = "mikro" }, go = "modal" }"#,
        &[
            ("asked-too-late", "question/0/next/0"),
            ("dead-question", "question/1"),
            ("dead-outcome", "outcome/1"),
            ("need-never", "need/1"),
        ],
    );
    broken(
        r#"when = { jenis = "kuliner", modal = "mikro" }"#,
        r#"when = { jenis = "jasa", modal = "mikro" }"#,
        &[("need-never", "need/1")],
    );
    broken("until = 2027-12-31", "until = 2024-12-31", &[("need-never", "need/1")]);
    broken(
        "[[outcome]]\nid = \"petugas\"",
        "[[outcome]]\nid = \"petugas\"\n[[outcome]]\nid = \"lain\"",
        &[("dead-outcome", "outcome/2")],
    );
    let no_letters = SMALL.replace("{ surat = \"iumk\" }", "{}").replace("{ surat = \"ho\" }", "{}");
    let findings = check(&rules(&no_letters), day("2026-11-22")).unwrap_err();
    assert_eq!((findings[0].code, findings[0].subject.as_str()), ("unused-fact", "question/2"));
}

#[test]
fn thirteen_questions_are_too_many() {
    let text = |count: usize| {
        let mut text = String::from("id = \"panjang\"\nstart = \"q0\"\n[[outcome]]\nid = \"akhir\"\n");
        for at in 0..count {
            let next = match at + 1 {
                next if next < count => format!("go = \"q{next}\""),
                _ => "end = \"akhir\"".to_string(),
            };
            text += &format!("[[question]]\nid = \"q{at}\"\noptions = [\"ya\", \"tidak\"]\nnext = [{{ {next} }}]\n");
            text += &format!("[[need]]\nitem = \"i{at}\"\nwhen = {{ q{at} = \"ya\" }}\nwhy = \"need.x\"\n");
        }
        text
    };
    assert_eq!(check(&rules(&text(12)), day("2026-11-22")).unwrap().paths, 4096);
    let findings = check(&rules(&text(13)), day("2026-11-22")).unwrap_err();
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["path-too-long"]);
}

#[test]
fn dated_values() {
    let param = |rows: &str| format!("{SMALL}{rows}");
    let row = |from: &str| format!("[[param]]\nid = \"biaya\"\nfrom = {from}\nvalue = 0\nsource = \"x\"\n");
    let codes = |rows: &str| -> Vec<&str> {
        let found = check(&rules(&param(rows)), day("2026-11-22")).err().unwrap_or_default();
        found.iter().map(|f| f.code).collect()
    };
    assert!(codes(&row("2026-11-22")).is_empty());
    assert!(codes(&(row("2030-01-01") + &row("2025-01-01"))).is_empty());
    assert_eq!(codes(&row("2026-11-23")), ["param-gap"]);
    assert_eq!(codes(&(row("2025-01-01") + &row("2025-01-01"))), ["param-overlap"]);
}

#[test]
fn ids_in_addresses() {
    for (id, url) in [("tidak-tahu", "tidak-tahu"), ("a_b", "a--ub"), ("lain?", "lain--q"), ("-_?", "---u--q")] {
        assert_eq!(to_url(id), url);
        assert_eq!(from_url(url), id);
    }
    assert!(is_id("a-b_c?9") && !is_id("a--b") && !is_id("") && !is_id("A") && !is_id(&"a".repeat(65)));
}

/// Twelve questions of five options, each with needs of its own: 244 million paths, checked all the same.
#[test]
fn a_rule_set_of_many_paths_is_checked_at_once() {
    let mut text = String::from("id = \"besar\"\nstart = \"q0\"\n[[outcome]]\nid = \"akhir\"\n");
    for at in 0..12 {
        let next = if at < 11 { format!("go = \"q{}\"", at + 1) } else { "end = \"akhir\"".into() };
        text += &format!(
            "[[question]]\nid = \"q{at}\"\noptions = [\"a\", \"b\", \"c\", \"d\", \"e\"]\nnext = [{{ {next} }}]\n"
        );
        for option in ["a", "b", "c", "d"] {
            text +=
                &format!("[[need]]\nitem = \"i{at}{option}\"\nwhen = {{ q{at} = \"{option}\" }}\nwhy = \"need.x\"\n");
        }
    }
    let certificate = check(&rules(&text), day("2026-11-22")).unwrap();
    assert_eq!((certificate.paths, certificate.longest), (5u64.pow(12), 12));
}
