//! What was sent back can be mended, and nothing else.

use crate::common::{TestApp, jpeg, text};
use axum::http::StatusCode;
use satu_pintu_domain::application::{Returned, What};
use serde_json::{Value, json};

fn returned(items: &[&str]) -> What {
    let back = |item: &&str| Returned { item: (*item).to_owned(), reason: "Fotonya buram".to_owned(), mark: None };
    What::Returned { items: items.iter().map(back).collect() }
}

fn files_of(application: &Value, item: &str) -> Vec<Value> {
    let files = application["files"].as_array().expect("files");
    files.iter().filter(|file| file["item"] == item).cloned().collect()
}

#[tokio::test]
async fn only_returned_things_may_change() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    t.staff(&number, What::Taken).await;
    t.staff(&number, returned(&["ktp", "field:teks"])).await;
    let waiting = t.keyed("GET", &number, &key, None).await.ok();
    assert_eq!(waiting["tracking"]["status"]["state"], "waiting-applicant");
    assert_eq!(waiting["tracking"]["status"]["returned"][0]["reason"], "Fotonya buram");

    let save = async |fields: Value| t.keyed("PATCH", &number, &key, Some(json!({ "fields": fields }))).await;
    let refused = save(json!({ "nama": "Orang Lain", "teks": "Warung Baru" })).await.refused("not-returned");
    assert_eq!(refused["faults"][0]["field"], "nama");
    assert_eq!(
        save(json!({ "nama": "Sri Contoh", "teks": "Warung Baru" })).await.ok()["fields"]["teks"],
        "Warung Baru"
    );
    t.upload((&number, &key), "foto-tiga-arah", "x.jpg", &jpeg(99, 300)).await.refused("not-returned");

    let early = t.hand_in((&number, &key), "correct", "satu").await.refused("incomplete");
    assert_eq!(early["faults"], json!([{ "field": "item:ktp", "code": "file-missing" }]));
    let old = text(&files_of(&waiting, "ktp")[0]["id"]);
    t.upload((&number, &key), "ktp", "ktp baru.jpg", &jpeg(77, 300)).await.ok();
    t.hand_in((&number, &key), "correct", "satu").await.ok();
    t.hand_in((&number, &key), "correct", "satu").await.ok();
    t.hand_in((&number, &key), "correct", "dua").await.refused("not-now");

    let after = t.keyed("GET", &number, &key, None).await.ok();
    let ktp = files_of(&after, "ktp");
    assert_eq!(ktp.len(), 1);
    assert_eq!((&ktp[0]["name"], &ktp[0]["page"]), (&json!("ktp baru.jpg"), &json!(1)));
    // Kept for staff.
    let kept: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM files WHERE id = $1 AND replaced <> 0")
        .bind(old)
        .fetch_one(t.app.store.reader())
        .await
        .expect("row");
    assert_eq!(kept.0, 1);
    let timeline = after["tracking"]["timeline"].as_array().expect("timeline").clone();
    assert_eq!(timeline.last().expect("a line")["code"], "corrected");
}

#[tokio::test]
async fn page_by_page() {
    let t = TestApp::start().await;
    let (number, key) = t.filled().await;
    for seed in [41, 42] {
        t.upload((&number, &key), "foto-tiga-arah", "sisi.jpg", &jpeg(seed, 300)).await.ok();
    }
    t.hand_in((&number, &key), "submit", "satu").await.ok();
    t.staff(&number, What::Taken).await;
    t.staff(&number, returned(&["foto-tiga-arah"])).await;
    let before = files_of(&t.keyed("GET", &number, &key, None).await.ok(), "foto-tiga-arah");
    assert_eq!(before.len(), 3);
    let made = t.create_upload((&number, &key), "foto-tiga-arah", "sisi 2.jpg", 300, "halaman-dua", Some(2)).await;
    assert_eq!(t.patch(&made.header("location"), &key, 0, &jpeg(55, 300)).await.status, StatusCode::NO_CONTENT);
    t.hand_in((&number, &key), "correct", "perbaikan").await.ok();
    let after = files_of(&t.keyed("GET", &number, &key, None).await.ok(), "foto-tiga-arah");
    let names: Vec<&str> = after.iter().filter_map(|file| file["name"].as_str()).collect();
    assert_eq!(names, ["foto.jpg", "sisi 2.jpg", "sisi.jpg"]);
    assert_eq!((&after[0]["id"], &after[2]["id"]), (&before[0]["id"], &before[2]["id"]));
}

#[tokio::test]
async fn the_view_key_hears_no_reasons() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    t.staff(&number, What::Taken).await;
    t.staff(&number, returned(&["ktp"])).await;
    let view = satu_pintu_domain::key::Key::parse(&key).expect("key").view().shown();
    let seen = t.keyed("GET", &format!("{number}/tracking"), &view, None).await;
    assert!(!String::from_utf8_lossy(&seen.bytes).contains("buram"));
    assert!(!String::from_utf8_lossy(&seen.bytes).contains("sri"), "staff accounts are nobody's business");
    let own = t.keyed("GET", &format!("{number}/tracking"), &key, None).await;
    assert!(String::from_utf8_lossy(&own.bytes).contains("buram"));
}
