//! The desk in the browser as it is over HTTP: its pages, its forms, and what they refuse, in words.

#![allow(clippy::unwrap_used)]

use crate::loket_world::Shown;
use crate::staff_world::World;
use axum::http::{Method, header};
use satu_pintu_domain::application::What;
use serde_json::json;

struct Office {
    world: World,
    front: String,
    back: String,
    signer: String,
    pupr: String,
}

/// An office with one person for each role.
async fn office() -> Office {
    let world = World::new().await;
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    let back = world.person("budi", "Budi Proses", "back-office", "").await;
    let signer = world.person("citra", "Citra Tanda", "signer", "").await;
    let pupr = world.person("dedi", "Dedi PUPR", "agency", "pupr").await;
    Office { world, front, back, signer, pupr }
}

#[tokio::test]
async fn a_file_goes_from_the_queue_into_the_hand() {
    let Office { world, front, back, signer, pupr } = office().await;
    let (number, key) = world.submitted("Sri Contoh").await;
    let file = format!("/loket/berkas/{number}");
    let queue = world.see(&front, "/loket").await;
    queue.shows(200, &number).shows(200, "Sri Contoh");
    assert_eq!(queue.headers[header::CACHE_CONTROL], "no-store");
    let policy = queue.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    // Nobody has asked the agency: it does not see the file.
    assert!(!world.see(&pupr, "/loket").await.text().contains(&number));
    world.see(&pupr, &file).await.shows(404, "tidak ada di sini");

    world.see(&front, &file).await.shows(200, "Gambar reklame").shows(200, "Ambil berkas ini");
    world.deed(&front, &number, "ambil", &[]).await.leads(&format!("{file}?selesai=ambil"));
    world.deed(&front, &number, "periksa", &[]).await.shows(422, "Pilih terima atau kembalikan");
    let papers =
        [("item:ktp", "terima"), ("item:gambar-reklame", "kembali"), ("kalimat:gambar-reklame", "Fotonya buram.")];
    world.deed(&front, &number, "periksa", &papers).await.leads(&format!("{file}?selesai=kembali"));
    world.see(&front, &file).await.shows(200, "Menunggu pemohon").shows(200, "Fotonya buram.");
    world.upload(&number, &key, "gambar-reklame", "kedua").await;
    world.citizen("POST", &format!("/applications/{number}/correct"), &key, None).await.ok();
    world.deed(&front, &number, "periksa", &[("semua", "ya")]).await.leads(&format!("{file}?selesai=periksa"));

    for agency in ["pupr", "bapenda"] {
        let ask = [("dinas", agency), ("kalimat", "Mohon periksa.")];
        world.deed(&back, &number, "tanya", &ask).await.leads(&format!("{file}?selesai=tanya"));
        let who = if agency == "pupr" { &pupr } else { &back };
        world.see(who, &file).await.shows(200, "Mohon periksa.");
        let answer = [("dinas", agency), ("setuju", "ya"), ("teks", "Tidak berkeberatan.")];
        world.deed(who, &number, "jawab", &answer).await.leads(&format!("{file}?selesai=jawab"));
    }
    let visit = [("hari", "2026-03-16"), ("teks", "Sesuai gambar.")];
    world.deed(&back, &number, "kunjungan", &visit).await.leads(&format!("{file}?selesai=kunjungan"));

    world.deed(&back, &number, "usul", &[("putusan", "setuju")]).await.leads(&format!("{file}?selesai=usul"));
    world.see(&signer, &file).await.shows(200, "Budi Proses mengusulkan persetujuan.");
    // The applicant does not hear of a proposal.
    let own = world.citizen("GET", &format!("/applications/{number}"), &key, None).await.ok();
    assert!(!own.to_string().contains("proposed") && own["tracking"]["status"]["state"] == "checking", "{own}");
    let no = [("teks", "Tulis hasil kunjungan lebih jelas.")];
    world.deed(&signer, &number, "keberatan", &no).await.leads(&format!("{file}?selesai=keberatan"));
    world.deed(&back, &number, "usul", &[("putusan", "setuju")]).await.leads(&format!("{file}?selesai=usul"));
    world.deed(&signer, &number, "pastikan", &[("putusan", "setuju")]).await.leads(&format!("{file}?selesai=pastikan"));
    world.see(&signer, &file).await.shows(200, "Tanda tangani dan terbitkan izin");
    world.deed(&signer, &number, "terbit", &[]).await.leads(&format!("{file}?selesai=terbit"));
    let pdf = world.see(&front, &format!("{file}/izin")).await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    world.deed(&front, &number, "kabar", &[("teks", "WhatsApp")]).await.leads(&format!("{file}?selesai=kabar"));
    world
        .deed(&front, &number, "serah", &[("kalimat", "Diambil sendiri.")])
        .await
        .leads(&format!("{file}?selesai=serah"));
    assert!(!world.see(&front, "/loket").await.text().contains(&number));
    world.see(&front, &file).await.shows(200, "Ani Depan").shows(200, "menyerahkan: Diambil sendiri.");
}

#[tokio::test]
async fn the_place_of_a_fault_is_kept_and_must_be_on_the_picture() {
    let Office { world, front, .. } = office().await;
    let (number, key) = world.submitted("Sri Contoh").await;
    let own = world.citizen("GET", &format!("/applications/{number}"), &key, None).await.ok();
    let of = |item: &str| {
        let files = own["files"].as_array().unwrap();
        files.iter().find(|file| file["item"] == item).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let (ktp, other) = (of("ktp"), of("npwpd"));
    let back = async |mark: String| {
        let fields = [("item:ktp", "kembali"), ("alasan:ktp", "Terpotong."), ("tanda:ktp", mark.as_str())];
        world.deed(&front, &number, "periksa", &fields).await
    };
    for wrong in [format!("{ktp} 900 0 200 100"), format!("{other} 0 0 200 100"), format!("{ktp} 0 0 1 1")] {
        back(wrong).await.shows(422, "Tandai lagi").shows(422, "Terpotong.");
    }
    back(format!("{ktp} -1 0 200 100")).await.shows(400, "Terpotong.");
    assert_eq!(back(format!("{ktp} 100 200 300 400")).await.status.as_u16(), 303);
    let own = world.citizen("GET", &format!("/applications/{number}"), &key, None).await.ok();
    let mark = &own["tracking"]["status"]["returned"][0]["mark"];
    assert_eq!(*mark, json!({"file": ktp, "x": 100, "y": 200, "width": 300, "height": 400}));
}

#[tokio::test]
async fn two_who_decide_at_once_and_a_stale_page_have_one_outcome() {
    let Office { world, front, back, signer, .. } = office().await;
    let head = world.person("eka", "Eka Kepala", "head", "").await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let stale = world.seq(&back, &number).await;
    let refusal = [("putusan", "tolak"), ("teks", "Menutup rambu jalan.")];
    world.deed(&back, &number, "usul", &refusal).await.leads(&format!("/loket/berkas/{number}?selesai=usul"));

    // Written on a page that is no longer true: refused, and the text is still there.
    let path = format!("/loket/berkas/{number}/periksa");
    let long = "Alasan yang panjang & \"tepat\" sudah diketik lama.";
    let old = [("seq", stale.as_str()), ("item:ktp", "kembali"), ("alasan:ktp", long)];
    let refused = world.form(&front, &path, &old).await;
    refused.shows(409, "Berkas ini sudah berubah").shows(409, "keadaan terbaru");
    refused.shows(409, "Alasan yang panjang &amp; &quot;tepat&quot; sudah diketik lama.");
    assert_eq!(refused.headers["x-problem"], "stale");

    let seq = world.seq(&signer, &number).await;
    let (one, two) = (format!("/loket/berkas/{number}/pastikan"), format!("/loket/berkas/{number}/keberatan"));
    let yes = [("seq", seq.as_str()), ("putusan", "tolak")];
    let no = [("seq", seq.as_str()), ("teks", "Belum jelas.")];
    let (a, b) = tokio::join!(world.form(&signer, &one, &yes), world.form(&head, &two, &no));
    let done = [&a, &b].iter().filter(|reply| reply.status.as_u16() == 303).count();
    assert_eq!(done, 1);
    let lost = if a.status.as_u16() == 303 { b } else { a };
    lost.shows(409, "Berkas ini sudah berubah");
    let decisions = world.events(&number).await;
    let said = |what: &What| matches!(what, What::Refused { .. } | What::Objected { .. });
    assert_eq!(decisions.iter().filter(|what| said(what)).count(), 1);
}

#[tokio::test]
async fn nobody_confirms_what_he_proposed_and_nobody_acts_without_the_role() {
    let Office { world, front, back, signer, pupr } = office().await;
    let both = world.person("fani", "Fani Berdua", "back-office signer", "").await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let refusal = [("putusan", "tolak"), ("teks", "Menutup rambu jalan.")];
    world.deed(&both, &number, "usul", &refusal).await.leads(&format!("/loket/berkas/{number}?selesai=usul"));
    world.see(&both, &format!("/loket/berkas/{number}")).await.shows(200, "tidak bisa memastikannya sendiri");
    world.deed(&both, &number, "pastikan", &[("putusan", "tolak")]).await.shows(409, "Petugas lain");
    // The second person decides what the first one wrote, and nothing that only one has read.
    let other = json!({"grant": false, "reason": "Alasan lain."});
    world.act_as(&signer, &number, "decide", other).await.refused(422, "invalid");

    for (who, verb) in [
        (&front, "usul"),
        (&front, "pastikan"),
        (&front, "tanya"),
        (&front, "terbit"),
        (&front, "keberatan"),
        (&back, "pastikan"),
        (&back, "terbit"),
        (&back, "kunci"),
        (&back, "serah"),
        (&signer, "periksa"),
        (&signer, "usul"),
        (&signer, "kabar"),
        (&signer, "jawab"),
    ] {
        let fields =
            [("seq", "3"), ("putusan", "tolak"), ("teks", "x"), ("ktp", "ya"), ("dinas", "pupr"), ("setuju", "ya")];
        let reply = world.form(who, &format!("/loket/berkas/{number}/{verb}"), &fields).await;
        reply.shows(403, "Peran Anda tidak mencakup tindakan ini");
    }
    let before = world.events(&number).await.len();
    let foreign = [("seq", "3"), ("putusan", "tolak")];
    // It was not asked, so that there is no such file for it.
    world.form(&pupr, &format!("/loket/berkas/{number}/usul"), &foreign).await.shows(404, "tidak ada di sini");
    world.form(&back, &format!("/loket/berkas/{number}/lain"), &[("seq", "3")]).await.shows(404, "tidak ada di sini");
    assert_eq!(world.events(&number).await.len(), before);
    // An agency that was not asked may not answer for another.
    world.deed(&back, &number, "tanya", &[("dinas", "bapenda"), ("teks", "?")]).await;
    let answer = [("dinas", "bapenda"), ("setuju", "ya"), ("teks", "Ya.")];
    world.form(&pupr, &format!("/loket/berkas/{number}/jawab"), &answer).await.shows(404, "tidak ada di sini");
}

#[tokio::test]
async fn an_agency_that_answers_after_the_withdrawal_is_told_so() {
    let Office { world, back, pupr, .. } = office().await;
    let (number, key) = world.submitted("Sri Contoh").await;
    world.deed(&back, &number, "tanya", &[("dinas", "pupr"), ("teks", "Aman?")]).await;
    let seq = world.seq(&pupr, &number).await;
    world.citizen("POST", &format!("/applications/{number}/withdraw"), &key, None).await.ok();
    let path = format!("/loket/berkas/{number}/jawab");
    let answer = |seq: &str| {
        [("seq", seq.to_owned()), ("dinas", "pupr".into()), ("setuju", "ya".into()), ("teks", "Aman sekali.".into())]
    };
    let stale = answer(&seq);
    let stale: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let reply = world.form(&pupr, &path, &stale).await;
    reply.shows(409, "Berkas ini sudah berubah").shows(409, "Ditarik pemohon");
    // There is no place for an answer any more; the text is not lost.
    reply.shows(409, "<blockquote>Aman sekali.</blockquote>");
    // Nor through the interface of programs, which names no page.
    let body = json!({"agency": "pupr", "agrees": true, "text": "Aman."});
    world.act_as(&pupr, &number, "agency-answer", body).await.refused(409, "not-now");
    assert!(!world.events(&number).await.iter().any(|what| matches!(what, What::AgencyAnswered { .. })));
}

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
async fn what_lapses_first_stands_first_for_whoever_has_it() {
    let world = office().await.world;
    let (early, _) = world.submitted("Sri Contoh").await;
    world.wait_ms(24 * 3_600_000);
    let (late, _) = world.submitted("Budi Contoh").await;
    // Yesterday's sessions have ended.
    let (front, back) = (world.enter("ani").await, world.enter("budi").await);
    // The standard has no step of this agency: it has the days that it is given.
    let dinkes = world.person("ika", "Ika Dinkes", "agency", "dinkes").await;
    for (number, days) in [(&early, 30), (&late, 1)] {
        let ask = json!({"agency": "dinkes", "question": "Aman?", "days": days});
        world.act_as(&back, number, "ask-agency", ask).await.ok();
    }
    for who in [&dinkes, &front] {
        let text = world.see(who, "/loket").await.text();
        let at = |number: &str| text.find(&format!("/loket/berkas/{number}")).unwrap_or_else(|| panic!("{text}"));
        assert!(at(&late) < at(&early), "{text}");
        assert_eq!(text.matches("tahap ini").count(), 1, "{text}");
    }
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
async fn the_queue_is_narrowed_without_names_in_addresses() {
    let Office { world, front, .. } = office().await;
    let (sri, _) = world.submitted("Sri Contoh").await;
    let (budi, _) = world.submitted("Budi & Anak").await;
    world.deed(&front, &budi, "ambil", &[]).await;
    let look = async |fields: &[(&str, &str)]| {
        let sought = world.form(&front, "/loket/cari", fields).await;
        sought.leads("/loket");
        let wish = sought.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        world.see(&format!("{front}; {wish}"), "/loket").await.text()
    };
    let found = look(&[("cari", "budi &")]).await;
    assert!(found.contains(&budi) && !found.contains(&sri) && found.contains("1 dari 2 berkas"), "{found}");
    let mine = look(&[("saya", "ya")]).await;
    assert!(mine.contains(&budi) && !mine.contains(&sri), "{mine}");
    let fresh = look(&[("tahap", "baru")]).await;
    assert!(!fresh.contains(&budi) && fresh.contains(&sri), "{fresh}");
    assert!(look(&[("tahap", "baru"), ("semua", "ya")]).await.contains("2 dari 2 berkas"));
    world.form(&front, "/loket/cari", &[("cari", &sri.to_lowercase())]).await.leads(&format!("/loket/berkas/{sri}"));
    world.see(&front, &format!("/loket/berikut?sesudah={sri}")).await.leads(&format!("/loket/berkas/{budi}"));
}

#[tokio::test]
async fn two_people_on_one_file_see_each_other() {
    let Office { world, front, back, .. } = office().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let file = format!("/loket/berkas/{number}");
    assert!(!world.see(&front, &file).await.text().contains("juga membuka berkas ini"));
    world.see(&back, &file).await.shows(200, "Ani Depan").shows(200, "juga membuka berkas ini");
    let seq = world.seq(&front, &number).await;
    world.see(&front, &format!("{file}/hadir?seq={seq}")).await.shows(200, "Budi Proses");
    world.deed(&back, &number, "ambil", &[]).await;
    world.see(&front, &format!("{file}/hadir?seq={seq}")).await.shows(200, "baru saja berubah");
    world.wait_ms(61_000);
    assert!(!world.see(&front, &file).await.text().contains("juga membuka berkas ini"));
}

#[tokio::test]
async fn a_new_key_is_shown_once() {
    let Office { world, front, .. } = office().await;
    let (number, key) = world.submitted("Sri Contoh").await;
    world.deed(&front, &number, "kunci", &[]).await.shows(422, "Lihat KTP pemohon dulu");
    let made = world.deed(&front, &number, "kunci", &[("ktp", "ya")]).await;
    let text = made.shows(200, "hanya tampil sekali").text();
    let new = text.split("Kunci urus: <strong>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let path = format!("/applications/{number}");
    world.citizen("GET", &path, &key, None).await.refused(403, "key-revoked");
    world.citizen("GET", &path, &new, None).await.ok();
    assert!(!world.see(&front, &format!("/loket/berkas/{number}")).await.text().contains(&new));
}

#[tokio::test]
async fn papers_are_shown_to_the_desk_alone() {
    let Office { world, front, .. } = office().await;
    let (number, key) = world.submitted("Sri Contoh").await;
    let own = world.citizen("GET", &format!("/applications/{number}"), &key, None).await.ok();
    let id = own["files"][0]["id"].as_str().unwrap();
    let paper = format!("/loket/berkas/{number}/kertas/{id}");
    let shown = world.see(&front, &paper).await;
    assert!(shown.bytes.starts_with(b"%PDF-"));
    assert_eq!(shown.headers["x-frame-options"], "SAMEORIGIN");
    assert!(shown.headers["content-disposition"].to_str().unwrap().starts_with("inline"));
    assert!(shown.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("frame-ancestors 'self'"));
    assert_eq!(world.see("", &paper).await.status.as_u16(), 303);
    world.see(&front, &format!("/loket/berkas/{number}/kertas/lain")).await.shows(404, "tidak ada di sini");
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
    world.deed_refused(&front, &number).await;
    world.form(&admin, "/loket/akun/nonaktif", &[("akun", "ani")]).await.shows(200, "dinonaktifkan");
    world.see(&front, "/loket").await.leads("/loket/masuk");
    world.see(&admin, "/loket/angka").await.shows(200, "Berkas terbuka sekarang: <strong>1</strong>");
    let did = world.see(&admin, "/loket/akun").await;
    for words in ["Hadi Kelola</td><td>membuat akun ika", "mengganti peran akun ani", "menonaktifkan akun ani"] {
        did.shows(200, words);
    }
    did.shows(200, "Komputer kantor</td><td>membuat akun hadi");
}

impl World {
    /// A form that the role no longer covers.
    async fn deed_refused(&self, cookie: &str, number: &str) {
        let reply =
            self.form(cookie, &format!("/loket/berkas/{number}/periksa"), &[("seq", "2"), ("semua", "ya")]).await;
        reply.shows(403, "Peran Anda");
    }
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

#[tokio::test]
async fn a_file_waits_for_each_agency_that_was_asked() {
    let Office { world, back, pupr, .. } = office().await;
    let bapenda = world.person("fajar", "Fajar Pajak", "agency", "bapenda").await;
    let (number, _) = world.submitted("Sri Contoh").await;
    let file = format!("/loket/berkas/{number}");
    let both = [("dinas", "bapenda"), ("dinas", "pupr"), ("teks", "Mohon periksa.")];
    world.deed(&back, &number, "tanya", &both).await.leads(&format!("{file}?selesai=tanya"));
    let turn = async |who: &str| {
        let sought = world.form(who, "/loket/cari", &[("tahap", "giliran")]).await;
        let wish = sought.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        world.see(&format!("{who}; {wish}"), "/loket").await.text().contains(&number)
    };
    for who in [&pupr, &bapenda] {
        world.see(who, "/loket/berikut").await.leads(&file);
        assert!(turn(who).await);
    }
    assert!(!turn(&back).await);
    let answer = [("dinas", "pupr"), ("setuju", "ya"), ("teks", "Aman.")];
    world.deed(&pupr, &number, "jawab", &answer).await.leads(&format!("{file}?selesai=jawab"));
    world.see(&pupr, "/loket/berikut").await.leads("/loket?selesai=kosong");
    world.see(&bapenda, "/loket/berikut").await.leads(&file);
    assert!(!turn(&pupr).await && turn(&bapenda).await);
}
