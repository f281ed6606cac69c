//! One file of an application: taking it away, and a ticket to download it.

use super::access::Owner;
use super::open::Open;
use crate::app::{App, Shared};
use crate::files::{open_items, renumber, tickets};
use crate::http::Ids;
use crate::ledger;
use crate::problem::Answer;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use satu_pintu_api::application::Ticket;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::State as Stage;

/// Takes a file away: from a draft for good; of a returned item it is set aside, since staff have seen it.
#[utoipa::path(delete, path = "/applications/{number}/files/{id}", tag = "files",
    params(("number" = String, Path), ("id" = String, Path)), security(("key" = [])),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn delete(
    State(app): State<Shared>,
    owner: Owner,
    Ids((_, id)): Ids<(String, String)>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_owner(&app, &owner).await?;
    let gone = take_away(&mut open, id).await?;
    open.commit().await?;
    sweep(&app, gone).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a file away; tells its requirement and, when nobody needs the bytes any more, their object.
///
/// # Errors
/// [`Code::NotFound`], [`Code::NotNow`], [`Code::NotReturned`].
pub async fn take_away(open: &mut Open, id: String) -> Answer<Gone> {
    let number = open.row.number.clone();
    let file: Option<(String, String, i64)> =
        sqlx::query_as("SELECT item, object, round FROM files WHERE id = $1 AND number = $2 AND replaced = 0")
            .bind(id.clone())
            .bind(number.clone())
            .fetch_optional(&mut *open.tx)
            .await?;
    let (item, object, received_in) = file.ok_or(Code::NotFound)?;
    let status = open.status();
    open_items(&status, &item)?;
    let round = ledger::round(&open.events);
    let gone = status.state == Stage::Draft || received_in == round;
    if gone {
        sqlx::query("DELETE FROM files WHERE id = $1").bind(id).execute(&mut *open.tx).await?;
        sqlx::query("DELETE FROM tickets WHERE object = $1").bind(object.clone()).execute(&mut *open.tx).await?;
    } else {
        sqlx::query("UPDATE files SET replaced = $1 WHERE id = $2").bind(round).bind(id).execute(&mut *open.tx).await?;
    }
    renumber(&mut open.tx, &number, &item).await?;
    Ok(Gone { item, object: gone.then_some(object) })
}

/// A file that was taken away.
pub struct Gone {
    pub item: String,
    object: Option<String>,
}

/// Deletes the bytes, once the change is kept: an object without a row is only waste, the other way round would be a
/// loss.
pub async fn sweep(app: &App, gone: Gone) {
    if let Some(object) = gone.object
        && let Err(error) = app.files.delete(&object).await
    {
        tracing::warn!(%error, "an object stays behind");
    }
}

/// A download link for one file, five minutes.
#[utoipa::path(post, path = "/applications/{number}/files/{id}/ticket", tag = "files",
    params(("number" = String, Path), ("id" = String, Path)), security(("key" = [])),
    responses((status = 200, body = Ticket),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn ticket(
    State(app): State<Shared>,
    owner: Owner,
    Ids((_, id)): Ids<(String, String)>,
) -> Answer<impl IntoResponse> {
    let ticket = tickets::for_file(&app, &owner.number, &id).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(ticket)))
}

/// A download link for the permit, five minutes.
#[utoipa::path(post, path = "/applications/{number}/permit/ticket", tag = "files",
    params(("number" = String, Path)), security(("key" = [])),
    responses((status = 200, body = Ticket),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn permit_ticket(State(app): State<Shared>, owner: Owner) -> Answer<impl IntoResponse> {
    let ticket = tickets::for_permit(&app, &owner.number).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(ticket)))
}
