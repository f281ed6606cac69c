//! What the QR of a permit opens.

use crate::common::{TestApp, text};
use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::json;

#[tokio::test]
async fn a_permit_is_valid_until_its_last_day() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    t.app.files.put("izin/1.pdf", Bytes::from_static(b"%PDF-1.7")).await.expect("object");
    let mut tx = t.app.store.begin().await.expect("transaction");
    sqlx::query(
        "INSERT INTO permits (application, number, code, service, service_name, holder, issued, valid_until, object, size, sha256, at, account) \
         VALUES ($1, '503/1/2026', 'KODE', 'reklame', 'Izin reklame', 'Sri Contoh', '2026-03-16', '2027-03-15', 'izin/1.pdf', 8, '', 0, 'sri')",
    )
    .bind(number.clone())
    .execute(&mut *tx)
    .await
    .expect("permit");
    tx.commit().await.expect("commit");
    let expected = json!({ "number": "503/1/2026", "service_name": "Izin reklame", "holder": "Sri Contoh",
        "issued": "2026-03-16", "valid_until": "2027-03-15", "state": "valid" });
    assert_eq!(t.get("/api/v1/permits/KODE").await.ok(), expected);
    t.set_clock("2027-03-15T23:59:00+08:00");
    assert_eq!(t.get("/api/v1/permits/KODE").await.ok()["state"], "valid");
    t.set_clock("2027-03-16T00:00:00+08:00");
    assert_eq!(t.get("/api/v1/permits/KODE").await.ok()["state"], "expired");
    t.get("/api/v1/permits/LAIN").await.refused("not-found");

    let ticket = t.keyed("POST", &format!("{number}/permit/ticket"), &key, None).await.ok();
    let paper = t.get(&text(&ticket["url"])).await;
    assert_eq!((paper.status, paper.bytes.as_slice()), (StatusCode::OK, &b"%PDF-1.7"[..]));
    assert!(paper.header("content-disposition").contains("izin-503-1-2026.pdf"));
}
