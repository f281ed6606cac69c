//! Taking an answer: the code is spent and the answer stored together, under a random id and without a time.

use super::codes::{begin, shuffle, usable};
use crate::app::Shared;
use crate::http::{Body, Caller};
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store::Conn;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::survey::{NewAnswer, Profile};
use satu_pintu_domain::content::SurveyForm;
use satu_pintu_domain::form::FieldFault;
use satu_pintu_domain::key::Key;
use satu_pintu_domain::survey::{Element, HalfYear, Scores};
use std::collections::BTreeMap;

/// Takes one answer for one code. A second one is refused kindly; the same one sent again, under the same
/// `Idempotency-Key`, is accepted again.
#[utoipa::path(post, path = "/survey/answers", tag = "survey", request_body = NewAnswer,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    State(app): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
    Body(new): Body<NewAnswer>,
) -> Answer<StatusCode> {
    let half = HalfYear::of(app.today());
    let token = headers.get("idempotency-key").map(|key| secret::sha256(key.as_bytes())).unwrap_or_default();
    // A wrong guess is answered without keeping others from answering.
    let hash = {
        let mut conn = app.store.reader().acquire().await?;
        match usable(&app, caller, &mut conn, &new.code, half).await {
            Ok(hash) => hash,
            // Asked in this order: the code may be spent by this very request while it is looked at.
            Err(_) if accepted(&mut conn, &new.code, &token).await? => return Ok(StatusCode::NO_CONTENT),
            Err(fault) => return Err(fault),
        }
    };
    let scores = scores(&new.scores)?;
    let profile = coarse(&app.content().survey, &new.profile)?;
    let mut tx = begin(&app).await?;
    let spent = sqlx::query("UPDATE survey_codes SET spent = 1, token = $2 WHERE hash = $1 AND spent = 0")
        .bind(hash)
        .bind(token.clone())
        .execute(&mut *tx)
        .await?;
    if spent.rows_affected() != 1 {
        // Spent since it was looked at: by this very request sent twice, or by another one.
        if accepted(&mut tx, &new.code, &token).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
        return Err(Code::SurveyDone.into());
    }
    sqlx::query("INSERT INTO survey_answers (id, half, label, scores, profile) VALUES ($1, $2, '', $3, $4)")
        .bind(secret::id())
        .bind(half.to_string())
        .bind(digits(&scores))
        .bind(profile)
        .execute(&mut *tx)
        .await?;
    shuffle(&mut tx, app.store.backend()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether this very request has spent the code before.
async fn accepted(conn: &mut Conn, code: &str, token: &str) -> Answer<bool> {
    let Some(code) = Key::parse(code).ok().filter(|_| !token.is_empty()) else { return Ok(false) };
    let spent: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM survey_codes WHERE hash = $1 AND token = $2")
        .bind(code.hash())
        .bind(token)
        .fetch_one(conn)
        .await?;
    Ok(spent > 0)
}

/// All nine, 1 to 4, in the order of the form.
fn scores(given: &BTreeMap<Element, u8>) -> Answer<Scores> {
    let mut faults = Vec::new();
    let scores = Element::ALL.map(|element| match given.get(&element) {
        Some(score) if (1..=4).contains(score) => *score,
        other => {
            let code = if other.is_some() { "option-unknown" } else { "required" };
            let field = serde_json::to_value(element).ok().and_then(|v| v.as_str().map(str::to_owned));
            faults.push(FieldFault { field: field.unwrap_or_default(), code: code.to_owned() });
            0
        }
    });
    if faults.is_empty() { Ok(scores) } else { Err(Fault::new(Code::Invalid).faults(faults)) }
}

/// Who answered, only as coarse as it is needed: ages by ten years.
fn coarse(form: &SurveyForm, profile: &Profile) -> Answer<String> {
    let mut faults = Vec::new();
    let mut check = |field: &str, value: &Option<String>, known: &[String]| {
        if value.as_ref().is_some_and(|value| !known.contains(value)) {
            faults.push(FieldFault { field: field.to_owned(), code: "option-unknown".to_owned() });
        }
    };
    check("gender", &profile.gender, &form.profile.gender);
    check("education", &profile.education, &form.profile.education);
    check("occupation", &profile.occupation, &form.profile.occupation);
    if profile.age.is_some_and(|age| !(10..=110).contains(&age)) {
        faults.push(FieldFault { field: "age".to_owned(), code: "option-unknown".to_owned() });
    }
    if !faults.is_empty() {
        return Err(Fault::new(Code::Invalid).faults(faults));
    }
    let profile = Profile { age: profile.age.map(|age| age / 10 * 10), ..profile.clone() };
    Ok(serde_json::to_string(&profile)?)
}

/// Scores as nine digits, as the table has them.
pub fn digits(scores: &Scores) -> String {
    scores.iter().map(|score| char::from(b'0' + (*score).min(9))).collect()
}

/// Reads what [`digits`] wrote.
pub fn scores_of(digits: &str) -> Option<Scores> {
    let scores: Vec<u8> = digits.bytes().map(|b| b.wrapping_sub(b'0')).filter(|s| (1..=4).contains(s)).collect();
    scores.try_into().ok()
}
