//! `/api/docs`: a readable page made from the OpenAPI document. No script; its style is `/api/docs.css`.

mod render;

use crate::app::Shared;
use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use std::sync::LazyLock;

const CSP: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let (_, document) = crate::router::api();
    render::page(&serde_json::to_value(&document).unwrap_or_default())
});

/// `GET /api/docs` and its style.
pub fn routes() -> Router<Shared> {
    let page = [(header::CACHE_CONTROL, "no-cache"), (header::CONTENT_SECURITY_POLICY, CSP)];
    let style = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Router::new()
        .route("/api/docs", get(async move || (page, Html(PAGE.as_str()))))
        .route("/api/docs.css", get(async move || (style, include_str!("docs_page/docs.css"))))
}
