//! What was promised about keeping is done.

use crate::common::TestApp;
use axum::http::Method;
use satu_pintu_domain::application::What;
use satu_pintu_domain::key::Key;
use satu_pintu_server::housekeeping::sweep;
use serde_json::json;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

async fn objects(t: &TestApp, number: &str) -> usize {
    std::fs::read_dir(t.place.folder.path().join("files").join(number)).map_or(0, Iterator::count)
}

#[tokio::test]
async fn forgotten_drafts_are_emptied_and_open_files_are_not() {
    let t = TestApp::start().await;
    let (draft, draft_key) = t.filled().await;
    let (open, open_key) = t.submitted().await;
    t.create_upload((&draft, &draft_key), "npwpd", "x.jpg", 500, "terlupa-1", Some(2)).await;
    assert_eq!(sweep(&t.app).await.expect("sweep"), 0);
    let keep = t.app.content().office().retention.clone();
    t.wait(DAY * (keep.draft_days + 15));
    // The promise does not wait for the folder of unfinished uploads.
    std::fs::rename(t.place.staging(), t.place.folder.path().join("aside")).expect("staging");
    assert!(sweep(&t.app).await.expect("sweep") >= 1);
    let emptied = t.keyed("GET", &draft, &draft_key, None).await.ok();
    assert_eq!((&emptied["fields"], &emptied["files"]), (&json!({}), &json!([])));
    assert_eq!(emptied["tracking"]["status"]["state"], "withdrawn");
    assert_eq!(objects(&t, &draft).await, 0);
    assert_eq!(t.keyed("GET", &open, &open_key, None).await.ok()["fields"]["nama"], "Sri Contoh");
    assert!(objects(&t, &open).await > 0);
    assert_eq!(sweep(&t.app).await.expect("sweep"), 0);
}

#[tokio::test]
async fn papers_and_fields_of_closed_applications_go_in_their_time() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    for what in [What::Taken, What::Complete, What::Granted] {
        t.staff(&number, what).await;
    }
    let keep = t.app.content().office().retention.clone();
    let (first, last) = (keep.files_months.min(keep.personal_months), keep.files_months.max(keep.personal_months));
    t.wait(DAY * 31 * first - DAY);
    assert_eq!(sweep(&t.app).await.expect("sweep"), 0);
    t.wait(DAY * 31 * (last - first) + DAY * 2);
    assert!(sweep(&t.app).await.expect("sweep") >= 1);
    let after = t.keyed("GET", &number, &key, None).await.ok();
    assert_eq!((&after["fields"], &after["files"]), (&json!({}), &json!([])));
    assert_eq!(after["tracking"]["status"]["state"], "granted");
    let repeated: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM idempotency").fetch_one(t.app.store.reader()).await.expect("rows");
    assert_eq!(repeated, 0, "no hash of what was sent stays");
    assert_eq!(objects(&t, &number).await, 0);
}

#[tokio::test]
async fn a_request_of_last_season_is_still_answered_the_same() {
    let t = TestApp::start().await;
    let key = Key::new([7; 10]).shown();
    let bearer = format!("Bearer {key}");
    let head = [("content-type", "application/json"), ("idempotency-key", "lama"), ("authorization", bearer.as_str())];
    let body = json!({ "service": "reklame", "fields": { "nama": "Sri Contoh" } }).to_string().into_bytes();
    let begin = async || t.send(Method::POST, "/api/v1/applications", &head, body.clone()).await;
    let number = begin().await.ok()["application"]["number"].clone();
    t.wait(DAY * 80);
    // The draft has lapsed by now, the phone that asks again still finds it and no new one.
    sweep(&t.app).await.expect("sweep");
    let again = begin().await.ok();
    assert_eq!(
        (&again["application"]["number"], &again["application"]["tracking"]["status"]["state"]),
        (&number, &json!("withdrawn"))
    );
    t.wait(DAY * 11);
    sweep(&t.app).await.expect("sweep");
    let rows: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM idempotency").fetch_one(t.app.store.reader()).await.expect("rows");
    assert_eq!(rows, 0);
}
