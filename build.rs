//! Typed messages: every file `content/words/<lang>/interface/<section>.toml` becomes a struct with one field a
//! key, every text with `{name}` a function. A key that a language lacks, or has too much, stops the build.
//! Indonesian is the yardstick. A further language is only a further folder.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

type Section = BTreeMap<String, String>;

fn main() {
    let root = Path::new("content/words");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut problems = Vec::new();
    let mut langs: Vec<String> = folder(root).into_iter().filter(|l| root.join(l).join("interface").is_dir()).collect();
    langs.sort_by_key(|l| (l != "id", l.clone()));
    assert!(langs.first().is_some_and(|l| l == "id"), "content/words/id/interface is missing");
    let words: Vec<BTreeMap<String, Section>> =
        langs.iter().map(|lang| read_lang(&root.join(lang).join("interface"), &mut problems)).collect();
    let yardstick = &words[0];
    for (lang, own) in langs.iter().zip(&words).skip(1) {
        compare(lang, yardstick, own, &mut problems);
    }
    if !problems.is_empty() {
        for p in &problems {
            println!("cargo:error={p}");
        }
        std::process::exit(1);
    }
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    let code = generate(&langs, &words) + &office_phone(Path::new("content/office.toml"));
    if let Err(e) = std::fs::write(Path::new(&out).join("words.rs"), code) {
        panic!("cannot write words.rs: {e}");
    }
}

/// The number to call while the catalog, which has it too, cannot be had.
fn office_phone(path: &Path) -> String {
    println!("cargo:rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let table = text.parse::<toml::Table>().unwrap_or_default();
    let phone = table.get("phone").and_then(toml::Value::as_str).unwrap_or_default();
    format!("/// The office's phone as the app was built.\npub const OFFICE_PHONE: &str = {phone:?};\n")
}

/// Names in a folder.
fn folder(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .map(|d| d.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

fn read_lang(dir: &Path, problems: &mut Vec<String>) -> BTreeMap<String, Section> {
    let mut sections = BTreeMap::new();
    println!("cargo:rerun-if-changed={}", dir.display());
    for file in folder(dir) {
        let path = dir.join(&file);
        let Some(name) = file.strip_suffix(".toml") else { continue };
        println!("cargo:rerun-if-changed={}", path.display());
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        match text.parse::<toml::Table>() {
            Err(e) => problems.push(format!("{}: {e}", path.display())),
            Ok(table) => {
                let mut section = Section::new();
                for (key, value) in table {
                    match value {
                        toml::Value::String(text) => drop(section.insert(key, text)),
                        _ => problems.push(format!("{}: {key} is not a text", path.display())),
                    }
                }
                sections.insert(name.to_string(), section);
            }
        }
    }
    sections
}

fn compare(lang: &str, yard: &BTreeMap<String, Section>, own: &BTreeMap<String, Section>, problems: &mut Vec<String>) {
    let empty = Section::new();
    let names: std::collections::BTreeSet<&String> = yard.keys().chain(own.keys()).collect();
    for name in names {
        let (a, b) = (yard.get(name).unwrap_or(&empty), own.get(name).unwrap_or(&empty));
        for (key, text) in a {
            match b.get(key) {
                None => problems.push(format!("content/words/{lang}/interface/{name}.toml: {key} is missing")),
                Some(t) if holes_sorted(t) != holes_sorted(text) => problems.push(format!(
                    "content/words/{lang}/interface/{name}.toml: {key} has other {{places}} than the Indonesian text"
                )),
                Some(_) => {}
            }
        }
        for key in b.keys().filter(|k| !a.contains_key(*k)) {
            problems.push(format!("content/words/id/interface/{name}.toml: {key} is missing, {lang} has it"));
        }
    }
}

/// The `{name}` of a text, in order, each once.
fn holes(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(len) = rest[start..].find('}') else { break };
        let name = rest[start + 1..start + len].to_string();
        if !found.contains(&name) {
            found.push(name);
        }
        rest = &rest[start + len + 1..];
    }
    found
}

fn holes_sorted(text: &str) -> Vec<String> {
    let mut h = holes(text);
    h.sort();
    h
}

/// `nik-length` as `nik_length`; words that Rust keeps for itself get an underscore.
fn ident(key: &str) -> String {
    let name = key.replace(['-', '.'], "_");
    match name.as_str() {
        "as" | "break" | "const" | "continue" | "else" | "enum" | "fn" | "for" | "if" | "in" | "let" | "loop"
        | "match" | "mod" | "move" | "pub" | "ref" | "return" | "self" | "static" | "struct" | "super" | "trait"
        | "true" | "false" | "type" | "use" | "where" | "while" | "yield" | "try" | "do" | "get" => name + "_",
        _ => name,
    }
}

fn type_name(section: &str) -> String {
    section.split('-').map(|p| p[..1].to_uppercase() + &p[1..]).collect()
}

fn generate(langs: &[String], words: &[BTreeMap<String, Section>]) -> String {
    let mut o = String::new();
    let variants: Vec<String> = langs.iter().map(|l| type_name(l)).collect();
    // A write to a String cannot fail.
    let _ = writeln!(
        o,
        "/// The languages of the interface, Indonesian first.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Lang {{ {} }}\n\
         impl Lang {{\npub const ALL: &'static [Lang] = &[{}];\n\
         /// `id`, `en`.\npub fn code(self) -> &'static str {{ match self {{ {} }} }}\n\
         /// Its messages.\npub fn words(self) -> Words {{ Words(self) }}\n}}",
        variants.join(", "),
        variants.iter().map(|v| format!("Lang::{v}")).collect::<Vec<_>>().join(", "),
        variants.iter().zip(langs).map(|(v, l)| format!("Lang::{v} => {l:?}")).collect::<Vec<_>>().join(", "),
    );
    let sections = &words[0];
    // Each section is a function, so that a program carries only the sections that its pages speak with.
    let _ = writeln!(
        o,
        "/// Every message of a language, by section.\n#[derive(Clone, Copy)]\npub struct Words(Lang);\nimpl Words {{"
    );
    for name in sections.keys() {
        let ty = type_name(name);
        let arm = |lang: &String| format!("Lang::{} => &{}", type_name(lang), place(lang, name));
        let arms = langs.iter().map(arm).collect::<Vec<_>>().join(", ");
        let _ = writeln!(o, "pub fn {}(self) -> &'static {ty} {{ match self.0 {{ {arms} }} }}", ident(name));
    }
    let _ = writeln!(o, "}}");
    for (name, section) in sections {
        let ty = type_name(name);
        let (mut fields, mut fns, mut arms, mut keys) = (String::new(), String::new(), String::new(), Vec::new());
        for (key, text) in section {
            let id = ident(key);
            let holes = holes(text);
            if holes.is_empty() {
                let _ = writeln!(fields, "/// {}\npub {id}: &'static str,", text.replace('\n', " "));
                let _ = writeln!(arms, "{} => self.{id},", keys.len());
                keys.push(key);
            } else {
                let _ = writeln!(fields, "{id}: &'static str,");
                let args: Vec<String> =
                    holes.iter().map(|h| format!("{}: impl ::core::fmt::Display", ident(h))).collect();
                let fill: Vec<String> = holes.iter().map(|h| format!("({h:?}, &{})", ident(h))).collect();
                let _ = writeln!(
                    fns,
                    "/// {}\npub fn {id}(&self, {}) -> String {{ super::fill(self.{id}, &[{}]) }}",
                    text.replace('\n', " "),
                    args.join(", "),
                    fill.join(", ")
                );
            }
        }
        let _ = writeln!(
            o,
            "#[derive(Debug)]\npub struct {ty} {{\n{fields}}}\nimpl {ty} {{\n{fns}\
             /// The message of a key as the file has it; none when there is no such key.\n\
             pub fn get(&self, key: &str) -> Option<&'static str> {{\n\
             Some(match super::place(&{keys:?}, key)? {{ {arms} _ => return None }}) }}\n}}"
        );
    }
    for (lang, own) in langs.iter().zip(words) {
        for (name, section) in own {
            let _ = writeln!(o, "static {}: {} = {} {{", place(lang, name), type_name(name), type_name(name));
            for (key, text) in section {
                let _ = writeln!(o, "{}: {text:?},", ident(key));
            }
            let _ = writeln!(o, "}};");
        }
    }
    o
}

/// The name of the static that holds a section.
fn place(lang: &str, section: &str) -> String {
    format!("{lang}_{section}").to_uppercase()
}
