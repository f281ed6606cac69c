//! Survey answers collected on paper, typed into a table and imported under a label of their own.

use super::session::Staff;
use super::verbs::{fault, text};
use crate::app::Shared;
use crate::http::Body;
use crate::problem::Answer;
use crate::secret;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use satu_pintu_api::problem::Problem;
use satu_pintu_api::staff::{BatchTaken, NewBatch};
use satu_pintu_domain::staff::Deed;
use satu_pintu_domain::survey::{self, HalfYear};

/// Takes a batch, whole or not at all. A label is used once in a half-year.
#[utoipa::path(post, operation_id = "staff_batches_add", path = "/staff/survey-batches", tag = "staff", request_body = NewBatch, security(("session" = [])),
    responses((status = 201, body = BatchTaken),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn add(State(app): State<Shared>, staff: Staff, Body(body): Body<NewBatch>) -> Answer<impl IntoResponse> {
    staff.may(Deed::Slips)?;
    let label = text("label", &body.label)?;
    if label.chars().count() > 80 {
        return Err(fault("label", "too-long", "Label paling banyak 80 huruf."));
    }
    if body.half > HalfYear::of(app.today()) {
        return Err(fault("half", "date-none", "Masa survei itu belum mulai."));
    }
    let answers = survey::parse_csv(&body.csv)
        .map_err(|bad| fault("csv", "option-unknown", &format!("Baris {}: {}", bad.line, bad.text)))?;
    if answers.is_empty() {
        return Err(fault("csv", "required", "Berkas CSV tidak berisi jawaban."));
    }
    let count = i64::try_from(answers.len()).unwrap_or(i64::MAX);
    let mut tx = app.store.begin().await?;
    let added = sqlx::query(
        "INSERT INTO survey_batches (half, label, answers, account) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(body.half.to_string())
    .bind(label.clone())
    .bind(count)
    .bind(staff.account)
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 0 {
        return Err(fault("label", "option-unknown", "Label ini sudah dipakai untuk masa itu. Pakai label lain."));
    }
    for scores in &answers {
        let digits: String = scores.iter().map(u8::to_string).collect();
        sqlx::query("INSERT INTO survey_answers (id, half, label, scores, profile) VALUES ($1, $2, $3, $4, '{}')")
            .bind(secret::id())
            .bind(body.half.to_string())
            .bind(label.clone())
            .bind(digits)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(BatchTaken { answers: u64::try_from(count).unwrap_or(0) })))
}
