//! What happens to papers that are made to do harm: refused with words, or kept from staff; the server stays.
//! With TEST_POSTGRES the same on PostgreSQL. The virus scanner is a real clamd with one signature, made here.

#![allow(clippy::unwrap_used)]

use crate::staff_world::{Reply, World};
use axum::http::{Method, StatusCode};
use satu_pintu_server::files::guard::{self, Guard};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Opens pictures as `serve` does.
fn opener() -> Guard {
    Guard { program: Some(env!("CARGO_BIN_EXE_satu-pintu").into()), ..Guard::default() }
}

fn pdf(objects: &[u8]) -> Vec<u8> {
    [b"%PDF-1.7\n", objects, b"\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"].concat()
}

fn packed(bytes: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    bytes.for_each(|part| encoder.write_all(&part).unwrap());
    encoder.finish().unwrap()
}

fn zeros(megabytes: usize) -> Vec<u8> {
    packed(std::iter::repeat_n(vec![0; 1 << 20], megabytes))
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![200; width as usize * height as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A chunk of a PNG with its right sum.
fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

/// A PNG that says it has these sides, over these packed points.
fn claimed(width: u32, height: u32, more: &[u8], points: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), more, &chunk(b"IDAT", points), &chunk(b"IEND", &[])].concat()
}

async fn alive(w: &World) {
    let health = w.send(Method::GET, "/api/v1/health", &[], Vec::new()).await;
    assert_eq!(health.status, StatusCode::OK);
}

/// The id of a file that was sent.
fn id(sent: &Reply) -> String {
    assert_eq!(sent.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&sent.bytes));
    sent.headers["upload-file"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_made_to_harm_is_refused_with_words() {
    let w = World::guarded(opener()).await;
    let (number, key) = w.draft("Sri Contoh").await;
    let object = |dictionary: &str, body: &[u8]| {
        let head = format!("4 0 obj\n<<{dictionary}/Length {}>>\nstream\n", body.len());
        pdf(&[head.as_bytes(), body, b"\nendstream\nendobj"].concat())
    };
    // So long that it is really packed: nothing of it can be read as it stands.
    let hidden = packed(std::iter::repeat_n(b"5 0 <</S/JavaScript/JS(app.alert(1))>>".to_vec(), 40));
    assert!(hidden.len() < 200);
    for (what, bytes, status, code) in [
        ("a picture of 60,000 by 60,000 points", claimed(60_000, 60_000, &[], &zeros(1)), 422, "file-pixels"),
        ("a PDF with a script", pdf(b"1 0 obj<</OpenAction<</S/JavaScript/JS(x)>>>>endobj"), 422, "file-active"),
        (
            "a script in a packed list",
            object("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &hidden),
            422,
            "file-active",
        ),
        (
            "a script in a list packed twice",
            object("/Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]", &hidden),
            422,
            "file-damaged",
        ),
        (
            "a script in a list with a predictor",
            object("/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>", &hidden),
            422,
            "file-damaged",
        ),
        ("a PDF that starts a program", pdf(b"1 0 obj<</S/Launch/F(cmd.exe)>>endobj"), 422, "file-active"),
        ("a PDF with a password", pdf(b"1 0 obj<<>>endobj trailer<</Encrypt 9 0 R>>"), 422, "file-password"),
        (
            "brackets within brackets",
            pdf(&b"1 0 obj ".iter().copied().chain(std::iter::repeat_n(b'[', 500_000)).collect::<Vec<_>>()),
            422,
            "file-damaged",
        ),
        ("a stream of 1 GB", object("/Filter/FlateDecode", &zeros(1_024)), 413, "file-too-large"),
        ("101 pages", pdf("1 0 obj<</Type/Page>>endobj\n".repeat(101).as_bytes()), 422, "file-pages"),
        ("a zip of 1 GB", [b"PK\x03\x04", &zeros(1_024)[..]].concat(), 422, "file-type"),
    ] {
        let sent = w.send_file((&number, &key), "gambar-reklame", "", bytes).await;
        assert_eq!((what, sent.status.as_u16(), sent.code().as_str()), (what, status, code));
        assert!(sent.json()["title"].as_str().unwrap().ends_with('.'), "{what}");
        alive(&w).await;
    }
}

#[tokio::test]
async fn pictures_are_opened_elsewhere_and_kept_from_staff_when_they_do_not_open() {
    let w = World::guarded(opener()).await;
    w.sign_in().await;
    let (number, key) = w.draft("Sri Contoh").await;
    let frame = [&[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2][..], &[7; 400], &[0xFF, 0xD9]].concat();
    let text = [b"Komentar\0\0", &zeros(1_024)[..]].concat();
    for (what, bytes, opens) in [
        ("an ordinary picture", png(300, 200), true),
        ("a frame without a picture", frame.clone(), false),
        ("fewer points than it says", claimed(4_000, 4_000, &[], &zeros(1)), false),
        (
            "a text that unpacks to 1 GB",
            claimed(10, 10, &chunk(b"zTXt", &text), &packed(std::iter::once(vec![0; 110]))),
            true,
        ),
        ("49 million points", claimed(7_000, 7_000, &[], &packed(std::iter::repeat_n(vec![0; 7_001], 7_000))), true),
    ] {
        let file = id(&w.send_file((&number, &key), "foto-tiga-arah", "", bytes).await);
        while guard::round(&w.app).await.unwrap() > 0 {}
        assert_eq!((what, self::opens(&w, &file).await.as_str()), (what, if opens { "yes" } else { "no" }));
        alive(&w).await;
        let path = format!("/applications/{number}/files/{file}");
        assert_eq!(w.citizen("DELETE", &path, &key, None).await.status, StatusCode::NO_CONTENT);
    }
    let whole = id(&w.send_file((&number, &key), "foto-tiga-arah", "", png(300, 200)).await);
    let broken = id(&w.send_file((&number, &key), "foto-tiga-arah", "blur,dark,<x>", frame).await);
    while guard::round(&w.app).await.unwrap() > 0 {}
    w.citizen("POST", &format!("/applications/{number}/submit"), &key, None).await.ok();

    w.desk("GET", &format!("/applications/{number}/files/{broken}"), None).await.refused(409, "file-unsafe");
    let got = w.desk("GET", &format!("/applications/{number}/files/{whole}"), None).await;
    got.ok();
    let head = |name: &str| got.headers[name].to_str().unwrap().to_owned();
    assert!(head("content-disposition").starts_with("attachment;"));
    assert_eq!(head("x-content-type-options"), "nosniff");
    assert!(head("content-security-policy").contains("sandbox"));

    let cookie = w.cookie.lock().unwrap().clone().unwrap();
    let page = w.send(Method::GET, &format!("/loket/berkas/{number}"), &[("cookie", &cookie)], Vec::new()).await;
    let page = String::from_utf8(page.bytes).unwrap();
    assert!(page.contains("Gambar ini tidak bisa dibuka dengan aman."), "{page}");
    assert!(page.contains("Pemohon memakai foto ini walau buram dan gelap."), "{page}");
    assert!(!page.contains(&format!("<img src=\"/loket/berkas/{number}/kertas/{broken}\"")));
}

/// How a picture stands: whether it opens.
async fn opens(w: &World, file: &str) -> String {
    sqlx::query_scalar("SELECT opens FROM files WHERE id = $1")
        .bind(file.to_owned())
        .fetch_one(w.app.store.reader())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_picture_that_could_not_be_looked_at_is_looked_at_again() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    // A machine without memory ends the process from outside; a program that was exchanged knows no such command.
    let program = folder.path().join("pembuka");
    let script =
        "#!/bin/sh\ncase $(cat \"$0.cara\") in mati) kill -9 $$ ;; lain) exit 2 ;; esac\nexec PROGRAM \"$@\"\n";
    std::fs::write(&program, script.replace("PROGRAM", env!("CARGO_BIN_EXE_satu-pintu"))).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let how = |how: &str| std::fs::write(folder.path().join("pembuka.cara"), how).unwrap();
    let w = World::guarded(Guard { program: Some(program.clone()), ..Guard::default() }).await;
    let (number, key) = w.draft("Sri Contoh").await;
    how("mati");
    let whole = id(&w.send_file((&number, &key), "foto-tiga-arah", "", png(300, 200)).await);
    assert_eq!((guard::round(&w.app).await.unwrap(), opens(&w, &whole).await.as_str()), (1, "unknown"));
    // Not every second, and later and later.
    assert_eq!(guard::round(&w.app).await.unwrap(), 0);
    how("lain");
    w.wait_ms(15_000);
    assert_eq!((guard::round(&w.app).await.unwrap(), opens(&w, &whole).await.as_str()), (1, "unknown"));
    w.wait_ms(15_000);
    assert_eq!(guard::round(&w.app).await.unwrap(), 0);
    how("sehat");
    w.wait_ms(15_000);
    assert_eq!((guard::round(&w.app).await.unwrap(), opens(&w, &whole).await.as_str()), (1, "yes"));
}

#[tokio::test]
async fn a_paper_that_cannot_be_read_stops_no_other() {
    let w = World::guarded(opener()).await;
    let (number, key) = w.draft("Sri Contoh").await;
    let lost = id(&w.send_file((&number, &key), "foto-tiga-arah", "", png(300, 200)).await);
    // A link to itself in the place of the object: it is there and cannot be read.
    let object: String = sqlx::query_scalar("SELECT object FROM files WHERE id = $1")
        .bind(lost.clone())
        .fetch_one(w.app.store.reader())
        .await
        .unwrap();
    let place = w.dir.path().join("files").join(object);
    std::fs::remove_file(&place).unwrap();
    std::os::unix::fs::symlink(&place, &place).unwrap();
    w.wait_ms(1_000);
    let whole = id(&w.send_file((&number, &key), "foto-tiga-arah", "", png(200, 300)).await);
    assert_eq!(guard::round(&w.app).await.unwrap(), 2);
    assert_eq!((opens(&w, &lost).await.as_str(), opens(&w, &whole).await.as_str()), ("unknown", "yes"));
    assert_eq!(guard::round(&w.app).await.unwrap(), 0);
    std::fs::remove_file(&place).unwrap();
    std::fs::write(&place, png(300, 200)).unwrap();
    w.wait_ms(15_000);
    assert_eq!((guard::round(&w.app).await.unwrap(), opens(&w, &lost).await.as_str()), (1, "yes"));
}

#[tokio::test]
async fn a_scanner_that_hangs_up_is_asked_once_and_not_for_each_paper() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    // It takes the connection and says nothing; from the third one on it finds everything clean.
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let mut line = line.unwrap();
            if counted.fetch_add(1, Ordering::SeqCst) < 2 {
                continue;
            }
            let mut taken = Vec::new();
            while !taken.ends_with(&[0; 4]) {
                let mut some = [0; 4096];
                let read = line.read(&mut some).unwrap();
                taken.extend_from_slice(&some[..read]);
            }
            line.write_all(b"stream: OK\0").unwrap();
        }
    });
    let w = World::guarded(Guard { clamd: Some(format!("127.0.0.1:{port}")), ..Guard::default() }).await;
    w.draft("Sri Contoh").await;
    let papers: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM files").fetch_one(w.app.store.reader()).await.unwrap();
    assert!(papers > 2);
    assert_eq!(guard::round(&w.app).await.unwrap(), 1);
    assert_eq!((guard::round(&w.app).await.unwrap(), asked.load(Ordering::SeqCst)), (0, 1));
    w.wait_ms(15_000);
    assert_eq!(guard::round(&w.app).await.unwrap(), 1);
    // Longer the second time.
    w.wait_ms(15_000);
    assert_eq!((guard::round(&w.app).await.unwrap(), asked.load(Ordering::SeqCst)), (0, 2));
    w.wait_ms(15_000);
    while guard::round(&w.app).await.unwrap() > 0 {}
    let clean: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM files WHERE scan = 'clean'")
        .fetch_one(w.app.store.reader())
        .await
        .unwrap();
    assert_eq!(clean, papers);
}

/// A clamd on a port of its own, with one signature: that of the test file that all scanners know.
struct Clamd {
    process: Child,
    _folder: tempfile::TempDir,
}

/// Split, so that this text itself is no find.
const FIND: [&str; 2] = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];

impl Clamd {
    fn program() -> &'static str {
        let found = ["/usr/sbin/clamd", "/usr/local/sbin/clamd"].into_iter().find(|p| std::path::Path::new(p).exists());
        found.unwrap_or_else(|| panic!("clamd is not installed: 'apt-get install clamav-daemon'"))
    }

    fn start(program: &str, port: u16) -> Clamd {
        let folder = tempfile::tempdir().unwrap();
        let hex: String = FIND.concat().bytes().map(|b| format!("{b:02x}")).collect();
        std::fs::write(folder.path().join("contoh.ndb"), format!("Contoh.Uji:0:*:{hex}\n")).unwrap();
        let conf = folder.path().join("clamd.conf");
        let data = folder.path().display();
        std::fs::write(
            &conf,
            format!("TCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {data}\nForeground yes\n"),
        )
        .unwrap();
        let process =
            Command::new(program).arg("-c").arg(&conf).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let clamd = Clamd { process, _folder: folder };
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(120), "clamd does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        clamd
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn a_scanner_keeps_back_what_it_has_not_found_clean() {
    let program = Clamd::program();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let w = World::guarded(Guard { clamd: Some(format!("127.0.0.1:{port}")), ..Guard::default() }).await;
    w.sign_in().await;
    let (number, key) = w.draft("Sri Contoh").await;
    let bad = pdf(format!("% {}\n1 0 obj<<>>endobj", FIND.concat()).as_bytes());
    let infected = id(&w.send_file((&number, &key), "foto-tiga-arah", "", bad).await);
    let clean = id(&w.send_file((&number, &key), "foto-tiga-arah", "", pdf(b"1 0 obj<<>>endobj")).await);
    // Nobody waits for the scanner.
    w.citizen("POST", &format!("/applications/{number}/submit"), &key, None).await.ok();

    let download = async |id: &str| w.desk("GET", &format!("/applications/{number}/files/{id}"), None).await;
    download(&clean).await.refused(409, "file-unscanned");
    // It does not answer: asked again, later and later.
    assert!(guard::round(&w.app).await.unwrap() > 0);
    download(&clean).await.refused(409, "file-unscanned");
    assert_eq!(guard::round(&w.app).await.unwrap(), 0);
    let cookie = w.cookie.lock().unwrap().clone().unwrap();
    let page = async || {
        let page = w.send(Method::GET, &format!("/loket/berkas/{number}"), &[("cookie", &cookie)], Vec::new()).await;
        String::from_utf8(page.bytes).unwrap()
    };
    assert!(page().await.contains("Berkas ini masih menunggu pemeriksaan virus."));

    let _clamd = Clamd::start(program, port);
    w.wait_ms(15_000);
    assert!(guard::round(&w.app).await.unwrap() > 0);
    download(&clean).await.ok();
    download(&infected).await.refused(409, "file-infected");
    let shown = page().await;
    assert!(shown.contains("Pemindai menemukan virus di berkas ini."));
    assert!(!shown.contains("Berkas ini masih menunggu pemeriksaan virus."));
    assert_eq!(guard::round(&w.app).await.unwrap(), 0, "what was scanned stays so");
}
