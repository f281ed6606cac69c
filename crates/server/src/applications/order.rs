//! The order of the pages of one requirement.

use super::access::Owner;
use super::open::Open;
use super::view;
use crate::app::Shared;
use crate::files::open_items;
use crate::http::{Body, Ids};
use crate::problem::{Answer, Fault};
use axum::extract::State;
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
    owner: Owner,
    Ids((_, item)): Ids<(String, String)>,
    Body(order): Body<Order>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_owner(&app, &owner).await?;
    open_items(&open.status(), &item)?;
    let mut have: Vec<String> = view::files(&mut open.tx, &owner.number)
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
        sqlx::query("UPDATE files SET page = $1 WHERE id = $2")
            .bind(page)
            .bind(id.clone())
            .execute(&mut *open.tx)
            .await?;
    }
    open.whole(&app).await
}
