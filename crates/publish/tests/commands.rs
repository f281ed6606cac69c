//! `satu-pintu rules check|paths|diff` and `publish dist` on files of their own.
#![allow(clippy::unwrap_used)]

use satu_pintu_domain::date::Day;
use satu_pintu_publish::rules::{rules_check, rules_diff, rules_paths};
use satu_pintu_publish::{compress, programs};
use std::io::Read;
use std::path::{Path, PathBuf};

const RULES: &str = r#"id = "kecil"
start = "modal"

[[question]]
id = "modal"
options = ["mikro", "besar"]
next = [ { end = "daftar" } ]

[[outcome]]
id = "daftar"

[[need]]
item = "nib"

[[need]]
item = "sppl"
when = { modal = "mikro" }
"#;

fn today() -> Day {
    "2026-11-22".parse().unwrap()
}

/// A file in a folder of this test alone.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("satu-pintu-commands-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_file_without_findings_prints_its_certificate() {
    let (text, passed) = rules_check(&[file("ok.toml", RULES)], today());
    assert!(passed, "{text}");
    assert!(text.starts_with("kecil: version "), "{text}");
    assert!(
        text.ends_with("questions 1, reachable states 1, paths 2, distinct outcomes 2, longest path 1\n"),
        "{text}"
    );
}

#[test]
fn findings_are_lines_with_code_file_and_line() {
    let broken =
        RULES.replace("modal = \"mikro\" }", "modal = \"mikor\" }").replace("start = \"modal\"", "start = \"awal\"");
    let path = file("broken.toml", &broken);
    let (text, passed) = rules_check(std::slice::from_ref(&path), today());
    assert!(!passed);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].starts_with(&format!("unknown-target {}:2 ", path.display())), "{text}");
    assert!(lines[1].starts_with(&format!("unknown-value {}:17 ", path.display())), "{text}");
}

#[test]
fn one_bad_path_spoils_the_others() {
    let (text, passed) = rules_check(&[file("good.toml", RULES), "/tidak/ada.toml".into()], today());
    assert!(!passed);
    assert!(text.starts_with("parse /tidak/ada.toml:1 ") && !text.contains("version"), "{text}");
}

#[test]
fn odd_files_are_findings() {
    for (text, code) in [
        ("", "parse"),
        ("id = 3", "parse"),
        ("[[question]]\nid = \"a\"\nid = \"b\"", "parse"),
        ("id = \"x\"\nstart = \"a\"\nquestion = 3", "parse"),
        (&RULES.replace("options", "option"), "unknown-key"),
        (&RULES.replace("end = \"daftar\"", "go = \"modal\""), "cycle"),
        (&RULES.replace("[ { end", "[ { when = { modal = \"besar\" }, end"), "no-rule"),
        (&RULES.replace("next = [ { end = \"daftar\" } ]", "next = []"), "no-rule"),
    ] {
        let (out, passed) = rules_check(&[file("odd.toml", text)], today());
        assert!(!passed, "{text}");
        assert!(out.lines().any(|l| l.starts_with(code)), "{text}\n{out}");
    }
}

#[test]
fn paths_are_minified_lines() {
    let path = file("paths.toml", RULES);
    let wanted = "{\"answers\":[[\"modal\",\"mikro\"]],\"end\":\"daftar\",\"needs\":[\"nib\",\"sppl\"]}\n\
                  {\"answers\":[[\"modal\",\"besar\"]],\"end\":\"daftar\",\"needs\":[\"nib\"]}\n";
    assert_eq!(rules_paths(&path, today()).unwrap(), wanted);
    let cycle = file("cycle.toml", &RULES.replace("end = \"daftar\"", "go = \"modal\""));
    let findings = rules_paths(&cycle, today()).unwrap_err();
    assert!(findings[0].to_string().starts_with("cycle "), "{findings:?}");
}

#[test]
fn a_difference_in_sentences() {
    let old = file("old.toml", RULES);
    let new = file("new.toml", &RULES.replace("modal = \"mikro\" }", "modal = [\"mikro\", \"besar\"] }"));
    let text = rules_diff(&old, &new, today()).unwrap();
    assert!(text.contains("1 of 2 situations change."), "{text}");
    assert!(text.contains("sppl comes in for 1 situations."), "{text}");
    assert!(text.contains("modal = besar: sppl comes in."), "{text}");
    let same = rules_diff(&old, &file("same.toml", &format!("# lagi\n{RULES}")), today()).unwrap();
    assert!(same.starts_with("The rules are the same"), "{same}");
    let more = file("more.toml", &RULES.replace("\"besar\"]", "\"besar\", \"raksasa\"]"));
    let text = rules_diff(&old, &more, today()).unwrap();
    assert!(text.contains("0 of 2 situations change.") && text.contains("1 of 3 situations of the new"), "{text}");
}

#[test]
fn compressed_copies_are_the_same_text() {
    let text = "Satu pintu untuk semua izin. ".repeat(200);
    let (brotli, gzip) = compress::compress(text.as_bytes());
    let mut plain = String::new();
    flate2::read::GzDecoder::new(&gzip[..]).read_to_string(&mut plain).unwrap();
    assert_eq!(plain, text);
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut &brotli[..], &mut plain).unwrap();
    assert_eq!(plain, text.as_bytes());
    assert!(brotli.len() < gzip.len() && gzip.len() < 300);
}

#[test]
fn programs_are_named_by_their_content_and_weighed_with_the_page() {
    let folder = std::env::temp_dir().join(format!("satu-pintu-dist-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text.repeat(100)).unwrap();
    let page = r#"<style>p {
  a: b;
}</style><script type="application/json" id="programs">
        {"files":{"find":"/find.js"},"paths":{},"style":"/style.css"}
        </script><script src="/loader.js" defer></script>"#;
    std::fs::write(folder.join("index.html"), page).unwrap();
    write("find.js", "export default 1;");
    write("find_bg.wasm", "wasm");
    write("loader.js", "load(PROGRAMS, WORDS)");
    write("later.js", "offer(WORDS)");
    write("other.css", "p{}");
    write("foto.png", "png");
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/words");
    let programs = programs::name_by_content(&folder, &words).unwrap();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let html = read("index.html");
    let bare = |address: &String| address.trim_start_matches('/').to_string();
    let (script, style, loader) = (bare(&programs.files["find"]), bare(&programs.style), bare(&programs.loader));
    let later = bare(&programs.later);
    assert_eq!(script.len(), "find-0123456789abcdef.js".len(), "{script}");
    assert_eq!(html, format!("<style>p {{a:b;}}</style><script src=\"/{loader}\" defer></script>"));
    assert_eq!(read(&style), "p {a:b;}");
    assert!([&script, &style, &later].iter().all(|name| read(&loader).contains(*name)));
    assert!(
        [&later, &loader].iter().all(|name| read(name).contains("Versi baru siap.") && !read(name).contains("WORDS"))
    );
    // A second time changes nothing.
    assert_eq!(programs::name_by_content(&folder, &words).unwrap().loader, programs.loader);
    assert_eq!(read("index.html"), html);
    let files = compress::dist(&folder).unwrap();
    let module = script.replace(".js", "_bg.wasm");
    let names: Vec<&str> = files.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(names, [&script, &module, "index.html", &later, &loader, "other.css", "programs.json", &style]);
    let own = [&script, &module, &loader, &style];
    let first = files.iter().filter(|f| own.contains(&&f.path)).map(|f| f.brotli).sum::<usize>();
    assert_eq!(programs::first_loads(&files, &programs), [("find".to_string(), first)]);
    assert!(folder.join(format!("{script}.br")).exists() && folder.join(format!("{script}.gz")).exists());
    // A second run takes what is there, and never compresses a compressed copy.
    assert_eq!(compress::dist(&folder).unwrap().len(), 8);
    std::fs::remove_dir_all(&folder).unwrap();
}
