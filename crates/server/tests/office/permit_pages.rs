//! What citizens and developers see around a permit: the page behind the QR code, and the readable API page.

#![allow(clippy::unwrap_used)]

use crate::staff_world::World;
use serde_json::json;

#[tokio::test]
async fn the_page_behind_the_code_tells_valid_and_expired_and_no_more() {
    let world = World::new().await;
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    world.decide(&number, json!({"grant": true, "override": true})).await.ok();
    let issued = world.act(&number, "issue", json!({})).await.ok();
    let path = format!("/permits/{}", issued["code"].as_str().unwrap());
    let check = world.citizen("GET", &path, "", None).await.ok();
    let mut keys: Vec<&String> = check.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["holder", "issued", "number", "service_name", "state", "valid_until"]);
    assert_eq!((&check["state"], &check["issued"]), (&json!("valid"), &json!("2026-03-16")));
    world.wait_ms(365 * 86_400_000);
    assert_eq!(world.citizen("GET", &path, "", None).await.ok()["state"], "valid");
    world.wait_ms(86_400_000);
    assert_eq!(world.citizen("GET", &path, "", None).await.ok()["state"], "expired");
    world.citizen("GET", "/permits/0000000000000000", "", None).await.refused(404, "not-found");
}

#[tokio::test]
async fn numbers_go_up_by_service_and_year() {
    let world = World::new().await;
    world.sign_in().await;
    for n in 1..=3 {
        let (number, _) = world.submitted("Sri Contoh").await;
        world.decide(&number, json!({"grant": true, "override": true})).await.ok();
        let issued = world.act(&number, "issue", json!({})).await.ok();
        assert_eq!(issued["number"], format!("503/SP-REKLAME/{n:04}/2026"));
    }
}

#[tokio::test]
async fn the_api_page_is_readable_without_a_script() {
    let world = World::new().await;
    let get = async |path: &str| world.send("GET".parse().unwrap(), path, &[], Vec::new()).await;
    let page = get("/api/docs").await;
    let html = String::from_utf8(page.bytes.clone()).unwrap();
    assert!(page.status.is_success() && html.contains("/api/v1/staff/applications/{number}/decide"));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("style-src 'self'") && !policy.contains("script"));
    let style = get("/api/docs.css").await;
    assert!(style.headers["content-type"].to_str().unwrap().starts_with("text/css"));
}
