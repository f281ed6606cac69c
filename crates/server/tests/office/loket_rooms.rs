//! Signing in at the desk, and what is there beside files: accounts, disturbances, the clock.

#![allow(clippy::unwrap_used)]

use crate::loket_world::{Office, Shown, office};
use axum::http::{Method, header};
use satu_pintu_domain::application::What;
use serde_json::json;

#[tokio::test]
async fn what_was_typed_survives_the_end_of_a_session() {
    let Office { world, front, .. } = office().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let seq = world.seq(&front, &number).await;
    world.wait_ms(8 * 3_600_000 + 1);
    let long = "Alasan <panjang> yang diketik selama delapan jam.";
    let path = format!("/loket/berkas/{number}/periksa");
    let fields = [("seq", seq.as_str()), ("item:ktp", "kembali"), ("alasan:ktp", long)];
    let ended = world.form(&front, &path, &fields).await;
    ended.shows(401, "Sesi Anda sudah berakhir").shows(401, "name=\"isi.alasan:ktp\"");
    assert!(world.events(&number).await.iter().all(|what| !matches!(what, What::Returned { .. })));

    let carried = |password: &'static str| {
        let mut all = vec![("akun", "ani"), ("sandi", password), ("ke", path.as_str())];
        all.extend([("isi.seq", seq.as_str()), ("isi.item:ktp", "kembali"), ("isi.alasan:ktp", long)]);
        all
    };
    let wrong = world.form("", "/loket/masuk", &carried("salah sekali")).await;
    wrong.shows(403, "Akun atau kata sandi salah").shows(403, "name=\"isi.alasan:ktp\"");
    let back = world.form("", "/loket/masuk", &carried("kata sandi petugas lain")).await;
    back.shows(200, "Alasan &lt;panjang&gt; yang diketik selama delapan jam.").shows(200, "Anda sudah masuk lagi");
    let cookie = back.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("Path=/loket; HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(world.form(cookie, &path, &fields).await.status.as_u16(), 303);
}

#[tokio::test]
async fn what_was_typed_survives_another_password_too() {
    let Office { world, front, .. } = office().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let seq = world.seq(&front, &number).await;
    let now = world.app.now();
    let once = satu_pintu_server::staff::accounts::renew(&world.app.store, "hadi", "ani", now).await.unwrap();
    let path = format!("/loket/berkas/{number}/periksa");
    let fields = [("seq", seq.as_str()), ("item:ktp", "kembali"), ("alasan:ktp", "Alasan yang panjang.")];
    world.form(&front, &path, &fields).await.shows(401, "Tulisan Anda masih ada");
    let carried: Vec<(String, &str)> = fields.iter().map(|(name, value)| (format!("isi.{name}"), *value)).collect();
    let with = |own: &[(&'static str, &'static str)], once: &str| {
        let mut all: Vec<(String, String)> = own.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        all.push((if own[0].0 == "akun" { "sandi" } else { "lama" }.to_owned(), once.to_owned()));
        all.push(("ke".to_owned(), path.clone()));
        all.extend(carried.iter().map(|(name, value)| (name.clone(), (*value).to_owned())));
        all
    };
    let post = async |cookie: &str, to: &str, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        world.form(cookie, to, &fields).await
    };
    let entered = post("", "/loket/masuk", with(&[("akun", "ani")], &once)).await;
    entered.shows(200, "Ganti kata sandi").shows(200, "value=\"Alasan yang panjang.\"");
    let cookie = entered.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let differs = with(&[("baru", "kata sandi ani yang baru"), ("ulang", "lain")], &once);
    post(&cookie, "/loket/sandi", differs).await.shows(422, "value=\"Alasan yang panjang.\"");
    let same = with(&[("baru", "kata sandi ani yang baru"), ("ulang", "kata sandi ani yang baru")], &once);
    post(&cookie, "/loket/sandi", same).await.shows(200, "Anda sudah masuk lagi").shows(200, "Alasan yang panjang.");
    assert_eq!(world.form(&cookie, &path, &fields).await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_clock_that_was_set_back_is_told_at_the_desk() {
    let Office { world, front, .. } = office().await;
    world.submitted("Sri Contoh").await;
    assert!(!world.see(&front, "/loket").await.text().contains("Jam server tertinggal"));
    world.wait_ms(-3_600_000);
    world.see(&front, "/loket").await.shows(200, "Jam server tertinggal").shows(200, "16 Mar 2026");
    world.wait_ms(3_600_000);
    assert!(!world.see(&front, "/loket").await.text().contains("Jam server tertinggal"));
}

#[tokio::test]
async fn pages_lead_to_the_sign_in_and_forms_of_other_sites_are_refused() {
    let Office { world, front, .. } = office().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let file = format!("/loket/berkas/{number}");
    world.see("", &file).await.leads(&format!("/loket/masuk?ke={file}"));
    world.see("", "/loket").await.leads("/loket/masuk");
    for (ke, to) in
        [("https://jahat.example/", "/loket"), ("//jahat.example", "/loket"), (file.as_str(), file.as_str())]
    {
        let fields = [("akun", "ani"), ("sandi", "kata sandi petugas lain"), ("ke", ke)];
        world.form("", "/loket/masuk", &fields).await.leads(to);
    }
    let head = [
        ("cookie", front.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", "https://jahat.example"),
    ];
    let foreign = world.send(Method::POST, &format!("{file}/ambil"), &head, b"seq=2".to_vec()).await;
    foreign.shows(403, "situs lain");
    assert!(world.events(&number).await.iter().all(|what| *what != What::Taken));

    // A one-time password opens nothing but its own change.
    let post =
        satu_pintu_server::staff::accounts::Post { roles: "front-office".parse().unwrap(), agency: String::new() };
    let once = satu_pintu_server::staff::accounts::add(&world.app.store, "", "gita", "Gita", &post, 0).await.unwrap();
    let entered = world.form("", "/loket/masuk", &[("akun", "gita"), ("sandi", &once)]).await;
    entered.leads("/loket/sandi");
    let cookie = entered.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    world.see(&cookie, "/loket").await.leads("/loket/sandi");
    let differs = [("lama", once.as_str()), ("baru", "kata sandi gita baru"), ("ulang", "lain")];
    world.form(&cookie, "/loket/sandi", &differs).await.shows(422, "berbeda");
    let same = [("lama", once.as_str()), ("baru", "kata sandi gita baru"), ("ulang", "kata sandi gita baru")];
    world.form(&cookie, "/loket/sandi", &same).await.leads("/loket?selesai=sandi");
    let out = world.form(&cookie, "/loket/keluar", &[]).await;
    out.leads("/loket/masuk");
    world.see(&cookie, "/loket").await.leads("/loket/masuk");
}

#[tokio::test]
async fn an_administrator_makes_accounts_and_sees_no_files() {
    let Office { world, front, .. } = office().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let admin = world.person("hadi", "Hadi Kelola", "administrator", "").await;
    world.see(&admin, "/loket").await.leads("/loket/gangguan");
    world.see(&admin, &format!("/loket/berkas/{number}")).await.shows(403, "Peran Anda");
    world.see(&front, "/loket/akun").await.shows(403, "Peran Anda");
    world.form(&front, "/loket/akun/sandi", &[("akun", "hadi")]).await.shows(403, "Peran Anda");

    let new = [("akun", "Ika"), ("nama", "Ika Dinkes"), ("peran", "agency"), ("dinas", "")];
    world.form(&admin, "/loket/akun/tambah", &new).await.shows(422, "sebutkan dinas").shows(422, "Ika Dinkes");
    let new = [("akun", "ika"), ("nama", "Ika Dinkes"), ("peran", "agency"), ("dinas", "dinkes")];
    let made = world.form(&admin, "/loket/akun/tambah", &new).await;
    let text = made.shows(200, "Akun ika dibuat.").text();
    let once = text.split("sekali pakai: <strong>").nth(1).unwrap().split('<').next().unwrap();
    world.form("", "/loket/masuk", &[("akun", "ika"), ("sandi", once)]).await.leads("/loket/sandi");
    world.form(&admin, "/loket/akun/tambah", &new).await.shows(422, "sudah ada");

    let own = [("akun", "hadi"), ("peran", "front-office")];
    world.form(&admin, "/loket/akun/peran", &own).await.shows(422, "pengelola lain");
    world.form(&admin, "/loket/akun/nonaktif", &own).await.shows(422, "pengelola lain");
    let other = [("akun", "ani"), ("peran", "complaints")];
    world.form(&admin, "/loket/akun/peran", &other).await.shows(200, "Peran akun ani diganti.");
    // At once, in the session there is.
    let check = [("seq", "2"), ("semua", "ya")];
    world.form(&front, &format!("/loket/berkas/{number}/periksa"), &check).await.shows(403, "Peran Anda");
    world.form(&admin, "/loket/akun/nonaktif", &[("akun", "ani")]).await.shows(200, "dinonaktifkan");
    world.see(&front, "/loket").await.leads("/loket/masuk");
    world.see(&admin, "/loket/angka").await.shows(200, "Berkas terbuka sekarang: <strong>1</strong>");
    let did = world.see(&admin, "/loket/akun").await;
    for words in ["Hadi Kelola</td><td>membuat akun ika", "mengganti peran akun ani", "menonaktifkan akun ani"] {
        did.shows(200, words);
    }
    did.shows(200, "Komputer kantor</td><td>membuat akun hadi");
}

#[tokio::test]
async fn a_disturbance_is_announced_ended_and_people_are_rung_in_order() {
    let Office { world, front, signer, .. } = office().await;
    world.see(&signer, "/loket/gangguan").await.shows(403, "Peran Anda");
    let late = [("situs", "OSS"), ("teks", "Lambat & putus."), ("pulih", "2026-03-16T08:00")];
    world
        .form(&front, "/loket/gangguan", &late)
        .await
        .shows(422, "sesudah waktu mulai")
        .shows(422, "Lambat &amp; putus.");
    let good = [("situs", "OSS"), ("teks", "Lambat & putus."), ("pulih", "2026-03-16T17:30")];
    world.form(&front, "/loket/gangguan", &good).await.leads("/loket/gangguan");
    world.see(&front, "/loket/gangguan").await.shows(200, "Lambat &amp; putus.").shows(200, "16 Mar 2026 17.30");
    let notices = world.citizen("GET", "/notices", "", None).await.ok();
    let id = notices[0]["id"].as_str().unwrap();
    for phone in ["081200000011", "081200000022"] {
        let body = json!({"phone": phone, "name": "Warga"});
        world.citizen("POST", &format!("/notices/{id}/callbacks"), "", Some(body)).await.ok();
    }
    assert!(!world.see(&front, "/loket/telepon").await.text().contains("+62812"));
    world.form(&front, &format!("/loket/gangguan/{id}"), &[]).await.leads("/loket/telepon");
    world.form(&front, &format!("/loket/gangguan/{id}"), &[]).await.shows(404, "tidak ada di sini");
    let text = world.see(&front, "/loket/telepon").await.text();
    let at = |phone: &str| text.find(phone).unwrap_or_else(|| panic!("{phone}: {text}"));
    assert!(at("81200000011") < at("81200000022"));
    let call = text.split("action=\"/loket/telepon/").nth(1).unwrap().split('"').next().unwrap();
    world.form(&front, &format!("/loket/telepon/{call}"), &[]).await.leads("/loket/telepon");
    assert!(!world.see(&front, "/loket/telepon").await.text().contains("81200000011"));
    // Whoever presses again does not take the name of who rang.
    let admin = world.person("hadi", "Hadi Kelola", "administrator complaints", "").await;
    world.form(&admin, &format!("/loket/telepon/{call}"), &[]).await.leads("/loket/telepon");
    let did = world.see(&admin, "/loket/akun").await;
    for words in ["mengumumkan gangguan OSS", "mengakhiri gangguan OSS", "Ani Depan</td><td>menelepon balik"] {
        did.shows(200, words);
    }
    assert_eq!(did.text().matches("menelepon balik").count(), 1);

    world.form(&front, "/loket/survei", &[("jumlah", "0")]).await.shows(422, "1 sampai 600");
    let sheet = world.form(&front, "/loket/survei", &[("jumlah", "3")]).await;
    assert!(sheet.bytes.starts_with(b"%PDF-"));
}
