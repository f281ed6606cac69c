//! Backup and restore: the same rows and papers, from and to either database; damage is noticed.

#![allow(clippy::unwrap_used)]

use crate::program::{CONTENT, Server, program};
use crate::staff_world::{World, database, databases};
use satu_pintu_server::backup;
use satu_pintu_server::files::Files;
use satu_pintu_server::store::{Backend, Store, sqlite_url};
use serde_json::{Value, json};
use std::process::Command;

async fn place(url: &str, dir: &std::path::Path) -> (Store, Files) {
    (Store::open(url).await.unwrap(), Files::open(dir.to_str().unwrap()).await.unwrap())
}

async fn lived(world: &World) -> String {
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    world.draft("Budi Draf").await;
    world.decide(&number, json!({"grant": true, "override": true})).await.ok();
    world.act(&number, "issue", json!({})).await.ok();
    world.desk("POST", "/notices", Some(json!({"channel": "oss"}))).await.ok();
    world.desk("POST", "/survey-slips", Some(json!({"count": 5}))).await.ok();
    number
}

#[tokio::test]
async fn everything_comes_back_on_either_database() {
    let world = World::new().await;
    let number = lived(&world).await;
    // As many lines as years bring: each moves the row of an open application.
    let mut tx = world.app.store.begin().await.unwrap();
    for seq in 1_000..1_500 {
        sqlx::query(
            "INSERT INTO events (number, seq, at, actor, account, kind, what, hash) \
             VALUES ($1, $2, 0, 'staff', 'sri', 'item-accepted', '{}', '')",
        )
        .bind(number.clone())
        .bind(seq)
        .execute(&mut *tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let archive = world.dir.path().join("cadangan.tar");
    let written = backup::write(&world.app.store, &world.app.files, &archive, 1).await.unwrap();
    assert!(written.rows > 30 && written.objects > 6);
    let dir = tempfile::tempdir().unwrap();
    for (n, url) in databases(&dir).await.into_iter().enumerate() {
        let (store, files) = place(&url, &dir.path().join(format!("files-{n}"))).await;
        assert_eq!(backup::read(&store, &files, &archive).await.unwrap(), written);
        let (object,): (String,) = sqlx::query_as("SELECT object FROM permits WHERE application = $1")
            .bind(number.clone())
            .fetch_one(store.reader())
            .await
            .unwrap();
        assert!(files.bytes(&object).await.unwrap().starts_with(b"%PDF-"));
        // What comes back is what went in: a second archive says the same of every table and paper.
        let again = dir.path().join(format!("lagi-{n}.tar"));
        backup::write(&store, &files, &again, 1).await.unwrap();
        assert_eq!(std::fs::read(&again).unwrap(), std::fs::read(&archive).unwrap());
        // The queue reads all of this list: it has no holes, though it was written line by line.
        if store.backend() == Backend::Postgres {
            let size: i64 = sqlx::query_scalar("SELECT pg_relation_size('open_applications')")
                .fetch_one(store.reader())
                .await
                .unwrap();
            assert_eq!(size, 8192, "one page");
        }
        // Never onto a place that is in use.
        let refused = backup::read(&store, &files, &archive).await.unwrap_err().to_string();
        assert!(refused.contains("tidak kosong"), "{refused}");
        store.close().await;
    }
}

#[tokio::test]
async fn a_damaged_archive_writes_nothing() {
    let world = World::new().await;
    lived(&world).await;
    let archive = world.dir.path().join("cadangan.tar");
    backup::write(&world.app.store, &world.app.files, &archive, 1).await.unwrap();
    let whole = std::fs::read(&archive).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (store, files) = place(&sqlite_url(&dir.path().join("baru.db")), &dir.path().join("files")).await;
    let mut damaged = whole.clone();
    let middle = whole.len() / 2;
    damaged[middle] ^= 1;
    for bytes in [damaged, whole[..whole.len() / 2].to_vec(), b"bukan arsip".to_vec(), Vec::new()] {
        std::fs::write(&archive, bytes).unwrap();
        let refused = backup::read(&store, &files, &archive).await.unwrap_err().to_string();
        assert!(refused.contains("rusak"), "{refused}");
    }
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM applications").fetch_one(store.reader()).await.unwrap();
    assert_eq!(rows, 0);
}

/// Where an office keeps things, with its papers in a bucket of its own.
struct OnS3 {
    endpoint: String,
    dir: tempfile::TempDir,
    database: String,
    files: String,
}

impl OnS3 {
    async fn new(endpoint: &str) -> OnS3 {
        let bucket = format!("kantor-{}", &satu_pintu_server::secret::id()[..12]);
        let made = reqwest::Client::new().put(format!("{endpoint}/{bucket}")).send().await.unwrap();
        assert!(made.status().is_success());
        let dir = tempfile::tempdir().unwrap();
        let database = database(&dir).await;
        OnS3 { endpoint: endpoint.to_owned(), dir, database, files: format!("s3://{bucket}/berkas") }
    }

    /// A command of the program, told this place.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command.args(["--database", &self.database, "--files", &self.files, "--data"]).arg(self.dir.path());
        for (name, value) in [("ENDPOINT", self.endpoint.as_str()), ("REGION", "us-east-1")] {
            command.env(format!("SATU_PINTU_S3_{name}"), value);
        }
        for name in ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY"] {
            command.env(format!("SATU_PINTU_S3_{name}"), "test");
        }
        command
    }

    fn serve(&self) -> Server {
        Server::run(&mut self.command(&["serve", "--port", "0", "--content", CONTENT]))
    }

    fn run(&self, arguments: &[&str]) -> String {
        let out = self.command(arguments).output().unwrap();
        assert!(out.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }
}

#[tokio::test]
async fn an_office_on_s3_comes_back() {
    let Ok(endpoint) = std::env::var("TEST_S3") else {
        println!("TEST_S3 is not set: the S3 half is not run");
        return;
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    let (old, new) = (OnS3::new(&endpoint).await, OnS3::new(&endpoint).await);
    let server = old.serve();
    let api = format!("{}/api/v1/applications", server.url);
    let draft = json!({ "service": "reklame", "fields": { "nama": "Sri Contoh" } });
    let created: Value = http.post(&api).json(&draft).send().await.unwrap().json().await.unwrap();
    let (number, key) = (created["application"]["number"].as_str().unwrap(), created["key"].as_str().unwrap());
    let mut photo = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 0, 0xFF, 0xDA, 0, 2];
    photo.resize(300_000, 0x2A);
    photo.extend([0xFF, 0xD9]);
    let sent = http
        .post(format!("{api}/{number}/uploads"))
        .bearer_auth(key)
        .header("tus-resumable", "1.0.0")
        .header("upload-length", photo.len())
        .header("upload-metadata", "item a3Rw,filename a3RwLmpwZw==")
        .header("content-type", "application/offset+octet-stream")
        .body(photo.clone())
        .send()
        .await
        .unwrap();
    let file = sent.headers()["upload-file"].to_str().unwrap().to_owned();

    // The server goes on while its place is archived.
    let archive = old.dir.path().join("cadangan.tar");
    let archive = archive.to_str().unwrap();
    assert!(old.run(&["backup", "--to", archive]).contains(" 1 berkas"));
    server.stop();
    assert!(new.run(&["restore", archive]).contains("1 berkas dipulihkan"));

    let server = new.serve();
    let api = format!("{}/api/v1/applications/{number}", server.url);
    let back: Value = http.get(&api).bearer_auth(key).send().await.unwrap().json().await.unwrap();
    assert_eq!((&back["fields"]["nama"], &back["files"][0]["id"]), (&json!("Sri Contoh"), &json!(file)));
    let ticket = http.post(format!("{api}/files/{file}/ticket")).bearer_auth(key).send().await.unwrap();
    let ticket: Value = ticket.json().await.unwrap();
    let url = format!("{}{}", server.url, ticket["url"].as_str().unwrap());
    assert_eq!(http.get(url).send().await.unwrap().bytes().await.unwrap(), photo);
    server.stop();
    // Into a place that is in use nothing is restored.
    let refused = new.command(&["restore", archive]).output().unwrap();
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("tidak kosong"));
}

#[tokio::test]
async fn no_table_is_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&sqlite_url(&dir.path().join("satu-pintu.db"))).await.unwrap();
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations' ORDER BY name",
    )
    .fetch_all(store.reader())
    .await
    .unwrap();
    let mut known = [backup::TABLES, backup::MADE_ANEW].concat();
    known.sort_unstable();
    assert_eq!(names, known);
}
