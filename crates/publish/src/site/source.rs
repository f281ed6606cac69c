//! What the API answers about the content, for rendering pages without a server.

use crate::content::Content;
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
