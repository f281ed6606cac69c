//! Files at the desk in the browser, as it is over HTTP: its pages, its forms, and what they refuse, in words.

#![allow(clippy::unwrap_used)]

use crate::loket_world::{Office, Shown, office};
use axum::http::header;
use satu_pintu_domain::application::What;
use serde_json::json;

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
