//! What the service worker (public/sw.js) keeps on a phone: files and pages with a part of their SHA-256. A changed
//! file or page changes the list, and with it the worker.

use crate::Content;
use crate::programs::Programs;
use satu_pintu_app::i18n::Lang;
use satu_pintu_app::routes::Route;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The programs of the pages that work without a network.
const AHEAD: [&str; 3] = ["find", "answer", "read"];

/// Address of the frame without a page.
pub const FRAME: &str = "/frame.html";

/// Hashes by address.
pub type Hashes = BTreeMap<String, String>;

/// As the worker reads it.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    /// Names this list.
    pub release: String,
    pub programs: Programs,
    /// Files that it may keep.
    pub files: Hashes,
    /// Those of them that it fetches before anybody asks.
    pub keep: Vec<String>,
    /// Pages by language.
    pub pages: BTreeMap<&'static str, Hashes>,
}

impl List {
    /// Puts files and pages together.
    pub fn new(content: &Content, programs: &Programs, files: Hashes, pages: BTreeMap<&'static str, Hashes>) -> List {
        let scripts = AHEAD.iter().filter_map(|name| programs.files.get(*name)).flat_map(|script| {
            let module = script.replace(".js", "_bg.wasm");
            [script.clone(), module]
        });
        let own = [&programs.style, &programs.loader, &programs.later].into_iter().cloned();
        let keep = own.chain(scripts).chain(of_guides(content)).filter(|path| files.contains_key(path)).collect();
        let mut list = List { release: String::new(), programs: programs.clone(), files, keep, pages };
        list.release = hash(serde_json::to_string(&list).unwrap_or_default().as_bytes());
        list
    }

    /// The worker with this list.
    pub fn worker(&self, script: &str) -> String {
        ["const LIST=", &serde_json::to_string(self).unwrap_or_default(), ";", script].concat()
    }
}

/// Drawings that stand in guides.
fn of_guides(content: &Content) -> impl Iterator<Item = String> {
    let steps = content.guides.iter().flat_map(|guide| &guide.step);
    let ids: BTreeSet<&str> = steps.map(|step| step.drawing.as_str()).filter(|id| !id.is_empty()).collect();
    ids.into_iter().map(drawing).collect::<Vec<_>>().into_iter()
}

/// Address of a drawing.
pub fn drawing(id: &str) -> String {
    ["/drawings/", id, ".svg"].concat()
}

/// The pages that are kept on a phone: the same for everybody, and of use without a network.
pub fn kept(content: &Content) -> Vec<Route> {
    let mut routes = vec![
        Route::Home,
        Route::Wizard,
        Route::Offline,
        Route::Services,
        Route::Guides,
        Route::Glossary,
        Route::Contact,
        Route::Privacy,
        Route::Accessibility,
    ];
    routes.extend(content.services.iter().map(|service| Route::Service(service.id.clone())));
    routes.extend(content.guides.iter().map(|guide| Route::Guide(guide.id.clone())));
    routes
}

/// Pages for everybody that the server makes of what it holds.
pub const LIVE: [Route; 4] = [Route::Survey, Route::SurveyResults, Route::Performance, Route::Permit(String::new())];

/// All pages that are the same for everybody.
pub fn fixed(content: &Content) -> Vec<Route> {
    let mut routes = kept(content);
    let checks = content.rules.keys().filter(|id| *id != crate::content::WIZARD);
    routes.extend(checks.map(|id| Route::Check(id.clone())));
    routes.extend(content.services.iter().map(|service| Route::Apply(service.id.clone())));
    routes.push(Route::Track);
    routes
}

/// Address of the frame in a language.
pub fn frame(lang: Lang) -> String {
    if lang == Lang::Id { FRAME.to_string() } else { ["/", lang.code(), FRAME].concat() }
}

/// The first 16 digits of a SHA-256.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
