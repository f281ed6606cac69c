//! Content that does not pass is not served; a changed folder is taken over when it passes.

use crate::common::{CONTENT, Place, TestApp, copy};
use satu_pintu_server::contents::Contents;
use satu_pintu_server::files::Files;
use std::path::Path;

#[tokio::test]
async fn a_changed_folder() {
    let place = Place::new().await;
    let folder = place.folder.path().join("content");
    copy(Path::new(CONTENT), &folder);
    let today = "2026-03-16".parse().expect("day");
    let contents = Contents::open(Some(folder.clone()), today).expect("content");
    let files = Files::open(place.folder.path().join("files").to_str().expect("path")).await.expect("files");
    let t = TestApp::with(place, files, contents).await;
    let name = |catalog: &serde_json::Value| catalog["office"]["name"].as_str().expect("name").to_owned();
    let before = t.get("/api/v1/catalog").await.ok();

    let office = std::fs::read_to_string(folder.join("office.toml")).expect("office.toml");
    std::fs::write(folder.join("office.toml"), office.replace(&name(&before), "DPMPTSP Kabupaten Baru"))
        .expect("write");
    t.app.contents.reload(today).expect("it passes");
    let after = t.get("/api/v1/catalog").await.ok();
    assert_eq!(name(&after), "DPMPTSP Kabupaten Baru");
    assert_ne!(before["hash"], after["hash"]);

    std::fs::write(folder.join("office.toml"), "name = 3\n").expect("write");
    let findings = t.app.contents.reload(today).expect_err("it does not pass").to_string();
    assert!(findings.contains("office.toml:1"), "{findings}");
    assert_eq!(t.get("/api/v1/catalog").await.ok(), after);
    let findings = Contents::open(Some(folder), today).err().expect("it does not start").to_string();
    assert!(findings.contains("office.toml:1"), "{findings}");
}
