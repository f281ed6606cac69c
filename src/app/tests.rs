//! Every page renders on the host from the office's own content: one heading, a title, links that lead
//! somewhere, nothing that the content security policy would refuse.

use super::*;
use crate::client::resource::Given;
use crate::i18n::Lang;
use crate::routes::Route;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// A TOML file as JSON; days become texts.
fn read(path: &str) -> Value {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(day) => json!(day.to_string()),
            toml::Value::Array(list) => list.into_iter().map(plain).collect(),
            toml::Value::Table(table) => Value::Object(table.into_iter().map(|(k, v)| (k, plain(v))).collect()),
            toml::Value::String(s) => json!(s),
            toml::Value::Integer(n) => json!(n),
            toml::Value::Float(n) => json!(n),
            toml::Value::Boolean(b) => json!(b),
        }
    }
    let text = std::fs::read_to_string(content().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    plain(toml::Value::Table(toml::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))))
}

fn ids(folder: &str) -> Vec<String> {
    let files = std::fs::read_dir(content().join(folder)).unwrap_or_else(|e| panic!("{folder}: {e}")).flatten();
    let names = files.filter_map(|f| f.file_name().to_string_lossy().strip_suffix(".toml").map(String::from));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn summary(id: &str) -> Value {
    let s = read(&format!("services/{id}.toml"));
    json!({
        "id": id, "name": s["name"], "plain": s["plain"], "who": s["who"], "channel": s["channel"],
        "category": s["category"], "order": s["order"], "decides": s["decides"], "days": 5, "cost": 0,
        "cost_note": s["cost_note"].as_str().unwrap_or(""), "product": s["product"], "validity": s["validity"],
        "basis": [], "eligibility": s["eligibility"].as_str().unwrap_or(""), "verified": s["verified"],
    })
}

fn guide_summary(id: &str) -> Value {
    let g = read(&format!("guides/{id}.toml"));
    json!({
        "id": id, "title": g["title"], "summary": g["summary"], "minutes": g["minutes"], "order": g["order"],
        "drawing": "loket",
    })
}

/// What the API answers.
fn source(path: &str) -> Option<Given> {
    let path = path.split('?').next()?;
    let answer = if path == "/catalog" {
        json!({
            "hash": "", "lang": "id", "langs": ["id", "en"], "office": read("office.toml"),
            "rules": read("rules/izin-usaha.toml"), "rules_version": "", "words": read("words/id/rules/izin-usaha.toml"),
            "activities": read("activities.toml")["activity"], "risks": read("risk.toml")["risk"],
            "services": ids("services").iter().map(|id| summary(id)).collect::<Vec<_>>(), "checks": [],
            "guides": ids("guides").iter().map(|id| guide_summary(id)).collect::<Vec<_>>(),
            "terms": read("glossary.toml")["term"], "survey": read("survey.toml"),
        })
    } else if let Some(id) = path.strip_prefix("/catalog/services/") {
        if !ids("services").iter().any(|s| s == id) {
            return None;
        }
        let mut service = read(&format!("services/{id}.toml"));
        let cards: Vec<Value> = service["requirement"]
            .as_array()?
            .iter()
            .map(|n| read(&format!("requirements/{}.toml", n["card"].as_str().unwrap_or(""))))
            .collect();
        service["id"] = json!(id);
        json!({ "summary": summary(id), "service": service, "cards": cards, "sources": [], "guides": [] })
    } else if let Some(id) = path.strip_prefix("/catalog/guides/") {
        json!({ "guide": read(&format!("guides/{id}.toml")), "sources": [] })
    } else {
        return None;
    };
    Some(Given { status: 200, text: answer.to_string() })
}

fn show(href: &str) -> Rendered {
    render(href, 1_790_000_000_000, Arc::new(source))
}

/// What is wrong with a page.
fn faults(href: &str) -> Vec<String> {
    let page = show(href);
    let mut faults = Vec::new();
    let mut fault = |text: String| faults.push(format!("{href}: {text}"));
    if page.html.matches("<h1").count() != 1 {
        fault(format!("{} headings", page.html.matches("<h1").count()));
    }
    if !page.title.ends_with(" – Satu Pintu") || page.title.len() < 16 {
        fault(format!("title {:?}", page.title));
    }
    if page.html.contains(" style=") {
        fault("a style attribute".into());
    }
    for part in page.html.split(" href=\"").skip(1) {
        let link = part.split(['"', '?', '#']).next().unwrap_or("");
        if link.starts_with('/') && !link.starts_with("/api/") && !link.contains('.') {
            let (lang, route) = Route::parse(link);
            if route == Route::NotFound || (lang != page.lang && !part.contains("hreflang")) {
                fault(format!("link {link}"));
            }
        }
    }
    faults
}

#[test]
fn every_page_has_one_heading_a_title_and_live_links() {
    let mut pages = vec![
        Route::Home,
        Route::Wizard,
        Route::Services,
        Route::Track,
        Route::Guides,
        Route::Glossary,
        Route::Contact,
        Route::Accessibility,
        Route::Privacy,
        Route::Offline,
    ];
    pages.extend(ids("services").into_iter().map(Route::Service));
    pages.extend(ids("guides").into_iter().map(Route::Guide));
    let mut all = faults("/tidak/ada");
    for page in pages {
        for lang in Lang::ALL {
            all.extend(faults(&page.link_in(*lang)));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn a_service_shows_its_standard_and_how_to_begin() {
    let html = show("/layanan/reklame").html;
    for text in ["href=\"/ajukan/reklame\"", "CONTOH", "Dinas PUPR", "Gratis", "5 hari kerja"] {
        assert!(html.contains(text), "{text}");
    }
    let html = show("/layanan/nib-perseorangan").html;
    assert!(html.contains("href=\"https://oss.go.id\"") && !html.contains("/ajukan/"));
}

#[test]
fn what_is_not_there_says_so_in_the_language_of_the_address() {
    let page = show("/layanan/tidak-ada");
    assert!(page.title.starts_with("Halaman ini belum bisa dimuat"), "{}", page.title);
    let page = show("/en/zzz");
    assert_eq!(page.lang, Lang::En);
    assert!(page.html.contains("This page does not exist"));
}
