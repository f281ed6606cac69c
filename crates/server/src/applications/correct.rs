//! Handing in what was sent back. Only returned items and fields may have changed; the rest was closed.

use super::idempotency::{Once, nothing};
use super::{access, submit, view};
use crate::app::Shared;
use crate::files::renumber;
use crate::http::body::Raw;
use crate::http::{Caller, Ids};
use crate::ledger;
use crate::problem::{Answer, Fault};
use crate::store::Tx;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use satu_pintu_api::application::Receipt;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{Actor, State as Stage, What};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{self, FieldFault};

/// Hands corrections in.
#[utoipa::path(post, path = "/applications/{number}/correct", tag = "applications",
    params(("number" = String, Path), ("Idempotency-Key" = String, Header)), security(("key" = [])),
    responses((status = 200, body = Receipt),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn correct(
    State(app): State<Shared>,
    Ids(number): Ids<String>,
    caller: Caller,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Answer<impl IntoResponse> {
    let owner = access::owner(&app, caller, &headers, &number).await?;
    nothing(&body)?;
    let once = Once::of(&headers, "correct", &body)?;
    let (content, now) = (app.content(), app.now());
    let mut tx = app.store.begin().await?;
    ledger::lock(&mut tx, &owner.number).await?;
    if let Some(answer) = once.before(&mut tx, &owner.number).await? {
        return Ok(submit::json(answer));
    }
    let row = access::row(&mut tx, &owner.number).await?;
    let mut events = ledger::load(&mut tx, &owner.number).await?;
    let status = ledger::status(&content, &events, now);
    if status.state != Stage::WaitingApplicant {
        return Err(Code::NotNow.into());
    }
    let service = content.service(&row.service).ok_or(Code::ServiceUnknown)?;
    let items: Vec<String> = status.returned.iter().map(|r| r.item.clone()).collect();
    let returned = |card: &str| items.iter().any(|item| item == card);
    // What is brought along or done elsewhere is mended there: no file of it could come.
    let cards: Vec<&str> = content.cards_with_file(service).map(|c| c.id.as_str()).filter(|c| returned(c)).collect();

    let round = ledger::round(&events);
    let mut unchanged = Vec::new();
    for card in &cards {
        if !renew(&mut tx, &owner.number, card, round).await? {
            unchanged.push(FieldFault { field: format!("item:{card}"), code: "file-missing".to_owned() });
        }
    }
    let files = view::files(&mut tx, &owner.number).await?;
    let mut faults =
        form::faults(service, &row.fields, &submit::have(&content, service, &files), Day::at(now, content.zone()));
    unchanged.retain(|u| !faults.iter().any(|f| f.field == u.field));
    faults.append(&mut unchanged);
    if !faults.is_empty() {
        return Err(Fault::new(Code::Incomplete).faults(faults));
    }
    ledger::append(&mut tx, &owner.number, &mut events, (Actor::Applicant, ""), What::Corrected { items }, now).await?;
    let receipt = serde_json::to_string(&submit::receipt(&content, &row, &events, &files))?;
    once.keep(&mut tx, &owner.number, StatusCode::OK, &receipt, now).await?;
    tx.commit().await?;
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
