//! What the answers come to, by half-year, with the raw data. Under five answers only their count is told.

use super::scores_of;
use crate::app::Shared;
use crate::http::{Ids, Query};
use crate::problem::Answer;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::survey::{HalfResult, Results};
use satu_pintu_domain::survey::{Element, HalfYear, Scores, index, needed, write_csv};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Fewer answers than this could tell who gave them.
const FEWEST: usize = 5;

/// Every half-year with answers, newest first; batches collected on paper apart, under their label.
#[utoipa::path(get, path = "/survey/results", tag = "survey",
    responses((status = 200, body = Results),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn results(State(app): State<Shared>) -> Answer<Json<Results>> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("SELECT half, label, scores FROM survey_answers ORDER BY half DESC, label, id")
            .fetch_all(app.store.reader())
            .await?;
    let mut groups: BTreeMap<(HalfYear, String), Vec<Scores>> = BTreeMap::new();
    for (half, label, scores) in rows {
        if let (Ok(half), Some(scores)) = (half.parse(), scores_of(&scores)) {
            groups.entry((half, label)).or_default().push(scores);
        }
    }
    let population = u64::from(app.content().office().population);
    let mut halves: Vec<HalfResult> =
        groups.into_iter().map(|((half, label), answers)| result(half, label, &answers, population)).collect();
    halves.sort_by(|a, b| b.half.cmp(&a.half).then_with(|| a.label.cmp(&b.label)));
    Ok(Json(Results { halves }))
}

fn result(half: HalfYear, label: String, answers: &[Scores], population: u64) -> HalfResult {
    let enough = answers.len() >= FEWEST;
    let mut spread: BTreeMap<Element, [u64; 4]> = BTreeMap::new();
    if enough {
        for scores in answers {
            for (element, score) in Element::ALL.iter().zip(scores) {
                if let Some(count) = spread.entry(*element).or_default().get_mut(usize::from(*score) - 1) {
                    *count += 1;
                }
            }
        }
    }
    let csv = match (enough, label.is_empty()) {
        (false, _) => String::new(),
        (true, true) => format!("{}/survey/results/{half}.csv", satu_pintu_api::BASE),
        (true, false) => format!("{}/survey/results/{half}.csv?label={}", satu_pintu_api::BASE, coded(&label)),
    };
    HalfResult {
        half,
        index: enough.then(|| index(answers, Some(population))),
        n: answers.len() as u64,
        needed: needed(population),
        label,
        csv,
        spread,
    }
}

#[derive(Deserialize)]
pub struct Batch {
    #[serde(default)]
    label: String,
}

/// The answers of a half-year, `resp,U1..U9`, in the order of their random ids.
#[utoipa::path(get, path = "/survey/results/{file}", tag = "survey",
    params(("file" = String, Path, description = "`2026-1.csv`"), ("label" = Option<String>, Query)),
    responses((status = 200, body = String, content_type = "text/csv"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn csv(
    State(app): State<Shared>,
    Ids(file): Ids<String>,
    Query(batch): Query<Batch>,
) -> Answer<impl IntoResponse> {
    let half: HalfYear = file.strip_suffix(".csv").and_then(|half| half.parse().ok()).ok_or(Code::NotFound)?;
    let rows: Vec<(String,)> =
        sqlx::query_as("SELECT scores FROM survey_answers WHERE half = $1 AND label = $2 ORDER BY id")
            .bind(half.to_string())
            .bind(batch.label)
            .fetch_all(app.store.reader())
            .await?;
    let answers: Vec<Scores> = rows.iter().filter_map(|(scores,)| scores_of(scores)).collect();
    if answers.len() < FEWEST {
        return Err(Code::NotFound.into());
    }
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"skm-{half}.csv\"")),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    Ok((head, write_csv(&answers)))
}

fn coded(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}
