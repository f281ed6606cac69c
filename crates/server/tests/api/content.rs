//! Content that does not pass is not served; a changed folder is taken over when it passes.

use crate::common::TestApp;
use satu_pintu_server::contents::Contents;

#[tokio::test]
async fn a_changed_folder() {
    let (t, folder, today) = TestApp::with_own_content().await;
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
