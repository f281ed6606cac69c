//! What the API answers about the content, for rendering pages without a server.

use crate::content::{Content, WIZARD};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_app::client::resource::Given;
use satu_pintu_domain::date::Day;
use serde::Serialize;

/// The answer of the API to a path after its base; none for what is no content.
pub fn published(content: &Content, today: Day, path: &str) -> Option<Given> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let lang = query.strip_prefix("lang=").unwrap_or_default();
    let id = |start: &str| path.strip_prefix(start);
    if path == "/catalog" {
        Some(given(content.catalog(lang, today)))
    } else if let Some(id) = id("/catalog/services/") {
        Some(given(content.service_detail(id, lang, today)))
    } else if let Some(id) = id("/catalog/guides/") {
        Some(given(content.guide_detail(id)))
    } else {
        id("/catalog/checks/").map(|id| given(content.check_detail(id, lang)))
    }
}

/// The paths of everything that is read one by one, in a language.
pub fn paths(content: &Content, lang: &str) -> Vec<String> {
    let services = content.services.iter().map(|service| format!("/catalog/services/{}?lang={lang}", service.id));
    let guides = content.guides.iter().map(|guide| format!("/catalog/guides/{}", guide.id));
    let checks = content.rules.keys().filter(|id| *id != WIZARD);
    let checks = checks.map(|id| format!("/catalog/checks/{id}?lang={lang}"));
    services.chain(guides).chain(checks).collect()
}

/// All of them by their paths, as one JSON.
pub fn whole(content: &Content, today: Day, lang: &str) -> String {
    let known = |path: &String| published(content, today, path).filter(|given| given.status == 200);
    let all = paths(content, lang).into_iter().filter_map(|path| known(&path).map(|given| (path, given.text)));
    let parts: Vec<String> = all.map(|(path, text)| format!("\"{path}\":{text}")).collect();
    ["{", &parts.join(","), "}"].concat()
}

fn given(answer: Option<impl Serialize>) -> Given {
    match answer.and_then(|answer| serde_json::to_string(&answer).ok()) {
        Some(text) => Given { status: 200, text },
        None => {
            let code = Code::NotFound;
            let problem = Problem {
                kind: "/problems/not-found".into(),
                title: code.title().into(),
                status: code.status(),
                code,
                detail: String::new(),
                faults: Vec::new(),
            };
            Given { status: code.status(), text: serde_json::to_string(&problem).unwrap_or_default() }
        }
    }
}
