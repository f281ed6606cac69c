//! Permits at the desk: seen, verified without it, and taken back.

#![allow(clippy::unwrap_used)]

use crate::loket_world::{Office, Shown, office};
use crate::staff_world::World;
use axum::http::{Method, header};
use serde_json::json;

#[tokio::test]
async fn an_agency_gets_no_permit_of_a_file_that_it_was_not_asked_about() {
    let Office { world, front, pupr, .. } = office().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    world.sign_in().await;
    world.decide(&number, json!({"grant": true, "override": true})).await.ok();
    world.act(&number, "issue", json!({})).await.ok();
    let paper = format!("/loket/berkas/{number}/izin");
    assert!(world.see(&front, &paper).await.bytes.starts_with(b"%PDF-"));
    world.see(&pupr, &paper).await.shows(404, "tidak ada di sini");
    let api = format!("/api/v1/staff/applications/{number}/permit");
    world.send(Method::GET, &api, &[("cookie", &pupr)], Vec::new()).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_permit_verifies_without_the_office() {
    let world = World::new().await;
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    world.decide(&number, json!({"grant": true, "override": true})).await.ok();
    let issued = world.act(&number, "issue", json!({})).await.ok();
    let pdf = world.desk("GET", &format!("/applications/{number}/permit"), None).await.bytes;
    let keys = world.send(Method::GET, "/.well-known/satu-pintu-permit.json", &[], Vec::new()).await.ok();
    assert!(keys["keys"][0].get("d").is_none());
    let token = satu_pintu_server::permit::seal::find(&pdf).unwrap();
    let claims = satu_pintu_server::permit::seal::verify(&token, &keys).unwrap();
    assert_eq!((claims.number.as_str(), claims.holder.as_str()), (issued["number"].as_str().unwrap(), "Sri Contoh"));
    assert_eq!(claims.code, issued["code"].as_str().unwrap());

    let (paper, published) = (world.dir.path().join("izin.pdf"), world.dir.path().join("kunci.json"));
    std::fs::write(&paper, &pdf).unwrap();
    std::fs::write(&published, keys.to_string()).unwrap();
    let verify = || {
        let program = env!("CARGO_BIN_EXE_satu-pintu");
        let mut verify = std::process::Command::new(program);
        verify.args(["permit", "verify"]).arg(&paper).arg("--keys").arg(&published).output().unwrap()
    };
    let fits = verify();
    assert!(fits.status.success() && String::from_utf8_lossy(&fits.stdout).contains("Sri Contoh"));
    // One letter of what is signed.
    let at = pdf.windows(token.len()).position(|window| window == token.as_bytes()).unwrap() + 40;
    let mut changed = pdf.clone();
    changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
    std::fs::write(&paper, &changed).unwrap();
    let refused = verify();
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("tidak cocok"));
}

#[tokio::test]
async fn a_permit_is_taken_back_by_two_people() {
    let Office { world, front, signer, .. } = office().await;
    let head = world.person("eka", "Eka Kepala", "head", "").await;
    let (number, key) = world.submitted("Sri Contoh").await;
    let file = format!("/loket/berkas/{number}");
    world.sign_in().await;
    world.decide(&number, json!({"grant": true, "override": true})).await.ok();
    let issued = world.act(&number, "issue", json!({})).await.ok();
    world.deed(&front, &number, "serah", &[("teks", "Diambil.")]).await.leads(&format!("{file}?selesai=serah"));
    let check = format!("/permits/{}", issued["code"].as_str().unwrap());
    assert_eq!(world.citizen("GET", &check, "", None).await.ok()["state"], "valid");

    assert!(!world.see(&front, &file).await.text().contains("pencabutan"));
    world.deed(&front, &number, "cabut", &[("teks", "Alamat palsu.")]).await.shows(403, "Peran Anda");
    world.deed(&signer, &number, "cabut", &[]).await.shows(422, "wajib diisi");
    let why = [("teks", "Alamat usaha tidak ada.")];
    world.deed(&signer, &number, "cabut", &why).await.leads(&format!("{file}?selesai=usul-cabut"));
    world.act_as(&signer, &number, "revoke", json!({})).await.refused(409, "second-needed");
    assert_eq!(world.citizen("GET", &check, "", None).await.ok()["state"], "valid");
    // The second person finds it in the queue.
    world.see(&head, "/loket").await.shows(200, "usulan cabut izin");
    world.see(&head, &file).await.shows(200, "Citra Tanda mengusulkan pencabutan izin.");
    // It waits for whoever may take permits back, and for nobody else.
    let turn = async |who: &str| {
        let sought = world.form(who, "/loket/cari", &[("tahap", "giliran")]).await;
        let wish = sought.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        world.see(&format!("{who}; {wish}"), "/loket").await.text().contains(&number)
    };
    assert!(turn(&head).await && !turn(&front).await);
    let page = world.see(&head, &file).await.text();
    assert!(page.contains("Tolak usulan pencabutan") && !page.contains("Kembalikan ke pemroses"), "{page}");
    let no = [("teks", "Alamatnya hanya pindah.")];
    world.deed(&head, &number, "keberatan", &no).await.leads(&format!("{file}?selesai=keberatan-cabut"));
    world.see(&head, &format!("{file}?selesai=keberatan-cabut")).await.shows(200, "Izin tetap berlaku.");
    assert!(!world.see(&head, "/loket").await.text().contains(&number));
    world.deed(&signer, &number, "cabut", &why).await.leads(&format!("{file}?selesai=usul-cabut"));
    let other = json!({"reason": "Alasan lain."});
    world.act_as(&head, &number, "revoke", other).await.refused(422, "invalid");
    world.deed(&head, &number, "cabut", &[]).await.leads(&format!("{file}?selesai=cabut"));

    assert_eq!(world.citizen("GET", &check, "", None).await.ok()["state"], "revoked");
    let own = world.citizen("GET", &format!("/applications/{number}"), &key, None).await.ok();
    assert_eq!(own["tracking"]["status"]["revoked"], "Alamat usaha tidak ada.");
    let last = own["tracking"]["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["code"], &last["text"]), (&json!("revoked"), &json!("Alamat usaha tidak ada.")));
    assert!(!own.to_string().contains("revocation-proposed"), "{own}");
    // The applicant is told, then it is done with.
    world.see(&front, "/loket/telepon").await.shows(200, &number);
    world.deed(&front, &number, "kabar", &[("teks", "Telepon")]).await.leads(&format!("{file}?selesai=kabar"));
    assert!(!world.see(&head, "/loket").await.text().contains(&number));
    world.act_as(&head, &number, "revoke", json!({"reason": "Sekali lagi."})).await.refused(409, "not-now");
}

#[tokio::test]
async fn what_was_taken_back_is_not_handed_over_and_is_done_with_where_nobody_is_told() {
    let Office { world, front, signer, .. } = office().await;
    let head = world.person("eka", "Eka Kepala", "head", "").await;
    let (number, key) = world.draft("Sri Contoh").await;
    let path = format!("/applications/{number}");
    world.citizen("PATCH", &path, &key, Some(json!({"fields": {"kabar": "sendiri"}}))).await.ok();
    world.citizen("POST", &format!("{path}/submit"), &key, None).await.ok();
    world.sign_in().await;
    world.decide(&number, json!({"grant": true, "override": true})).await.ok();
    world.act(&number, "issue", json!({})).await.ok();
    let file = format!("/loket/berkas/{number}");
    world.see(&front, &file).await.shows(200, "Serahkan kepada pemohon");
    let why = [("teks", "Alamat usaha tidak ada.")];
    world.deed(&signer, &number, "cabut", &why).await.leads(&format!("{file}?selesai=usul-cabut"));
    world.deed(&head, &number, "cabut", &[]).await.leads(&format!("{file}?selesai=cabut"));
    assert!(!world.see(&front, &file).await.text().contains("Serahkan kepada pemohon"));
    world.act(&number, "hand-over", json!({"how": "Di loket."})).await.refused(409, "not-now");
    let open: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM open_applications WHERE number = $1")
        .bind(number.clone())
        .fetch_one(world.app.store.reader())
        .await
        .unwrap();
    assert_eq!(open, 0);
}
