//! Submitting: checked whole, once however often it is pressed.

use crate::common::{CONTENT, Place, TestApp, copy};
use axum::http::Method;
use satu_pintu_domain::application::{Returned, What};
use satu_pintu_domain::form::required_cards;
use satu_pintu_server::contents::Contents;
use satu_pintu_server::files::Files;
use satu_pintu_server::ledger;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

#[tokio::test]
async fn an_incomplete_application_is_told_everything_at_once() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    t.keyed("PATCH", &number, &key, Some(json!({ "fields": { "nik": "3171" } }))).await.ok();
    let problem = t.hand_in((&number, &key), "submit", "satu").await.refused("incomplete");
    let faults = problem["faults"].as_array().expect("faults");
    let has = |field: &str, code: &str| faults.iter().any(|f| f["field"] == field && f["code"] == code);
    assert!(has("nama", "required") && has("nik", "nik-length") && has("item:ktp", "file-missing"), "{problem}");
    assert!(has("setuju", "consent-missing"), "{problem}");
    assert_eq!(t.keyed("GET", &number, &key, None).await.ok()["fields"]["nik"], "3171");
    t.keyed("GET", &format!("{number}/receipt"), &key, None).await.refused("not-now");
}

#[tokio::test]
async fn the_receipt_tells_both_days() {
    let t = TestApp::start().await;
    let (number, key) = t.filled().await;
    let receipt = t.hand_in((&number, &key), "submit", "satu").await.ok();
    assert_eq!(receipt["number"], number.as_str());
    // Monday 16 March 2026: the first check by Tuesday; Nyepi and Idul Fitri lie in between for the rest.
    assert_eq!(receipt["intake_due"], "2026-03-17");
    let days = receipt["days"].as_u64().expect("days");
    let content = t.app.content();
    let due = content.calendar().add("2026-03-16".parse().expect("day"), u32::try_from(days).expect("days"));
    assert_eq!(receipt["due"], due.expect("2026 is published").to_string());
    assert_eq!(receipt["files"].as_u64(), Some(t.needed_cards("reklame").len() as u64));
    assert_eq!(t.keyed("GET", &format!("{number}/receipt"), &key, None).await.ok(), receipt);
    let tracking = t.keyed("GET", &format!("{number}/tracking"), &key, None).await.ok();
    assert_eq!(
        (&tracking["status"]["state"], &tracking["status"]["holder"]),
        (&json!("submitted"), &json!("front-office"))
    );
}

#[tokio::test]
async fn a_double_tap_is_one_submission() {
    let t = Arc::new(TestApp::start().await);
    let (number, key) = t.filled().await;
    let all = (0..50).map(|_| {
        let (t, number, key) = (t.clone(), number.clone(), key.clone());
        tokio::spawn(async move { t.hand_in((&number, &key), "submit", "kunci-yang-sama").await.ok() })
    });
    let mut receipts = Vec::new();
    for one in all.collect::<Vec<_>>() {
        receipts.push(one.await.expect("task"));
    }
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    let mut conn = t.app.store.reader().acquire().await.expect("connection");
    let events = ledger::load(&mut conn, &number).await.expect("events");
    assert_eq!(events.iter().filter(|e| matches!(e.what, What::Submitted { .. })).count(), 1);
}

#[tokio::test]
async fn other_keys_and_other_bodies() {
    let t = TestApp::start().await;
    let (number, key) = t.filled().await;
    let bearer = format!("Bearer {key}");
    let path = format!("/api/v1/applications/{number}/submit");
    t.send(Method::POST, &path, &[("authorization", &bearer)], Vec::new()).await.refused("idempotency-missing");
    let head = [("authorization", bearer.as_str()), ("idempotency-key", "satu")];
    t.send(Method::POST, &path, &head, b"bukan json".to_vec()).await.refused("bad-json");
    let receipt = t.hand_in((&number, &key), "submit", "satu").await.ok();
    t.send(Method::POST, &path, &head, b"{\"a\":1}".to_vec()).await.refused("idempotency-reused");
    t.hand_in((&number, &key), "correct", "satu").await.refused("idempotency-reused");
    t.hand_in((&number, &key), "submit", "dua").await.refused("already-submitted");
    assert_eq!(t.hand_in((&number, &key), "submit", "satu").await.ok(), receipt);
    t.keyed("PATCH", &number, &key, Some(json!({ "fields": { "nama": "Lain" } }))).await.refused("not-now");
}

#[tokio::test]
async fn names_and_numbers_of_papers() {
    let t = TestApp::start().await;
    let (number, key) = t.filled_of("sip").await;
    let faults = async |fields| {
        t.keyed("PATCH", &number, &key, Some(json!({ "fields": fields }))).await.ok();
        let problem = t.hand_in((&number, &key), "submit", "satu").await.refused("incomplete");
        let faults = problem["faults"].as_array().expect("faults").clone();
        faults.iter().map(|f| format!("{} {}", f["field"], f["code"]).replace('"', "")).collect::<Vec<_>>()
    };
    let wrong = json!({ "nama": "<script>Sri", "nama-tempat": "Puskesmas <b>", "nomor-str": "abc" });
    assert_eq!(faults(wrong).await, ["nama name-signs", "nomor-str reference-form", "nama-tempat name-signs"]);
    let bell = json!({ "nama": "Sri\u{7}Contoh", "nama-tempat": "Klinik 24 Jam, d'Pasar & Anak", "nomor-str": "1" });
    assert_eq!(faults(bell).await, ["nama name-signs", "nomor-str reference-form"]);
    let right = json!({ "nama": "dr. Śri O'Neil, Sp.A", "nomor-str": "11 01 5 2 2 13-1234567" });
    t.keyed("PATCH", &number, &key, Some(json!({ "fields": right }))).await.ok();
    t.hand_in((&number, &key), "submit", "satu").await.ok();
}

#[tokio::test]
async fn what_is_brought_along_holds_nothing_up() {
    let t = TestApp::start().await;
    let content = t.app.content();
    let service = content.service("penelitian").expect("penelitian");
    assert!(required_cards(service).any(|card| card == "meterai"));
    let sent = t.needed_cards("penelitian");
    assert!(!sent.contains(&"meterai".to_owned()));
    let (number, key) = t.filled_of("penelitian").await;
    t.upload((&number, &key), "meterai", "meterai.jpg", &crate::common::jpeg(9, 500)).await.refused("item-unknown");
    let receipt = t.hand_in((&number, &key), "submit", "satu").await.ok();
    assert_eq!(receipt["files"].as_u64(), Some(sent.len() as u64));
    // Sent back, it is brought to the counter: the applicant says so, and no file could be sent. A paper is.
    t.staff(&number, What::Taken).await;
    let back = |item: &str| Returned { item: item.to_owned(), reason: "Bawa meterai Rp10.000.".to_owned(), mark: None };
    t.staff(&number, What::Returned { items: vec![back("meterai"), back("ktp")] }).await;
    let faults = t.hand_in((&number, &key), "correct", "dua").await.refused("incomplete")["faults"].clone();
    assert_eq!(faults, json!([{ "field": "item:ktp", "code": "file-missing" }]));
    t.upload((&number, &key), "ktp", "ktp.jpg", &crate::common::jpeg(9, 600)).await.ok();
    t.hand_in((&number, &key), "correct", "dua").await.ok();
}

#[tokio::test]
async fn what_is_filled_in_online_holds_nothing_up() {
    let place = Place::new().await;
    let folder = place.folder.path().join("content");
    copy(Path::new(CONTENT), &folder);
    let card = folder.join("requirements/npwpd.toml");
    let text = std::fs::read_to_string(&card).expect("npwpd.toml");
    let online = text
        .replace("evidence = \"document\"", "evidence = \"online\"")
        .replace("evidence = \"photo\"", "evidence = \"online\"");
    assert_ne!(text, online);
    std::fs::write(&card, online).expect("write");
    let contents = Contents::open(Some(folder), "2026-03-16".parse().expect("day")).expect("content");
    let files = Files::open(place.folder.path().join("files").to_str().expect("path")).await.expect("files");
    let t = TestApp::with(place, files, contents).await;
    assert!(!t.needed_cards("reklame").contains(&"npwpd".to_owned()));
    let (number, key) = t.filled().await;
    t.hand_in((&number, &key), "submit", "satu").await.ok();
}
