//! Journeys without script: forms as HTML says, pages as answers, nothing personal in an address.

use crate::browser::{Browser, Page};
use crate::common::TestApp;
use axum::http::Method;
use satu_pintu_domain::application::{Returned, What};
use satu_pintu_domain::key::Key;
use satu_pintu_domain::rules::{each_path, to_url};
use satu_pintu_domain::survey::Element;
use std::time::Duration;

/// Answers the open question.
async fn choose(mut page: Page, question: &str, option: &str) -> Page {
    assert_eq!(page.value("--kirim"), Some(to_url(question).as_str()), "{}", page.address);
    page.tick(question, option);
    page.press("Lanjut").await
}

/// The permits of a result, in its order.
fn permits(page: &Page) -> Vec<String> {
    let cards = page.html.split("<li class=\"permit\">").skip(1);
    let link = |card: &str| card.split("href=\"/layanan/").nth(1)?.split('"').next().map(str::to_owned);
    cards.map(|card| link(card).expect("a link to the service")).collect()
}

/// The same order of chances in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a number") % n
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_ways_through_the_wizard_end_with_the_permits_of_the_rules() {
    let t = TestApp::start().await;
    let content = t.app.content();
    let rules = content.wizard().expect("a wizard");
    let mut all = Vec::new();
    each_path(rules, t.app.today(), &mut |path| all.push(path.clone())).expect("rules without fault");
    let mut dice = Dice(20_260_316);
    let browser = Browser::of(&t);
    for _ in 0..200 {
        let path = &all[dice.below(all.len())];
        let mut page = browser.get("/izin").await;
        for (question, option) in &path.answers {
            page = choose(page, question, option).await;
        }
        assert!(page.address.starts_with("/izin/hasil?"), "{}", page.address);
        assert_eq!(page.status, 200);
        assert_eq!(permits(&page), path.needs, "{}", page.address);
        assert!(!page.html.contains("class=\"bone"), "{}: something is still under way", page.address);
    }
}

#[tokio::test]
async fn the_checklist_of_a_result_stands_whole() {
    let t = TestApp::start().await;
    let answers = "usaha=warung-nasi&badan=sendiri&modal=mikro&olahan=siap-saji&tempat=sewa&bangun=tidak\
                   &papan-nama=ya&surat-lama=iumk";
    for start in ["/izin", "/en/izin"] {
        let page = Browser::of(&t).get(&format!("{start}?{answers}")).await;
        assert_eq!(page.address, format!("{start}/hasil?{answers}"));
        let content = t.app.content();
        let services = ["nib-perseorangan", "kkpr", "sppl", "sertifikat-standar", "slhs", "halal", "reklame"];
        for id in services {
            assert!(page.html.contains(&format!("/layanan/{id}\"")), "{id}");
        }
        let cards = services.iter().filter_map(|id| content.service(id)).flat_map(|service| &service.requirement);
        let shown = page.html.matches("class=\"item\"").count();
        assert!(shown > 10 && shown <= cards.count(), "{shown}");
        // The link that is sent on is whole.
        let shared = format!("{}{start}/hasil", t.url).replace(':', "%3A").replace('/', "%2F");
        assert!(page.html.contains(&shared), "{shared}");
    }
    let page = Browser::of(&t).get("/izin/hasil?usaha=warung-nasi&badan=sendiri").await;
    let back = "/izin?usaha=warung-nasi&amp;badan=sendiri";
    assert!(page.html.contains(&format!("href=\"{back}\" class=\"btn\"")), "the open question is one press away");
}

#[tokio::test]
async fn the_wizard_says_what_is_wrong_and_keeps_the_rest() {
    let t = TestApp::start().await;
    let browser = Browser::of(&t);
    // Nothing chosen.
    let page = browser.get("/izin").await.press("Lanjut").await;
    assert_eq!((page.status, page.faults()), (200, vec!["usaha".to_owned()]));
    // Words are searched for, found or not, and stay.
    let mut page = browser.get("/izin").await;
    page.fill("--cari", "warteg");
    let page = page.press("Cari").await;
    assert_eq!((page.faults(), page.value("--cari")), (vec![], Some("warteg")));
    let page = choose(page, "usaha", "warung-nasi").await;
    assert_eq!(page.value("--kirim"), Some("badan"));
    let mut page = browser.get("/izin").await;
    page.fill("--cari", "qwertz");
    let page = page.press("Cari").await;
    page.shows("Belum ketemu");
    assert_eq!(page.value("--cari"), Some("qwertz"));
    // What was chosen before stays choosable beside what is found.
    let mut page = browser.get("/izin?usaha=kos&badan=sendiri&--ganti=usaha").await;
    assert_eq!(page.ticked("usaha"), ["kos"]);
    page.fill("--cari", "jahit");
    let page = page.press("Cari").await;
    assert_eq!((page.ticked("usaha"), page.value("badan")), (vec!["kos"], Some("sendiri")));
    // A typed amount is an answer, on all pages behind it; a bad one stays in its field.
    let mut page = browser.get("/izin?usaha=kos&badan=sendiri").await;
    page.fill("--nilai", "25 juta");
    let page = page.press("Lanjut").await;
    assert_eq!(page.value("modal"), Some("mikro"));
    let mut page = browser.get("/izin?usaha=kos&badan=sendiri").await;
    page.fill("--nilai", "banyak <b>");
    let page = page.press("Lanjut").await;
    assert_eq!((page.faults(), page.value("--nilai")), (vec!["nilai".to_owned()], Some("banyak <b>")));
    assert_eq!(page.value("badan"), Some("sendiri"));
    // An answer that is not there (any more).
    let page = browser.get("/izin?usaha=kos&badan=zzz&modal=mikro").await;
    page.shows("tidak ada");
    assert_eq!((page.value("--kirim"), page.value("modal")), (Some("badan"), Some("mikro")));
    // "None of these" together with others.
    let answers = "usaha=warung-nasi&badan=sendiri&modal=mikro&olahan=siap-saji&tempat=sewa&bangun=tidak&papan-nama=ya";
    let mut page = browser.get(&format!("/izin?{answers}")).await;
    page.tick("surat-lama", "iumk");
    page.tick("surat-lama", "tidak-ada");
    let page = page.press("Lanjut").await;
    assert_eq!(page.faults(), ["surat-lama"]);
    assert_eq!(page.ticked("surat-lama"), ["iumk", "tidak-ada"]);
}

#[tokio::test]
async fn every_short_check_ends_with_its_verdict() {
    let t = TestApp::start().await;
    let catalog = t.get("/api/v1/catalog").await.ok();
    let checks = catalog["checks"].as_array().expect("checks");
    assert!(!checks.is_empty());
    for check in checks {
        let id = check["id"].as_str().expect("id");
        let detail = t.get(&format!("/api/v1/catalog/checks/{id}")).await.ok();
        let rules = serde_json::from_value(detail["rules"].clone()).expect("rules");
        let mut ways = Vec::new();
        each_path(&rules, t.app.today(), &mut |path| ways.push(path.clone())).expect("rules without fault");
        for path in &ways {
            let mut page = Browser::of(&t).get(&format!("/periksa/{id}")).await;
            for (question, option) in &path.answers {
                page = choose(page, question, option).await;
            }
            let title = detail["words"]["outcome"][&path.end]["title"].as_str().expect("title");
            assert_eq!((page.status, page.heading().as_str()), (200, title), "{}", page.address);
        }
    }
}

pub async fn track(t: &TestApp, at: &str, number: &str, key: &str) -> Page {
    let mut page = Browser::of(t).get(at).await;
    page.fill("nomor", number);
    page.fill("kunci", key);
    page.press(if at.starts_with("/en") { "Open" } else { "Buka" }).await
}

#[tokio::test]
async fn an_application_is_tracked_with_number_and_key() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    let typed = key.to_lowercase().replace('-', " ");
    for at in ["/lacak?di=kantor".to_owned(), format!("/lacak/{number}"), "/en/lacak?di=kantor".to_owned()] {
        let page = track(&t, &at, &number.to_lowercase(), &typed).await;
        assert_eq!((page.status, page.stored.as_str()), (200, "no-store"), "{at}");
        assert!(!page.address.contains(&key) && !page.html.contains(&key), "{at}: the key stays out of the page");
        assert!(page.text().contains(&number) && page.html.contains("class=\"journey\""), "{at}");
        assert!(!page.html.contains("<button type=\"button\"") && !page.html.contains("<script"), "{at}");
    }
    // What was returned is told, and where it is mended.
    t.staff(&number, What::Taken).await;
    let item = Returned { item: "ktp".into(), reason: "Fotonya buram".into(), mark: None };
    t.staff(&number, What::Returned { items: vec![item] }).await;
    let page = track(&t, "/lacak?di=kantor", &number, &key).await;
    // In one piece, with hyphens that do not break.
    let phone = t.app.content().office().phone.replace('-', "\u{2011}");
    for words in ["Menunggu perbaikan dari Anda", "Fotonya buram", "perlu JavaScript", &phone] {
        page.shows(words);
    }
    // The key that may be shared shows where it is and no more.
    let view = Key::parse(&key).expect("key").view().shown();
    let page = track(&t, "/lacak?di=kantor", &number, &view).await;
    assert_eq!(page.status, 200);
    page.shows("Ini tautan lihat");
    assert!(!page.text().contains("Fotonya buram"));
    // The receipt's link pasted whole.
    let page = track(&t, "/lacak?di=kantor", "", &format!("https://x.example/urus/{number}#{key}")).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Menunggu perbaikan dari Anda"));
}

#[tokio::test]
async fn a_permit_is_fetched_and_its_survey_begun_from_the_tracking_page() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    for what in [What::Taken, What::Complete, What::Granted] {
        t.staff(&number, what).await;
    }
    let page = track(&t, "/lacak?di=kantor", &number, &key).await;
    let page = page.press("Nilai pelayanan kami").await;
    assert_eq!((page.status, page.address.as_str()), (200, "/survei"));
    assert_eq!(page.value("dari"), Some("1"), "the code came along");
}

#[tokio::test]
async fn what_opens_nothing_is_said_at_its_field() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    let page = track(&t, "/lacak?di=kantor", "", "").await;
    assert_eq!((page.status, page.faults()), (422, vec!["nomor".to_owned(), "kunci".to_owned()]));
    let page = track(&t, "/lacak?di=kantor", "17", "ABCD-EFG").await;
    assert_eq!((page.status, page.value("nomor"), page.value("kunci")), (422, Some("17"), Some("ABCD-EFG")));
    let wrong = Key::new([77; 10]).shown();
    for number in [number.as_str(), "2026-9999-RK"] {
        let page = track(&t, "/lacak?di=kantor", number, &wrong).await;
        assert_eq!((page.status, page.faults()), (403, vec!["kunci".to_owned()]), "{number}");
        assert_eq!((page.value("nomor"), page.value("kunci")), (Some(number), Some("")), "the key is not repeated");
        page.shows("tidak cocok");
        assert!(!page.html.contains(&wrong) && page.stored == "no-store");
    }
    // Whoever goes on guessing waits; whoever has the key does not.
    for _ in 0..5 {
        track(&t, "/lacak?di=kantor", &number, &wrong).await;
    }
    let page = track(&t, "/lacak?di=kantor", &number, &wrong).await;
    assert_eq!((page.status, page.faults()), (429, vec!["kunci".to_owned()]));
    page.shows("Terlalu banyak percobaan");
    assert_eq!(track(&t, "/lacak?di=kantor", &number, &key).await.status, 200);
    t.wait(Duration::from_secs(700));
    assert_eq!(track(&t, "/lacak?di=kantor", &number, &wrong).await.status, 403);
}

/// Types a code.
async fn begin(t: &TestApp, code: &str) -> Page {
    let mut page = Browser::of(t).get("/survei").await;
    page.fill("kode", code);
    page.press("Mulai").await
}

/// Answers all nine with one score.
async fn nine(mut page: Page, score: &str) -> Page {
    for at in 1..=Element::ALL.len() {
        assert_eq!((page.status, page.value("dari")), (200, Some(at.to_string().as_str())));
        page.tick("jawaban", score);
        page = page.press("Lanjut").await;
    }
    page
}

#[tokio::test]
async fn the_survey_is_answered_page_by_page() {
    let t = TestApp::start().await;
    let code = t.slip(1, "2026-1").await;
    let page = begin(&t, &code.to_lowercase()).await;
    // Without an answer the question stays, and says so.
    let unanswered = page.press("Lanjut").await;
    assert_eq!((unanswered.status, unanswered.faults()), (422, vec!["jawaban".to_owned()]));
    assert_eq!(unanswered.value("dari"), Some("1"));
    let mut page = nine(page, "3").await;
    assert_eq!(page.heading(), "Sedikit tentang Anda");
    page.fill("usia", "tua");
    page.tick("jenis-kelamin", "Perempuan");
    let mut page = page.press("Lanjut").await;
    assert_eq!((page.status, page.faults(), page.value("usia")), (422, vec!["usia".to_owned()], Some("tua")));
    assert_eq!(page.ticked("jenis-kelamin"), ["Perempuan"]);
    page.fill("usia", "47");
    let page = page.press("Lanjut").await;
    assert_eq!(page.heading(), "Periksa jawaban Anda");
    page.shows("Perempuan, 47");
    // One answer is changed; the way leads back to the check.
    let mut page = page.press("Ubah").await;
    assert_eq!((page.value("dari"), page.ticked("jawaban")), (Some("1"), vec!["3"]));
    page.tick("jawaban", "4");
    let page = page.press("Lanjut").await;
    assert_eq!(page.heading(), "Periksa jawaban Anda");
    // Back and on again loses nothing.
    let page = page.press("Kembali").await;
    assert_eq!((page.heading().as_str(), page.value("usia")), ("Sedikit tentang Anda", Some("47")));
    let page = page.press("Lanjut").await;
    let thanks = page.press("Kirim jawaban").await;
    assert_eq!((thanks.status, thanks.heading().as_str(), thanks.stored.as_str()), (200, "Terima kasih", "no-store"));
    assert_eq!(thanks.address, "/survei", "neither code nor answers are in an address");
    let kept: (String, String) = sqlx::query_as("SELECT scores, profile FROM survey_answers")
        .fetch_one(t.app.store.reader())
        .await
        .expect("one answer");
    assert!(kept.0 == "433333333" && kept.1.contains("\"age\":40") && kept.1.contains("Perempuan"), "{kept:?}");
    // Sent twice, and begun again.
    let again = page.press("Kirim jawaban").await;
    again.shows("Anda sudah mengisi survei ini");
    let again = begin(&t, &code).await;
    assert!(again.status == 409 || again.status == 403 || again.status == 410, "{}", again.status);
    again.shows("Anda sudah mengisi survei ini");
}

#[tokio::test]
async fn a_code_that_cannot_be_used_is_said_in_words() {
    let t = TestApp::start().await;
    let page = begin(&t, "").await;
    assert_eq!((page.status, page.faults()), (422, vec!["kode".to_owned()]));
    let page = begin(&t, "ABCD").await;
    assert_eq!((page.status, page.value("kode")), (422, Some("ABCD")));
    page.shows("salah ketik atau belum lengkap");
    let unknown = Key::new([200; 10]).shown();
    let page = begin(&t, &unknown).await;
    assert!((400..500).contains(&page.status) && page.faults() == ["kode"]);
    assert_eq!(page.value("kode"), Some(unknown.as_str()), "it stays to be compared with the slip");
    page.shows("Kode ini tidak dikenal");
    let code = t.slip(2, "2026-1").await;
    let page = nine(begin(&t, &code).await, "2").await.press("Lanjut").await;
    t.set_clock("2026-07-01T00:00:00+08:00");
    page.press("Kirim jawaban").await.shows("Survei sedang ditutup");
    // Whoever goes on guessing waits.
    let mut last = begin(&t, &unknown).await;
    for _ in 0..7 {
        last = begin(&t, &unknown).await;
    }
    assert_eq!(last.status, 429);
    last.shows("Terlalu banyak percobaan");
}

#[tokio::test]
async fn a_number_to_ring_takes_its_place() {
    let t = TestApp::start().await;
    let mut tx = t.app.store.begin().await.expect("transaction");
    sqlx::query("INSERT INTO notices (id, channel, text, since, expected, ended, account, at) VALUES ('kini', 'oss', '', 5, NULL, NULL, 'sri', 5)")
        .execute(&mut *tx)
        .await
        .expect("notice");
    tx.commit().await.expect("commit");
    for at in ["/", "/kontak", "/layanan/nib-perseorangan"] {
        let mut page = Browser::of(&t).get(at).await;
        page.fill("telepon-kini", "123");
        let mut page = page.press("Telepon saya").await;
        assert_eq!((page.status, page.value("telepon-kini")), (422, Some("123")), "{at}");
        page.fill("telepon-kini", "0812 3456 7890");
        let page = page.press("Telepon saya").await;
        assert_eq!((page.status, page.stored.as_str()), (200, "no-store"));
        page.shows("Anda urutan ke-1");
        assert!(!page.address.contains("7890"));
    }
    let page = Browser::of(&t).get("/kontak").await;
    let mut tx = t.app.store.begin().await.expect("transaction");
    sqlx::query("UPDATE notices SET ended = 9").execute(&mut *tx).await.expect("ended");
    tx.commit().await.expect("commit");
    let mut page = page;
    page.fill("telepon-kini", "081234567890");
    let page = page.press("Telepon saya").await;
    assert_eq!(page.status, 404);
    page.shows("sudah selesai");
}

#[tokio::test]
async fn a_permit_s_code_leads_to_its_page() {
    let t = TestApp::start().await;
    let mut page = Browser::of(&t).get("/cek").await;
    page.fill("kode", "abc");
    let mut page = page.press("Periksa").await;
    assert_eq!((page.status, page.faults(), page.value("kode")), (422, vec!["kode".to_owned()], Some("abc")));
    page.fill("kode", "abcd-abcd-abcd-abcd");
    let page = page.press("Periksa").await;
    assert_eq!((page.status, page.address.as_str()), (404, "/cek/ABCDABCDABCDABCD"));
    page.shows("tidak dikenal");
}

#[tokio::test]
async fn refusals_are_pages_in_words() {
    let t = TestApp::start().await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let refused = async |method: &str, path: &str, head: &[(&str, &str)], body: &str| {
        let reply = t.send(method.parse().expect("method"), path, head, body.as_bytes().to_vec()).await;
        let html = String::from_utf8(reply.bytes.clone()).expect("text");
        assert!(reply.header("content-type").starts_with("text/html"), "{path}");
        assert!(reply.header("content-security-policy").contains("form-action 'self'"), "{path}");
        assert!(html.contains("<h1") && html.contains("tel:+62"), "{method} {path} says what to do");
        (reply.status.as_u16(), reply.header("allow"))
    };
    assert_eq!(refused("POST", "/izin", &[form], "").await, (405, "GET, HEAD".to_owned()));
    assert_eq!(refused("POST", "/layanan/reklame", &[form], "").await, (405, "GET, HEAD".to_owned()));
    assert_eq!(refused("DELETE", "/lacak", &[], "").await, (405, "GET, HEAD, POST".to_owned()));
    assert_eq!(refused("POST", "/lacak", &[("content-type", "text/plain")], "nomor=1").await.0, 400);
    assert_eq!(refused("POST", "/lacak", &[form], &"x".repeat(70_000)).await.0, 413);
    assert_eq!(refused("POST", "/lacak", &[form, ("origin", "https://lain.example")], "nomor=1").await.0, 403);
    assert_eq!(refused("POST", "/survei", &[form, ("sec-fetch-site", "cross-site")], "kode=1").await.0, 403);
    let hidden = [form, ("origin", "null"), ("sec-fetch-site", "cross-site")];
    assert_eq!(refused("POST", "/lacak", &hidden, "nomor=1").await.0, 403);
    for path in ["/layanan/tidak-ada", "/panduan/tidak-ada", "/periksa/tidak-ada", "/en/zzz"] {
        assert_eq!(Browser::of(&t).get(path).await.status, 404, "{path}");
        assert_eq!(t.send(Method::HEAD, path, &[], Vec::new()).await.status, 404, "HEAD {path}");
    }
    for path in ["/", "/izin", "/lacak", "/survei"] {
        let head = t.send(Method::HEAD, path, &[], Vec::new()).await;
        assert!(head.status == 200 && head.bytes.is_empty(), "HEAD {path}");
    }
}

#[tokio::test]
async fn applying_says_that_it_needs_script_and_where_the_office_is() {
    let t = TestApp::start().await;
    // Its hyphens do not break.
    let phone = t.app.content().office().phone.replace('-', "\u{2011}");
    for path in ["/ajukan/reklame", "/permohonan", "/permohonan/2026-0417-RK", "/permohonan/2026-0417-RK/berkas"] {
        let page = Browser::of(&t).get(path).await;
        let (_, rest) = page.html.split_once("</head>").expect("a page");
        let words = rest.split("<noscript>").nth(1).expect("words for those without script");
        let words = words.split("</noscript>").next().expect("an end");
        for word in ["perlu JavaScript", &phone, "/lacak?di=kantor"] {
            assert!(words.contains(word), "{path} lacks {word}");
        }
        assert!(page.html.contains("waiting"), "{path}: the page's own script sees that nothing stands");
    }
}
