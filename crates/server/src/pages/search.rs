//! What search engines ask for: which pages there are, and which are nobody's business.

use crate::app::Shared;
use crate::staff::origin::site;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use satu_pintu_publish::site::{list, search};

/// `GET /sitemap.xml`
pub async fn sitemap(State(app): State<Shared>, request: Request) -> Response {
    let origin = site(&app, request.headers(), request.extensions());
    let head = [(header::CONTENT_TYPE, "application/xml"), (header::CACHE_CONTROL, "no-cache")];
    let routes = [list::fixed(&app.content()).as_slice(), &list::LIVE].concat();
    (head, search::sitemap(&routes, &origin)).into_response()
}

/// `GET /robots.txt`
pub async fn robots(State(app): State<Shared>, request: Request) -> Response {
    let origin = site(&app, request.headers(), request.extensions());
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (head, search::robots(Some(&origin))).into_response()
}
