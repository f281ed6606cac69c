//! Content with one fault, made from the real one: each is told by its code, with file and line.
#![allow(clippy::unwrap_used)]

use satu_pintu_domain::date::Day;
use satu_pintu_publish::{Dir, Files, Finding, Memory, load};

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content");

fn today() -> Day {
    "2026-11-22".parse().unwrap()
}

struct Office(Memory);

impl Office {
    fn new() -> Office {
        let dir = Dir(CONTENT.into());
        let files = dir.list().unwrap().into_iter().map(|path| {
            let bytes = dir.read(&path).unwrap();
            (path, bytes)
        });
        Office(Memory(files.collect()))
    }

    fn file(&mut self, path: &str) -> &mut Vec<u8> {
        &mut self.0.0.iter_mut().find(|(p, _)| p == path).unwrap_or_else(|| panic!("{path}")).1
    }

    fn text(&mut self, path: &str) -> String {
        String::from_utf8(self.file(path).clone()).unwrap()
    }

    fn without(mut self, path: &str) -> Office {
        let before = self.0.0.len();
        self.0.0.retain(|(p, _)| p != path);
        assert_eq!(self.0.0.len() + 1, before, "{path}");
        self
    }

    fn with(mut self, path: &str, text: &str) -> Office {
        self.0.0.push((path.into(), text.into()));
        self
    }

    fn append(mut self, path: &str, text: &str) -> Office {
        self.file(path).extend_from_slice(text.as_bytes());
        self
    }

    /// The line that begins with `key` becomes another one; its number.
    fn line(mut self, path: &str, key: &str, line: &str) -> (Office, usize) {
        let text = self.text(path);
        let at = text.lines().position(|l| l.starts_with(key)).unwrap_or_else(|| panic!("{key} in {path}"));
        let lines: Vec<&str> = text.lines().enumerate().map(|(n, l)| if n == at { line } else { l }).collect();
        *self.file(path) = lines.join("\n").into_bytes();
        (self, at + 1)
    }

    fn findings(&self) -> Vec<Finding> {
        load(&self.0, today()).err().unwrap_or_default()
    }

    /// One of the findings begins so.
    #[track_caller]
    fn tells(&self, wanted: &str) {
        let lines: Vec<String> = self.findings().iter().map(ToString::to_string).collect();
        assert!(lines.iter().any(|l| l.starts_with(wanted)), "{wanted}\n{}", lines.join("\n"));
        for line in &lines {
            let place = line.split(' ').nth(1).unwrap();
            let (file, number) = place.rsplit_once(':').unwrap();
            assert!(file.starts_with("content/") && number.parse::<usize>().unwrap() > 0, "{line}");
        }
    }
}

#[test]
fn untouched_content_in_memory_passes() {
    assert_eq!(Office::new().findings(), []);
}

#[test]
fn parse() {
    let mut office = Office::new();
    let last = office.text("glossary.toml").lines().count() + 1;
    office.append("glossary.toml", "id = \n").tells(&format!("parse content/glossary.toml:{last} "));
    Office::new().without("params.toml").tells("parse content/params.toml:1 this file is missing");
    let (office, line) = Office::new().line("services/reklame.toml", "order", "order = \"dulu\"");
    office.tells(&format!("parse content/services/reklame.toml:{line} "));
    let (office, line) = Office::new().line("services/reklame.toml", "channel", "channel = \"pos\"");
    office.tells(&format!("parse content/services/reklame.toml:{line} "));
    let (office, line) = Office::new().line("office.toml", "checked", "checked = 2026-02-30");
    office.tells(&format!("parse content/office.toml:{line} "));
    let (office, _) = Office::new().line("requirements/ktp.toml", "id", "id = \"kartu\"");
    office.tells("parse content/requirements/ktp.toml:");
    let mut office = Office::new();
    *office.file("survey.toml") = b"id = \"skm\"\ntitle = \"\xff\"\n".to_vec();
    office.tells("parse content/survey.toml:2 ");
    let (office, line) = Office::new().line("rules/halal.toml", "options", "options = [\"a\", 3]");
    office.tells(&format!("parse content/rules/halal.toml:{line} "));
}

#[test]
fn the_clock() {
    let (office, _) = Office::new().line("calendar.toml", "to =", "to = \"07:00\"");
    office.tells("unknown-value content/calendar.toml:");
    let (office, _) = Office::new().line("calendar.toml", "days", "days = [\"senin\"]");
    office.tells("unknown-value content/calendar.toml:");
    let (office, _) = Office::new().line("services/reklame.toml", "by", "by = { agency = \"tidak-ada\" }");
    office.tells("unknown-target content/services/reklame.toml:");
    let (office, _) = Office::new().line("services/reklame.toml", "by", "by = \"applicant\"");
    office.tells("unknown-value content/services/reklame.toml:");
    let (office, _) = Office::new().line("services/reklame.toml", "by", "");
    office.tells("service-incomplete content/services/reklame.toml:");
    let hours = "by = \"front-office\"\n[[step]]\nname = \"Lagi\"\nwho = \"Loket\"\ntext = \"Lagi.\"\n\
        time = { value = 30, unit = \"minute\" }\nby = \"front-office\"";
    let (office, _) = Office::new().line("services/reklame.toml", "by", hours);
    office.tells("unknown-value content/services/reklame.toml:");
}

#[test]
fn the_letter() {
    let (office, line) = Office::new().line("letter.toml", "subject", "subject = \"Permohonan {nomor}\"");
    office.tells(&format!("unknown-value content/letter.toml:{line} "));
    let (office, line) = Office::new().line("letter.toml", "basis", "basis = [\"uu-tidak-ada\"]");
    office.tells(&format!("unknown-target content/letter.toml:{line} "));
}

#[test]
fn unknown_key() {
    let (office, line) = Office::new().line("services/reklame.toml", "product", "produkt = \"Surat\"");
    office.tells(&format!("unknown-key content/services/reklame.toml:{line} "));
    let (office, line) = Office::new().line("rules/halal.toml", "options", "options = [{ id = \"ya\", clas = \"x\" }]");
    office.tells(&format!("unknown-key content/rules/halal.toml:{line} "));
    let mut office = Office::new();
    let last = office.text("params.toml").lines().count() + 2;
    office.append("params.toml", "\n[tarif]\nx = 1\n").tells(&format!("unknown-key content/params.toml:{last} "));
    Office::new().with("layanan.toml", "").tells("unknown-key content/layanan.toml:1 ");
    Office::new().with("services/lama/reklame.toml", "").tells("unknown-key content/services/lama/reklame.toml:1 ");
}

#[test]
fn duplicate_id() {
    let term = "[[term]]\nid = \"nib\"\nterm = \"X\"\ntext = \"x\"\nen = \"x\"\nforms = []\n";
    Office::new().append("glossary.toml", term).tells("duplicate-id content/glossary.toml:");
    let source = "[[source]]\nid = \"pp28-2025\"\ntitle = \"x\"\nshort = \"x\"\nkind = \"law\"\nverified = false\nchecked = 2026-11-22\n";
    Office::new().with("sources/lagi.toml", source).tells("duplicate-id content/sources/");
    let field =
        "[[page]]\nid = \"lagi\"\ntitle = \"Lagi\"\n[[page.field]]\nid = \"nik\"\nkind = \"nik\"\nlabel = \"NIK\"\n";
    Office::new().append("services/reklame.toml", field).tells("duplicate-id content/services/reklame.toml:");
}

#[test]
fn unknown_target() {
    for (path, key, line) in [
        ("services/reklame.toml", "days", "days = \"waktu.rekalme\""),
        ("services/reklame.toml", "cost =", "cost = \"biaya.rekalme\""),
        ("services/reklame.toml", "agencies", "agencies = [\"dinas\"]"),
        ("services/reklame.toml", "basis", "basis = [\"uu-tidak-ada\"]"),
        ("services/reklame.toml", "source", "source = [\"situs-tidak-ada\"]"),
        ("services/halal.toml", "eligibility", "eligibility = \"hala\""),
        ("services/reklame.toml", "card", "card = \"kpt\""),
        ("requirements/ktp.toml", "basis", "basis = [\"uu-tidak-ada\"]"),
        ("guides/nib-oss.toml", "services", "services = [\"nip\"]"),
        ("guides/nib-oss.toml", "next", "next = { label = \"x\", go = \"service/nip\" }"),
        ("guides/nib-oss.toml", "drawing", "drawing = \"tidak-ada\""),
        ("office.toml", "go", "go = \"kontak\""),
        ("office.toml", "intake_days", "intake_days = \"waktu.tidak-ada\""),
        ("risk.toml", "source", "source = [\"situs-tidak-ada\"]"),
        ("params.toml", "source", "source = \"situs-tidak-ada\""),
        ("calendar.toml", "source", "source = [\"situs-tidak-ada\"]"),
        ("survey.toml", "source", "source = [\"situs-tidak-ada\"]"),
    ] {
        let (office, at) = Office::new().line(path, key, line);
        office.tells(&format!("unknown-target content/{path}:{at} "));
    }
    let (office, at) = Office::new().line(
        "rules/halal.toml",
        "options",
        "options = [\"mikro-kecil\", { id = \"menengah-besar\", help = \"tidak-ada\" }]",
    );
    office.tells(&format!("unknown-target content/rules/halal.toml:{at} "));
    // Words that nothing asks for: a slip in an id.
    let words = "[question.umur]\ntitle = \"Umur?\"\n";
    Office::new().append("words/id/rules/halal.toml", words).tells("unknown-target content/words/id/rules/halal.toml:");
    Office::new()
        .with("words/id/rules/lagi.toml", "title = \"x\"\n")
        .tells("unknown-target content/words/id/rules/lagi.toml:1 ");
    let activity = "[[activity]]\nid = \"naga\"\nname = \"Naga\"\nen = \"Dragon\"\nsynonyms = []\n";
    Office::new().append("activities.toml", activity).tells("unknown-target content/activities.toml:");
    Office::new().without("drawings/hp-formulir.svg").tells("unknown-target content/guides/");
}

#[test]
fn unknown_value() {
    let (office, at) = Office::new().line("risk.toml", "scale", "scale = [\"raksasa\"]");
    office.tells(&format!("unknown-value content/risk.toml:{at} "));
    let card = "[[requirement]]\ncard = \"npwp-badan\"\nwhen = { tempat = \"bulan\" }\n";
    Office::new().append("services/reklame.toml", card).tells("unknown-value content/services/reklame.toml:");
    let need = "[[need]]\nitem = \"pbg\"\nwhen = { modal = \"mikor\" }\nwhy = \"need.pbg\"\n";
    Office::new().append("rules/izin-usaha.toml", need).tells("unknown-value content/rules/izin-usaha.toml:");
}

#[test]
fn need_without_guidance() {
    let permit = "[[need]]\nitem = \"izin-naga\"\nwhy = \"need.pbg\"\n";
    Office::new().append("rules/izin-usaha.toml", permit).tells("need-without-guidance content/rules/izin-usaha.toml:");
    let note = "[[need]]\nitem = \"catatan-naga\"\nkind = \"note\"\nwhy = \"need.pbg\"\n";
    Office::new().append("rules/izin-usaha.toml", note).tells("need-without-guidance content/rules/izin-usaha.toml:");
}

#[test]
fn service_incomplete() {
    for (path, key, line) in [
        ("services/reklame.toml", "decides", "decides = \" \""),
        ("services/reklame.toml", "basis", "basis = []"),
        ("services/halal.toml", "site", "site = \"\""),
        ("requirements/ktp.toml", "mistake", "mistake = \"\""),
        ("requirements/ktp.toml", "basis", "basis = []"),
        ("requirements/ktp.toml", "cost", "cost = {}"),
    ] {
        let (office, at) = Office::new().line(path, key, line);
        office.tells(&format!("service-incomplete content/{path}:{at} "));
    }
    // Without a fixed amount a note has to say why.
    let (office, _) = Office::new().line("services/reklame.toml", "cost =", "cost = \"\"");
    let (office, at) = office.line("services/reklame.toml", "cost_note", "cost_note = \"\"");
    office.tells(&format!("service-incomplete content/services/reklame.toml:{at} "));
}

#[test]
fn params() {
    let row =
        |from: &str| format!("[[param]]\nid = \"biaya.baru\"\nfrom = {from}\nvalue = 0\nsource = \"pp28-2025\"\n");
    Office::new().append("params.toml", &row("2027-01-01")).tells("param-gap content/params.toml:");
    let twice = row("2025-01-01") + &row("2025-01-01");
    Office::new().append("params.toml", &twice).tells("param-overlap content/params.toml:");
    let (office, at) = Office::new().append("params.toml", &row("2027-01-01")).line(
        "services/reklame.toml",
        "cost =",
        "cost = \"biaya.baru\"",
    );
    office.tells(&format!("param-gap content/services/reklame.toml:{at} "));
}

#[test]
fn text_missing() {
    for path in ["words/en/rules/halal.toml", "words/id/rules/izin-usaha.toml", "words/en/services.toml"] {
        Office::new().without(path).tells(&format!("text-missing content/{path}:1 "));
    }
    Office::new()
        .without("words/en/interface/fault.toml")
        .tells("text-missing content/words/en/interface/fault.toml:1 ");
    let key = "kunci-baru = \"Baru\"\n";
    Office::new()
        .append("words/id/interface/fault.toml", key)
        .tells("text-missing content/words/en/interface/fault.toml:1 kunci-baru");
    Office::new()
        .append("words/en/interface/fault.toml", key)
        .tells("text-missing content/words/id/interface/fault.toml:1 kunci-baru");
    let (office, at) =
        Office::new().line("words/en/interface/fault.toml", "required", "required = \"Fill in {field}.\"");
    office.tells(&format!("text-missing content/words/en/interface/fault.toml:{at} required"));
    // A code of the program without words.
    let (office, _) = Office::new().line("words/id/interface/fault.toml", "nik-age", "");
    office.tells("text-missing content/words/id/interface/fault.toml:1 nik-age");
    let outcome = "[[outcome]]\nid = \"lain\"\n";
    Office::new().append("rules/halal.toml", outcome).tells("text-missing content/words/id/rules/halal.toml:");
    let need = "[[need]]\nitem = \"pbg\"\nwhen = { modal = \"mikro\" }\nwhy = \"need.naga\"\n";
    Office::new().append("rules/izin-usaha.toml", need).tells("text-missing content/words/en/rules/izin-usaha.toml:");
    let (office, at) = Office::new().line("guides/nib-oss.toml", "wa", "wa = \"\"");
    office.tells(&format!("text-missing content/guides/nib-oss.toml:{at} "));
    // A new language has everything or is not there.
    Office::new().with("words/bug/interface/fault.toml", "").tells("text-missing content/words/bug/rules/");
}

#[test]
fn rules_are_checked_with_their_lines() {
    let mut office = Office::new();
    let line = office.text("rules/halal.toml").lines().count() + 2;
    let question = "\n[[question]]\nid = \"tersesat\"\noptions = [\"ya\", \"tidak\"]\nnext = [{ end = \"boleh\" }]\n";
    office.append("rules/halal.toml", question).tells(&format!("dead-question content/rules/halal.toml:{line} "));
    let (office, at) = Office::new().line("rules/halal.toml", "start", "start = \"awal\"");
    office.tells(&format!("unknown-target content/rules/halal.toml:{at} "));
}

/// What is wrong in several files is told in one run, each once, in the order of files and lines.
#[test]
fn all_findings_at_once() {
    let (office, _) = Office::new().line("services/reklame.toml", "decides", "decides = \"\"");
    let (office, _) = office.line("requirements/ktp.toml", "mistake", "mistake = \"\"");
    let (office, _) = office.line("office.toml", "phone", "phone = \"112\"");
    let findings = office.findings();
    let files: Vec<&str> = findings.iter().map(|f| f.file.as_str()).collect();
    assert_eq!(files, ["content/office.toml", "content/requirements/ktp.toml", "content/services/reklame.toml"]);
}
