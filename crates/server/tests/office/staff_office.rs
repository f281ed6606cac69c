//! Notices and call-backs, survey slips and batches.

#![allow(clippy::unwrap_used)]

use crate::staff_world::World;
use serde_json::json;

#[tokio::test]
async fn a_notice_begins_is_seen_and_ends_with_people_to_call() {
    let world = World::new().await;
    let new = || Some(json!({"channel": "oss", "text": "Masuk ke OSS lambat."}));
    world.desk("POST", "/notices", new()).await.refused(401, "sign-in-needed");
    world.sign_in().await;
    let notice = world.desk("POST", "/notices", new()).await.ok();
    let id = notice["id"].as_str().unwrap();
    let seen = world.citizen("GET", "/notices", "", None).await.ok();
    assert_eq!(seen[0]["text"], "Masuk ke OSS lambat.");
    let me = json!({"phone": "0812 3456 7890", "name": "Sri"});
    world.citizen("POST", &format!("/notices/{id}/callbacks"), "", Some(me)).await.ok();
    let call = async || world.desk("GET", "/applications?to_call=true", None).await.ok()["callbacks"].clone();
    assert_eq!(call().await, json!([]));
    assert_eq!(world.desk("DELETE", &format!("/notices/{id}"), None).await.status.as_u16(), 204);
    world.desk("DELETE", &format!("/notices/{id}"), None).await.refused(404, "not-found");
    let waiting = call().await;
    assert_eq!(waiting[0]["phone"], "+6281234567890");
    let callback = waiting[0]["id"].as_str().unwrap();
    assert_eq!(world.desk("POST", &format!("/callbacks/{callback}/done"), None).await.status.as_u16(), 204);
    assert_eq!(call().await, json!([]));
    let wrong = json!({"channel": "oss", "since": 4_000_000_000_000_i64});
    world.desk("POST", "/notices", Some(wrong)).await.refused(422, "invalid");
    world.desk("POST", "/notices", Some(json!({"channel": "lain"}))).await.refused(400, "bad-json");
}

#[tokio::test]
async fn slips_are_for_one_answer_each() {
    let world = World::new().await;
    world.sign_in().await;
    world.desk("POST", "/survey-slips", Some(json!({"count": 0}))).await.refused(422, "invalid");
    world.desk("POST", "/survey-slips", Some(json!({"count": 100_000}))).await.refused(422, "invalid");
    let slips = world.desk("POST", "/survey-slips", Some(json!({"count": 3}))).await.ok();
    assert_eq!((slips["half"].as_str(), slips["codes"].as_array().unwrap().len()), (Some("2026-1"), 3));
    let scores: serde_json::Map<String, serde_json::Value> =
        ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan"]
            .iter()
            .map(|element| ((*element).to_owned(), json!(4)))
            .collect();
    let answer = || Some(json!({"code": slips["codes"][0], "scores": scores}));
    world.citizen("POST", "/survey/answers", "", answer()).await.ok();
    world.citizen("POST", "/survey/answers", "", answer()).await.refused(409, "survey-done");
}

#[tokio::test]
async fn a_batch_is_taken_whole_or_not_at_all() {
    let world = World::new().await;
    world.sign_in().await;
    let head = "resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n";
    let row = |n: usize, score: u8| format!("{n}{}\n", format!(",{score}").repeat(9));
    let good: String = head.to_owned() + &(1..=10).map(|n| row(n, 3)).collect::<String>();
    let bad = good.clone() + &row(11, 7);
    let batch = |csv: &str, half: &str| Some(json!({"half": half, "label": "Desa Contoh", "csv": csv}));
    let refused = world.desk("POST", "/survey-batches", batch(&bad, "2026-1")).await;
    refused.refused(422, "invalid");
    assert!(refused.json()["detail"].as_str().unwrap().contains("12"));
    world.desk("POST", "/survey-batches", batch(head, "2026-1")).await.refused(422, "invalid");
    world.desk("POST", "/survey-batches", batch(&good, "2030-1")).await.refused(422, "invalid");
    assert_eq!(world.desk("POST", "/survey-batches", batch(&good, "2026-1")).await.ok()["answers"], 10);
    world.desk("POST", "/survey-batches", batch(&good, "2026-1")).await.refused(422, "invalid");
    let results = world.citizen("GET", "/survey/results", "", None).await.ok();
    let half = &results["halves"][0];
    assert_eq!(
        (&half["label"], &half["n"], &half["index"]["index"]),
        (&json!("Desa Contoh"), &json!(10), &json!("75.00"))
    );
}
