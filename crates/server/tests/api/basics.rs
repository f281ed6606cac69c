//! What holds for every address: problem documents, headers, the OpenAPI document, the app's pages.

use crate::common::TestApp;
use axum::http::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn everything_under_api_is_a_problem_document() {
    let t = TestApp::start().await;
    t.get("/api").await.refused("not-found");
    t.get("/api/v1/nothing").await.refused("not-found");
    t.get("/api/v1/nothing.js").await.refused("not-found");
    t.get("/api/v2/catalog").await.refused("not-found");
    t.send(Method::DELETE, "/api/v1/catalog", &[], Vec::new()).await.refused("method-wrong");
    t.send(Method::POST, "/api/nothing", &[], Vec::new()).await.refused("not-found");
    t.get("/api/v1/catalog?lang=a&lang=b").await.refused("bad-request");
    let json = [("content-type", "application/json")];
    for body in ["", "{", "[]", "\"x\"", "{\"service\":3}", "{\"service\":\"reklame\",\"fields\":{\"nama\":[1]}}"] {
        t.send(Method::POST, "/api/v1/applications", &json, body.into()).await.refused("bad-json");
    }
    t.send(Method::POST, "/api/v1/applications", &[], b"{}".to_vec()).await.refused("bad-json");
    let huge = json!({ "service": "x".repeat(300_000) }).to_string();
    t.send(Method::POST, "/api/v1/applications", &json, huge.into()).await.refused("too-large");
    let said = t.send(Method::POST, "/api/v1/applications", &json, br#"{"service":"rahasia 7399"}"#.to_vec()).await;
    assert!(!String::from_utf8_lossy(&said.bytes).contains("7399"));
}

#[tokio::test]
async fn headers_protect_every_answer() {
    let t = TestApp::start().await;
    for path in ["/", "/api/v1/catalog", "/api/v1/nothing", "/missing.js"] {
        let reply = t.get(path).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path} {policy}");
        assert!(!policy.contains("unsafe-inline"), "{path} {policy}");
        assert_eq!(reply.header("strict-transport-security"), "", "{path}");
        assert_eq!(reply.header("x-request-id").len(), 16, "{path}");
    }
    let behind_tls = t.send(Method::GET, "/api/v1/health", &[("x-forwarded-proto", "https")], Vec::new()).await;
    assert!(behind_tls.header("strict-transport-security").contains("max-age"));
}

#[tokio::test]
async fn health() {
    let t = TestApp::start().await;
    let health = t.get("/api/v1/health").await.ok();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["rules"].as_str().map(str::len), Some(64));
}

#[tokio::test]
async fn openapi_comes_from_the_routes() {
    let t = TestApp::start().await;
    let document = t.get("/api/openapi.json").await.ok();
    let paths = document["paths"].as_object().expect("paths");
    for (path, method) in [
        ("/api/v1/catalog", "get"),
        ("/api/v1/applications", "post"),
        ("/api/v1/applications/{number}", "patch"),
        ("/api/v1/applications/{number}/submit", "post"),
        ("/api/v1/applications/{number}/uploads/{id}", "head"),
        ("/api/v1/survey/answers", "post"),
        ("/api/v1/permits/{code}", "get"),
    ] {
        assert!(paths.get(path).is_some_and(|path| path.get(method).is_some()), "{method} {path}");
    }
    let text = document.to_string();
    let known = document["components"]["schemas"].as_object().expect("schemas");
    for piece in text.split("#/components/schemas/").skip(1) {
        let name = piece.split('"').next().unwrap_or_default();
        assert!(known.contains_key(name), "the document speaks of {name} and does not tell it");
    }
}

#[tokio::test]
async fn pages_of_the_app_and_missing_files() {
    let t = TestApp::start().await;
    for path in ["/", "/layanan/reklame", "/en/", "/urus/2026-0001-AB"] {
        let page = t.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}; build the app first: script/build");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
    }
    for path in ["/missing.js", "/a/b/missing.wasm", "/..%2f..%2fetc/passwd", "/%ff"] {
        assert_eq!(t.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = t.get("/").await;
    let policy = page.header("content-security-policy");
    for part in [
        "script-src 'self'",
        "style-src 'self' 'sha256-",
        "'wasm-unsafe-eval'",
        "connect-src 'self'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert_eq!(page.header("cache-control"), "no-cache");
    let tag = page.header("etag");
    let again = t.send(Method::GET, "/", &[("if-none-match", tag.as_str())], Vec::new()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    // The kept page goes by the headers of this answer.
    assert_eq!(again.header("content-security-policy"), policy);
    assert!(t.get("/izin").await.header("content-security-policy").contains("script-src 'self' 'sha256-"));
    assert_eq!(t.get("/tidak/ada").await.status, StatusCode::NOT_FOUND);
}
