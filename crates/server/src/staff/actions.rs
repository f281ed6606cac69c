//! Routes of what staff do with an application. Each answers with where the file stands then; the verbs
//! themselves are in [`super::verbs`].

use super::session::Staff;
use super::verbs;
use crate::app::Shared;
use crate::applications::open::Open;
use crate::http::{Body, Ids};
use crate::problem::Answer;
use axum::extract::State;
use axum::response::IntoResponse;
use satu_pintu_api::application::Tracking;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::staff::{Accept, AgencyAnswer, AskAgency, Decide, HandOver, Object, Return, Revoke, Visit};
use satu_pintu_domain::application::What;
use satu_pintu_domain::staff::Deed;

/// Takes the file to check it.
#[utoipa::path(post, operation_id = "staff_take", path = "/staff/applications/{number}/take", tag = "staff", params(("number" = String, Path)),
    security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn take(State(app): State<Shared>, staff: Staff, Ids(number): Ids<String>) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Check, &number).await?;
    open.add(What::Taken).await?;
    open.done().await
}

/// Accepts items; without any, all that have a paper. When all are accepted the file is complete.
#[utoipa::path(post, operation_id = "staff_accept", path = "/staff/applications/{number}/accept", tag = "staff", params(("number" = String, Path)),
    request_body = Accept, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn accept(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Accept>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Check, &number).await?;
    verbs::accept(&mut open, body.items).await?;
    open.done().await
}

/// Sends items back to the applicant, each with what is wrong with it.
#[utoipa::path(post, operation_id = "staff_send_back", path = "/staff/applications/{number}/return", tag = "staff", params(("number" = String, Path)),
    request_body = Return, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn send_back(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Return>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Check, &number).await?;
    verbs::send_back(&mut open, body.items).await?;
    open.done().await
}

/// Hands the file to an agency with a question.
#[utoipa::path(post, operation_id = "staff_ask_agency", path = "/staff/applications/{number}/ask-agency", tag = "staff",
    params(("number" = String, Path)), request_body = AskAgency, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn ask_agency(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<AskAgency>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Ask, &number).await?;
    verbs::ask(&mut open, body).await?;
    open.done().await
}

/// Writes down what an agency answered.
#[utoipa::path(post, operation_id = "staff_agency_answer", path = "/staff/applications/{number}/agency-answer", tag = "staff",
    params(("number" = String, Path)), request_body = AgencyAnswer, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn agency_answer(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<AgencyAnswer>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Answer, &number).await?;
    verbs::answer(&mut open, &staff, body).await?;
    open.done().await
}

/// Writes down a visit on the spot.
#[utoipa::path(post, operation_id = "staff_visit", path = "/staff/applications/{number}/visit", tag = "staff", params(("number" = String, Path)),
    request_body = Visit, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn visit(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Visit>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Visit, &number).await?;
    verbs::visit(&mut open, body).await?;
    open.done().await
}

/// Grants, or refuses with a reason. To grant before every agency of the service was asked needs `override`.
#[utoipa::path(post, operation_id = "staff_decide", path = "/staff/applications/{number}/decide", tag = "staff", params(("number" = String, Path)),
    request_body = Decide, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn decide(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Decide>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Read, &number).await?;
    verbs::decide(&mut open, &staff, body).await?;
    open.done().await
}

/// A second person does not agree with what was proposed.
#[utoipa::path(post, operation_id = "staff_object", path = "/staff/applications/{number}/object", tag = "staff",
    params(("number" = String, Path)), request_body = Object, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn object(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Object>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Confirm, &number).await?;
    verbs::object(&mut open, &body.reason).await?;
    open.done().await
}

/// Takes back an issued permit: the first call proposes it, the call of another person confirms.
#[utoipa::path(post, operation_id = "staff_revoke", path = "/staff/applications/{number}/revoke", tag = "staff",
    params(("number" = String, Path)), request_body = Revoke, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn revoke(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Revoke>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::Revoke, &number).await?;
    verbs::revoke(&mut open, &body.reason).await?;
    open.done().await
}

/// Writes down how the product reached the applicant.
#[utoipa::path(post, operation_id = "staff_hand_over", path = "/staff/applications/{number}/hand-over", tag = "staff",
    params(("number" = String, Path)), request_body = HandOver, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn hand_over(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<HandOver>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, Deed::HandOver, &number).await?;
    verbs::hand_over(&mut open, &body.how).await?;
    open.done().await
}
