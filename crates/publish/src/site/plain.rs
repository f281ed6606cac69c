//! The site as plain files, for a host that only serves files.

use super::{Page, Site, list, paths, policy, published, search, whole};
use crate::Content;
use crate::compress::compress;
use satu_pintu_app::app::render;
use satu_pintu_app::client::resource::Given;
use satu_pintu_app::i18n::Lang;
use satu_pintu_app::routes::Route;
use satu_pintu_domain::date::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

const SCRIPT: &str = include_str!("../../../../src/shell/plain.js");

/// Names of hashed files by release, the latest first; beside the files, so that the next run knows them.
const RELEASES: &str = "releases.json";

/// How many are kept: this one and the two before.
const KEPT: usize = 3;

/// The built app's files: those whose name changes with them, and the others.
pub struct Built {
    pub hashed: BTreeMap<String, Vec<u8>>,
    pub other: BTreeMap<String, Vec<u8>>,
}

/// Files by their paths in the folder.
type Files = BTreeMap<String, Vec<u8>>;

/// Writes the site of a content as it is at a moment (milliseconds since 1970 UTC); how many pages there are.
///
/// # Errors
/// What the system says, with the path.
pub fn write(
    folder: &Path,
    site: &Site,
    content: &Arc<Content>,
    built: &Built,
    moment: (Day, i64),
    origin: Option<&str>,
) -> Result<usize, String> {
    let mut files = Files::new();
    let pages = pages(site, content, moment);
    for (path, page) in &pages {
        files.insert(file_of(path), page.html.clone().into_bytes());
    }
    for lang in Lang::ALL {
        answers(content, moment.0, lang.code(), &mut files);
    }
    files.insert("api/v1/notices.json".into(), b"[]".to_vec());
    for (id, svg) in &content.drawings {
        files.insert(list::drawing(id).trim_start_matches('/').into(), svg.clone());
    }
    files.insert("robots.txt".into(), search::robots(origin).into_bytes());
    if let Some(origin) = origin {
        files.insert("sitemap.xml".into(), search::sitemap(&list::fixed(content), origin).into_bytes());
    }
    if let Some(script) = built.other.get("sw.js") {
        let worker = worker(site, content, built, &pages).worker(&String::from_utf8_lossy(script));
        files.insert("sw.js".into(), worker.into_bytes());
    }
    for (name, bytes) in &built.other {
        files.entry(name.clone()).or_insert_with(|| bytes.clone());
    }
    for (name, bytes) in files.iter().filter(|(name, _)| crate::compress::compressible(name)) {
        let (br, gz) = compress(bytes);
        put(folder, &[name, ".br"].concat(), &br)?;
        put(folder, &[name, ".gz"].concat(), &gz)?;
    }
    for (name, bytes) in built.hashed.iter().chain(&files) {
        put(folder, name, bytes)?;
    }
    forget(folder, built)?;
    Ok(pages.len())
}

/// Every page by its address.
fn pages(site: &Site, content: &Arc<Content>, (today, now): (Day, i64)) -> BTreeMap<String, Page> {
    let own = content.clone();
    let source = Arc::new(move |path: &str| {
        let quiet = (path == "/notices").then(|| Given { status: 200, text: "[]".into() });
        quiet.or_else(|| published(&own, today, path))
    });
    let page = |href: &str| plain(site.page(&render(href, now, source.clone()), "[]"));
    let mut pages = BTreeMap::new();
    for lang in Lang::ALL {
        for route in list::fixed(content) {
            let href = route.link_in(*lang);
            pages.insert(href.clone(), page(&href));
        }
        pages.insert(list::frame(*lang), plain(site.frame(*lang)));
        // Only the app can make these here.
        for route in [Route::WizardResult, Route::Survey] {
            pages.insert(route.link_in(*lang), plain(site.frame(*lang)));
        }
    }
    pages.insert("/404.html".into(), page("/404"));
    pages
}

/// A page that brings its policy along and asks files for what the API would say.
fn plain(page: Page) -> Page {
    let script = ["<script>", SCRIPT, "</script><div id=\"app\">"].concat();
    let html = page.html.replacen("<div id=\"app\">", &script, 1);
    let policy = policy(&html).replace("; frame-ancestors 'none'", "");
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let html = html.replacen("<meta name=\"viewport\"", &[&meta, "<meta name=\"viewport\""].concat(), 1);
    Page { html, policy, ..page }
}

fn answers(content: &Content, today: Day, lang: &str, files: &mut Files) {
    let catalog = format!("/catalog?lang={lang}");
    for path in paths(content, lang).into_iter().chain([catalog]) {
        if let Some(given) = published(content, today, &path) {
            let name = match path.split_once("?lang=") {
                Some((path, lang)) => format!("api/v1{path}.{lang}.json"),
                None => format!("api/v1{path}.json"),
            };
            files.insert(name, given.text.into_bytes());
        }
    }
    files.insert(format!("api/v1/catalog/whole.{lang}.json"), whole(content, today, lang).into_bytes());
}

fn worker(site: &Site, content: &Content, built: &Built, pages: &BTreeMap<String, Page>) -> list::List {
    let hashed = built.hashed.iter().filter(|(name, _)| !name.ends_with(".br") && !name.ends_with(".gz"));
    let hashed = hashed.map(|(name, bytes)| (["/", name].concat(), list::hash(bytes)));
    let drawings = content.drawings.iter().map(|(id, svg)| (list::drawing(id), list::hash(svg)));
    let kept = |lang: &Lang| {
        let hrefs = list::kept(content).into_iter().map(|route| route.link_in(*lang)).chain([list::frame(*lang)]);
        let hashes = hrefs.filter_map(|href| pages.get(&href).map(|page| (href, list::hash(page.html.as_bytes()))));
        (lang.code(), hashes.collect())
    };
    let by_lang = Lang::ALL.iter().map(kept).collect();
    list::List::new(content, site.programs(), hashed.chain(drawings).collect(), by_lang)
}

fn file_of(path: &str) -> String {
    let path = path.trim_matches('/');
    match path {
        "" => "index.html".into(),
        file if file.ends_with(".html") => file.into(),
        page => [page, "/index.html"].concat(),
    }
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = folder.join(name);
    let told = |e: std::io::Error| format!("{}: {e}", path.display());
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(told)?;
    }
    std::fs::write(&path, bytes).map_err(told)
}

/// Takes away the hashed files of releases that nobody can still have open.
fn forget(folder: &Path, built: &Built) -> Result<(), String> {
    let known = std::fs::read_to_string(folder.join(RELEASES)).unwrap_or_default();
    let mut releases: Vec<BTreeSet<String>> = serde_json::from_str(&known).unwrap_or_default();
    let own: BTreeSet<String> = built.hashed.keys().cloned().collect();
    releases.retain(|names| *names != own);
    releases.insert(0, own);
    let gone = releases.split_off(releases.len().min(KEPT));
    let clean = |name: &&String| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    for name in gone.iter().flatten().filter(|name| !releases.iter().any(|kept| kept.contains(*name))).filter(clean) {
        let _ = std::fs::remove_file(folder.join(name));
    }
    let json = serde_json::to_string(&releases).unwrap_or_default();
    put(folder, RELEASES, json.as_bytes())
}
