//! The result over small content of its own; the list of the warung owner over the office's rules is tested
//! beside the wizard.

use super::*;
use satu_pintu_domain::content::{Cost, Need, Sample, SampleKind};
use satu_pintu_domain::rules::{Answers, Guard, OneOrMany};

fn card(id: &str, evidence: Evidence) -> Requirement {
    Requirement {
        id: id.into(),
        name: id.to_uppercase(),
        plain: String::new(),
        place: String::new(),
        issuer: String::new(),
        cost: Cost { amount: Some(0), note: String::new() },
        time: String::new(),
        validity: String::new(),
        mistake: String::new(),
        basis: vec![],
        source: vec![],
        verified: false,
        evidence,
        pages: 1,
        sample: Sample { kind: SampleKind::Card, title: String::new(), lines: vec![], note: String::new() },
    }
}

fn need(card: &str) -> Need {
    Need { card: card.into(), note: String::new(), only_if: String::new(), when: Guard::default(), optional: false }
}

fn detail(id: &str, needs: Vec<Need>, cards: Vec<Requirement>) -> ServicePapers {
    let json = serde_json::json!({
        "summary": {
            "id": id, "name": format!("Izin {id}"), "plain": "", "who": "", "channel": "office", "category": "other",
            "order": 1, "decides": "", "days": 0, "cost": 0, "cost_note": "", "product": "", "validity": "",
            "basis": [], "eligibility": "", "verified": false
        },
        "service": {
            "id": id, "name": id, "plain": "", "who": "", "channel": "office", "order": 1, "category": "other",
            "decides": "", "days": "d", "cost": "c", "product": "", "validity": "", "basis": [], "source": [],
            "verified": false, "step": [], "requirement": []
        },
        "cards": [], "sources": [], "guides": []
    });
    let mut detail: ServicePapers = serde_json::from_value(json).unwrap();
    detail.service.requirement = needs;
    detail.cards = cards;
    detail
}

fn facts(list: &[(&str, &str)]) -> Facts {
    list.iter().map(|(k, v)| (k.to_string(), vec![v.to_string()])).collect()
}

#[test]
fn a_paper_stands_once_with_all_that_ask_for_it() {
    let ktp = || card("ktp", Evidence::Photo);
    let a = detail("nib-badan", vec![need("ktp"), need("akun")], vec![ktp(), card("akun", Evidence::Online)]);
    let b = detail("reklame", vec![need("ktp"), need("foto")], vec![ktp(), card("foto", Evidence::Photo)]);
    let items = merged(&[&a, &b], &Facts::new());
    let ids: Vec<&str> = items.iter().map(|i| i.card.id.as_str()).collect();
    assert_eq!(ids, ["ktp", "foto", "akun"]);
    let names: Vec<&str> = items[0].by.iter().map(|b| b.name).collect();
    assert_eq!(names, ["Izin nib-badan", "Izin reklame"]);
    assert!(items.iter().all(Item::counts));
}

#[test]
fn what_the_facts_exclude_is_dropped_and_what_was_not_asked_stays() {
    let rent = Guard([("tempat".to_string(), OneOrMany::Many(vec!["sewa".into()]))].into());
    let a = detail(
        "kkpr",
        vec![Need { when: rent, ..need("sewa") }, need("ktp")],
        vec![card("sewa", Evidence::Document), card("ktp", Evidence::Photo)],
    );
    assert_eq!(merged(&[&a], &facts(&[("tempat", "pasar")])).len(), 1);
    assert_eq!(merged(&[&a], &facts(&[("tempat", "sewa")])).len(), 2);
    assert_eq!(merged(&[&a], &Facts::new()).len(), 2);
}

#[test]
fn what_one_service_insists_on_is_no_longer_optional() {
    let optional = || Need { optional: true, ..need("npwp") };
    let only_if = || Need { only_if: "Hanya bila berbadan usaha".into(), ..need("akta") };
    let cards = || vec![card("npwp", Evidence::Photo), card("akta", Evidence::Document)];
    let a = detail("a", vec![optional(), only_if()], cards());
    let b = detail("b", vec![need("npwp"), need("akta")], cards());
    let maybe = merged(&[&a], &Facts::new());
    assert!(maybe.iter().all(|i| i.part() == Part::Maybe && !i.counts()));
    let sure = merged(&[&a, &b], &Facts::new());
    assert!(sure.iter().all(|i| i.part() == Part::Papers));
}

#[test]
fn a_paper_that_a_permit_of_the_list_gives_is_not_looked_for() {
    let a = detail("nib-perseorangan", vec![need("ktp")], vec![card("ktp", Evidence::Photo)]);
    let b = detail(
        "reklame",
        vec![need("nib"), need("bukti-nib"), need("nibung")],
        vec![card("nib", Evidence::Photo), card("bukti-nib", Evidence::Document), card("nibung", Evidence::Photo)],
    );
    let items = merged(&[&a, &b], &Facts::new());
    let steps: Vec<(&str, Option<usize>)> = items.iter().map(|i| (i.card.id.as_str(), i.from_step)).collect();
    assert_eq!(steps, [("ktp", None), ("nibung", None), ("nib", Some(1)), ("bukti-nib", Some(1))]);
    // Alone, it must be brought.
    assert!(merged(&[&b], &Facts::new()).iter().all(|i| i.from_step.is_none()));
}

#[test]
fn a_card_that_is_missing_is_left_out() {
    let a = detail("a", vec![need("ktp"), need("hilang")], vec![card("ktp", Evidence::Photo)]);
    assert_eq!(merged(&[&a], &Facts::new()).len(), 1);
}

#[test]
fn the_shared_text_is_a_list_with_a_link() {
    let words = ShareWords { title: "Izin untuk Warung nasi", papers: "Siapkan", link: "Lihat lagi:" };
    let permits =
        [("NIB".to_string(), "Gratis, otomatis".to_string()), ("Izin reklame".into(), "Gratis, 5 hari".into())];
    let text = share_text(&words, &permits, &["KTP".to_string()], "https://contoh.example/izin/hasil?usaha=kos");
    assert_eq!(
        text,
        "*Izin untuk Warung nasi*\n1. NIB: Gratis, otomatis\n2. Izin reklame: Gratis, 5 hari\n\n*Siapkan*\n- KTP\n\n\
         Lihat lagi: https://contoh.example/izin/hasil?usaha=kos"
    );
    assert!(!share_text(&words, &permits, &[], "x").contains("Siapkan"));
}

fn catalog(risks: serde_json::Value) -> Catalog {
    Catalog::read(&published(risks).to_string()).unwrap()
}

/// A catalog with only what the plan looks at.
pub fn published(risks: serde_json::Value) -> serde_json::Value {
    let summary = |id: &str, order: u32, cost: Option<i64>, days: i64| {
        serde_json::json!({
            "id": id, "name": format!("Nama {id}"), "plain": "", "who": "", "channel": "oss", "category": "other",
            "order": order, "decides": "", "days": days, "cost": cost, "cost_note": "", "product": "",
            "validity": "", "basis": [], "eligibility": "", "verified": false
        })
    };
    let question = |id: &str, options: serde_json::Value, next: serde_json::Value| serde_json::json!({ "id": id, "options": options, "next": next });
    let surat = serde_json::json!({
        "id": "surat-lama", "many": true, "options": ["iumk", "tidak-ada"], "next": [{ "end": "ya" }]
    });
    serde_json::json!({
        "hash": "", "lang": "id", "langs": ["id"], "rules_version": "", "checks": [], "guides": [], "terms": [],
        "office": office(),
        "rules": {
            "id": "izin-usaha", "start": "usaha",
            "question": [
                question("usaha", serde_json::json!(["warung", "lain"]), serde_json::json!([{ "go": "modal" }])),
                question("modal", serde_json::json!(["mikro", "tidak-tahu"]), serde_json::json!([{ "go": "surat-lama" }])),
                surat
            ],
            "need": [
                { "item": "reklame", "why": "need.r" },
                { "item": "nib", "why": "need.n" },
                { "item": "hilang", "why": "need.n" },
                { "item": "ho", "kind": "not-needed", "why": "need.n" },
                { "item": "iumk", "kind": "note", "why": "need.i", "when": { "surat-lama": "iumk" } },
                { "item": "tanya-modal", "kind": "note", "when": { "modal": "tidak-tahu" } },
                { "item": "lapor", "kind": "note" }
            ]
        },
        "words": {
            "title": "",
            "need": { "r": { "text": "karena papan" }, "n": { "text": "karena usaha" }, "i": { "text": "punya" } },
            "item": { "ho": { "name": "HO" }, "iumk": { "name": "IUMK diganti NIB", "text": "Simpan." } }
        },
        "activities": [
            { "id": "warung", "name": "Warung", "en": "Stall", "kbli": "56101", "synonyms": [] },
            { "id": "lain", "name": "Lain", "en": "Other", "kbli": "", "synonyms": [] }
        ],
        "risks": risks,
        "services": [summary("reklame", 130, None, 5), summary("nib", 10, Some(10_000), 0)],
        "survey": {
            "id": "s", "title": "", "basis": [], "source": [], "intro": "", "question": [],
            "profile": { "gender": [], "education": [], "occupation": [] }, "category": []
        }
    })
}

fn office() -> serde_json::Value {
    serde_json::json!({
        "name": "", "long": "", "region": "", "head": { "title": "", "name": "" }, "unit": { "front": "Loket", "back": "Pengolahan" }, "address": "", "phone": "",
        "whatsapp": "", "email": "", "hours": "", "zone": "WITA", "intake_days": "", "population": 1,
        "number_prefix": "", "letterhead": [], "checked": "2026-11-22", "disclaimer": "", "promise": "",
        "retention": { "draft_days": 1, "files_months": 1, "personal_months": 1 }, "agency": [], "complaint": []
    })
}

fn done(catalog: &Catalog, answers: &[(&str, &str)]) -> Done {
    let answers: Answers = answers.iter().map(|(q, v)| (q.to_string(), vec![v.to_string()])).collect();
    match satu_pintu_domain::rules::resolve(&catalog.rules, &answers, "2026-11-22".parse().unwrap()) {
        Ok(satu_pintu_domain::rules::Step::Done(done)) => done,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_plan_is_in_the_order_of_the_services_with_reasons_and_sums() {
    let catalog = catalog(serde_json::json!([]));
    let done = done(&catalog, &[("usaha", "warung"), ("modal", "tidak-tahu"), ("surat-lama", "iumk")]);
    let plan = plan(&catalog, &done);
    let ids: Vec<&str> = plan.permits.iter().map(|p| p.id).collect();
    assert_eq!(ids, ["nib", "reklame", "hilang"]);
    assert_eq!(plan.permits[1].whys, ["karena papan"]);
    assert_eq!(plan.permits[2].name(), "hilang");
    assert_eq!((plan.cost, plan.open_costs, plan.time, plan.verified), (10_000, 1, (5, 0), false));
    assert_eq!(plan.not_needed[0].name, "HO");
    assert_eq!((plan.old_papers[0].name, plan.old_papers[0].text), ("IUMK diganti NIB", "Simpan."));
    assert_eq!(plan.to_ask[0].id, "tanya-modal");
    assert_eq!(plan.to_know[0].id, "lapor");
}

#[test]
fn the_risk_is_known_or_said_to_be_unknown_and_never_guessed() {
    let row = serde_json::json!([
        { "kbli": "56101", "scale": ["mikro"], "level": "menengah-rendah", "source": [], "verified": false }
    ]);
    let catalog = catalog(row);
    let level = |usaha: &str, modal: &str| {
        let done = done(&catalog, &[("usaha", usaha), ("modal", modal), ("surat-lama", "tidak-ada")]);
        risk(&catalog, &done.facts).map(|r| r.level)
    };
    assert_eq!(level("warung", "mikro"), Some(satu_pintu_domain::content::RiskLevel::MenengahRendah));
    assert_eq!(level("warung", "tidak-tahu"), None);
    assert_eq!(level("lain", "mikro"), None);
}
