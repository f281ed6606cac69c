//! The public answer behind a permit's QR: valid or not, and no more than the paper says.

use crate::app::Shared;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use satu_pintu_api::permit::{PermitCheck, PermitState};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::date::Day;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/v1/permits/{code}`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(permit))
}

/// `GET /.well-known/satu-pintu-permit.json`: the keys that permits are signed with, as a JWK set.
pub async fn keys(State(app): State<Shared>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "public, max-age=3600")], Json(app.seal.published()))
}

/// Whether a permit is valid today.
#[utoipa::path(get, path = "/permits/{code}", tag = "permits", params(("code" = String, Path)),
    responses((status = 200, body = PermitCheck),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn permit(State(app): State<Shared>, Ids(code): Ids<String>) -> Answer<impl IntoResponse> {
    type Columns = (String, String, String, String, Option<String>, i64);
    let row: Option<Columns> = sqlx::query_as(
        "SELECT number, service_name, holder, issued, valid_until, revoked FROM permits WHERE code = $1",
    )
    .bind(code)
    .fetch_optional(app.store.reader())
    .await?;
    let (number, service_name, holder, issued, valid_until, revoked) = row.ok_or(Code::NotFound)?;
    let day = |text: String| text.parse::<Day>().map_err(|_| Fault::broken("a permit's day is no day"));
    let (issued, valid_until) = (day(issued)?, valid_until.map(day).transpose()?);
    let state = match valid_until {
        _ if revoked != 0 => PermitState::Revoked,
        Some(last) if last < app.today() => PermitState::Expired,
        _ => PermitState::Valid,
    };
    let check = PermitCheck { number, service_name, holder, issued, valid_until, state };
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(check)))
}
