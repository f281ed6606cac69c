//! Handing in what was sent back. Only returned items and fields may have changed; the rest was closed.

use super::access::Owner;
use super::idempotency::Once;
use super::open::Open;
use super::{submit, view};
use crate::app::Shared;
use crate::files::renumber;
use crate::http::body::Raw;
use crate::ledger;
use crate::problem::{Answer, Fault};
use crate::store::Tx;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use satu_pintu_api::application::Receipt;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{State as Stage, What};
use satu_pintu_domain::form::{self, FieldFault};

/// Hands corrections in.
#[utoipa::path(post, path = "/applications/{number}/correct", tag = "applications",
    params(("number" = String, Path), ("Idempotency-Key" = String, Header)), security(("key" = [])),
    responses((status = 200, body = Receipt),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn correct(
    State(app): State<Shared>,
    owner: Owner,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Answer<impl IntoResponse> {
    let once = Once::of_nothing(&headers, "correct", &body)?;
    let mut open = Open::by_owner(&app, &owner).await?;
    if let Some(answer) = once.before(&mut open.tx, &owner.number).await? {
        return Ok(submit::json(answer));
    }
    let content = open.content.clone();
    let status = open.status();
    if status.state != Stage::WaitingApplicant {
        return Err(Code::NotNow.into());
    }
    let service = content.service(&open.row.service).ok_or(Code::ServiceUnknown)?;
    let items: Vec<String> = status.returned.iter().map(|r| r.item.clone()).collect();
    let returned = |card: &str| items.iter().any(|item| item == card);
    // What is brought along or done elsewhere is mended there: no file of it could come.
    let cards: Vec<&str> = content.cards_with_file(service).map(|c| c.id.as_str()).filter(|c| returned(c)).collect();

    let round = ledger::round(&open.events);
    let mut unchanged = Vec::new();
    for card in &cards {
        if !renew(&mut open.tx, &owner.number, card, round).await? {
            unchanged.push(FieldFault { field: format!("item:{card}"), code: "file-missing".to_owned() });
        }
    }
    let files = view::files(&mut open.tx, &owner.number).await?;
    let mut faults = form::faults(service, &open.row.fields, &submit::have(&content, service, &files), open.today());
    unchanged.retain(|u| !faults.iter().any(|f| f.field == u.field));
    faults.append(&mut unchanged);
    if !faults.is_empty() {
        return Err(Fault::new(Code::Incomplete).faults(faults));
    }
    open.add(What::Corrected { items }).await?;
    let receipt = serde_json::to_string(&submit::receipt(&mut open, &files).await?)?;
    once.keep(&mut open.tx, &owner.number, StatusCode::OK, &receipt, open.now).await?;
    open.commit().await?;
    Ok(submit::json(receipt))
}

/// Sets aside the old files of a returned item when new ones came: all of them, unless the applicant chose
/// page by page. Tells whether anything new came.
async fn renew(tx: &mut Tx, number: &str, card: &str, round: i64) -> Answer<bool> {
    let count = async |tx: &mut Tx, condition: &'static str| -> Answer<i64> {
        let sql = match condition {
            "new" => "SELECT COUNT(*) FROM files WHERE number = $1 AND item = $2 AND replaced = 0 AND round = $3",
            _ => "SELECT COUNT(*) FROM files WHERE number = $1 AND item = $2 AND replaced = $3 AND round < $3",
        };
        Ok(sqlx::query_scalar(sql)
            .bind(number.to_owned())
            .bind(card.to_owned())
            .bind(round)
            .fetch_one(&mut **tx)
            .await?)
    };
    let new = count(tx, "new").await?;
    let chosen = count(tx, "chosen").await?;
    if new > 0 && chosen == 0 {
        sqlx::query("UPDATE files SET replaced = $3 WHERE number = $1 AND item = $2 AND replaced = 0 AND round < $3")
            .bind(number.to_owned())
            .bind(card.to_owned())
            .bind(round)
            .execute(&mut **tx)
            .await?;
    }
    renumber(tx, number, card).await?;
    Ok(new > 0 || chosen > 0)
}
