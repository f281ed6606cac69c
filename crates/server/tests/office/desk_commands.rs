//! Sub-commands that need no server, run as a person runs them.

#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_satu-pintu"))
        .args(args)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn working_days_skip_nyepi_and_idul_fitri() {
    let out = run(&["workdays", "2026-03-16", "5"]);
    assert_eq!(text(&out.stdout), "2026-03-30\n", "{}", text(&out.stderr));
    assert!(out.status.success());
}

#[test]
fn a_year_without_a_calendar_is_told_and_not_guessed() {
    let out = run(&["workdays", "2031-03-16", "5"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("2031"));
    assert!(out.stdout.is_empty());
}

#[test]
fn a_day_that_does_not_exist_is_told() {
    let out = run(&["workdays", "2026-02-30", "5"]);
    assert!(!out.status.success());
    assert!(text(&out.stderr).contains("2026-02-30"));
}

#[test]
fn the_index_of_a_table() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("jawaban.csv");
    let path = file.to_str().unwrap();
    std::fs::write(&file, "resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n1,4,4,4,4,4,4,4,4,4\n2,3,3,3,3,3,3,3,3,3\n").unwrap();
    let out = run(&["survey", "index", path, "--population", "450", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(json["n"], 2);
    assert_eq!(json["elements"]["persyaratan"], "3.5000");
    assert_eq!(json["index"], "87.50");
    assert_eq!(json["grade"], "B");
    assert_eq!(json["needed"], 207);
    assert!(text(&out.stdout).starts_with(r#"{"n":2,"elements":{"persyaratan":"3.5000","#));

    let table = run(&["survey", "index", path]);
    assert!(text(&table.stdout).contains("87.50  grade B"));

    std::fs::write(&file, "resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n1,4,4,4,4,4,4,4,4,4\n2,3,3,3,5,3,3,3,3,3\n").unwrap();
    let out = run(&["survey", "index", path, "--json"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains(":3:"), "{}", text(&out.stderr));
}

#[test]
fn the_rules_pass_and_their_paths_are_lines_of_json() {
    let out = run(&["rules", "check", "content/"]);
    assert!(out.status.success(), "{}", text(&out.stdout));
    let out = run(&["rules", "paths", "content/rules/izin-usaha.toml", "--json"]);
    assert!(out.status.success());
    for line in text(&out.stdout).lines().take(50) {
        let path: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(path["answers"].is_array() && path["end"].is_string() && path["needs"].is_array());
    }
}
