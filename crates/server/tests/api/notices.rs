//! Outages, and the list of people to ring.

use crate::common::TestApp;
use axum::http::StatusCode;
use serde_json::json;

async fn outage(t: &TestApp, id: &str, ended: Option<i64>) {
    let mut tx = t.app.store.begin().await.expect("transaction");
    sqlx::query("INSERT INTO notices (id, channel, text, since, expected, ended, account, at) VALUES ($1, 'oss', 'Pemeliharaan', 5, NULL, $2, 'sri', 5)")
        .bind(id.to_owned())
        .bind(ended)
        .execute(&mut *tx)
        .await
        .expect("notice");
    tx.commit().await.expect("commit");
}

#[tokio::test]
async fn notices_in_force() {
    let t = TestApp::start().await;
    assert_eq!(t.get("/api/v1/notices").await.ok(), json!([]));
    outage(&t, "lama", Some(9)).await;
    outage(&t, "kini", None).await;
    let notices = t.get("/api/v1/notices").await.ok();
    assert_eq!(
        notices,
        json!([{ "id": "kini", "channel": "oss", "since": 5, "expected": null, "text": "Pemeliharaan" }])
    );
}

#[tokio::test]
async fn a_number_keeps_its_place() {
    let t = TestApp::start().await;
    outage(&t, "kini", None).await;
    outage(&t, "lama", Some(9)).await;
    let ask =
        async |phone: &str| t.post("/api/v1/notices/kini/callbacks", json!({ "phone": phone, "name": "Sri" })).await;
    let first = ask("081234567890").await;
    assert_eq!((first.status, first.ok()), (StatusCode::CREATED, json!({ "place": 1 })));
    assert_eq!(ask("0813 9999 8888").await.ok()["place"], 2);
    assert_eq!(ask("+62 812-3456-7890").await.ok()["place"], 1);
    assert_eq!(ask("0857 1111 2222").await.ok()["place"], 3);
    assert_eq!(ask("123").await.refused("invalid")["faults"][0]["field"], "phone");
    t.post("/api/v1/notices/lama/callbacks", json!({ "phone": "081234567890" })).await.refused("not-found");
    t.post("/api/v1/notices/apa/callbacks", json!({ "phone": "081234567890" })).await.refused("not-found");
}
