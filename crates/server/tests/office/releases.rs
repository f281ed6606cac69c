//! Files of older releases: the server and the folder of plain files keep them.

#![allow(clippy::expect_used)]

use crate::program::{CONTENT, Server, program};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

const OLD: &str = "read-00000000deadbeef.js";

fn ask(server: &Server, path: &str) -> String {
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).expect("connection");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answer");
    answer
}

#[test]
fn an_older_page_finds_its_files() {
    let data = tempfile::tempdir().expect("folder");
    let release = data.path().join("releases/before");
    std::fs::create_dir_all(&release).expect("folder");
    std::fs::write(release.join(OLD), "old()").expect("file");
    std::fs::write(release.join("used"), "").expect("file");
    let server = Server::start(&data.path().to_string_lossy(), &[]);
    let answer = ask(&server, &format!("/{OLD}"));
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("old()"), "{answer}");
    assert!(answer.contains("immutable") && answer.contains("text/javascript"), "{answer}");
    assert!(ask(&server, "/read-00000000deadbee0.js").starts_with("HTTP/1.1 404"));
    server.stop();
    // A place that takes nothing is no reason not to serve.
    std::fs::remove_dir_all(data.path().join("releases")).expect("folder");
    std::fs::write(data.path().join("releases"), "").expect("file");
    let server = Server::start(&data.path().to_string_lossy(), &[]);
    assert!(ask(&server, "/robots.txt").contains("Sitemap: http://x/sitemap.xml"));
    server.stop();
}

fn site(folder: &Path) -> bool {
    let folder = folder.to_string_lossy();
    let made = program(&["site", &folder, "--content", CONTENT, "--origin", "https://izin.example.go.id/"]).output();
    made.expect("the program").status.success()
}

#[test]
fn a_site_of_plain_files() {
    let folder = tempfile::tempdir().expect("folder");
    let at = |name: &str| folder.path().join(name);
    assert!(site(folder.path()), "build the app first: script/build");
    let text = |name: &str| std::fs::read_to_string(at(name)).expect("file");
    for (page, said) in [
        ("index.html", "lang=\"id\""),
        ("layanan/reklame/index.html", "canonical\" href=\"https://izin.example.go.id/layanan/reklame\""),
        ("en/istilah/index.html", "lang=\"en\""),
        ("izin/hasil/index.html", "id=\"boot\""),
        ("404.html", "noindex"),
        ("sitemap.xml", "https://izin.example.go.id/en/panduan/nib-oss"),
        ("robots.txt", "Sitemap: https://izin.example.go.id/sitemap.xml"),
        ("api/v1/catalog.id.json", "\"rules\""),
        ("api/v1/catalog/services/reklame.en.json", "\"cards\""),
        ("sw.js", "const LIST="),
    ] {
        assert!(text(page).contains(said), "{page}");
        assert!(at(&[page, ".br"].concat()).is_file() && at(&[page, ".gz"].concat()).is_file(), "{page}");
    }
    assert!(text("index.html").contains("http-equiv=\"Content-Security-Policy\""));

    // As if three other programs had written here before, each with a file of its own.
    let known: Vec<Vec<String>> = serde_json::from_str(&text("releases.json")).expect("list");
    let older = ["a", "b", "c"].map(|name| format!("{name}-0123456789abcdef.js"));
    for name in &older {
        std::fs::write(at(name), "old()").expect("file");
    }
    let releases: Vec<Vec<String>> = older.iter().map(|name| vec![name.clone()]).collect();
    std::fs::write(at("releases.json"), serde_json::to_string(&releases).expect("list")).expect("file");
    assert!(site(folder.path()));
    let there = older.map(|name| at(&name).is_file());
    assert_eq!(there, [true, true, false], "this release and the two before are kept");
    assert!(known[0].iter().all(|name| at(name).is_file()));
}
