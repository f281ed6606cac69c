//! All routes together, the OpenAPI document made from them, and what lies around every one.

use crate::app::Shared;
use crate::http::cached::Cached;
use crate::http::guard;
use crate::pages::{Pages, search};
use crate::problem::Answer;
use crate::{applications, catalog, docs_page, figures, files, loket, notices, permits, staff, survey, uploads};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Json, Router};
use satu_pintu_api::problem::Problem;
use serde::Serialize;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(info(
    title = "Satu Pintu",
    description = "Permits of a one-stop office: what is needed, applying, sending papers, tracking, the survey. \
                   Problems are RFC 9457 documents with a stable `code`."
))]
struct Document;

/// The routes of the API and their document.
pub fn api() -> (Router<Shared>, utoipa::openapi::OpenApi) {
    let routes = OpenApiRouter::new()
        .routes(routes!(health))
        .merge(catalog::routes())
        .merge(applications::routes())
        .merge(uploads::routes())
        .merge(files::tickets::routes())
        .merge(survey::routes())
        .merge(notices::routes())
        .merge(permits::routes())
        .merge(figures::routes())
        .merge(staff::routes());
    let (router, mut document) =
        OpenApiRouter::with_openapi(Document::openapi()).nest(satu_pintu_api::BASE, routes).split_for_parts();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("key", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    let cookie = ApiKeyValue::new("satu-pintu-session");
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    (router, document)
}

/// Everything that is served.
pub fn router(app: Shared) -> Router {
    let pages = pages(&app);
    around(app, pages)
}

/// What makes the pages.
pub fn pages(app: &Shared) -> Arc<Pages> {
    Pages::new(app.clone(), api().0.with_state(app.clone()))
}

/// Everything that is served, with the pages made here.
pub fn around(app: Shared, pages: Arc<Pages>) -> Router {
    let (api, document) = api();
    let desk = loket::routes().layer(Extension(pages.clone()));
    let page = async move |request: Request| pages.clone().serve(request).await;
    let document = Cached::json(&document).map(Arc::new);
    let openapi = async move |headers: HeaderMap| -> Answer<Response> {
        let document = document.clone().ok_or(satu_pintu_api::problem::Code::Broken)?;
        Ok(document.respond(&headers).await)
    };
    api.merge(desk)
        .route_layer(from_fn_with_state(app.clone(), guard::pace))
        .merge(docs_page::routes())
        .route("/api/openapi.json", get(openapi))
        .route("/.well-known/satu-pintu-permit.json", get(permits::keys))
        .route("/drawings/{file}", get(catalog::drawing))
        .route("/sitemap.xml", get(search::sitemap))
        .route("/robots.txt", get(search::robots))
        .fallback(page)
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .layer(from_fn(guard::log))
        .with_state(app)
}

/// Whether the server can do its work.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `ok`
    status: &'static str,
    version: &'static str,
    /// Version of the rules in force.
    rules: String,
}

/// Answers when the database does.
#[utoipa::path(get, path = "/health", tag = "health",
    responses((status = 200, body = Health),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn health(State(app): State<Shared>) -> Answer<Json<Health>> {
    let _: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM migrations").fetch_one(app.store.reader()).await?;
    let rules = app.content().rules_version().to_owned();
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), rules }))
}
