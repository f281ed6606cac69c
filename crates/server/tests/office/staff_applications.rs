//! The life of an application at the desk, from the queue to the permit in hand, over HTTP.

#![allow(clippy::unwrap_used)]

use crate::staff_world::World;
use serde_json::{Value, json};

fn items(queue: &Value) -> Vec<&str> {
    queue["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap()).collect()
}

async fn state(world: &World, number: &str) -> String {
    let dossier = world.desk("GET", &format!("/applications/{number}"), None).await.ok();
    dossier["tracking"]["status"]["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn from_the_queue_to_the_permit() {
    let world = World::new().await;
    world.sign_in().await;
    let (draft, _) = world.draft("Masih Draf").await;
    let (number, key) = world.submitted("Sri Contoh").await;
    world.wait_ms(60_000);
    let (second, _) = world.submitted("Budi Contoh").await;
    let queue = world.desk("GET", "/applications", None).await.ok();
    assert_eq!(items(&queue), [number.as_str(), second.as_str()]);
    assert_eq!(queue["items"][0]["intake_due"], "2026-03-17");
    assert_eq!((&queue["items"][0]["phone"], &queue["items"][0]["to_call"]), (&json!(""), &json!(false)));
    world.desk("GET", &format!("/applications/{draft}"), None).await.refused(404, "not-found");
    world.act(&draft, "take", json!({})).await.refused(404, "not-found");

    assert_eq!(world.act(&number, "take", json!({})).await.ok()["status"]["state"], "checking");
    world.act(&number, "accept", json!({"items": ["tidak-ada"]})).await.refused(422, "item-unknown");
    let some = world.act(&number, "accept", json!({"items": ["ktp"]})).await.ok();
    assert_eq!(some["status"]["accepted"], json!(["ktp"]));
    assert_eq!(some["status"]["complete"], false);
    world.act(&number, "return", json!({"items": []})).await.refused(422, "invalid");
    world.act(&number, "return", json!({"items": [{"item": "ktp", "reason": " "}]})).await.refused(422, "invalid");
    let back = json!({"items": [{"item": "gambar-reklame", "reason": "Ukurannya tidak terbaca."}]});
    let returned = world.act(&number, "return", back).await.ok();
    assert_eq!(returned["status"]["state"], "waiting-applicant");
    world.act(&number, "decide", json!({"grant": true})).await.refused(409, "not-now");
    world.act(&number, "issue", json!({})).await.refused(409, "not-now");

    let call = world.desk("GET", "/applications?to_call=true", None).await.ok();
    assert_eq!(items(&call), [number.as_str()]);
    assert_eq!((&call["items"][0]["tell"], &call["items"][0]["phone"]), (&json!("whatsapp"), &json!("081234567890")));
    assert_eq!(world.act(&number, "told", json!({"how": "whatsapp"})).await.status.as_u16(), 204);
    assert!(items(&world.desk("GET", "/applications?to_call=true", None).await.ok()).is_empty());

    world.upload(&number, &key, "gambar-reklame", "kedua").await;
    world.citizen("POST", &format!("/applications/{number}/correct"), &key, None).await.ok();
    let all = world.act(&number, "accept", json!({"items": []})).await.ok();
    assert_eq!(all["status"]["complete"], true, "{all}");

    let ask = json!({"agency": "pupr", "question": "Apakah tempatnya aman?"});
    world.act(&number, "ask-agency", json!({"agency": "lain", "question": "?"})).await.refused(422, "invalid");
    assert_eq!(world.act(&number, "ask-agency", ask).await.ok()["status"]["holder"], json!({"agency": "pupr"}));
    let answer = |agency: &str| json!({"agency": agency, "agrees": true, "text": "Aman."});
    world.act(&number, "agency-answer", answer("bapenda")).await.refused(409, "not-now");
    world.act(&number, "agency-answer", answer("pupr")).await.ok();
    world.act(&number, "visit", json!({"on": "2026-12-01", "note": "x"})).await.refused(422, "invalid");
    world.act(&number, "visit", json!({"on": "2026-03-16", "note": "Sesuai gambar."})).await.ok();

    world.act(&number, "decide", json!({"grant": false})).await.refused(422, "invalid");
    let unasked = world.act(&number, "decide", json!({"grant": true})).await;
    unasked.refused(409, "agency-not-asked");
    assert_eq!(unasked.json()["detail"], "Belum ditanya: Badan Pendapatan Daerah (bapenda).");
    let ask = json!({"agency": "bapenda", "question": "Berapa pajaknya?"});
    world.act(&number, "ask-agency", ask).await.ok();
    world.act(&number, "agency-answer", answer("bapenda")).await.ok();
    assert_eq!(world.decide(&number, json!({"grant": true})).await.ok()["status"]["state"], "granted");
    world.desk("GET", &format!("/applications/{number}/permit"), None).await.refused(404, "not-found");
    world.act(&number, "hand-over", json!({"how": "diambil"})).await.refused(409, "not-now");
    let issued = world.act(&number, "issue", json!({})).await.ok();
    assert_eq!(issued["number"], "503/SP-REKLAME/0001/2026");
    assert_eq!(issued["valid_until"], "2027-03-16");
    world.act(&number, "issue", json!({})).await.refused(409, "not-now");

    let pdf = world.desk("GET", &format!("/applications/{number}/permit"), None).await;
    pdf.ok();
    assert!(pdf.bytes.starts_with(b"%PDF-") && pdf.bytes.len() < 150_000);
    let code = issued["code"].as_str().unwrap();
    let check = world.citizen("GET", &format!("/permits/{code}"), "", None).await.ok();
    assert_eq!((&check["state"], &check["holder"]), (&json!("valid"), &json!("Sri Contoh")));
    let ticket = world.citizen("POST", &format!("/applications/{number}/permit/ticket"), &key, None).await.ok();
    let own = world.send("GET".parse().unwrap(), ticket["url"].as_str().unwrap(), &[], Vec::new()).await;
    assert_eq!(own.bytes, pdf.bytes);

    let over = world.act(&number, "hand-over", json!({"how": "diambil sendiri"})).await.ok();
    assert_eq!(over["status"]["state"], "handed-over");
    assert_eq!(items(&world.desk("GET", "/applications", None).await.ok()), [second.as_str()]);
}

#[tokio::test]
async fn an_officer_may_grant_without_asking_on_purpose() {
    let world = World::new().await;
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let unasked = world.act(&number, "decide", json!({"grant": true, "override": false})).await;
    unasked.refused(409, "agency-not-asked");
    let detail = unasked.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("(pupr), ") && detail.contains("(bapenda)."), "{detail}");
    assert_eq!(state(&world, &number).await, "submitted");
    let granted = world.decide(&number, json!({"grant": true, "override": true})).await.ok();
    assert_eq!(granted["status"]["state"], "granted");
    // What cannot be decided at all is told first.
    world.act(&number, "decide", json!({"grant": true})).await.refused(409, "not-now");
}

#[tokio::test]
async fn two_agencies_work_at_once_and_the_case_is_counted_when_it_is_issued() {
    let world = World::new().await;
    world.sign_in().await;
    let figures = async || world.send("GET".parse().unwrap(), "/api/v1/figures", &[], Vec::new()).await.ok();
    let (number, _) = world.submitted("Sri Contoh").await;
    world.act(&number, "accept", json!({"items": []})).await.ok();
    let ask = |agency: &str| json!({"agency": agency, "question": "Mohon periksa."});
    let answer = |agency: &str| json!({"agency": agency, "agrees": true, "text": "Aman."});
    world.act(&number, "ask-agency", ask("pupr")).await.ok();
    world.act(&number, "ask-agency", ask("pupr")).await.refused(409, "not-now");
    let both = world.act(&number, "ask-agency", ask("bapenda")).await.ok();
    assert_eq!(both["holding"].as_array().unwrap().len(), 2);
    world.act(&number, "decide", json!({"grant": true})).await.refused(409, "not-now");
    world.act(&number, "agency-answer", answer("bapenda")).await.ok();
    assert_eq!(world.act(&number, "agency-answer", answer("pupr")).await.ok()["status"]["holder"], "back-office");
    let granted = world.decide(&number, json!({"grant": true})).await.ok();
    assert_eq!((&granted["status"]["holder"], &granted["status"]["due"]), (&json!("signer"), &json!("2026-03-30")));
    assert_eq!(figures().await, json!({"halves": []}));
    world.act(&number, "issue", json!({})).await.ok();
    assert_eq!(figures().await["halves"][0]["services"][0]["service"], "reklame");
}

#[tokio::test]
async fn a_refusal_says_why_and_stays_until_the_person_is_told() {
    let world = World::new().await;
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let no = json!({"grant": false, "reason": "Reklame menutup rambu jalan."});
    let refused = world.decide(&number, no).await.ok();
    assert_eq!(refused["status"]["refusal"], "Reklame menutup rambu jalan.");
    assert_eq!(items(&world.desk("GET", "/applications", None).await.ok()), [number.as_str()]);
    world.act(&number, "told", json!({"how": "telepon"})).await;
    assert!(items(&world.desk("GET", "/applications", None).await.ok()).is_empty());
    world.act(&number, "accept", json!({"items": []})).await.refused(409, "not-now");
}

#[tokio::test]
async fn papers_are_downloaded_as_they_came() {
    let world = World::new().await;
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let dossier = world.desk("GET", &format!("/applications/{number}"), None).await.ok();
    assert_eq!(dossier["fields"]["nama"], "Sri Contoh");
    for file in dossier["files"].as_array().unwrap() {
        let id = file["id"].as_str().unwrap();
        let reply = world.desk("GET", &format!("/applications/{number}/files/{id}"), None).await;
        assert_eq!(satu_pintu_server::secret::sha256(&reply.bytes), file["sha256"].as_str().unwrap());
        assert!(reply.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    }
    world.desk("GET", &format!("/applications/{number}/files/lain"), None).await.refused(404, "not-found");
    let id = dossier["files"][0]["id"].as_str().unwrap();
    *world.cookie.lock().unwrap() = None;
    world.desk("GET", &format!("/applications/{number}/files/{id}"), None).await.refused(401, "sign-in-needed");
}

#[tokio::test]
async fn a_new_key_ends_the_old_one() {
    let world = World::new().await;
    world.sign_in().await;
    let (number, key) = world.submitted("Sri Contoh").await;
    world.act(&number, "rekey", json!({"seen_ktp": false})).await.refused(422, "invalid");
    let new = world.act(&number, "rekey", json!({"seen_ktp": true})).await.ok();
    let new = new["key"].as_str().unwrap();
    let path = format!("/applications/{number}");
    world.citizen("GET", &path, &key, None).await.refused(403, "key-revoked");
    world.citizen("GET", &path, new, None).await.ok();
    assert_eq!(state(&world, &number).await, "submitted");
    world.act("2026-9999-ZZ", "rekey", json!({"seen_ktp": true})).await.refused(404, "not-found");
}

#[tokio::test]
async fn two_desks_at_once_decide_once() {
    let world = World::new().await;
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    world.act(&number, "decide", json!({"grant": true, "override": true})).await.ok();
    let (ani, budi) = (world.person("ani", "Ani", "signer", "").await, world.person("budi", "Budi", "head", "").await);
    let yes = || world.act_as(&ani, &number, "decide", json!({"grant": true, "override": true}));
    let no = || world.act_as(&budi, &number, "object", json!({"reason": "Belum."}));
    let (a, b, c, d) = tokio::join!(yes(), no(), yes(), no());
    let done = [&a, &b, &c, &d].iter().filter(|reply| reply.status.is_success()).count();
    assert_eq!(done, 1);
}
