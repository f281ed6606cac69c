//! One answer a code, exact figures, nothing that links an answer to a person.

use crate::common::TestApp;
use axum::http::{Method, StatusCode};
use satu_pintu_domain::application::What;
use satu_pintu_domain::key::Key;
use satu_pintu_domain::survey::{Element, index, parse_csv};
use serde_json::{Map, Value, json};
use std::sync::Arc;

fn answer(code: &str, score: u8) -> Value {
    let scores: Map<String, Value> = Element::ALL
        .iter()
        .map(|e| (serde_json::to_value(e).expect("name").as_str().expect("text").to_owned(), score.into()))
        .collect();
    json!({ "code": code, "scores": scores })
}

#[tokio::test]
async fn the_owner_of_a_decided_application_answers_once() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    let code = Key::parse(&key).expect("key").survey().shown();
    assert_eq!(t.keyed("GET", &number, &key, None).await.ok()["survey_open"], false);
    t.post("/api/v1/survey/answers", answer(&code, 4)).await.refused("survey-code");
    t.staff(&number, What::Taken).await;
    t.staff(&number, What::Complete).await;
    t.staff(&number, What::Granted).await;
    assert_eq!(t.keyed("GET", &number, &key, None).await.ok()["survey_open"], true);
    assert_eq!(t.post("/api/v1/survey/codes", json!({ "code": code })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(t.post("/api/v1/survey/answers", answer(&code, 4)).await.status, StatusCode::NO_CONTENT);
    t.post("/api/v1/survey/answers", answer(&code, 4)).await.refused("survey-done");
    t.post("/api/v1/survey/codes", json!({ "code": code })).await.refused("survey-done");
    assert_eq!(t.keyed("GET", &number, &key, None).await.ok()["survey_open"], false);
    let now = t.get("/api/v1/survey").await.ok();
    assert_eq!((&now["half"], &now["last_day"], &now["answers"]), (&json!("2026-1"), &json!("2026-06-30"), &json!(1)));
    assert!(now["needed"].as_u64().is_some_and(|needed| needed > 0));
}

#[tokio::test]
async fn answers_that_are_not_taken() {
    let t = TestApp::start().await;
    let code = t.slip(1, "2026-1").await;
    t.post("/api/v1/survey/answers", answer("ABCD", 4)).await.refused("survey-code");
    t.post("/api/v1/survey/answers", answer(&Key::new([200; 10]).shown(), 4)).await.refused("survey-code");
    let mut missing = answer(&code, 3);
    missing["scores"].as_object_mut().expect("scores").remove("biaya");
    assert_eq!(t.post("/api/v1/survey/answers", missing).await.refused("invalid")["faults"][0]["field"], "biaya");
    t.post("/api/v1/survey/answers", answer(&code, 5)).await.refused("invalid");
    let mut profile = answer(&code, 3);
    profile["profile"] = json!({ "education": "Sekolah Sihir" });
    assert_eq!(t.post("/api/v1/survey/answers", profile).await.refused("invalid")["faults"][0]["field"], "education");
    // Nothing of that has spent the code.
    let mut profile = answer(&code, 3);
    profile["profile"] = json!({ "age": 47 });
    t.post("/api/v1/survey/answers", profile).await.ok();
    let kept: (String,) =
        sqlx::query_as("SELECT profile FROM survey_answers").fetch_one(t.app.store.reader()).await.expect("row");
    assert!(kept.0.contains("\"age\":40"), "{}", kept.0);
}

#[tokio::test]
async fn the_half_year_ends_in_the_office_s_zone() {
    let t = TestApp::start().await;
    let codes = [t.slip(1, "2026-1").await, t.slip(2, "2026-1").await];
    t.set_clock("2026-06-30T23:59:59+08:00");
    t.post("/api/v1/survey/answers", answer(&codes[0], 4)).await.ok();
    t.set_clock("2026-07-01T00:00:00+08:00");
    t.post("/api/v1/survey/answers", answer(&codes[1], 4)).await.refused("survey-closed");
    assert_eq!(t.get("/api/v1/survey").await.ok()["half"], "2026-2");
}

#[tokio::test]
async fn results_are_the_index_and_small_numbers_stay_closed() {
    let t = TestApp::start().await;
    for seed in 1..=4 {
        let code = t.slip(seed, "2026-1").await;
        t.post("/api/v1/survey/answers", answer(&code, 1 + seed % 4)).await.ok();
    }
    let four = t.get("/api/v1/survey/results").await.ok();
    assert_eq!(
        (&four["halves"][0]["n"], &four["halves"][0]["index"], &four["halves"][0]["csv"]),
        (&json!(4), &json!(null), &json!(""))
    );
    assert_eq!(four["halves"][0]["spread"], json!({}));
    t.get("/api/v1/survey/results/2026-1.csv").await.refused("not-found");
    let code = t.slip(9, "2026-1").await;
    t.post("/api/v1/survey/answers", answer(&code, 3)).await.ok();

    let five = t.get("/api/v1/survey/results").await.ok();
    let half = &five["halves"][0];
    let csv = t.get(half["csv"].as_str().expect("address")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let answers = parse_csv(&String::from_utf8(csv.bytes).expect("text")).expect("answers");
    assert_eq!(answers.len(), 5);
    let population = u64::from(t.app.content().office().population);
    assert_eq!(half["index"], serde_json::to_value(index(&answers, Some(population))).expect("index"));
    let spread: u64 = half["spread"]["waktu"].as_array().expect("spread").iter().filter_map(Value::as_u64).sum();
    assert_eq!(spread, 5);
    for wrong in ["2026-3.csv", "2026-1", "x.csv", "2025-1.csv"] {
        t.get(&format!("/api/v1/survey/results/{wrong}")).await.refused("not-found");
    }
}

#[tokio::test]
async fn a_batch_stands_apart_under_its_label() {
    let t = TestApp::start().await;
    let mut tx = t.app.store.begin().await.expect("transaction");
    for n in 0..6 {
        sqlx::query("INSERT INTO survey_answers (id, half, label, scores) VALUES ($1, '2026-1', $2, '333333334')")
            .bind(format!("batch-{n}"))
            .bind("Loket & desa")
            .execute(&mut *tx)
            .await
            .expect("answer");
    }
    tx.commit().await.expect("commit");
    let results = t.get("/api/v1/survey/results").await.ok();
    assert_eq!((&results["halves"][0]["label"], &results["halves"][0]["n"]), (&json!("Loket & desa"), &json!(6)));
    let csv = t.get(results["halves"][0]["csv"].as_str().expect("address")).await;
    assert_eq!(parse_csv(&String::from_utf8(csv.bytes).expect("text")).expect("answers").len(), 6);
    assert_eq!(t.get("/api/v1/survey").await.ok()["answers"], 0);
}

#[tokio::test]
async fn nothing_links_a_code_to_an_application() {
    let t = TestApp::start().await;
    for table in ["survey_codes", "survey_answers"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT * FROM {table}"));
        let mut conn = t.app.store.reader().acquire().await.expect("connection");
        use sqlx::{Column, Executor, Statement};
        let statement = (&mut *conn).prepare(sqlx::SqlSafeStr::into_sql_str(sql)).await.expect("statement");
        for column in statement.columns() {
            let name = column.name();
            assert!(
                ["hash", "half", "spent", "token", "id", "label", "scores", "profile"].contains(&name),
                "{table}.{name}: no application, no time, no order"
            );
        }
    }
}

#[tokio::test]
async fn answers_that_are_sent_again_count_once() {
    let t = Arc::new(TestApp::start().await);
    let code = t.slip(3, "2026-1").await;
    let send = async |t: &TestApp, token: &str, score| {
        let head = [("content-type", "application/json"), ("idempotency-key", token)];
        let body = answer(&code, score).to_string().into_bytes();
        t.send(Method::POST, "/api/v1/survey/answers", &head, body).await
    };
    for _ in 0..3 {
        assert_eq!(send(&t, "dari-antrean", 4).await.status, StatusCode::NO_CONTENT);
    }
    // Another phone with the same slip is told the truth.
    send(&t, "dari-hp-lain", 1).await.refused("survey-done");
    t.post("/api/v1/survey/answers", answer(&code, 1)).await.refused("survey-done");
    assert_eq!(t.get("/api/v1/survey").await.ok()["answers"], json!(1));
    // The phone was off until the half-year was over: what was accepted stays accepted.
    t.set_clock("2026-08-03T02:00:00Z");
    assert_eq!(send(&t, "dari-antrean", 4).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn fifty_repeats_at_once_are_one_answer() {
    let t = Arc::new(TestApp::start().await);
    let code = t.slip(4, "2026-1").await;
    let body = answer(&code, 3).to_string().into_bytes();
    let all = (0..50).map(|_| {
        let (t, body) = (t.clone(), body.clone());
        let head = [("content-type", "application/json"), ("idempotency-key", "satu")];
        tokio::spawn(async move { t.send(Method::POST, "/api/v1/survey/answers", &head, body).await.status })
    });
    for one in all.collect::<Vec<_>>() {
        assert_eq!(one.await.expect("task"), StatusCode::NO_CONTENT);
    }
    assert_eq!(t.get("/api/v1/survey").await.ok()["answers"], json!(1));
}
