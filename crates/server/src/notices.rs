//! What citizens see of notices: those in force, and leaving a number to be rung when a site is back.

use crate::app::{App, Shared};
use crate::http::{Body, Ids};
use crate::problem::{Answer, Fault};
use crate::{secret, store};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use satu_pintu_api::notice::{CallbackTaken, NewCallback, Notice};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::form::FieldFault;
use satu_pintu_domain::validate;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/v1/notices...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(notices)).routes(routes!(call_back))
}

/// Notices in force, the latest first.
#[utoipa::path(get, path = "/notices", tag = "notices",
    responses((status = 200, body = Vec<Notice>),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn notices(State(app): State<Shared>) -> Answer<impl IntoResponse> {
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(in_force(&app).await?)))
}

/// Notices in force, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn in_force(app: &App) -> Answer<Vec<Notice>> {
    let rows: Vec<(String, String, i64, Option<i64>, String)> = sqlx::query_as(
        "SELECT id, channel, since, expected, text FROM notices WHERE ended IS NULL ORDER BY since DESC, id",
    )
    .fetch_all(app.store.reader())
    .await?;
    rows.into_iter()
        .map(|(id, channel, since, expected, text)| {
            let channel = serde_json::from_value(serde_json::Value::String(channel))?;
            Ok(Notice { id, channel, since, expected, text })
        })
        .collect()
}

/// Takes a phone number to ring when the site is back. The same number keeps its place.
#[utoipa::path(post, path = "/notices/{id}/callbacks", tag = "notices", params(("id" = String, Path)),
    request_body = NewCallback,
    responses((status = 201, body = CallbackTaken),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
async fn call_back(
    State(app): State<Shared>,
    Ids(id): Ids<String>,
    Body(new): Body<NewCallback>,
) -> Answer<impl IntoResponse> {
    let fault = |field: &str, code: &str| {
        Fault::new(Code::Invalid).faults(vec![FieldFault { field: field.to_owned(), code: code.to_owned() }])
    };
    let phone = validate::phone(&new.phone).map_err(|code| fault("phone", code))?;
    let name: String = new.name.trim().chars().filter(|c| !c.is_control()).collect();
    if name.chars().count() > 100 {
        return Err(fault("name", "too-long"));
    }
    let mut tx = app.store.begin().await?;
    let open: Option<(String,)> = sqlx::query_as("SELECT id FROM notices WHERE id = $1 AND ended IS NULL")
        .bind(id.clone())
        .fetch_optional(&mut *tx)
        .await?;
    open.ok_or(Code::NotFound)?;
    let place = store::count(&mut tx, &format!("callbacks-{id}")).await?;
    let had: Option<(i64,)> = sqlx::query_as("SELECT place FROM callbacks WHERE notice = $1 AND phone = $2")
        .bind(id.clone())
        .bind(phone.clone())
        .fetch_optional(&mut *tx)
        .await?;
    // The count is given back by dropping the transaction.
    if let Some((place,)) = had {
        return Ok((StatusCode::CREATED, Json(CallbackTaken { place: u32::try_from(place).unwrap_or(u32::MAX) })));
    }
    sqlx::query("INSERT INTO callbacks (id, notice, place, phone, name, asked) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(secret::id())
        .bind(id)
        .bind(place)
        .bind(phone)
        .bind(name)
        .bind(app.now())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(CallbackTaken { place: u32::try_from(place).unwrap_or(u32::MAX) })))
}
