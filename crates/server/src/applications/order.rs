//! The order of the pages of one requirement.

use super::{access, view};
use crate::app::Shared;
use crate::files::open_items;
use crate::http::{Body, Caller, Ids};
use crate::ledger;
use crate::problem::{Answer, Fault};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use satu_pintu_api::application::{Application, Order};
use satu_pintu_api::problem::{Code, Problem};

/// Puts the files of a requirement into a new order: all of them, each once.
#[utoipa::path(put, path = "/applications/{number}/items/{item}/order", tag = "files",
    params(("number" = String, Path), ("item" = String, Path)), security(("key" = [])), request_body = Order,
    responses((status = 200, body = Application),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn order(
    State(app): State<Shared>,
    Ids((number, item)): Ids<(String, String)>,
    caller: Caller,
    headers: HeaderMap,
    Body(order): Body<Order>,
) -> Answer<impl IntoResponse> {
    let owner = access::owner(&app, caller, &headers, &number).await?;
    let mut tx = app.store.begin().await?;
    ledger::lock(&mut tx, &owner.number).await?;
    let events = ledger::load(&mut tx, &owner.number).await?;
    open_items(&ledger::status(&app.content(), &events, app.now()), &item)?;
    let mut have: Vec<String> = view::files(&mut tx, &owner.number)
        .await?
        .into_iter()
        .filter(|file| file.item == item && !file.replaced)
        .map(|file| file.id)
        .collect();
    let mut wanted = order.files.clone();
    have.sort();
    wanted.sort();
    if have != wanted {
        return Err(Fault::new(Code::Invalid).detail("name every file of the item once"));
    }
    for (id, page) in order.files.iter().zip(1_i64..) {
        sqlx::query("UPDATE files SET page = $1 WHERE id = $2").bind(page).bind(id.clone()).execute(&mut *tx).await?;
    }
    let row = access::row(&mut tx, &owner.number).await?;
    let application = view::application(&app, &mut tx, row).await?;
    tx.commit().await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(application)))
}
