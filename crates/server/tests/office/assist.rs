//! Filing at the counter as it is over HTTP: for somebody who cannot do it alone.

#![allow(clippy::unwrap_used)]

use crate::loket_world::{Shown, field};
use crate::staff_world::{Reply, World};
use axum::http::{Method, header};
use satu_pintu_domain::application::{Actor, Consent, Giver, What};
use satu_pintu_domain::key::Key;
use satu_pintu_server::store::Backend;
use serde_json::json;

/// What the counter types for a sign.
const FIELDS: [(&str, &str); 16] = [
    ("nama", "Nenek Wati"),
    ("nik", "7399014101900001"),
    ("telepon", "081234567890"),
    ("alamat", "Jl. Pasar Lama No. 12, Desa Contoh"),
    ("pengurus", "sendiri"),
    ("kabar", "telepon"),
    ("jenis", "papan-nama"),
    ("teks", "Warung Nenek"),
    ("rokok-alkohol", "tidak"),
    ("panjang", "150"),
    ("lebar", "100"),
    ("tinggi", "3"),
    ("muka", "1"),
    ("alamat-pasang", "Jl. Pasar Lama No. 12, depan masjid"),
    ("letak", "bangunan"),
    ("mulai", "2026-04-15"),
];

const YES: [(&str, &str); 3] = [("dibacakan", "ya"), ("pemberi", "applicant"), ("cara", "thumb-print")];

impl World {
    /// Begins a draft for a sign; its address.
    async fn begin(&self, cookie: &str) -> String {
        let begun = self.form(cookie, "/loket/bantu/mulai/reklame", &YES).await;
        assert_eq!(begun.status.as_u16(), 303, "{}", begun.text());
        begun.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// Posts a form of the page as it is now.
    async fn here(&self, cookie: &str, page: &str, to: &str, fields: &[(&str, &str)]) -> Reply {
        let seq = field(&self.see(cookie, page).await.text(), "seq");
        let mut all = vec![("seq", seq.as_str())];
        all.extend_from_slice(fields);
        self.form(cookie, to, &all).await
    }

    /// Sends files as a browser does.
    async fn scan(&self, cookie: &str, path: &str, files: &[(&str, &[u8])]) -> Reply {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head =
                format!("--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--batas--\r\n");
        let head = [
            ("cookie", cookie),
            ("content-type", "multipart/form-data; boundary=batas"),
            ("origin", "http://izin.contoh.example"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(Method::POST, path, &head, body).await
    }

    /// Types everything and scans every paper.
    async fn complete(&self, cookie: &str, draft: &str) {
        let fields = [&FIELDS[..], &[("bulan", "12")]].concat();
        self.here(cookie, draft, draft, &fields).await.leads(&format!("{draft}/berkas"));
        let content = self.app.content();
        let service = content.service("reklame").unwrap();
        for need in service.requirement.iter().filter(|need| !need.optional) {
            if content.cards_with_file(service).any(|card| card.id == need.card) {
                let path = format!("{draft}/berkas/{}", need.card);
                self.scan(cookie, &path, &[("pindai.pdf", pdf(&need.card).as_slice())])
                    .await
                    .leads(&format!("{draft}/berkas#syarat-{}", need.card));
            }
        }
    }
}

fn pdf(says: &str) -> Vec<u8> {
    format!("%PDF-1.4\n% {says}\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n").into_bytes()
}

fn number(draft: &str) -> &str {
    draft.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn somebody_is_helped_from_the_question_to_the_key() {
    let world = World::new().await;
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    let back = world.person("budi", "Budi Proses", "back-office", "").await;
    world.see(&back, "/loket/bantu").await.shows(403, "Peran Anda");
    world.see(&front, "/loket/bantu").await.shows(200, "Izin reklame");
    world.see(&front, "/loket/bantu/mulai/reklame").await.shows(200, "Bacakan kepada pemohon");
    let silent = [("pemberi", "applicant"), ("cara", "spoken")];
    world.form(&front, "/loket/bantu/mulai/reklame", &silent).await.shows(422, "Bacakan kalimat persetujuan");
    world.form(&front, "/loket/bantu/mulai/nib-badan", &YES).await.shows(422, "tidak diajukan di kantor ini");

    let draft = world.begin(&front).await;
    let number = number(&draft).to_owned();
    world.see(&front, "/loket/bantu").await.shows(200, &number);
    // What is wrong is told at the field, and kept.
    let wrong = world.here(&front, &draft, &draft, &[("nama", "Nenek Wati"), ("nik", "12")]).await;
    wrong.shows(422, "NIK harus 16 angka").shows(422, "value=\"12\"").shows(422, "tersimpan");
    world.see(&front, &draft).await.shows(200, "value=\"Nenek Wati\"");
    world.see(&front, &format!("{draft}/kirim")).await.shows(200, "Belum bisa dikirim");
    let early = world.form(&front, &format!("{draft}/kirim"), &YES).await;
    assert_eq!(early.status.as_u16(), 422, "{}", early.text());

    world.complete(&front, &draft).await;
    let paper = format!("{draft}/berkas/ktp");
    world.scan(&front, &paper, &[("virus.exe", b"MZ\x90\x00")]).await.shows(422, "id=\"salah\"");
    world.scan(&front, &paper, &[]).await.shows(422, "Pilih atau foto");
    let review = world.see(&front, &format!("{draft}/kirim")).await;
    review.shows(200, "Kabar disampaikan lewat telepon kepada Nenek Wati (pemohon), nomor 081234567890.");
    let seq = field(&review.text(), "seq");

    // A page taken away after the applicant has heard it all: the old page sends nothing.
    let papers = world.see(&front, &format!("{draft}/berkas")).await.text();
    let before = papers.split("/hapus/").next().unwrap();
    let item = before.rsplit("id=\"syarat-").next().unwrap().split('"').next().unwrap().to_owned();
    let remove = papers.split("/hapus/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    world
        .here(&front, &format!("{draft}/berkas"), &format!("{draft}/hapus/{remove}"), &[])
        .await
        .leads(&format!("{draft}/berkas"));
    let stale = [&[("seq", seq.as_str())][..], &YES].concat();
    world.form(&front, &format!("{draft}/kirim"), &stale).await.shows(409, "berubah");
    let again = format!("{draft}/berkas/{item}");
    world
        .scan(&front, &again, &[("lagi.pdf", pdf("lagi").as_slice())])
        .await
        .leads(&format!("{draft}/berkas#syarat-{item}"));
    world
        .here(&front, &format!("{draft}/kirim"), &format!("{draft}/kirim"), &YES)
        .await
        .leads(&format!("{draft}/selesai"));
    world.see(&front, &format!("{draft}/selesai")).await.shows(200, "Nenek Wati").shows(200, "Cetak lembar kunci");
    // Sent already: both its page and pressing once more lead on.
    world.see(&front, &format!("{draft}/kirim")).await.leads(&format!("{draft}/selesai"));
    world.form(&front, &format!("{draft}/kirim"), &YES).await.leads(&format!("{draft}/selesai"));

    let lines = world.lines(&number).await;
    assert!(lines.iter().all(|line| line.actor == Actor::Staff && line.by == "ani"));
    let yes = What::Consented { how: Consent::ThumbPrint, giver: Giver::Applicant };
    assert_eq!((&lines[1].what, &lines[lines.len() - 2].what), (&yes, &yes));
    assert!(matches!(lines.last().unwrap().what, What::Submitted { .. }));

    // Nobody has a key until it is printed; then it is printed once.
    let sheet = world.form(&front, &format!("{draft}/lembar"), &[]).await;
    assert!(sheet.status.is_success() && sheet.bytes.starts_with(b"%PDF-"), "{}", sheet.status);
    assert_eq!(sheet.headers[header::CACHE_CONTROL], "no-store");
    world.form(&front, &format!("{draft}/lembar"), &[]).await.shows(409, "sudah dicetak");
    world.see(&front, &draft).await.shows(404, "tidak ada di sini");
    // The file is in the queue like any other.
    world
        .see(&front, &format!("/loket/berkas/{number}"))
        .await
        .shows(200, "mencatat persetujuan pemohon sendiri: cap jempol");
}

#[tokio::test]
async fn what_another_clerk_typed_is_not_erased_unseen_and_a_form_sent_twice_begins_one_draft() {
    let world = World::new().await;
    let ani = world.person("ani", "Ani Depan", "front-office", "").await;
    let budi = world.person("budi", "Budi Depan", "front-office", "").await;
    let asked = world.see(&ani, "/loket/bantu/mulai/reklame").await.text();
    let once = field(&asked, "sekali");
    let yes = [&[("sekali", once.as_str())][..], &YES].concat();
    let first = world.form(&ani, "/loket/bantu/mulai/reklame", &yes).await;
    let draft = first.headers[header::LOCATION].to_str().unwrap().to_owned();
    world.form(&ani, "/loket/bantu/mulai/reklame", &yes).await.leads(&draft);

    let seq = field(&world.see(&ani, &draft).await.text(), "seq");
    let theirs = [("seq", seq.as_str()), ("nama", "Nenek Wati"), ("nik", "7399014101900001"), ("kabar", "telepon")];
    world.form(&budi, &draft, &theirs).await.shows(422, "tersimpan");
    let ours = [("seq", seq.as_str()), ("nama", "Kakek Wati"), ("nik", ""), ("kabar", "whatsapp")];
    let clash = world.form(&ani, &draft, &ours).await;
    clash.shows(409, "value=\"Kakek Wati\"").shows(409, "Petugas lain menyimpan: Nenek Wati");
    clash.shows(409, "value=\"7399014101900001\"").shows(409, "Petugas lain menyimpan: Telepon");
    let again = field(&clash.text(), "seq");
    let ours = [("seq", again.as_str()), ("nama", "Kakek Wati"), ("nik", "7399014101900001")];
    let saved = world.form(&ani, &draft, &ours).await;
    saved.shows(422, "value=\"Kakek Wati\"");
    assert!(!saved.text().contains("Petugas lain menyimpan"));
}

/// The database takes no line about a page from the counter, and takes it again.
async fn no_line(world: &World, fail: bool) {
    let sqlite = world.app.store.backend() == Backend::Sqlite;
    let sql = match (fail, sqlite) {
        (true, true) => {
            "CREATE TRIGGER no_line BEFORE INSERT ON events WHEN NEW.kind = 'attached' \
             BEGIN SELECT RAISE(ABORT, 'no line'); END;"
        }
        (true, false) => {
            "CREATE FUNCTION no_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no line'; END $$; \
             CREATE TRIGGER no_line BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.kind = 'attached') \
             EXECUTE FUNCTION no_line();"
        }
        (false, true) => "DROP TRIGGER no_line;",
        (false, false) => "DROP TRIGGER no_line ON events; DROP FUNCTION no_line;",
    };
    let mut tx = world.app.store.begin().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_page_from_the_counter_comes_with_its_line_or_not_at_all() {
    let world = World::new().await;
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    let draft = world.begin(&front).await;
    let paper = format!("{draft}/berkas/foto-tiga-arah");
    let count = async |table: &'static str| -> i64 {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        sqlx::query_scalar(sql).fetch_one(world.app.store.reader()).await.unwrap()
    };
    let staged = || std::fs::read_dir(world.app.uploads.staging()).unwrap().count();
    no_line(&world, true).await;
    assert_eq!(world.scan(&front, &paper, &[("a.pdf", pdf("a").as_slice())]).await.status.as_u16(), 500);
    assert_eq!((count("files").await, count("uploads").await, staged()), (0, 0, 0));
    no_line(&world, false).await;
    world
        .scan(&front, &paper, &[("a.pdf", pdf("a").as_slice())])
        .await
        .leads(&format!("{draft}/berkas#syarat-foto-tiga-arah"));
    let lines = world.lines(number(&draft)).await;
    let last = lines.last().unwrap();
    assert_eq!((&last.what, last.by.as_str()), (&What::Attached { item: "foto-tiga-arah".to_owned() }, "ani"));
    assert_eq!((count("files").await, staged()), (1, 0));
    // The same page once more is no other page, and needs no other consent.
    world
        .scan(&front, &paper, &[("a.pdf", pdf("a").as_slice())])
        .await
        .leads(&format!("{draft}/berkas#syarat-foto-tiga-arah"));
    assert_eq!((count("files").await, world.lines(number(&draft)).await.len()), (1, lines.len()));
    // One that does not open is named with the reason, and not shown.
    let mut tx = world.app.store.begin().await.unwrap();
    sqlx::query("UPDATE files SET opens = 'no'").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let page = world.see(&front, &format!("{draft}/berkas")).await;
    page.shows(200, "Gambar ini tidak bisa dibuka dengan aman.").shows(200, "a.pdf");
    assert!(!page.text().contains("/kertas/"));
}

#[tokio::test]
async fn with_the_key_the_draft_is_the_applicants_alone() {
    let world = World::new().await;
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    let draft = world.begin(&front).await;
    let number = number(&draft).to_owned();
    world.complete(&front, &draft).await;
    let paper = world.see(&front, &format!("{draft}/berkas")).await.text();
    let paper = paper.split("/kertas/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let paper = format!("/loket/berkas/{number}/kertas/{paper}");
    assert!(world.see(&front, &paper).await.bytes.starts_with(b"%PDF-"));

    // The page holds no key; only the sheet does, which a test cannot read: the next key of the counter stands in.
    let staff = world.staff("ani").await;
    let (open, key) = satu_pintu_server::staff::assist::make_key(&world.app, &staff, &number).await.unwrap();
    open.commit().await.unwrap();
    let key: Key = key;
    world.form(&front, &draft, &[("nama", "Orang Lain")]).await.shows(404, "tidak ada di sini");
    world
        .scan(&front, &format!("{draft}/berkas/ktp"), &[("a.pdf", pdf("a").as_slice())])
        .await
        .shows(404, "tidak ada di sini");
    world.form(&front, &format!("{draft}/kirim"), &YES).await.shows(404, "tidak ada di sini");
    assert_eq!(world.see(&front, &paper).await.status.as_u16(), 404);
    assert!(!world.see(&front, "/loket/bantu").await.text().contains(&number));

    let path = format!("/applications/{number}");
    let own = world.citizen("GET", &path, &key.shown(), None).await.ok();
    assert_eq!(own["fields"]["nama"], "Nenek Wati");
    let codes: Vec<&str> =
        own["tracking"]["timeline"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["drafted", "consented", "rekeyed"]);
    world.citizen("PATCH", &path, &key.shown(), Some(json!({"fields": {"setuju": "ya"}}))).await.ok();
    world.citizen("POST", &format!("{path}/submit"), &key.shown(), None).await.ok();
}

#[tokio::test]
async fn the_questions_lead_to_a_service_of_the_office() {
    let world = World::new().await;
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    let first = world.see(&front, "/loket/bantu/cari").await;
    first.shows(200, "Apa usaha Anda?");
    // Always the first option, as somebody would who presses on: it ends, and each page shows the way so far.
    let mut query = String::new();
    for _ in 0..40 {
        let text = world.see(&front, &format!("/loket/bantu/cari?{query}")).await.text();
        if !text.contains("<button type=\"submit\" class=\"btn\">Lanjut</button>") {
            assert!(text.contains("Jawaban sejauh ini") && text.contains("plain-list"), "{text}");
            return;
        }
        let name = |tag: &str| text.split(tag).nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        let question = name("<select id=\"pilihan\" name=\"")
            .or_else(|| name("type=\"radio\" name=\""))
            .or_else(|| name("type=\"checkbox\" name=\""));
        let question = question.unwrap();
        let option = text.split(&format!("name=\"{question}\"")).nth(1).unwrap();
        let option = option
            .split("value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .find(|value| !value.is_empty() && !value.contains('<'))
            .unwrap();
        query = format!("{query}&{question}={option}");
    }
    panic!("the questions do not end: {query}");
}

#[tokio::test]
async fn what_was_typed_at_the_counter_survives_the_end_of_a_session() {
    let world = World::new().await;
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    let draft = world.begin(&front).await;
    let seq = field(&world.see(&front, &draft).await.text(), "seq");
    world.wait_ms(8 * 3_600_000 + 1);
    let ended = world.form(&front, &draft, &[("seq", &seq), ("nama", "Nenek Wati")]).await;
    ended.shows(401, "Sesi Anda sudah berakhir");
    let carried = [
        ("akun", "ani"),
        ("sandi", "kata sandi petugas lain"),
        ("ke", draft.as_str()),
        ("isi.seq", &seq),
        ("isi.nama", "Nenek Wati"),
    ];
    world.form("", "/loket/masuk", &carried).await.shows(200, "value=\"Nenek Wati\"").shows(200, "Simpan dan lanjut");
}
