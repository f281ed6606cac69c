//! What the office publishes: catalog, services, guides, checks and drawings, each with its `ETag`.

use crate::app::Shared;
use crate::http::cached::Cached;
use crate::http::{Ids, Query};
use crate::problem::Answer;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use satu_pintu_api::catalog::{Catalog, CheckDetail, GuideDetail, ServiceDetail};
use satu_pintu_api::problem::{Code, Problem};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/v1/catalog...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(catalog))
        .routes(routes!(service))
        .routes(routes!(guide))
        .routes(routes!(check))
        .routes(routes!(whole))
}

#[derive(Deserialize)]
struct Lang {
    /// A language of `langs`; another gives Indonesian.
    #[serde(default)]
    lang: String,
}

impl Lang {
    /// The language that will be answered, so that made-up ones do not fill the memory.
    fn known(self, app: &crate::app::App) -> String {
        if app.content().langs.contains(&self.lang) { self.lang } else { "id".to_owned() }
    }
}

/// Enough for the home page, the wizard and its result.
#[utoipa::path(get, path = "/catalog", tag = "catalog", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = Catalog, headers(("ETag" = String))), (status = 304, description = "You have it"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn catalog(State(app): State<Shared>, Query(lang): Query<Lang>, headers: HeaderMap) -> Answer<Response> {
    let (content, today, lang) = (app.content(), app.today(), lang.known(&app));
    let make = || Cached::json(&content.catalog(&lang, today)?);
    let answer = content.answer(&format!("catalog/{lang}"), today, make).ok_or(Code::NotFound)?;
    Ok(answer.respond(&headers).await)
}

/// A service with its cards and sources.
#[utoipa::path(get, path = "/catalog/services/{id}", tag = "catalog",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = ServiceDetail, headers(("ETag" = String))), (status = 304, description = "You have it"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn service(
    State(app): State<Shared>,
    Ids(id): Ids<String>,
    Query(lang): Query<Lang>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (content, today, lang) = (app.content(), app.today(), lang.known(&app));
    let make = || Cached::json(&content.service_detail(&id, &lang, today)?);
    let answer = content.answer(&format!("service/{lang}/{id}"), today, make).ok_or(Code::NotFound)?;
    Ok(answer.respond(&headers).await)
}

/// A guide with its steps.
#[utoipa::path(get, path = "/catalog/guides/{id}", tag = "catalog", params(("id" = String, Path)),
    responses((status = 200, body = GuideDetail, headers(("ETag" = String))), (status = 304, description = "You have it"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn guide(State(app): State<Shared>, Ids(id): Ids<String>, headers: HeaderMap) -> Answer<Response> {
    let content = app.content();
    let make = || Cached::json(&content.guide_detail(&id)?);
    let answer = content.answer(&format!("guide/{id}"), app.today(), make).ok_or(Code::NotFound)?;
    Ok(answer.respond(&headers).await)
}

/// A short "Bolehkah saya?" rule set with its words.
#[utoipa::path(get, path = "/catalog/checks/{id}", tag = "catalog",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses((status = 200, body = CheckDetail, headers(("ETag" = String))), (status = 304, description = "You have it"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn check(
    State(app): State<Shared>,
    Ids(id): Ids<String>,
    Query(lang): Query<Lang>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (content, lang) = (app.content(), lang.known(&app));
    let make = || Cached::json(&content.check_detail(&id, &lang)?);
    let answer = content.answer(&format!("check/{lang}/{id}"), app.today(), make).ok_or(Code::NotFound)?;
    Ok(answer.respond(&headers).await)
}

/// Everything about services, guides and checks at once, by the path of each after `/api/v1`: for a phone that is to
/// work without a network.
#[utoipa::path(get, path = "/catalog/whole", tag = "catalog", params(("lang" = Option<String>, Query)),
    responses((status = 200, body = std::collections::BTreeMap<String, serde_json::Value>, headers(("ETag" = String))),
              (status = 304, description = "You have it"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn whole(State(app): State<Shared>, Query(lang): Query<Lang>, headers: HeaderMap) -> Answer<Response> {
    let (content, today, lang) = (app.content(), app.today(), lang.known(&app));
    let make = || Some(Cached::new(satu_pintu_publish::site::whole(&content, today, &lang), "application/json"));
    let answer = content.answer(&format!("whole/{lang}"), today, make).ok_or(Code::NotFound)?;
    Ok(answer.respond(&headers).await)
}

/// `GET /drawings/{id}.svg`: our own drawings, beside the app and not part of the API.
pub async fn drawing(State(app): State<Shared>, Ids(file): Ids<String>, headers: HeaderMap) -> Answer<Response> {
    let content = app.content();
    let id = file.strip_suffix(".svg").ok_or(Code::NotFound)?;
    let make = || content.drawings.get(id).map(|svg| Cached::new(svg.clone(), "image/svg+xml"));
    let answer = content.answer(&format!("drawing/{id}"), app.today(), make).ok_or(Code::NotFound)?;
    Ok(answer.respond(&headers).await)
}
