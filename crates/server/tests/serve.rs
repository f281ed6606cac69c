//! The program itself: what it prints, that it stops when told, that it refuses what it cannot serve.

#![allow(clippy::expect_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_satu-pintu");
const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content");

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SATU_PINTU_")) {
        command.env_remove(name);
    }
    command
}

struct Server {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    address: String,
    /// Everything printed before the address and the line after it.
    said: String,
}

fn start(data: &str, more: &[&str]) -> Server {
    let mut child = program(&["serve", "--port", "0", "--data", data, "--content", CONTENT])
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let mut out = BufReader::new(child.stdout.take().expect("output"));
    let mut said = String::new();
    let address = loop {
        let mut line = String::new();
        assert!(out.read_line(&mut line).expect("a line") > 0, "it ended after: {said}");
        said += &line;
        if let Some((_, address)) = line.trim().split_once("http://") {
            break address.to_owned();
        }
    };
    Server { child, out, address, said }
}

impl Server {
    fn ask(&self, path: &str) -> String {
        self.ask_from("203.0.113.1", path)
    }

    /// As a proxy asks for somebody.
    fn ask_from(&self, address: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("connection");
        let head = format!("Host: x\r\nX-Forwarded-For: {address}\r\nConnection: close");
        write!(stream, "GET {path} HTTP/1.1\r\n{head}\r\n\r\n").expect("request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answer");
        answer
    }

    /// Sends SIGTERM and returns what was printed since the address.
    fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("output");
        assert!(self.child.wait().expect("end").success());
        rest
    }
}

#[test]
fn starts_serves_and_stops() {
    let data = tempfile::tempdir().expect("folder");
    let data = data.path().join("kantor satu").to_string_lossy().into_owned();
    let server = start(&data, &[]);
    assert!(server.said.contains("Opening the database: SQLite"), "{}", server.said);
    assert!(server.ask("/api/v1/health").starts_with("HTTP/1.1 200"));
    let rest = server.stop();
    assert!(rest.contains("one-time password") && rest.contains("Stopped."), "{rest}");
    // The account is there now: no second password.
    let server = start(&data, &[]);
    assert!(server.ask("/api/v1/catalog").starts_with("HTTP/1.1 200"));
    let rest = server.stop();
    assert!(!rest.contains("password") && rest.contains("Stopped."), "{rest}");
}

#[test]
fn an_address_asks_only_so_fast() {
    let data = tempfile::tempdir().expect("folder");
    let server = start(&data.path().to_string_lossy(), &["--rate", "1", "--trusted-proxy", "127.0.0.1"]);
    let notices = "/api/v1/notices";
    for _ in 0..10 {
        assert!(server.ask(notices).starts_with("HTTP/1.1 200"));
    }
    let slowed = (0..20).map(|_| server.ask(notices)).find(|answer| answer.starts_with("HTTP/1.1 429"));
    let slowed = slowed.expect("a refusal");
    assert!(slowed.contains("retry-after: ") && slowed.contains(r#""code":"slow""#), "{slowed}");
    // The app's own files and the health are not counted; another address has a pace of its own, a network has one.
    for _ in 0..20 {
        assert!(server.ask("/api/v1/health").starts_with("HTTP/1.1 200"));
        assert!(!server.ask("/").starts_with("HTTP/1.1 429"));
        assert!(server.ask("/drawings/none.svg").starts_with("HTTP/1.1 404"));
    }
    assert!(server.ask_from("203.0.113.2", notices).starts_with("HTTP/1.1 200"));
    let network = (0..30).map(|n| server.ask_from(&format!("2001:db8::{n:x}"), notices));
    assert!(network.into_iter().any(|answer| answer.starts_with("HTTP/1.1 429")));
    assert!(server.ask_from("2001:db8:0:1::1", notices).starts_with("HTTP/1.1 200"));
    server.stop();
    let server = start(&data.path().to_string_lossy(), &["--rate", "0"]);
    for _ in 0..30 {
        assert!(server.ask(notices).starts_with("HTTP/1.1 200"));
    }
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
