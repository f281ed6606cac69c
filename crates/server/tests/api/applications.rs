//! Beginning, saving, reading, withdrawing; what each key opens; slowing down who guesses.

use crate::common::{Reply, TestApp, text};
use axum::http::{Method, StatusCode};
use satu_pintu_domain::key::Key;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn a_draft_has_a_number_and_a_key() {
    let t = TestApp::start().await;
    let body = json!({ "service": "reklame", "fields": { "nama": "Sri Contoh" }, "rules": "lama",
        "answers": [["usaha", ["bukan-usaha"]]] });
    let created = t.post("/api/v1/applications", body).await;
    assert_eq!(created.status, StatusCode::CREATED);
    let number = text(&created.ok()["application"]["number"]);
    assert_eq!(created.header("location"), format!("/api/v1/applications/{number}"));
    assert!(number.starts_with("2026-0001-"));
    let key = text(&created.ok()["key"]);
    let read = t.keyed("GET", &number, &key, None).await;
    assert_eq!(read.header("cache-control"), "no-store");
    let application = read.ok();
    assert_eq!(application["fields"]["nama"], "Sri Contoh");
    assert_eq!(application["tracking"]["status"]["state"], "draft");
    assert_eq!(application["rules_changed"], false);
    assert_eq!(application["answers"], json!([]));
    assert!(!read.bytes.windows(4).any(|w| w == &key.as_bytes()[..4]), "the key is told once");
    // Typed by hand: any case, no hyphens, O for 0.
    let typed = key.replace('-', " ").to_lowercase().replace('0', "o");
    t.keyed("GET", &number.to_lowercase(), &typed, None).await.ok();
}

#[tokio::test]
async fn what_cannot_be_begun() {
    let t = TestApp::start().await;
    t.post("/api/v1/applications", json!({ "service": "tidak-ada" })).await.refused("service-unknown");
    t.post("/api/v1/applications", json!({ "service": "nib-perseorangan" })).await.refused("service-unknown");
    let unknown = t.post("/api/v1/applications", json!({ "service": "reklame", "fields": { "gaji": "1" } })).await;
    assert_eq!(unknown.refused("field-unknown")["faults"][0]["field"], "gaji");
    let long = json!({ "service": "reklame", "fields": { "nama": "x".repeat(5000) } });
    assert_eq!(t.post("/api/v1/applications", long).await.refused("invalid")["faults"][0]["code"], "too-long");
}

/// Begins an application as a browser that may have to try again.
async fn begin(t: &TestApp, once: &str, key: &str, body: &Value) -> Reply {
    let bearer = format!("Bearer {key}");
    let head = [("content-type", "application/json"), ("idempotency-key", once), ("authorization", bearer.as_str())];
    t.send(Method::POST, "/api/v1/applications", &head, body.to_string().into_bytes()).await
}

#[tokio::test]
async fn beginning_again_begins_nothing_new() {
    let t = Arc::new(TestApp::start().await);
    let key = Key::new([3; 10]).shown();
    let body = json!({ "service": "reklame", "fields": { "nama": "Sri Contoh" } });
    let all = (0..20).map(|_| {
        let (t, key, body) = (t.clone(), key.clone(), body.clone());
        tokio::spawn(async move { begin(&t, "sekali", &key, &body).await })
    });
    let mut numbers = BTreeSet::new();
    for one in all.collect::<Vec<_>>() {
        let reply = one.await.expect("task");
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
        let created = reply.ok();
        assert_eq!(created["key"], key.as_str());
        let number = text(&created["application"]["number"]);
        assert_eq!(reply.header("location"), format!("/api/v1/applications/{number}"));
        numbers.insert(number);
    }
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    let number = numbers.pop_first().expect("a number");
    // A number is not used up by a repetition, and what was saved since is told.
    assert!(t.draft().await.0.starts_with("2026-0002-"));
    t.keyed("PATCH", &number, &key, Some(json!({ "fields": { "nama": "Sri Lain" } }))).await.ok();
    let again = begin(&t, "sekali", &key, &body).await.ok();
    assert_eq!(again["application"]["fields"]["nama"], "Sri Lain");
    assert_eq!(again["application"]["number"], number.as_str());
    // The key is not told to whoever knows only the other one.
    begin(&t, "sekali", &Key::new([4; 10]).shown(), &body).await.refused("key-wrong");
    begin(&t, "sekali", &key, &json!({ "service": "reklame" })).await.refused("idempotency-reused");
    t.hand_in((&number, &key), "submit", "sekali").await.refused("idempotency-reused");
    let other = begin(&t, "lain", &Key::new([4; 10]).shown(), &body).await.ok();
    assert_ne!(other["application"]["number"], number.as_str());
    // Nothing of the key is kept but its hash.
    let kept: Vec<(String, String, String)> = sqlx::query_as("SELECT key, body, answer FROM idempotency")
        .fetch_all(t.app.store.reader())
        .await
        .expect("rows");
    let shown = format!("{kept:?}");
    assert!(kept.len() == 2 && !shown.contains(&key) && !shown.contains("Sri"), "{shown}");
}

#[tokio::test]
async fn beginning_once_needs_a_key_of_the_caller() {
    let t = TestApp::start().await;
    let body = json!({ "service": "reklame" }).to_string().into_bytes();
    let head = [("content-type", "application/json"), ("idempotency-key", "sekali")];
    let missing = t.send(Method::POST, "/api/v1/applications", &head, body).await.refused("key-missing");
    assert!(text(&missing["detail"]).contains("Bearer"), "{missing}");
    let body = json!({ "service": "reklame" });
    begin(&t, "sekali", "ABCD", &body).await.refused("bad-request");
    begin(&t, &"x".repeat(300), &Key::new([3; 10]).shown(), &body).await.refused("idempotency-missing");
}

#[tokio::test]
async fn fields_are_merged() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let save = async |body| t.keyed("PATCH", &number, &key, Some(body)).await;
    save(json!({ "fields": { "nama": "Sri", "alamat": "Jl. Contoh" }, "ticks": ["ktp", "ktp"] })).await.ok();
    let saved = save(json!({ "fields": { "alamat": null, "telepon": "0812" } })).await.ok();
    assert_eq!(saved["fields"], json!({ "nama": "Sri", "telepon": "0812" }));
    assert_eq!(saved["ticks"], json!(["ktp"]));
    save(json!({ "ticks": ["tidak-ada"] })).await.refused("item-unknown");
    save(json!({ "fields": { "x": "1" } })).await.refused("field-unknown");
    save(json!({ "fields": [] })).await.refused("bad-json");
    // What is wrong is kept as typed: a draft may hold anything.
    assert_eq!(save(json!({ "fields": { "nik": "123" } })).await.ok()["fields"]["nik"], "123");
}

#[tokio::test]
async fn keys_open_what_they_should() {
    let t = TestApp::start().await;
    let (number, key) = t.filled().await;
    let view = Key::parse(&key).expect("key").view().shown();
    t.send(Method::GET, &format!("/api/v1/applications/{number}"), &[], Vec::new()).await.refused("key-missing");
    for (method, path, body) in [
        ("GET", number.clone(), None),
        ("PATCH", number.clone(), Some(json!({}))),
        ("POST", format!("{number}/withdraw"), None),
        ("GET", format!("{number}/receipt"), None),
        ("POST", format!("{number}/submit"), None),
    ] {
        t.keyed(method, &path, &view, body.clone()).await.refused("view-only");
    }
    let seen = t.keyed("GET", &format!("{number}/tracking"), &view, None).await;
    let said = String::from_utf8_lossy(&seen.bytes).into_owned();
    assert_eq!(seen.ok()["status"]["state"], "draft");
    for secret in ["Sri", "7399", "0812", "Pasar", "foto.jpg"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
    let other = Key::new([7; 10]).shown();
    t.keyed("GET", &number, &other, None).await.refused("key-wrong");
    t.keyed("GET", "2026-9999-XX", &key, None).await.refused("key-wrong");
    t.keyed("GET", "apa-ini", &key, None).await.refused("key-wrong");
    t.keyed("GET", &number, "ABCD", None).await.refused("key-wrong");
}

#[tokio::test]
async fn guessing_is_slowed_down_and_the_owner_is_not() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let wrong = Key::new([9; 10]).shown();
    for _ in 0..5 {
        t.keyed("GET", &number, &wrong, None).await.refused("key-wrong");
    }
    let slowed = t.keyed("GET", &number, &wrong, None).await;
    slowed.refused("slow");
    assert!(slowed.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds >= 1));
    t.keyed("GET", &number, &key, None).await.ok();
    t.wait(Duration::from_secs(2));
    t.keyed("GET", &number, &wrong, None).await.refused("key-wrong");
    // Another address behind the proxy, another application: not slowed by the first.
    let (number, _) = t.draft().await;
    let bearer = format!("Bearer {wrong}");
    let head = [("authorization", bearer.as_str()), ("x-forwarded-for", "203.0.113.9")];
    t.send(Method::GET, &format!("/api/v1/applications/{number}"), &head, Vec::new()).await.refused("key-wrong");
}

#[tokio::test]
async fn a_replaced_key_says_so() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let hash = Key::parse(&key).expect("key").hash();
    let new = Key::new([5; 10]);
    let mut tx = t.app.store.begin().await.expect("transaction");
    sqlx::query("INSERT INTO revoked_keys (number, key_hash, at) VALUES ($1, $2, 0)")
        .bind(number.clone())
        .bind(hash)
        .execute(&mut *tx)
        .await
        .expect("revoked");
    sqlx::query("UPDATE applications SET key_hash = $1 WHERE number = $2")
        .bind(new.hash())
        .bind(number.clone())
        .execute(&mut *tx)
        .await
        .expect("rekeyed");
    tx.commit().await.expect("commit");
    t.keyed("GET", &number, &key, None).await.refused("key-revoked");
    t.keyed("GET", &number, &new.shown(), None).await.ok();
}

#[tokio::test]
async fn withdrawing() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    let withdrawn = t.keyed("POST", &format!("{number}/withdraw"), &key, None).await.ok();
    assert_eq!(withdrawn["tracking"]["status"]["state"], "withdrawn");
    t.keyed("POST", &format!("{number}/withdraw"), &key, None).await.ok();
    t.keyed("PATCH", &number, &key, Some(json!({ "fields": { "nama": "X" } }))).await.refused("not-now");
    t.hand_in((&number, &key), "correct", "x").await.refused("not-now");
}

#[tokio::test]
async fn what_was_changed_elsewhere_is_not_overwritten() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let save = async |body: Value| t.keyed("PATCH", &number, &key, Some(body)).await.ok();
    let first = save(json!({ "fields": { "nama": "Sri", "alamat": "Jl. Satu" }, "seen": { "nama": 0 } })).await;
    assert_eq!((&first["versions"], &first["clashes"]), (&json!({ "nama": 1, "alamat": 1 }), &json!([])));
    // Two phones saw the same: different fields merge, the same field is left and named.
    let one = save(json!({ "fields": { "nama": "Sri Wahyuni" }, "seen": { "nama": 1 } })).await;
    assert_eq!((&one["fields"]["nama"], &one["versions"]["nama"]), (&json!("Sri Wahyuni"), &json!(2)));
    let other = json!({ "fields": { "nama": "Bu Sri", "alamat": "Jl. Dua" }, "seen": { "nama": 1, "alamat": 1 } });
    let other = save(other).await;
    assert_eq!(other["clashes"], json!(["nama"]));
    assert_eq!((&other["fields"]["nama"], &other["fields"]["alamat"]), (&json!("Sri Wahyuni"), &json!("Jl. Dua")));
    // The same value is no clash and no change, whatever was seen; so a lost answer may be asked for again.
    let same = save(json!({ "fields": { "nama": "Sri Wahyuni" }, "seen": { "nama": 0 } })).await;
    assert_eq!((&same["clashes"], &same["versions"]["nama"]), (&json!([]), &json!(2)));
    // Taking a field away counts as a change.
    let gone = save(json!({ "fields": { "nama": null }, "seen": { "nama": 2 } })).await;
    assert_eq!((gone["fields"].get("nama"), &gone["versions"]["nama"]), (None, &json!(3)));
    assert_eq!(save(json!({ "fields": { "nama": "X" }, "seen": { "nama": 2 } })).await["clashes"], json!(["nama"]));
    // Whoever does not say what was seen saves as ever.
    assert_eq!(save(json!({ "fields": { "nama": "Sri" } })).await["fields"]["nama"], "Sri");
    assert_eq!(t.keyed("GET", &number, &key, None).await.ok()["versions"]["nama"], 4);
}

#[tokio::test]
async fn of_many_phones_at_once_one_saves_and_the_others_are_told() {
    let t = Arc::new(TestApp::start().await);
    let (number, key) = t.draft().await;
    let all = (0..20).map(|phone| {
        let (t, number, key) = (t.clone(), number.clone(), key.clone());
        let body = json!({ "fields": { "nama": format!("Nama {phone}") }, "seen": { "nama": 0 } });
        tokio::spawn(async move { t.keyed("PATCH", &number, &key, Some(body)).await.ok()["clashes"] == json!([]) })
    });
    let mut saved = 0;
    for one in all.collect::<Vec<_>>() {
        saved += u32::from(one.await.expect("task"));
    }
    assert_eq!(saved, 1);
    assert_eq!(t.keyed("GET", &number, &key, None).await.ok()["versions"]["nama"], 1);
}
