//! The content of this repository passes, and tells people what the office promised.
#![allow(clippy::unwrap_used)]

use satu_pintu_api::catalog::Catalog;
use satu_pintu_domain::content::{Channel, Evidence};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{Answers, Done, Kind, Step, resolve};
use satu_pintu_publish::rules::{content_check, rules_check, rules_paths};
use satu_pintu_publish::{Content, Dir, load};
use std::path::Path;

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content");

fn today() -> Day {
    "2026-11-22".parse().unwrap()
}

fn content() -> Content {
    match load(&Dir(CONTENT.into()), today()) {
        Ok(content) => content,
        Err(findings) => {
            let lines: Vec<String> = findings.iter().map(|f| f.to_string()).collect();
            panic!("{} findings\n{}", lines.len(), lines.join("\n"));
        }
    }
}

fn done(content: &Content, given: &[(&str, &str)]) -> Done {
    let answers: Answers = given.iter().map(|(q, v)| (q.to_string(), vec![v.to_string()])).collect();
    match resolve(content.wizard().unwrap(), &answers, today()) {
        Ok(Step::Done(done)) => done,
        other => panic!("{other:?}"),
    }
}

fn items(done: &Done, kind: Kind) -> Vec<&str> {
    done.of(kind).map(|hit| hit.item.as_str()).collect()
}

/// The owner of a micro warung in a fixed rented building with a sign and an IUMK from the camat.
#[test]
fn the_warung_owner_gets_exactly_this() {
    let content = content();
    let mut done = done(
        &content,
        &[
            ("usaha", "warung-nasi"),
            ("badan", "sendiri"),
            ("modal", "mikro"),
            ("olahan", "siap-saji"),
            ("tempat", "sewa"),
            ("bangun", "tidak"),
            ("papan-nama", "ya"),
            ("surat-lama", "iumk"),
        ],
    );
    // As a result shows them: in the order of the services.
    done.needs.sort_by_key(|n| content.service(&n.item).map(|s| s.order));
    let permits = ["nib-perseorangan", "kkpr", "sppl", "sertifikat-standar", "slhs", "halal", "reklame"];
    let mut got = items(&done, Kind::Permit);
    assert_eq!(got.len(), permits.len(), "{got:?}");
    got.retain(|item| !permits.contains(item));
    assert!(got.is_empty(), "{got:?}");
    let mut not_needed = items(&done, Kind::NotNeeded);
    not_needed.sort();
    assert_eq!(not_needed, ["ho", "situ"]);
    assert_eq!(items(&done, Kind::Note), ["iumk"]);
    // Each with a reason in words.
    let words = &content.words["id"].rules["izin-usaha"];
    for why in done.needs.iter().flat_map(|n| &n.whys) {
        assert!(words.need.contains_key(why.strip_prefix("need.").unwrap()), "{why}");
    }
    assert!(done.needs.iter().all(|n| !n.whys.is_empty()));
}

#[test]
fn what_the_office_promised_is_there() {
    let content = content();
    assert!(content.services.len() >= 14, "{} services", content.services.len());
    assert!(content.guides.len() >= 12, "{} guides", content.guides.len());
    assert!(content.terms.len() >= 45, "{} terms", content.terms.len());
    assert!(content.activities.len() >= 60, "{} activities", content.activities.len());
    assert_eq!(content.years.iter().map(|y| y.year).collect::<Vec<_>>(), [2024, 2025, 2026, 2027]);
    let here: Vec<&str> =
        content.services.iter().filter(|s| s.channel == Channel::Office).map(|s| s.id.as_str()).collect();
    for id in ["reklame", "penelitian", "sip", "klinik"] {
        assert!(here.contains(&id), "{id} is applied for here");
    }
    for id in ["spp-irt", "halal", "klinik", "sip", "penelitian"] {
        assert!(content.rules.contains_key(id), "{id}: bolehkah saya?");
    }
    assert_eq!(&content.langs[..2], ["id", "en"]);
    for phrase in ["warung nasi", "tambal ban", "kue kering", "kos", "isi ulang galon"] {
        let found = content.activities.iter().any(|a| {
            let mut names = a.synonyms.iter().chain([&a.name]);
            names.any(|n| n.to_lowercase().contains(phrase))
        });
        assert!(found, "{phrase}");
    }
}

/// Every item that may be sent has a way to be sent, and nothing else is asked for as a file.
#[test]
fn services_of_this_office_can_be_applied_for() {
    let content = content();
    for service in content.services.iter().filter(|s| s.channel == Channel::Office) {
        let with: Vec<&str> = content.cards_with_file(service).map(|c| c.id.as_str()).collect();
        let without: Vec<&str> = content.cards_without_file(service).collect();
        assert_eq!(with.len() + without.len(), service.requirement.len(), "{}", service.id);
        assert!(!with.is_empty(), "{}", service.id);
        assert!(with.iter().all(|id| content.requirements[*id].evidence != Evidence::None));
    }
}

#[test]
fn catalogs_in_every_language() {
    let content = content();
    let one = |lang: &str| -> Catalog { content.catalog(lang, today()).unwrap() };
    let (id, en) = (one("id"), one("en"));
    assert_ne!(id.hash, en.hash);
    assert_eq!(id.hash, one("id").hash);
    assert_eq!((id.lang.as_str(), en.lang.as_str(), one("xx").lang.as_str()), ("id", "en", "id"));
    assert_ne!(id.words.title, en.words.title);
    assert_eq!(id.services.len(), content.services.len());
    assert_eq!(id.checks.len(), content.rules.len() - 1);
    let name = |catalog: &Catalog| catalog.services.iter().find(|s| s.id == "reklame").unwrap().name.clone();
    assert_ne!(name(&id), name(&en));
    for service in &content.services {
        let detail = content.service_detail(&service.id, "en", today()).unwrap();
        assert_eq!(detail.cards.len(), service.requirement.len());
        assert!(!detail.sources.is_empty());
    }
    for guide in &content.guides {
        assert!(content.guide_detail(&guide.id).is_some_and(|g| !g.sources.is_empty()));
    }
    for rules in content.rules.keys() {
        assert!(content.check_detail(rules, "en").is_some());
    }
    assert!(content.service_detail("tidak-ada", "id", today()).is_none());
    assert!(content.check_detail("tidak-ada", "id").is_none());
}

#[test]
fn the_commands_agree() {
    let (text, passed) = rules_check(&[CONTENT.into()], today());
    assert!(passed, "{text}");
    let loaded = load(&Dir(CONTENT.into()), today());
    assert_eq!(content_check(&loaded, today()), (text.clone(), true));
    let file = format!("{CONTENT}/rules/izin-usaha.toml");
    let (alone, passed) = rules_check(&[file.clone().into()], today());
    assert!(passed);
    assert!(text.contains(alone.trim()), "{alone}");
    let lines = rules_paths(Path::new(&file), today()).unwrap().lines().count();
    assert!(alone.contains(&format!("paths {lines},")), "{lines} {alone}");
}
