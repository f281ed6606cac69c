//! The events behind the figures of a service, without anything that tells whose they are.

use super::read::{download, tallies};
use super::settle::unit;
use crate::app::Shared;
use crate::http::Ids;
use crate::problem::Answer;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::IntoResponse;
use futures_util::stream;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::Measure;
use satu_pintu_domain::survey::HalfYear;

/// So many cases are read at once.
const AT_ONCE: i64 = 500;

/// Holders with few cases are called this, so that nobody can be told by them.
const OTHER: &str = "other";

/// What of the cases in one measure may be told.
#[derive(Clone)]
struct Told {
    unit: &'static str,
    /// Holders that are not named.
    few: Vec<String>,
    /// Those taken back are enough to be told.
    withdrawn: bool,
}

/// The cases of a service in a half-year, in random order, a line for each event: the working day or the minute of
/// working time since submission, as `unit` says, and who has the file from then on. A working day counts for who has
/// the file after the last line of an earlier one, a minute for who has it after the line before. Few withdrawn cases
/// are left out.
#[utoipa::path(get, operation_id = "figures_events", path = "/figures/{half}/{file}", tag = "figures",
    params(("half" = String, Path, description = "`2026-1`"), ("file" = String, Path, description = "`reklame.csv`")),
    responses((status = 200, body = String, content_type = "text/csv"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn csv(State(app): State<Shared>, Ids((half, file)): Ids<(String, String)>) -> Answer<impl IntoResponse> {
    let half: HalfYear = half.parse().map_err(|_| Code::NotFound)?;
    let service = file.strip_suffix(".csv").ok_or(Code::NotFound)?.to_owned();
    let half = half.to_string();
    let mut conn = app.store.reader().acquire().await?;
    let tallies = tallies(&mut conn, &half).await?;
    drop(conn);
    let told: Vec<Told> = [Measure::WorkingDay, Measure::Minute]
        .into_iter()
        .filter_map(|measure| {
            let tally = tallies.get(&(half.clone(), service.clone(), measure)).filter(|tally| tally.enough())?;
            Some(Told {
                unit: unit(measure),
                few: tally.few().into_iter().map(str::to_owned).collect(),
                withdrawn: tally.number("withdrawn").is_some(),
            })
        })
        .collect();
    if told.is_empty() {
        return Err(Code::NotFound.into());
    }
    let head = download(&format!("kinerja-{half}-{service}"));
    let first = Bytes::from_static(b"case,unit,standard,outcome,at,event,holder\n");
    // The first piece is the heading; after that one query a piece, until one finds nothing.
    let pieces = stream::try_unfold((app, Some(first), String::new()), move |(app, heading, after)| {
        let (half, service, told) = (half.clone(), service.clone(), told.clone());
        async move {
            if let Some(heading) = heading {
                return Ok(Some((heading, (app, None, after))));
            }
            let rows: Vec<(String, String, i64, String, String)> = sqlx::query_as(
                "SELECT id, unit, standard, outcome, lines FROM cases WHERE half = $1 AND service = $2 AND id > $3 \
                 ORDER BY id LIMIT $4",
            )
            .bind(half)
            .bind(service)
            .bind(after)
            .bind(AT_ONCE)
            .fetch_all(app.store.reader())
            .await?;
            let Some(last) = rows.last().map(|row| row.0.clone()) else { return Ok::<_, sqlx::Error>(None) };
            let mut text = String::new();
            for (id, unit, standard, outcome, lines) in &rows {
                let Some(told) = told.iter().find(|told| told.unit == unit) else { continue };
                if outcome == "withdrawn" && !told.withdrawn {
                    continue;
                }
                for line in lines.lines() {
                    let line = told.few.iter().fold(line.to_owned(), |line, code| masked(&line, code));
                    text.push_str(&format!("{id},{unit},{standard},{outcome},{line}\n"));
                }
            }
            Ok(Some((Bytes::from(text), (app, None, last))))
        }
    });
    Ok((head, Body::from_stream(pieces)))
}

/// The line with one holder called "other".
fn masked(line: &str, code: &str) -> String {
    let Some((start, holders)) = line.rsplit_once(',') else { return line.to_owned() };
    let holders: Vec<&str> = holders.split('+').map(|holder| if holder == code { OTHER } else { holder }).collect();
    format!("{start},{}", holders.join("+"))
}
