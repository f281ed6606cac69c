//! The program itself: what it prints, that it stops when told, that it refuses what it cannot serve.

#![allow(clippy::expect_used)]

use crate::program::{CONTENT, Server, program};
use axum::http::Version;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

/// A bare request, as a proxy makes it for somebody.
fn ask_from(server: &Server, address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).expect("connection");
    let head = format!("Host: x\r\nX-Forwarded-For: {address}\r\nConnection: close");
    write!(stream, "GET {path} HTTP/1.1\r\n{head}\r\n\r\n").expect("request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answer");
    answer
}

fn ask(server: &Server, path: &str) -> String {
    ask_from(server, "203.0.113.1", path)
}

#[test]
fn starts_serves_and_stops() {
    let data = tempfile::tempdir().expect("folder");
    let data = data.path().join("kantor satu").to_string_lossy().into_owned();
    let server = Server::start(&data, &[]);
    assert!(server.said.contains("Opening the database: SQLite"), "{}", server.said);
    assert!(ask(&server, "/api/v1/health").starts_with("HTTP/1.1 200"));
    let rest = server.stop();
    assert!(rest.contains("one-time password") && rest.contains("Stopped."), "{rest}");
    // The account is there now: no second password. A variable that is set to nothing says nothing.
    let mut again = program(&["serve", "--port", "0", "--data", &data, "--content", CONTENT]);
    let server = Server::run(again.env("SATU_PINTU_URL", ""));
    assert!(ask(&server, "/api/v1/catalog").starts_with("HTTP/1.1 200"));
    let rest = server.stop();
    assert!(!rest.contains("password") && rest.contains("Stopped."), "{rest}");
}

#[test]
fn an_address_asks_only_so_fast() {
    let data = tempfile::tempdir().expect("folder");
    let server = Server::start(&data.path().to_string_lossy(), &["--rate", "1", "--trusted-proxy", "127.0.0.1"]);
    let notices = "/api/v1/notices";
    for _ in 0..10 {
        assert!(ask(&server, notices).starts_with("HTTP/1.1 200"));
    }
    let slowed = (0..20).map(|_| ask(&server, notices)).find(|answer| answer.starts_with("HTTP/1.1 429"));
    let slowed = slowed.expect("a refusal");
    assert!(slowed.contains("retry-after: ") && slowed.contains(r#""code":"slow""#), "{slowed}");
    // The app's own files and the health are not counted; another address has a pace of its own, a network has one.
    for _ in 0..20 {
        assert!(ask(&server, "/api/v1/health").starts_with("HTTP/1.1 200"));
        assert!(!ask(&server, "/").starts_with("HTTP/1.1 429"));
        assert!(ask(&server, "/drawings/none.svg").starts_with("HTTP/1.1 404"));
    }
    assert!(ask_from(&server, "203.0.113.2", notices).starts_with("HTTP/1.1 200"));
    let network = (0..30).map(|n| ask_from(&server, &format!("2001:db8::{n:x}"), notices));
    assert!(network.into_iter().any(|answer| answer.starts_with("HTTP/1.1 429")));
    assert!(ask_from(&server, "2001:db8:0:1::1", notices).starts_with("HTTP/1.1 200"));
    server.stop();
    let server = Server::start(&data.path().to_string_lossy(), &["--rate", "0"]);
    for _ in 0..30 {
        assert!(ask(&server, notices).starts_with("HTTP/1.1 200"));
    }
    server.stop();
}

/// A certificate as an office makes it for itself.
fn certificate(folder: &std::path::Path) -> (String, String) {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (cert, key) = (path("cert.pem"), path("key.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=Kantor Contoh", "-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", &key, "-out", &cert])
        .output()
        .expect("openssl");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (cert, key)
}

// Of two threads one waits for the program to stop while the other lets go of the connections.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn https_without_a_proxy() {
    let folder = tempfile::tempdir().expect("folder");
    let (cert, key) = certificate(folder.path());
    let data = folder.path().join("data");
    let mut server = Server::start(&data.to_string_lossy(), &["--tls-cert", &cert, "--tls-key", &key]);
    assert!(server.url.starts_with("https://"), "{}", server.said);

    let _ = rustls::crypto::ring::default_provider().install_default();
    let pem = std::fs::read(&cert).expect("certificate");
    let trusting = || {
        let cert = reqwest::Certificate::from_pem(&pem).expect("certificate");
        reqwest::Client::builder().no_proxy().tls_certs_only([cert])
    };
    let newest = trusting().build().expect("client");
    let oldest = trusting().http1_only().build().expect("client");
    let health = format!("{}/api/v1/health", server.url);
    for (client, version) in [(&newest, Version::HTTP_2), (&oldest, Version::HTTP_11)] {
        let answer = client.get(&health).send().await.expect("an answer");
        assert_eq!((answer.status().as_u16(), answer.version()), (200, version));
        assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
        assert!(answer.text().await.expect("body").contains("\"ok\""));
    }
    let body = format!(r#"{{"account":"kepala-loket","password":"{}"}}"#, server.password());
    let sign_in = newest.post(format!("{}/api/v1/staff/session", server.url));
    // A browser says which page asks.
    let session = sign_in
        .header("origin", &server.url)
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await
        .expect("an answer");
    let cookie = session.headers()["set-cookie"].to_str().expect("cookie").to_owned();
    assert!(session.status().is_success() && cookie.contains("; Secure") && cookie.contains("; HttpOnly"), "{cookie}");

    let robots = newest.get(format!("{}/robots.txt", server.url)).send().await.expect("an answer");
    let robots = robots.text().await.expect("text");
    assert!(robots.contains(&format!("Sitemap: {}/sitemap.xml", server.url)), "{robots}");

    // Whoever does not know the certificate, or speaks without TLS, gets nothing.
    let stranger = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("client");
    assert!(stranger.get(&health).send().await.is_err());
    assert!(stranger.get(health.replace("https:", "http:")).send().await.is_err());
    drop((newest, oldest));
    server.stop();
}

#[test]
fn content_that_does_not_pass_does_not_start() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("office.toml"), "name = \n").expect("write");
    let (content, data) = (folder.path().to_string_lossy(), folder.path().join("data"));
    let ended = program(&["serve", "--port", "0", "--content", &content, "--data", &data.to_string_lossy()])
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(!ended.status.success() && said.contains("office.toml:1"), "{said}");
}

#[test]
fn places_that_do_not_open() {
    let data = tempfile::tempdir().expect("folder");
    let folder = data.path().to_string_lossy().into_owned();
    for (arguments, wanted) in [
        (vec!["--database", "mysql://x/y"], "postgres://"),
        (vec!["--database", "postgres://nobody@127.0.0.1:1/none"], "the database does not open"),
        (vec!["--files", "/proc/none/files"], "/proc/none/files"),
        (vec!["--tls-cert", "/none.pem", "--tls-key", "/none.pem"], "none.pem"),
        (vec!["--tls-cert", "/none.pem"], "--tls-key"),
    ] {
        let mut all = vec!["serve", "--port", "0", "--content", CONTENT, "--data", &folder];
        all.extend(arguments.iter());
        let ended = program(&all).output().expect("the program");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success() && said.contains(wanted), "{arguments:?} {said}");
    }
}

#[test]
fn help_names_every_option_and_its_variable() {
    let help = program(&["serve", "--help"]).output().expect("the program");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    for option in
        ["port", "data", "content", "database", "files", "tls-cert", "tls-key", "trusted-proxy", "host", "rate"]
    {
        let variable = format!("SATU_PINTU_{}", option.to_uppercase().replace('-', "_"));
        assert!(help.contains(&format!("--{option}")) && help.contains(&variable), "{option} in {help}");
    }
}

#[test]
fn working_days_and_the_index() {
    let days = program(&["workdays", "2026-03-16", "5", "--content", CONTENT]).output().expect("the program");
    assert_eq!(String::from_utf8_lossy(&days.stdout), "2026-03-30\n");
    let none = program(&["workdays", "2031-03-16", "5", "--content", CONTENT]).output().expect("the program");
    assert!(!none.status.success() && String::from_utf8_lossy(&none.stderr).contains("2031"));
    let bad = program(&["workdays", "2026-02-30", "5"]).output().expect("the program");
    assert!(!bad.status.success());

    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("skm.csv");
    std::fs::write(&file, "resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n1,4,4,4,4,4,4,4,4,4\n2,3,3,3,3,3,3,3,3,3\n").expect("csv");
    let path = file.to_string_lossy().into_owned();
    let index = program(&["survey", "index", &path, "--population", "1000", "--json"]).output().expect("the program");
    let json = String::from_utf8_lossy(&index.stdout).into_owned();
    assert!(json.starts_with("{\"n\":2,\"elements\":{\"persyaratan\":\"3.5000\""), "{json}");
    assert!(json.contains("\"index\":\"87.50\",\"grade\":\"B\",\"needed\":278"), "{json}");
    std::fs::write(&file, "resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n1,4,4,4,4,4,4,4,4,5\n").expect("csv");
    let bad = program(&["survey", "index", &path]).output().expect("the program");
    let said = String::from_utf8_lossy(&bad.stderr).into_owned();
    assert!(!bad.status.success() && said.contains(":2:"), "{said}");
}
