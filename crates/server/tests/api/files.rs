//! Ordering, taking away and downloading files; the folder and S3.

use crate::common::{Place, TestApp, jpeg, pdf, text};
use axum::http::StatusCode;
use satu_pintu_server::contents::Contents;
use satu_pintu_server::files::{Files, S3};
use serde_json::{Value, json};
use std::time::Duration;

fn ids(application: &Value) -> Vec<String> {
    application["files"].as_array().expect("files").iter().map(|file| text(&file["id"])).collect()
}

#[tokio::test]
async fn order_and_removal() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    for seed in [1, 2, 3] {
        t.upload((&number, &key), "foto-tiga-arah", "sisi.jpg", &jpeg(seed, 300)).await.ok();
    }
    let mut files = ids(&t.keyed("GET", &number, &key, None).await.ok());
    files.reverse();
    let path = format!("{number}/items/foto-tiga-arah/order");
    let ordered = t.keyed("PUT", &path, &key, Some(json!({ "files": files }))).await.ok();
    assert_eq!(ids(&ordered), files);
    t.keyed("PUT", &path, &key, Some(json!({ "files": files[1..] }))).await.refused("invalid");
    t.keyed("PUT", &path, &key, Some(json!({ "files": ["x", "y", "z"] }))).await.refused("invalid");

    let gone = t.keyed("DELETE", &format!("{number}/files/{}", files[0]), &key, None).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    t.keyed("DELETE", &format!("{number}/files/{}", files[0]), &key, None).await.refused("not-found");
    let left = t.keyed("GET", &number, &key, None).await.ok();
    assert_eq!(ids(&left), files[1..]);
    assert_eq!((&left["files"][0]["page"], &left["files"][1]["page"]), (&json!(1), &json!(2)));
    let kept = std::fs::read_dir(t.place.folder.path().join("files").join(&number)).expect("folder").count();
    assert_eq!(kept, 2, "the object went with the file");
}

#[tokio::test]
async fn submitted_files_stay() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    let file = ids(&t.keyed("GET", &number, &key, None).await.ok()).remove(0);
    t.keyed("DELETE", &format!("{number}/files/{file}"), &key, None).await.refused("not-now");
    t.upload((&number, &key), "foto-tiga-arah", "x.jpg", &jpeg(9, 300)).await.refused("not-now");
}

#[tokio::test]
async fn a_ticket_is_for_one_file_and_five_minutes() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let paper = pdf("gambar");
    let file = t.upload((&number, &key), "gambar-reklame", "gambar é.pdf", &paper).await.header("upload-file");
    let ticket = t.keyed("POST", &format!("{number}/files/{file}/ticket"), &key, None).await.ok();
    let url = text(&ticket["url"]);
    assert_eq!(ticket["expires"].as_i64(), Some(t.app.now() + 300_000));
    let got = t.get(&url).await;
    assert_eq!((got.status, &got.bytes), (StatusCode::OK, &paper));
    assert_eq!(got.header("content-type"), "application/pdf");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert!(got.header("content-disposition").starts_with("attachment;"));
    assert!(got.header("content-disposition").contains("filename*=UTF-8''gambar%20%C3%A9.pdf"));
    t.wait(Duration::from_secs(301));
    t.get(&url).await.refused("not-found");
    t.get("/api/v1/download/apa").await.refused("not-found");
    t.keyed("POST", &format!("{number}/files/lain/ticket"), &key, None).await.refused("not-found");
    t.keyed("POST", &format!("{number}/permit/ticket"), &key, None).await.refused("not-found");
    let (other, other_key) = t.draft().await;
    t.keyed("POST", &format!("{other}/files/{file}/ticket"), &other_key, None).await.refused("not-found");
}

#[tokio::test]
async fn papers_on_s3() {
    let Ok(endpoint) = std::env::var("TEST_S3") else {
        println!("TEST_S3 is not set: the S3 half is not run");
        return;
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bucket = format!("berkas-{}", &satu_pintu_server::secret::id()[..12]);
    let made = reqwest::Client::new().put(format!("{endpoint}/{bucket}")).send().await.expect("bucket");
    assert!(made.status().is_success());
    let s3 = S3 {
        endpoint: Some(endpoint),
        region: Some("us-east-1".into()),
        access_key_id: Some("test".into()),
        secret_access_key: Some("test".into()),
    };
    let files = Files::open_with(&format!("s3://{bucket}/kantor/satu"), s3).await.expect("S3");
    let content =
        Contents::open(Some(crate::common::CONTENT.into()), "2026-03-16".parse().expect("day")).expect("content");
    let t = TestApp::with(Place::new().await, files.clone(), content).await;
    let (number, key) = t.draft().await;
    let photo = jpeg(8, 200_000);
    let file = t.upload((&number, &key), "ktp", "ktp.jpg", &photo).await.header("upload-file");
    assert_eq!(files.bytes(&format!("{number}/{file}.jpg")).await.expect("object"), photo);
    let ticket = t.keyed("POST", &format!("{number}/files/{file}/ticket"), &key, None).await.ok();
    assert_eq!(t.get(&text(&ticket["url"])).await.bytes, photo);
    t.keyed("DELETE", &format!("{number}/files/{file}"), &key, None).await.ok();
    assert!(files.bytes(&format!("{number}/{file}.jpg")).await.is_err());
}
