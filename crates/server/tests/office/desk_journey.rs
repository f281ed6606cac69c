//! The desk as a person uses it: the real program against the real server, from the first sign-in to the permit.

#![allow(clippy::unwrap_used)]

use base64::Engine;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_satu-pintu");

struct Server {
    child: Child,
    url: String,
    password: String,
    home: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Server {
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--port", "0", "--data"])
            .arg(home.path().join("data"))
            .arg("--content")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content"))
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut url, mut password) = (String::new(), String::new());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while let Some(Ok(line)) = lines.next() {
            if let Some(at) = line.find("http://") {
                url = line[at..].trim().to_owned();
            }
            if let Some((_, rest)) = line.split_once("one-time password: ") {
                password = rest.split_whitespace().next().unwrap().to_owned();
                break;
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, url, password, home }
    }

    fn desk_with(&self, args: &[&str], input: &str) -> Output {
        self.desk_of("satu-pintu/desk.json", args, input)
    }

    /// A second person, with a session of her own; her verb has to succeed.
    fn colleague(&self, args: &[&str]) -> String {
        let out = self.desk_of("kedua.json", args, "");
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// An account for the second person.
    fn hire(&self) {
        let add = ["staff", "add", "kedua", "--name", "Kedua", "--role", "signer", "--data"];
        let added = Command::new(PROGRAM).args(add).arg(self.home.path().join("data")).output().unwrap();
        let told = String::from_utf8(added.stdout).unwrap();
        let password = told.split("sekali pakai: ").nth(1).unwrap().lines().next().unwrap();
        let args = ["sign-in", "kedua", "--password-stdin", "--new-password-stdin"];
        let entered = self.desk_of("kedua.json", &args, &format!("{password}\nkata sandi petugas kedua\n"));
        assert!(entered.status.success(), "{}", String::from_utf8_lossy(&entered.stderr));
    }

    fn desk_of(&self, session: &str, args: &[&str], input: &str) -> Output {
        let mut child = Command::new(PROGRAM)
            .arg("desk")
            .args(args)
            .env("SATU_PINTU_SERVER", &self.url)
            .env("SATU_PINTU_SESSION", self.home.path().join(session))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    #[track_caller]
    fn desk(&self, args: &[&str]) -> String {
        let out = self.desk_with(args, "");
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    #[track_caller]
    fn refused(&self, args: &[&str]) -> String {
        let out = self.desk_with(args, "");
        assert_eq!(out.status.code(), Some(1), "{}", String::from_utf8_lossy(&out.stdout));
        String::from_utf8(out.stderr).unwrap()
    }
}

const SIGN: [&str; 6] =
    ["ktp", "foto-tiga-arah", "gambar-reklame", "bukti-tempat-reklame", "npwpd", "pernyataan-bongkar"];
const RESEARCH: [&str; 5] = ["ktp", "surat-permohonan", "proposal", "pernyataan-taat-aturan", "pas-foto"];

fn sign() -> Value {
    json!({
        "jenis": "papan-nama", "teks": "Warung Bu Sri", "rokok-alkohol": "tidak", "panjang": "150", "lebar": "100",
        "tinggi": "3", "muka": "1", "alamat-pasang": "Jl. Pasar Lama No. 12, depan masjid", "letak": "bangunan",
        "mulai": "2027-04-15", "bulan": "12"
    })
}

fn research() -> Value {
    json!({
        "peneliti": "perorangan", "judul": "Kebiasaan belanja di Pasar Contoh", "lokasi": "Desa Contoh",
        "mulai": "2027-04-15", "selesai": "2027-06-15", "cara": "wawancara", "data-pribadi": "tidak",
        "jumlah-anggota": "0"
    })
}

/// An application handed in over HTTP: number and key.
async fn apply(url: &str, service: &str, asked: Value, cards: &[&str]) -> (String, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().tls_certs_only([]).build().unwrap();
    let api = format!("{url}/api/v1");
    let mut fields = json!({
        "nama": "Sri Contoh", "nik": "7399014101900001", "telepon": "081234567890",
        "alamat": "Jl. Pasar Lama No. 12, Desa Contoh", "kabar": "whatsapp", "pengurus": "sendiri", "setuju": "ya"
    });
    fields.as_object_mut().unwrap().extend(asked.as_object().unwrap().clone());
    let body = json!({ "service": service, "fields": fields });
    let created: Value =
        http.post(format!("{api}/applications")).json(&body).send().await.unwrap().json().await.unwrap();
    let number = created["application"]["number"].as_str().unwrap().to_owned();
    let key = created["key"].as_str().unwrap().to_owned();
    let coded = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    for card in cards {
        let bytes = format!("%PDF-1.4\n% {card}\nstartxref\n0\n%%EOF\n").into_bytes();
        let reply = http
            .post(format!("{api}/applications/{number}/uploads"))
            .bearer_auth(&key)
            .header("tus-resumable", "1.0.0")
            .header("upload-length", bytes.len())
            .header("upload-metadata", format!("item {},filename {}", coded(card), coded("../Berkas Saya.pdf")))
            .header("content-type", "application/offset+octet-stream")
            .body(bytes)
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status().as_u16(), 201, "{card}: {}", reply.text().await.unwrap());
    }
    let sent = http
        .post(format!("{api}/applications/{number}/submit"))
        .bearer_auth(&key)
        .header("idempotency-key", "sekali")
        .send()
        .await
        .unwrap();
    assert!(sent.status().is_success(), "{}", sent.text().await.unwrap());
    (number, key)
}

#[tokio::test]
async fn the_counter_does_its_day() {
    let server = Server::start();
    assert!(server.refused(&["list"]).contains("sign-in"));
    let wrong = server.desk_with(&["sign-in", "kepala-loket", "--password-stdin"], "salah\n");
    assert_eq!(wrong.status.code(), Some(1));
    let input = format!("{}\nkata sandi petugas loket\n", server.password);
    let args = ["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"];
    let first = server.desk_with(&args, &input);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let kept = server.home.path().join("satu-pintu/desk.json");
        assert_eq!(std::fs::metadata(kept).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(server.desk(&["list"]).contains("Tidak ada permohonan terbuka"));

    let (number, _) = apply(&server.url, "reklame", sign(), &SIGN).await;
    let list = server.desk(&["list"]);
    assert!(list.contains(&number) && list.contains("Sri Contoh") && list.contains("baru masuk"), "{list}");
    let show = server.desk(&["show", &number]);
    assert!(show.contains("Warung Bu Sri") && show.contains("ktp") && show.contains("Riwayat"), "{show}");

    assert!(!show.contains("periksa sendiri"), "{show}");
    let (study, _) = apply(&server.url, "penelitian", research(), &RESEARCH).await;
    let show = server.desk(&["show", &study]);
    assert!(show.contains("Meterai Rp10.000: tidak dikirim sebagai berkas, periksa sendiri"), "{show}");
    server.hire();
    let proposed = server.desk(&["decide", &study, "--refuse", "Di luar kabupaten."]);
    assert!(proposed.contains("Usulan tercatat"), "{proposed}");
    assert!(server.refused(&["decide", &study, "--refuse", "Di luar kabupaten."]).contains("Petugas lain"));
    server.colleague(&["decide", &study, "--refuse", ""]);
    server.desk(&["told", &study]);

    let folder = server.home.path().join("berkas");
    let saved = server.desk(&["files", &number, "--to", folder.to_str().unwrap()]);
    assert!(saved.contains("6 berkas disimpan"), "{saved}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 6);
    // A name sent by a phone never leaves the folder.
    assert!(!Path::new(&folder).parent().unwrap().join("Berkas Saya.pdf").exists());

    assert!(server.desk(&["take", &number]).contains("diperiksa"));
    assert!(
        server
            .refused(&["return", &number, "--item", "ktp", "--item", "npwpd", "--reason", "Buram"])
            .contains("--reason")
    );
    server.desk(&["accept", &number, "ktp", "npwpd"]);
    server.desk(&["accept", &number]);
    assert!(server.refused(&["issue", &number]).contains("tahap sekarang"));
    server.desk(&["ask-agency", &number, "pupr", "--question", "Amankah tempatnya?"]);
    server.desk(&["agency-answer", &number, "pupr", "--agree", "--text", "Aman."]);
    server.desk(&["visit", &number, "--on", "2026-01-02", "--note", "Sesuai gambar."]);
    let unasked = server.refused(&["decide", &number, "--grant"]);
    assert!(unasked.contains("Badan Pendapatan Daerah (bapenda)") && unasked.contains("--anyway"), "{unasked}");
    assert!(!server.desk_with(&["decide", &number, "--refuse", "x", "--anyway"], "").status.success());
    server.desk(&["decide", &number, "--grant", "--anyway"]);
    server.colleague(&["object", &number, "--reason", "Tunggu hasil kunjungan."]);
    server.desk(&["decide", &number, "--grant", "--anyway"]);
    assert!(server.colleague(&["decide", &number, "--grant", "--anyway"]).contains("disetujui"));
    let paper = server.home.path().join("izin.pdf");
    let issued = server.desk(&["issue", &number, "--to", paper.to_str().unwrap()]);
    assert!(issued.contains("503/SP-REKLAME/0001/"), "{issued}");
    assert!(std::fs::read(&paper).unwrap().starts_with(b"%PDF-"));
    assert!(server.desk(&["list", "--to-call"]).contains("081234567890"));
    server.desk(&["told", &number]);
    let key = server.desk(&["rekey", &number, "--seen-ktp"]);
    assert!(key.contains("Kunci baru"));
    assert!(server.desk(&["hand-over", &number, "--how", "diambil sendiri"]).contains("diserahkan"));
    assert!(server.desk(&["list"]).contains("Tidak ada permohonan terbuka"));

    for (typed, says) in [("sore", "17.30 atau 17:30"), ("2020-01-02 08.00", "sudah lewat")] {
        let said = server.refused(&["notice", "add", "oss", "--expected", typed]);
        assert!(said.contains(says) && !said.contains("date-none"), "{said}");
    }
    let notice =
        server.desk(&["notice", "add", "oss", "--text", "Lambat sejak pagi", "--expected", "2099-01-02 17:30"]);
    assert!(server.desk(&["notice", "list"]).contains("2 Jan 2099 17.30"));
    let id = notice.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(server.desk(&["notice", "list"]).contains("Lambat sejak pagi"));
    server.desk(&["notice", "end", &id]);
    assert!(server.refused(&["notice", "end", &id]).contains("tidak ada"));

    let sheet = server.home.path().join("slip.pdf");
    assert_eq!(server.desk(&["survey-slips", "3"]).lines().count(), 4);
    server.desk(&["survey-slips", "13", "--pdf", sheet.to_str().unwrap()]);
    assert!(std::fs::read(&sheet).unwrap().starts_with(b"%PDF-"));
    let csv = server.home.path().join("jawaban.csv");
    std::fs::write(&csv, "resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n1,4,4,4,4,4,4,4,4,4\n").unwrap();
    let taken = server.desk(&["survey-import", csv.to_str().unwrap(), "--label", "Desa Contoh"]);
    assert!(taken.contains("1 jawaban"), "{taken}");

    server.desk(&["sign-out"]);
    assert!(server.refused(&["list"]).contains("sign-in"));
}
