//! What tus 1.0 says besides sending bytes in order: expiration, checksums, deferred length, parts, overriding.

use crate::common::{Reply, TestApp, jpeg, text};
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use satu_pintu_server::housekeeping::sweep;
use satu_pintu_server::secret::sha256;
use satu_pintu_server::store::Backend;
use serde_json::json;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);
const STREAM: (&str, &str) = ("content-type", "application/offset+octet-stream");

struct Phone {
    t: TestApp,
    number: String,
    key: String,
}

impl Phone {
    async fn new() -> Phone {
        let t = TestApp::start().await;
        let (number, key) = t.draft().await;
        Phone { t, number, key }
    }

    async fn send(&self, method: Method, path: &str, head: &[(&str, &str)], body: &[u8]) -> Reply {
        let bearer = format!("Bearer {}", self.key);
        let mut all = vec![("authorization", bearer.as_str()), ("tus-resumable", "1.0.0")];
        all.extend_from_slice(head);
        self.t.send(method, path, &all, body.to_vec()).await
    }

    /// Creates with these headers beside the metadata.
    async fn create(&self, id: &str, more: &str, head: &[(&str, &str)], body: &[u8]) -> Reply {
        let coded = |text: &str| STANDARD.encode(text);
        let about = format!("item {},filename {},id {}{more}", coded("ktp"), coded("a.jpg"), coded(id));
        let mut all = vec![("upload-metadata", about.as_str())];
        all.extend_from_slice(head);
        self.send(Method::POST, &self.uploads(), &all, body).await
    }

    async fn patch(&self, id: &str, offset: usize, head: &[(&str, &str)], body: &[u8]) -> Reply {
        let offset = offset.to_string();
        let mut all = vec![("upload-offset", offset.as_str()), STREAM];
        all.extend_from_slice(head);
        self.send(Method::PATCH, &self.one(id), &all, body).await
    }

    async fn head(&self, id: &str) -> Reply {
        self.send(Method::HEAD, &self.one(id), &[], &[]).await
    }

    async fn files(&self) -> serde_json::Value {
        self.t.keyed("GET", &self.number, &self.key, None).await.ok()["files"].clone()
    }

    fn uploads(&self) -> String {
        format!("/api/v1/applications/{}/uploads", self.number)
    }

    fn one(&self, id: &str) -> String {
        format!("{}/{id}", self.uploads())
    }

    fn staged(&self) -> usize {
        std::fs::read_dir(self.t.place.staging()).expect("staging").count()
    }
}

#[tokio::test]
async fn options_tell_all_of_it_and_another_version_is_refused() {
    let phone = Phone::new().await;
    let options = phone.t.send(Method::OPTIONS, &phone.uploads(), &[], Vec::new()).await;
    assert_eq!(options.header("tus-checksum-algorithm"), "sha1,sha256,crc32");
    for extension in
        ["creation", "creation-with-upload", "creation-defer-length", "expiration", "checksum", "termination"]
            .iter()
            .chain(&["concatenation"])
    {
        assert!(options.header("tus-extension").split(',').any(|one| one == *extension), "{extension}");
    }
    // Of OPTIONS the version that is asked for is ignored.
    let old = phone.t.send(Method::OPTIONS, &phone.uploads(), &[("tus-resumable", "0.2.2")], Vec::new()).await;
    assert_eq!((old.status, old.header("tus-version")), (StatusCode::NO_CONTENT, "1.0.0".into()));
    let other = phone.t.send(Method::HEAD, &phone.one("apa-saja"), &[("tus-resumable", "0.2.2")], Vec::new()).await;
    assert_eq!((other.status.as_u16(), other.header("tus-version")), (412, "1.0.0".into()));
    // Refusals speak tus too.
    let missing = phone.head("tidak-ada").await;
    assert_eq!((missing.status.as_u16(), missing.header("tus-resumable")), (404, "1.0.0".into()));
}

#[tokio::test]
async fn unfinished_bytes_live_seven_days_from_the_last_ones() {
    let phone = Phone::new().await;
    let photo = jpeg(1, 1000);
    let created = phone.create("tujuh-hari", "", &[("upload-length", "1000")], &[]).await;
    // The clock of the tests began on Monday, 16 March 2026, 01:00 UTC.
    assert_eq!(created.header("upload-expires"), "Mon, 23 Mar 2026 01:00:00 GMT");
    phone.t.wait(DAY * 6);
    let patched = phone.patch("tujuh-hari", 0, &[], &photo[..400]).await;
    assert_eq!(patched.header("upload-expires"), "Sun, 29 Mar 2026 01:00:00 GMT");
    phone.t.wait(DAY * 6);
    sweep(&phone.t.app).await.expect("sweep");
    assert_eq!(phone.head("tujuh-hari").await.header("upload-offset"), "400");
    phone.t.wait(DAY + Duration::from_secs(1));
    assert_eq!(sweep(&phone.t.app).await.expect("sweep"), 1);
    assert_eq!((phone.head("tujuh-hari").await.status, phone.staged()), (StatusCode::NOT_FOUND, 0));

    // The phone still has it, and sends it anew under the same id.
    let again = phone.create("tujuh-hari", "", &[("upload-length", "1000"), STREAM], &photo).await;
    assert_eq!((again.status, again.header("upload-offset")), (StatusCode::CREATED, "1000".into()));
    assert_eq!(phone.files().await[0]["sha256"], sha256(&photo));
}

#[tokio::test]
async fn a_wrong_sum_keeps_nothing_of_its_request() {
    use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
    let phone = Phone::new().await;
    let photo = jpeg(2, 3000);
    let sha1 = |bytes: &[u8]| format!("sha1 {}", STANDARD.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes)));
    phone.create("berjumlah", "", &[("upload-length", "3000")], &[]).await;
    let first = sha1(&photo[..1000]);
    let mut changed = photo[..1000].to_vec();
    changed[700] ^= 4;
    let wrong = phone.patch("berjumlah", 0, &[("upload-checksum", &first)], &changed).await;
    wrong.refused("checksum-wrong");
    assert_eq!((wrong.status.as_u16(), phone.head("berjumlah").await.header("upload-offset")), (460, "0".into()));
    let right = phone.patch("berjumlah", 0, &[("upload-checksum", &first)], &photo[..1000]).await;
    assert_eq!(right.header("upload-offset"), "1000");
    phone.patch("berjumlah", 1000, &[("upload-checksum", "md5 AAAA")], &photo[1000..]).await.refused("bad-request");
    let last = sha1(&photo[1000..]);
    let wrong = phone.patch("berjumlah", 1000, &[("upload-checksum", &first)], &photo[1000..]).await;
    wrong.refused("checksum-wrong");
    let done = phone.patch("berjumlah", 1000, &[("upload-checksum", &last)], &photo[1000..]).await;
    assert!(!done.header("upload-file").is_empty(), "{done:?}");
    assert_eq!((&phone.files().await[0]["sha256"], phone.staged()), (&json!(sha256(&photo)), 0));

    // With the creation, too.
    let head = [("upload-length", "3000"), ("upload-checksum", first.as_str()), STREAM];
    phone
        .create("bersama-1", &format!(",page {}", STANDARD.encode("1")), &head, &changed)
        .await
        .refused("checksum-wrong");
    assert_eq!(phone.head("bersama-1").await.header("upload-offset"), "0");
}

#[tokio::test]
async fn the_sum_of_the_whole_file_decides() {
    let phone = Phone::new().await;
    let photo = jpeg(3, 2000);
    let more = format!(",sha256 {}", STANDARD.encode(sha256(&photo)));
    let mut changed = photo.clone();
    changed[1500] ^= 1;
    for (id, whole) in [("utuh-sepotong", false), ("utuh-sekaligus", true)] {
        let wrong = if whole {
            phone.create(id, &more, &[("upload-length", "2000"), STREAM], &changed).await
        } else {
            phone.create(id, &more, &[("upload-length", "2000")], &[]).await;
            phone.patch(id, 0, &[], &changed).await
        };
        wrong.refused("checksum-wrong");
        assert_eq!(phone.files().await, json!([]));
        // The same upload begins anew.
        assert_eq!(phone.head(id).await.header("upload-offset"), "0");
    }
    assert!(!phone.patch("utuh-sepotong", 0, &[], &photo).await.header("upload-file").is_empty());
    phone.create("utuh-lain", ",sha256 YWJj", &[("upload-length", "2000")], &[]).await.refused("bad-request");
}

#[tokio::test]
async fn a_length_that_is_told_later() {
    let phone = Phone::new().await;
    let photo = jpeg(4, 900);
    let created = phone.create("panjang-1", "", &[("upload-defer-length", "1")], &[]).await;
    assert_eq!(created.status, StatusCode::CREATED);
    assert_eq!(phone.patch("panjang-1", 0, &[], &photo[..500]).await.header("upload-offset"), "500");
    let head = phone.head("panjang-1").await;
    assert_eq!((head.header("upload-defer-length"), head.header("upload-length")), ("1".into(), String::new()));
    phone.patch("panjang-1", 500, &[("upload-length", "400")], &[]).await.refused("bad-request");
    let too_large = phone.patch("panjang-1", 500, &[("upload-length", "10485761")], &[]).await;
    too_large.refused("file-too-large");
    let done = phone.patch("panjang-1", 500, &[("upload-length", "900")], &photo[500..]).await;
    assert!(!done.header("upload-file").is_empty(), "{done:?}");
    phone.create("panjang-2", "", &[], &[]).await.refused("bad-request");
    phone.create("panjang-2", "", &[("upload-defer-length", "2")], &[]).await.refused("bad-request");
}

#[tokio::test]
async fn parts_become_one_file() {
    let phone = Phone::new().await;
    let photo = jpeg(5, 5000);
    let mut parts = Vec::new();
    for (n, part) in photo.chunks(2000).enumerate() {
        let length = part.len().to_string();
        let head = [("upload-concat", "partial"), ("upload-length", length.as_str())];
        let created = phone.send(Method::POST, &phone.uploads(), &head, &[]).await;
        assert_eq!(created.status, StatusCode::CREATED, "{created:?}");
        let location = created.header("location");
        if n < 2 {
            let stream = [("upload-offset", "0"), STREAM];
            assert_eq!(phone.send(Method::PATCH, &location, &stream, part).await.header("upload-offset"), length);
        }
        parts.push(location);
    }
    assert_eq!((phone.files().await, phone.staged()), (json!([]), 3));
    assert_eq!(phone.send(Method::HEAD, &parts[0], &[], &[]).await.header("upload-concat"), "partial");
    let all = format!("final;{} {}{} {}", parts[0], phone.t.url, parts[1], parts[2]);
    let finish = [("upload-concat", all.as_str())];
    phone.create("gabungan", "", &finish, &[]).await.refused("bad-request");
    phone.send(Method::PATCH, &parts[2], &[("upload-offset", "0"), STREAM], &photo[4000..]).await;
    // The bytes of a part are gone: said so, and nothing is left of the attempt.
    let staged = phone.t.place.staging();
    let part = staged.join(parts[1].rsplit('/').next().expect("an id"));
    std::fs::rename(&part, staged.join("disisihkan")).expect("aside");
    let gone = phone.create("gabungan", "", &finish, &[]).await;
    gone.refused("bad-request");
    assert_eq!(phone.staged(), 3);
    std::fs::rename(staged.join("disisihkan"), &part).expect("back");
    let done = phone.create("gabungan", "", &finish, &[]).await;
    assert_eq!((done.status, done.header("upload-offset")), (StatusCode::CREATED, "5000".into()));
    assert_eq!(phone.files().await[0]["sha256"], sha256(&photo));
    assert_eq!(phone.staged(), 0);
    // The answer was lost: asked again, it is the same file.
    assert_eq!(phone.create("gabungan", "", &finish, &[]).await.header("upload-file"), done.header("upload-file"));
    let head = phone.head("gabungan").await;
    assert_eq!((head.header("upload-concat"), head.header("upload-length")), (all, "5000".into()));
    assert_eq!(phone.patch("gabungan", 5000, &[], &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(phone.send(Method::HEAD, &parts[0], &[], &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn creation_repeated_with_its_bytes_takes_them_once() {
    let phone = Phone::new().await;
    let photo = jpeg(6, 4000);
    let length = [("upload-length", "4000"), STREAM];
    let first = phone.create("berulang-1", "", &length, &photo[..1500]).await;
    assert_eq!((first.status, first.header("upload-offset")), (StatusCode::CREATED, "1500".into()));
    let again = phone.create("berulang-1", "", &length, &photo[..2500]).await;
    assert_eq!(again.header("upload-offset"), "2500");
    let last = phone.create("berulang-1", "", &length, &photo).await;
    assert_eq!(last.header("upload-offset"), "4000");
    assert_eq!(phone.create("berulang-1", "", &length, &photo).await.header("upload-file"), last.header("upload-file"));
    let file = last.header("upload-file");
    let ticket = phone.t.keyed("POST", &format!("{}/files/{file}/ticket", phone.number), &phone.key, None).await.ok();
    assert_eq!(phone.t.get(&text(&ticket["url"])).await.bytes, photo);
}

/// Lets the write of a file fail at its very end, where nobody can tell whether it holds, and lets it be again.
async fn fail_at_the_end(t: &TestApp, fail: bool) {
    let sqlite = t.app.store.backend() == Backend::Sqlite;
    let sql = match (fail, sqlite) {
        (true, true) => {
            "CREATE TABLE late (number TEXT REFERENCES applications (number) DEFERRABLE INITIALLY DEFERRED); \
             CREATE TRIGGER too_late AFTER INSERT ON files BEGIN INSERT INTO late VALUES ('nobody'); END;"
        }
        (true, false) => {
            "CREATE TABLE late (number TEXT REFERENCES applications (number) DEFERRABLE INITIALLY DEFERRED); \
             CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN INSERT INTO late VALUES ('nobody'); RETURN NULL; END $$; \
             CREATE TRIGGER too_late AFTER INSERT ON files FOR EACH ROW EXECUTE FUNCTION too_late();"
        }
        (false, true) => "DROP TRIGGER too_late; DROP TABLE late;",
        (false, false) => "DROP TRIGGER too_late ON files; DROP FUNCTION too_late; DROP TABLE late;",
    };
    let mut tx = t.app.store.begin().await.expect("transaction");
    sqlx::raw_sql(sql).execute(&mut *tx).await.expect("sql");
    tx.commit().await.expect("commit");
}

#[tokio::test]
async fn a_commit_that_may_have_failed_takes_no_bytes_away() {
    let phone = Phone::new().await;
    let objects = || {
        let folder = phone.t.place.folder.path().join("files").join(&phone.number);
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    };
    for (id, whole) in [("akhir-sepotong", false), ("akhir-sekaligus", true)] {
        let photo = jpeg(10 + u8::from(whole), 2000);
        let before = objects();
        let first = if whole {
            fail_at_the_end(&phone.t, true).await;
            phone.create(id, ",page MQ==", &[("upload-length", "2000"), STREAM], &photo).await
        } else {
            phone.create(id, ",page MQ==", &[("upload-length", "2000")], &[]).await;
            fail_at_the_end(&phone.t, true).await;
            phone.patch(id, 0, &[], &photo).await
        };
        assert_eq!(first.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!((objects(), phone.staged()), (before + 1, 1), "{id}");
        fail_at_the_end(&phone.t, false).await;
        assert!(!phone.head(id).await.header("upload-file").is_empty(), "{id}");
        assert_eq!((&phone.files().await[0]["sha256"], phone.staged()), (&json!(sha256(&photo)), 0));
    }
}

#[tokio::test]
async fn what_lets_only_post_through() {
    let phone = Phone::new().await;
    let photo = jpeg(7, 600);
    phone.create("lewat-post", "", &[("upload-length", "600")], &[]).await;
    let over = |method| ("x-http-method-override", method);
    let one = phone.one("lewat-post");
    let sent = phone.send(Method::POST, &one, &[over("PATCH"), ("upload-offset", "0"), STREAM], &photo[..200]).await;
    assert_eq!((sent.status, sent.header("upload-offset")), (StatusCode::NO_CONTENT, "200".into()));
    assert_eq!(phone.send(Method::POST, &one, &[over("HEAD")], &[]).await.header("upload-offset"), "200");
    phone.send(Method::POST, &one, &[], &[]).await.refused("method-wrong");
    assert_eq!(phone.send(Method::POST, &one, &[over("DELETE")], &[]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(phone.head("lewat-post").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn parts_go_when_what_they_were_joined_to_becomes_a_file_later() {
    let phone = Phone::new().await;
    let photo = jpeg(8, 3000);
    for (id, part) in [("bagian-1", &photo[..1000]), ("bagian-2", &photo[1000..])] {
        let length = part.len().to_string();
        let head = [("upload-concat", "partial"), ("upload-length", length.as_str()), STREAM];
        assert_eq!(phone.create(id, "", &head, part).await.status, StatusCode::CREATED);
    }
    let folder = phone.t.place.folder.path().join("files");
    std::fs::remove_dir_all(&folder).expect("files");
    std::fs::write(&folder, "").expect("no folder");
    let finish = [("upload-concat", "final;bagian-1 bagian-2")];
    assert_eq!(phone.create("gabungan", "", &finish, &[]).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(phone.staged(), 3);
    std::fs::remove_file(&folder).expect("no file");
    std::fs::create_dir(&folder).expect("files");
    assert!(!phone.head("gabungan").await.header("upload-file").is_empty());
    assert_eq!((phone.staged(), &phone.files().await[0]["sha256"]), (0, &json!(sha256(&photo))));
    assert_eq!(phone.head("bagian-1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn bytes_that_break_off_are_kept_from_then_on() {
    let phone = Phone::new().await;
    phone.create("terputus", "", &[("upload-length", "1000")], &[]).await;
    phone.t.wait(DAY * 6);
    let head = format!(
        "PATCH {} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nupload-offset: 0\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: 500\r\n\r\n",
        phone.one("terputus"),
        phone.key
    );
    let mut line = tokio::net::TcpStream::connect(phone.t.address).await.expect("a line");
    use tokio::io::AsyncWriteExt;
    line.write_all(&[head.as_bytes(), &jpeg(9, 300)].concat()).await.expect("bytes");
    let file = phone.t.place.staging().join("terputus");
    while std::fs::metadata(&file).expect("staged").len() < 300 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(line);
    let head = phone.head("terputus").await;
    assert_eq!(head.header("upload-offset"), "300");
    assert_eq!(head.header("upload-expires"), "Sun, 29 Mar 2026 01:00:00 GMT");
}

#[tokio::test]
async fn one_application_has_not_any_number_of_uploads_under_way() {
    let phone = Phone::new().await;
    let length = [("upload-length", "10")];
    for n in 0..200 {
        assert_eq!(phone.create(&format!("kecil-{n:03}"), "", &length, &[]).await.status, StatusCode::CREATED);
    }
    phone.create("kecil-200", "", &length, &[]).await.refused("disk-full");
    assert_eq!(phone.staged(), 200);
}

#[tokio::test]
async fn one_application_does_not_fill_the_disk() {
    let phone = Phone::new().await;
    let length = [("upload-length", "10485760")];
    for n in 0..32 {
        assert_eq!(phone.create(&format!("banyak-{n:02}"), "", &length, &[]).await.status, StatusCode::CREATED);
    }
    let full = phone.create("banyak-32", "", &length, &[]).await;
    full.refused("disk-full");
    assert!(!full.header("retry-after").is_empty());
    assert_eq!(phone.staged(), 32);
    assert_eq!(phone.send(Method::DELETE, &phone.one("banyak-00"), &[], &[]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(phone.create("banyak-32", "", &length, &[]).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn giving_up_takes_away_what_it_has_become() {
    let phone = Phone::new().await;
    let photo = jpeg(1, 1000);
    let length = [("upload-length", "1000"), STREAM];
    let delete = async |path: &str| phone.send(Method::DELETE, path, &[], &[]).await.status.as_u16();
    let files = async || phone.files().await.as_array().map(Vec::len);
    for id in ["sudah-jadi", "kembarnya"] {
        assert_eq!(phone.create(id, ",page MQ==", &length, &photo).await.header("upload-offset"), "1000");
    }
    // The same bytes are one file: it goes with the last upload that has brought it.
    assert_eq!(files().await, Some(1));
    assert_eq!((delete(&phone.one("kembarnya")).await, files().await), (204, Some(1)));
    assert_eq!((delete(&phone.one("sudah-jadi")).await, files().await), (204, Some(0)));
    assert_eq!(delete(&phone.one("sudah-jadi")).await, 404);

    let made = phone.create("sebagai-berkas", "", &length, &photo).await.header("upload-file");
    let path = format!("/api/v1/applications/{}/files/{made}", phone.number);
    assert_eq!((delete(&path).await, delete(&phone.one("sebagai-berkas")).await), (204, 204));
}
