//! What the office publishes, with ETag and compression.

use crate::common::TestApp;
use axum::http::{Method, StatusCode};

#[tokio::test]
async fn catalog_is_kept_by_its_tag() {
    let t = TestApp::start().await;
    let first = t.get("/api/v1/catalog").await;
    let catalog = first.ok();
    assert_eq!(catalog["lang"], "id");
    assert_eq!(catalog["langs"][0], "id");
    assert!(catalog["services"].as_array().is_some_and(|services| services.len() >= 14));
    assert!(catalog["survey"]["question"].as_array().is_some_and(|questions| questions.len() == 9));
    let tag = first.header("etag");
    let again = t.send(Method::GET, "/api/v1/catalog?lang=id", &[("if-none-match", tag.as_str())], Vec::new()).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), tag);
}

#[tokio::test]
async fn catalog_is_compressed_as_asked() {
    let t = TestApp::start().await;
    let ask =
        async |coding: &str| t.send(Method::GET, "/api/v1/catalog", &[("accept-encoding", coding)], Vec::new()).await;
    let plain = ask("identity").await;
    let (br, gz) = (ask("gzip, deflate, br").await, ask("gzip").await);
    assert_eq!((br.header("content-encoding"), gz.header("content-encoding")), ("br".into(), "gzip".into()));
    assert_eq!(ask("br;q=0").await.header("content-encoding"), "");
    assert!(br.bytes.len() < gz.bytes.len() && gz.bytes.len() < plain.bytes.len());
    assert_eq!(br.header("vary"), "accept-encoding");
}

#[tokio::test]
async fn an_unknown_language_gives_indonesian() {
    let t = TestApp::start().await;
    for lang in ["xx", "", "%22", "en-GB"] {
        assert_eq!(t.get(&format!("/api/v1/catalog?lang={lang}")).await.ok()["lang"], "id");
    }
}

#[tokio::test]
async fn parts_of_the_catalog() {
    let t = TestApp::start().await;
    let service = t.get("/api/v1/catalog/services/reklame").await.ok();
    assert_eq!(service["summary"]["id"], "reklame");
    assert!(service["cards"].as_array().is_some_and(|cards| cards.iter().any(|card| card["id"] == "ktp")));
    let catalog = t.get("/api/v1/catalog").await.ok();
    let guide = catalog["guides"][0]["id"].as_str().expect("a guide").to_owned();
    assert_eq!(t.get(&format!("/api/v1/catalog/guides/{guide}")).await.ok()["guide"]["id"], guide.as_str());
    let check = catalog["checks"][0]["id"].as_str().expect("a check").to_owned();
    assert_eq!(t.get(&format!("/api/v1/catalog/checks/{check}?lang=en")).await.ok()["rules"]["id"], check.as_str());
    for path in ["services/tidak-ada", "guides/tidak-ada", "checks/tidak-ada", "services/..%2Foffice"] {
        t.get(&format!("/api/v1/catalog/{path}")).await.refused("not-found");
    }
    let drawing = catalog["guides"][0]["drawing"].as_str().expect("a drawing").to_owned();
    let svg = t.get(&format!("/drawings/{drawing}.svg")).await;
    assert_eq!((svg.status, svg.header("content-type")), (StatusCode::OK, "image/svg+xml".into()));
    let tag = svg.header("etag");
    let path = format!("/drawings/{drawing}.svg");
    assert_eq!(
        t.send(Method::GET, &path, &[("if-none-match", &tag)], Vec::new()).await.status,
        StatusCode::NOT_MODIFIED
    );
    assert_eq!(t.get("/drawings/tidak-ada.svg").await.status, StatusCode::NOT_FOUND);
}
