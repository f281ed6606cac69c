//! The service worker's list follows the content; search engines are told what there is.

use crate::common::TestApp;

async fn text(t: &TestApp, path: &str) -> (u16, String) {
    let answer = reqwest::Client::builder().no_proxy().build().expect("client");
    let answer = answer.get([&t.url, path].concat()).send().await.expect("answer");
    (answer.status().as_u16(), answer.text().await.expect("text"))
}

#[tokio::test]
async fn a_changed_fee_changes_page_and_list() {
    let (t, folder, today) = TestApp::with_own_content().await;
    let (status, before) = text(&t, "/sw.js").await;
    assert_eq!(status, 200, "build the app first: script/build");
    assert!(before.starts_with("const LIST={\"release\""), "{}", &before[..200]);
    for kept in ["/layanan/reklame", "/en/panduan/nib-oss", "/frame.html", "/drawings/loket.svg"] {
        assert!(before.contains(&format!("\"{kept}\":\"")), "{kept}");
    }
    for personal in ["\"/lacak", "\"/permohonan", "\"/ajukan", "\"/cek"] {
        assert!(!before.contains(personal), "{personal}");
    }
    assert_eq!(text(&t, "/sw.js").await.1, before);
    assert!(text(&t, "/frame.html").await.1.contains("id=\"boot\""));

    let file = folder.join("services/reklame.toml");
    let service = std::fs::read_to_string(&file).expect("service");
    let name = service.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).expect("name");
    let page = text(&t, "/layanan/reklame").await.1;
    assert!(page.contains(name));
    let changed = format!("{name} Baru");
    std::fs::write(&file, service.replacen(name, &changed, 1)).expect("write");
    t.app.contents.reload(today).expect("it passes");
    assert!(text(&t, "/layanan/reklame").await.1.contains(&changed));
    let after = text(&t, "/sw.js").await.1;
    assert_ne!(after, before);
    let glossary = |list: &str| list.split_once("\"/istilah\":").map(|(_, rest)| rest[..18].to_owned());
    assert_eq!(glossary(&before), glossary(&after), "what did not change is not fetched again");
}

#[tokio::test]
async fn pages_for_search_engines() {
    let t = TestApp::start().await;
    let (_, robots) = text(&t, "/robots.txt").await;
    assert!(robots.contains("Disallow: /permohonan\n") && robots.contains("Disallow: /en/urus/\n"), "{robots}");
    assert!(robots.contains(&format!("Sitemap: {}/sitemap.xml", t.url)), "{robots}");
    let (_, map) = text(&t, "/sitemap.xml").await;
    assert!(map.contains(&format!("<loc>{}/layanan/reklame</loc>", t.url)), "{}", &map[..500]);
    assert!(!map.contains("/permohonan") && !map.contains("/lihat"));
}

#[tokio::test]
async fn everything_at_once_is_what_is_read_one_by_one() {
    let t = TestApp::start().await;
    let whole = t.get("/api/v1/catalog/whole?lang=en").await.ok();
    for path in ["/catalog/services/reklame?lang=en", "/catalog/guides/nib-oss", "/catalog/checks/halal?lang=en"] {
        assert_eq!(whole[path], t.get(&["/api/v1", path].concat()).await.ok(), "{path}");
    }
}
