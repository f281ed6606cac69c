//! What search engines ask for: which pages there are, and which are nobody's business.

use crate::app::{App, Shared};
use crate::http::caller::secure;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_publish::site::search;

/// `GET /sitemap.xml`
pub async fn sitemap(State(app): State<Shared>, request: Request) -> Response {
    let origin = origin(&app, &request);
    let head = [(header::CONTENT_TYPE, "application/xml"), (header::CACHE_CONTROL, "no-cache")];
    (head, search::sitemap(&app.content(), &origin)).into_response()
}

/// `GET /robots.txt`
pub async fn robots(State(app): State<Shared>, request: Request) -> Response {
    let origin = origin(&app, &request);
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (head, search::robots(Some(&origin))).into_response()
}

/// The address of this site: as the office said it, else as the request has it.
fn origin(app: &App, request: &Request) -> String {
    app.origin.clone().unwrap_or_else(|| {
        let scheme = if secure(app, request.headers(), request.extensions()) { "https" } else { "http" };
        [scheme, "://", host(request.headers())].concat()
    })
}

fn host(headers: &HeaderMap) -> &str {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let clean = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if !host.is_empty() && host.bytes().all(clean) { host } else { "localhost" }
}
