//! Resumable uploads over cuts, restarts and hanging connections.

use crate::common::{TestApp, jpeg, pdf, text};
use axum::http::{Method, StatusCode};
use satu_pintu_server::housekeeping::sweep;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn in_one_go() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let photo = jpeg(1, 100_000);
    let done = t.upload((&number, &key), "ktp", "KTP Bu Sri.JPG", &photo).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!((done.header("upload-offset"), done.header("tus-resumable")), ("100000".into(), "1.0.0".into()));
    let files = t.keyed("GET", &number, &key, None).await.ok()["files"].clone();
    assert_eq!(files[0]["id"], done.header("upload-file"));
    assert_eq!(files[0]["sha256"], satu_pintu_server::secret::sha256(&photo));
    assert_eq!(files[0]["name"], "KTP Bu Sri.jpg");
    assert_eq!(
        (&files[0]["media_type"], &files[0]["size"], &files[0]["page"]),
        (&json!("image/jpeg"), &json!(100_000), &json!(1))
    );
    assert_eq!(std::fs::read_dir(t.place.staging()).expect("staging").count(), 0);
}

#[tokio::test]
async fn resumed_after_a_restart() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let photo = jpeg(2, 300_000);
    let created = t.create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "unggah-1", None).await;
    assert_eq!((created.status, created.header("upload-offset")), (StatusCode::CREATED, "0".into()));
    let location = created.header("location");
    let first = t.patch(&location, &key, 0, &photo[..120_000]).await;
    assert_eq!((first.status, first.header("upload-offset")), (StatusCode::NO_CONTENT, "120000".into()));

    let t = TestApp::on(t.stop().await).await;
    let head = t.head(&location, &key).await;
    assert_eq!((head.status, head.header("upload-offset")), (StatusCode::OK, "120000".into()));
    assert_eq!((head.header("upload-length"), head.header("cache-control")), ("300000".into(), "no-store".into()));
    // The phone lost the answer to the creation: the same upload again.
    let again = t.create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "unggah-1", None).await;
    assert_eq!((again.header("location"), again.header("upload-offset")), (location.clone(), "120000".into()));
    let wrong = t.patch(&location, &key, 0, &photo[..10]).await;
    wrong.refused("upload-conflict");
    assert_eq!(wrong.header("upload-offset"), "120000");
    let last = t.patch(&location, &key, 120_000, &photo[120_000..]).await;
    assert_eq!(last.header("upload-offset"), "300000");
    let file = last.header("upload-file");

    // The answer to the last chunk was lost too.
    let head = t.head(&location, &key).await;
    assert_eq!((head.header("upload-offset"), head.header("upload-file")), ("300000".into(), file.clone()));
    let ticket = t.keyed("POST", &format!("{number}/files/{file}/ticket"), &key, None).await.ok();
    assert_eq!(t.get(&text(&ticket["url"])).await.bytes, photo);
}

#[tokio::test]
async fn a_crash_between_the_last_byte_and_the_file() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let photo = jpeg(3, 5_000);
    let created = t.create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "unggah-2", None).await;
    std::fs::write(t.place.staging().join("unggah-2"), &photo).expect("staged");
    let t = TestApp::on(t.stop().await).await;
    let head = t.head(&created.header("location"), &key).await;
    assert_eq!(head.header("upload-offset"), "5000");
    assert!(!head.header("upload-file").is_empty());
}

/// Sends the head of a PATCH and some bytes, and then nothing more.
async fn hanging(t: &TestApp, location: &str, key: &str, length: usize, bytes: &[u8]) -> tokio::net::TcpStream {
    let mut stream = tokio::net::TcpStream::connect(t.address).await.expect("connection");
    let head = format!(
        "PATCH {location} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n\
         Content-Type: application/offset+octet-stream\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("head");
    stream.write_all(bytes).await.expect("bytes");
    stream.flush().await.expect("flush");
    stream
}

/// Waits until so many bytes have been written down.
async fn staged(t: &TestApp, id: &str, length: u64) {
    let path = t.place.staging().join(id);
    let began = Instant::now();
    while std::fs::metadata(&path).map_or(0, |file| file.len()) != length {
        assert!(began.elapsed() < Duration::from_secs(20), "the bytes never arrived");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_newer_request_takes_over_from_a_hanging_one() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let photo = jpeg(4, 50_000);
    let location =
        t.create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "unggah-3", None).await.header("location");
    let _dead = hanging(&t, &location, &key, photo.len(), &photo[..20_000]).await;
    staged(&t, "unggah-3", 20_000).await;
    let began = Instant::now();
    let head = t.head(&location, &key).await;
    assert!(began.elapsed() < Duration::from_secs(5), "HEAD waited for the dead connection");
    assert_eq!(head.header("upload-offset"), "20000");
    // One that comes back at the old offset is sent away at once and disturbs nobody.
    let mut lost = hanging(&t, &location, &key, photo.len(), &[]).await;
    let mut answer = [0; 12];
    lost.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 409");
    let done = t.patch(&location, &key, 20_000, &photo[20_000..]).await;
    assert!(!done.header("upload-file").is_empty(), "{done:?}");
}

#[tokio::test]
async fn a_creation_told_again_takes_over_from_a_hanging_request() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let photo = jpeg(7, 50_000);
    let create = || t.create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "unggah-6", None);
    let location = create().await.header("location");
    let _dead = hanging(&t, &location, &key, photo.len(), &photo[..20_000]).await;
    staged(&t, "unggah-6", 20_000).await;
    let began = Instant::now();
    let again = create().await;
    assert!(began.elapsed() < Duration::from_secs(5), "it waited for the dead connection");
    assert_eq!((again.status, again.header("upload-offset")), (StatusCode::CREATED, "20000".into()));
    let done = t.patch(&location, &key, 20_000, &photo[20_000..]).await;
    assert!(!done.header("upload-file").is_empty(), "{done:?}");
}

#[tokio::test]
async fn a_cut_connection_keeps_what_arrived() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let photo = jpeg(5, 50_000);
    let location =
        t.create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "unggah-4", None).await.header("location");
    let cut = hanging(&t, &location, &key, photo.len(), &photo[..33_000]).await;
    staged(&t, "unggah-4", 33_000).await;
    drop(cut);
    assert_eq!(t.head(&location, &key).await.header("upload-offset"), "33000");
}

#[tokio::test]
async fn one_that_goes_on_while_it_is_swept_stays() {
    const DAY: Duration = Duration::from_secs(86_400);
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let photo = jpeg(6, 50_000);
    let location =
        t.create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "unggah-5", None).await.header("location");
    t.wait(DAY * 6);
    let _slow = hanging(&t, &location, &key, photo.len(), &photo[..20_000]).await;
    staged(&t, "unggah-5", 20_000).await;
    t.wait(DAY * 2);
    let due: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM uploads WHERE id = 'unggah-5' AND expires < $1")
        .bind(t.app.now())
        .fetch_one(t.app.store.reader())
        .await
        .expect("count");
    assert_eq!(due, 1, "the sweep finds it");
    assert_eq!(sweep(&t.app).await.expect("sweep"), 0, "and leaves it, because bytes came meanwhile");
    assert_eq!(t.head(&location, &key).await.header("upload-offset"), "20000");
    let done = t.patch(&location, &key, 20_000, &photo[20_000..]).await;
    assert!(!done.header("upload-file").is_empty(), "{done:?}");
}

#[tokio::test]
async fn files_that_are_not_taken() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let own = (number.as_str(), key.as_str());
    t.upload(own, "ktp", "a.jpg", b"").await.refused("file-empty");
    t.create_upload(own, "ktp", "a.jpg", 10 * 1024 * 1024 + 1, "terlalu-besar", None).await.refused("file-too-large");
    t.upload(own, "ktp", "foto.jpg", b"MZ\x90\0 this program cannot be run").await.refused("file-type");
    t.upload(own, "ktp", "foto.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").await.refused("file-heic");
    t.upload(own, "ktp", "foto.jpg", &jpeg(1, 500)[..300]).await.refused("file-damaged");
    let locked = String::from_utf8(pdf("x")).expect("text").replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 2 0 R");
    t.upload(own, "ktp", "a.pdf", locked.as_bytes()).await.refused("file-password");
    t.upload(own, "tidak-ada", "a.jpg", &jpeg(1, 500)).await.refused("item-unknown");
    assert_eq!(t.keyed("GET", &number, &key, None).await.ok()["files"], json!([]));
    assert_eq!(std::fs::read_dir(t.place.staging()).expect("staging").count(), 0);

    // The reason is kept for whoever lost the answer.
    let made = t.create_upload(own, "ktp", "x.jpg", 40, "salah-jenis", None).await.header("location");
    t.patch(&made, &key, 0, &[7; 40]).await.refused("file-type");
    t.patch(&made, &key, 0, &[7; 40]).await.refused("file-type");
    let head = t.head(&made, &key).await;
    assert_eq!((head.status.as_u16(), head.header("upload-problem")), (422, "file-type".into()));
    t.create_upload(own, "ktp", "x.jpg", 40, "salah-jenis", None).await.refused("file-type");
}

#[tokio::test]
async fn names_are_cleaned_and_bytes_decide() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let names = ["../../etc/passwd", "a\u{202E}gpj.exe", "KTP \"asli\" / 日本.PDF", ""];
    for (seed, name) in (10..).zip(names) {
        let page = t.upload((&number, &key), "gambar-reklame", name, &jpeg(seed, 300)).await;
        assert_eq!(page.status, StatusCode::NO_CONTENT, "{name} {page:?}");
    }
    let files = t.keyed("GET", &number, &key, None).await.ok()["files"].clone();
    let names: Vec<&str> = files.as_array().expect("files").iter().filter_map(|f| f["name"].as_str()).collect();
    assert_eq!(names, ["passwd.jpg", "agpj.jpg", "日本.jpg", "berkas.jpg"]);
}

#[tokio::test]
async fn pages_have_a_limit_and_twins_are_one() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let own = (number.as_str(), key.as_str());
    let one = t.upload(own, "ktp", "a.jpg", &jpeg(1, 300)).await;
    // The same photo sent again by a phone that was not sure.
    t.create_upload(own, "ktp", "b.jpg", 300, "kembar-1", None).await.refused("too-many-files");
    t.create_upload(own, "ktp", "b.jpg", 300, "kembar-2", Some(2)).await.refused("too-many-files");
    let page_one = t.create_upload(own, "ktp", "b.jpg", 300, "kembar-3", Some(1)).await.header("location");
    assert_eq!(t.patch(&page_one, &key, 0, &jpeg(1, 300)).await.header("upload-file"), one.header("upload-file"));
    let page_one = t.create_upload(own, "ktp", "c.jpg", 300, "ganti-11", Some(1)).await.header("location");
    let other = t.patch(&page_one, &key, 0, &jpeg(2, 300)).await.header("upload-file");
    let files = t.keyed("GET", &number, &key, None).await.ok()["files"].clone();
    assert_eq!((files.as_array().map(Vec::len), &files[0]["id"]), (Some(1), &json!(other)));
    let twice = [
        t.upload(own, "gambar-reklame", "x.pdf", &pdf("x")).await,
        t.upload(own, "gambar-reklame", "y.pdf", &pdf("x")).await,
    ];
    assert_eq!(twice[0].header("upload-file"), twice[1].header("upload-file"));
}

#[tokio::test]
async fn the_protocol() {
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let own = (number.as_str(), key.as_str());
    let path = format!("/api/v1/applications/{number}/uploads");
    let options = t.send(Method::OPTIONS, &path, &[], Vec::new()).await;
    assert_eq!((options.header("tus-version"), options.header("tus-max-size")), ("1.0.0".into(), "10485760".into()));
    assert!(options.header("tus-extension").contains("creation"));
    let bearer = format!("Bearer {key}");
    let bare = |extra: &[(&'static str, &'static str)]| {
        let mut head = vec![("authorization", bearer.as_str())];
        head.extend_from_slice(extra);
        let (t, path) = (&t, &path);
        async move { t.send(Method::POST, path, &head, Vec::new()).await }
    };
    bare(&[]).await.refused("bad-request");
    bare(&[("upload-length", "-1")]).await.refused("bad-request");
    bare(&[("upload-length", "99999999999999999999999")]).await.refused("bad-request");
    bare(&[("upload-length", "10"), ("upload-metadata", "item %%%")]).await.refused("bad-request");
    assert_eq!(bare(&[("upload-length", "10"), ("tus-resumable", "0.2.2")]).await.status.as_u16(), 412);

    let location = t.create_upload(own, "ktp", "a.jpg", 100, "protokol-1", None).await.header("location");
    t.create_upload(own, "ktp", "a.jpg", 200, "protokol-1", None).await.refused("upload-conflict");
    let head = [("authorization", bearer.as_str()), ("upload-offset", "0"), ("content-type", "image/jpeg")];
    assert_eq!(t.send(Method::PATCH, &location, &head, vec![1]).await.status.as_u16(), 415);
    let more = t.patch(&location, &key, 0, &[0; 150]).await;
    assert_eq!(more.status.as_u16(), 413);
    assert_eq!(
        t.keyed("DELETE", &format!("{number}/uploads/protokol-1"), &key, None).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(t.head(&location, &key).await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.patch(&location, &key, 0, &[0; 10]).await.status, StatusCode::NOT_FOUND);

    // Somebody else's application with the same upload id.
    let (other, other_key) = t.draft().await;
    t.create_upload(own, "ktp", "a.jpg", 100, "protokol-2", None).await;
    t.create_upload((&other, &other_key), "ktp", "a.jpg", 100, "protokol-2", None).await.refused("upload-conflict");
    assert_eq!(t.keyed("HEAD", &format!("{other}/uploads/protokol-2"), &other_key, None).await.status.as_u16(), 404);
}

#[tokio::test]
async fn creation_with_the_first_bytes() {
    use base64::Engine;
    let t = TestApp::start().await;
    let (number, key) = t.draft().await;
    let coded = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let metadata = format!("item {},filename {},id {}", coded("ktp"), coded("a.jpg"), coded("sekaligus-1"));
    let (bearer, photo) = (format!("Bearer {key}"), jpeg(6, 2000));
    let head = [
        ("authorization", bearer.as_str()),
        ("upload-length", "2000"),
        ("upload-metadata", metadata.as_str()),
        ("content-type", "application/offset+octet-stream"),
    ];
    let path = format!("/api/v1/applications/{number}/uploads");
    let created = t.send(Method::POST, &path, &head, photo.clone()).await;
    assert_eq!((created.status, created.header("upload-offset")), (StatusCode::CREATED, "2000".into()));
    let file = created.header("upload-file");
    assert!(!file.is_empty());
}
