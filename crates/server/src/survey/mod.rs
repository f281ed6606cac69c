//! The satisfaction survey. A code is spent and an answer stored in one transaction, but in tables that share
//! no id, no time and no order, and no code is ever written beside an application.

mod answers;
mod codes;
mod results;

pub use answers::{digits, scores_of};
pub use codes::{add_slip, open_for_owner};

use crate::app::Shared;
use crate::problem::Answer;
use axum::Json;
use axum::extract::State;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::survey::SurveyNow;
use satu_pintu_domain::survey::{HalfYear, needed};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/v1/survey...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(now))
        .routes(routes!(codes::check))
        .routes(routes!(answers::answer))
        .routes(routes!(results::results))
        .routes(routes!(results::csv))
}

/// The half-year that is open now; the day of the answer decides.
#[utoipa::path(get, path = "/survey", tag = "survey",
    responses((status = 200, body = SurveyNow),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn now(State(app): State<Shared>) -> Answer<Json<SurveyNow>> {
    let half = HalfYear::of(app.today());
    let answers: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM survey_answers WHERE half = $1 AND label = ''")
        .bind(half.to_string())
        .fetch_one(app.store.reader())
        .await?;
    Ok(Json(SurveyNow {
        half,
        first_day: half.first_day(),
        last_day: half.last_day(),
        answers: u64::try_from(answers).unwrap_or(0),
        needed: needed(u64::from(app.content().office().population)),
    }))
}
