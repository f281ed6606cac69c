//! The one style file and the one script of the desk, under addresses that change with what is in them.

use crate::http::shell::FOR_GOOD;
use crate::http::{Ids, cached::Cached};
use crate::problem::Answer;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use satu_pintu_api::problem::Code;
use std::sync::{Arc, LazyLock};

struct Asset {
    name: String,
    body: Arc<Cached>,
}

fn asset(text: String, ending: &str, media_type: &'static str) -> Asset {
    let body = Cached::new(text, media_type);
    Asset { name: format!("loket-{}.{ending}", body.hash()), body: Arc::new(body) }
}

/// The colours and the rhythm are those of the citizens' pages.
static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let text = concat!(include_str!("../../../../style/tokens.css"), include_str!("loket.css"));
    asset(text.to_owned(), "css", "text/css; charset=utf-8")
});

static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| asset(include_str!("loket.js").to_owned(), "js", "text/javascript; charset=utf-8"));

pub fn style() -> String {
    format!("/loket/alat/{}", STYLE.name)
}

pub fn script() -> String {
    format!("/loket/alat/{}", SCRIPT.name)
}

/// `GET /loket/alat/{file}`
pub async fn file(Ids(file): Ids<String>, headers: HeaderMap) -> Answer<Response> {
    let asset = [&STYLE, &SCRIPT].into_iter().find(|asset| asset.name == file).ok_or(Code::NotFound)?;
    let mut response = asset.body.clone().respond(&headers).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_GOOD));
    Ok(response)
}
