//! The program as an office runs it.

#![allow(dead_code, clippy::expect_used)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_satu-pintu");
pub const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content");

/// The program with these arguments, whatever the tests' own environment says.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SATU_PINTU_")) {
        command.env_remove(name);
    }
    command
}

pub struct Server {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    /// `http://127.0.0.1:41234`
    pub url: String,
    /// Everything printed up to the address.
    pub said: String,
}

impl Server {
    /// On a free port, with the content of the repository; waits until it says where it listens.
    pub fn start(data: &str, more: &[&str]) -> Server {
        Server::run(program(&["serve", "--port", "0", "--data", data, "--content", CONTENT]).args(more))
    }

    /// A command that serves; waits until it says where it listens.
    pub fn run(command: &mut Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program");
        let mut out = BufReader::new(child.stdout.take().expect("output"));
        let mut said = String::new();
        let url = loop {
            let line = line(&mut out);
            assert!(!line.is_empty(), "it ended after: {said}");
            said += &line;
            if let Some((_, url)) = line.trim().split_once("ready at ") {
                break url.to_owned();
            }
        };
        Server { child, out, url, said }
    }

    /// The one-time password, which the first start prints after the address.
    pub fn password(&mut self) -> String {
        let line = line(&mut self.out);
        let (_, rest) = line.split_once("one-time password: ").expect("a password");
        rest.split_whitespace().next().expect("a password").to_owned()
    }

    /// Sends SIGTERM and returns what was printed since.
    pub fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("output");
        assert!(self.child.wait().expect("end").success());
        rest
    }
}

/// A test that fails leaves no server behind.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn line(out: &mut impl BufRead) -> String {
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    line
}
