//! Taking an application back.

use super::access::Owner;
use super::open::Open;
use crate::app::Shared;
use crate::problem::Answer;
use axum::extract::State;
use axum::response::IntoResponse;
use satu_pintu_api::application::Application;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{State as Stage, What};

/// Takes the application back. Doing it again changes nothing.
#[utoipa::path(post, path = "/applications/{number}/withdraw", tag = "applications",
    params(("number" = String, Path)), security(("key" = [])),
    responses((status = 200, body = Application),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(State(app): State<Shared>, owner: Owner) -> Answer<impl IntoResponse> {
    let mut open = Open::by_owner(&app, &owner).await?;
    let state = open.status().state;
    if state.decided() {
        return Err(Code::NotNow.into());
    }
    if state != Stage::Withdrawn {
        open.add(What::Withdrawn).await?;
    }
    open.whole(&app).await
}
