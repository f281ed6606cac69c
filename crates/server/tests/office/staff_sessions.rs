//! Signing in, the one-time password, the origin of changes, slowing down, idle sessions.

#![allow(clippy::unwrap_used)]

use crate::staff_world::World;
use axum::http::header;
use satu_pintu_domain::staff::Role;
use satu_pintu_server::config::StoreOptions;
use satu_pintu_server::staff::{self, Command};
use serde_json::json;

#[tokio::test]
async fn the_one_time_password_must_be_changed_first() {
    let world = World::new().await;
    let (account, password) = world.first.clone();
    world.desk("GET", "/session", None).await.refused(401, "sign-in-needed");
    let reply = world.try_sign_in(&account, &password).await;
    assert_eq!(reply.ok()["must_change_password"], true);
    let cookie = reply.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("Secure"));

    world.desk("GET", "/applications", None).await.refused(403, "password-change-needed");
    world.desk("POST", "/survey-slips", Some(json!({"count": 1}))).await.refused(403, "password-change-needed");
    let change = |old: &str, new: &str| Some(json!({ "old": old, "new": new }));
    world.desk("PUT", "/password", change("salah", "kata sandi baru")).await.refused(403, "sign-in-wrong");
    world.desk("PUT", "/password", change(&password, "pendek")).await.refused(422, "password-weak");
    world.desk("PUT", "/password", change(&password, &password)).await.refused(422, "password-weak");
    world.desk("PUT", "/password", change(&password, "kata sandi baru saya")).await.ok();
    world.desk("GET", "/applications", None).await.ok();

    world.desk("DELETE", "/session", None).await.ok();
    world.desk("GET", "/session", None).await.refused(401, "sign-in-needed");
    world.try_sign_in(&account, &password).await.refused(403, "sign-in-wrong");
    world.try_sign_in(&account, "kata sandi baru saya").await.ok();
}

#[tokio::test]
async fn changes_from_another_site_are_refused() {
    let world = World::new().await;
    world.sign_in().await;
    let cookie = world.cookie.lock().unwrap().clone().unwrap();
    let try_with = async |name: &str, value: &str| {
        let head = [("cookie", cookie.as_str()), ("content-type", "application/json"), (name, value)];
        let body = br#"{"count":1}"#.to_vec();
        world.send("POST".parse().unwrap(), "/api/v1/staff/survey-slips", &head, body).await
    };
    try_with("origin", "https://jahat.example").await.refused(403, "origin-wrong");
    try_with("origin", "null").await.refused(403, "origin-wrong");
    try_with("sec-fetch-site", "cross-site").await.refused(403, "origin-wrong");
    try_with("sec-fetch-site", "same-site").await.refused(403, "origin-wrong");
    try_with("origin", "https://izin.contoh.example").await.ok();
    try_with("sec-fetch-site", "same-origin").await.ok();
}

#[tokio::test]
async fn guessing_slows_down_and_nobody_is_locked_out_for_good() {
    let world = World::new().await;
    let (account, password) = world.first.clone();
    for _ in 0..5 {
        world.try_sign_in(&account, "salah").await.refused(403, "sign-in-wrong");
    }
    let slow = world.try_sign_in(&account, &password).await;
    slow.refused(429, "slow");
    assert!(slow.headers.contains_key(header::RETRY_AFTER));
    // Somebody else at the same counter is not slowed down.
    world.try_sign_in("tidak-ada", "salah").await.refused(403, "sign-in-wrong");
    world.wait_ms(60_000);
    world.try_sign_in(&account, &password).await.ok();
}

#[tokio::test]
async fn a_session_ends_after_eight_idle_hours_and_a_changed_password_ends_the_others() {
    let world = World::new().await;
    world.sign_in().await;
    for _ in 0..3 {
        world.wait_ms(7 * 3_600_000);
        world.desk("GET", "/session", None).await.ok();
    }
    let old = world.cookie.lock().unwrap().clone();
    world.try_sign_in("kepala-loket", "kata sandi petugas loket").await.ok();
    let body = json!({ "old": "kata sandi petugas loket", "new": "kata sandi yang berikut" });
    world.desk("PUT", "/password", Some(body)).await.ok();
    world.desk("GET", "/session", None).await.ok();
    let new = world.cookie.lock().unwrap().clone();
    *world.cookie.lock().unwrap() = old;
    world.desk("GET", "/session", None).await.refused(401, "sign-in-needed");
    *world.cookie.lock().unwrap() = new;
    world.wait_ms(8 * 3_600_000 + 1);
    world.desk("GET", "/session", None).await.refused(401, "sign-in-needed");
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_a_new_password_lets_it_in_again() {
    let world = World::new().await;
    world.sign_in().await;
    let store =
        || StoreOptions { data: world.dir.path().to_owned(), database: world.database.clone(), files: String::new() };
    let account = || "kepala-loket".to_owned();
    staff::run(Command::Disable { account: account(), store: store() }).await.unwrap();
    world.desk("GET", "/session", None).await.refused(401, "sign-in-needed");
    world.try_sign_in("kepala-loket", "kata sandi petugas loket").await.refused(403, "sign-in-wrong");
    staff::run(Command::Passwd { account: account(), store: store() }).await.unwrap();
    world.try_sign_in("kepala-loket", "kata sandi petugas loket").await.refused(403, "sign-in-wrong");

    let add = |account: &str, name: &str| Command::Add {
        account: account.into(),
        name: name.into(),
        roles: vec![Role::FrontOffice],
        agency: String::new(),
        store: store(),
    };
    staff::run(add("sri", "Sri Petugas")).await.unwrap();
    assert!(staff::run(add("sri", "Sri Lain")).await.unwrap_err().to_string().contains("sudah ada"));
    assert!(staff::run(add("Sri Petugas", "Sri")).await.is_err());
    assert!(staff::run(add("budi", " ")).await.is_err());
    let nobody = Command::Disable { account: "tidak-ada".into(), store: store() };
    assert!(staff::run(nobody).await.unwrap_err().to_string().contains("tidak ada"));
}
