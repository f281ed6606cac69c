//! Backup and restore: the same rows and papers, from and to either database; damage is noticed.

#![allow(clippy::unwrap_used)]

mod staff_world;

use satu_pintu_server::backup;
use satu_pintu_server::files::Files;
use satu_pintu_server::store::{Store, sqlite_url};
use serde_json::json;
use staff_world::{World, databases};

async fn place(url: &str, dir: &std::path::Path) -> (Store, Files) {
    (Store::open(url).await.unwrap(), Files::open(dir.to_str().unwrap()).await.unwrap())
}

async fn lived(world: &World) -> String {
    world.sign_in().await;
    let (number, _) = world.submitted("Sri Contoh").await;
    world.draft("Budi Draf").await;
    world.act(&number, "decide", json!({"grant": true})).await.ok();
    world.act(&number, "issue", json!({})).await.ok();
    world.desk("POST", "/notices", Some(json!({"channel": "oss"}))).await.ok();
    world.desk("POST", "/survey-slips", Some(json!({"count": 5}))).await.ok();
    number
}

#[tokio::test]
async fn everything_comes_back_on_either_database() {
    let world = World::new().await;
    let number = lived(&world).await;
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
    let mut known = backup::TABLES.to_vec();
    known.sort_unstable();
    assert_eq!(names, known);
}
