//! The events behind the figures of a service, without anything that tells whose they are.

use super::read::{download, tallies};
use crate::app::Shared;
use crate::http::Ids;
use crate::problem::Answer;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::IntoResponse;
use futures_util::stream;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::survey::HalfYear;

/// So many cases are read at once.
const AT_ONCE: i64 = 500;

/// Holders with few cases are called this, so that nobody can be told by them.
const OTHER: &str = "other";

/// The cases of a service in a half-year, in random order, a line for each event: the working day since submission,
/// and who has the file from then on. A working day counts for who has the file after the last line of an earlier one.
/// Few withdrawn cases are left out.
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
    let tally = tallies.get(&(half.clone(), service.clone())).filter(|tally| tally.enough()).ok_or(Code::NotFound)?;
    let few: Vec<String> = tally.few().into_iter().map(str::to_owned).collect();
    let hidden = if tally.number("withdrawn").is_some() { "" } else { "withdrawn" };
    let head = download(&format!("kinerja-{half}-{service}"));
    let first = Bytes::from_static(b"case,standard,outcome,workday,event,holder\n");
    // The first piece is the heading; after that one query a piece, until one finds nothing.
    let pieces = stream::try_unfold((app, Some(first), String::new()), move |(app, heading, after)| {
        let (half, service, few) = (half.clone(), service.clone(), few.clone());
        async move {
            if let Some(heading) = heading {
                return Ok(Some((heading, (app, None, after))));
            }
            let rows: Vec<(String, i64, String, String)> = sqlx::query_as(
                "SELECT id, standard, outcome, lines FROM cases WHERE half = $1 AND service = $2 AND id > $3 \
                 AND outcome <> $4 ORDER BY id LIMIT $5",
            )
            .bind(half)
            .bind(service)
            .bind(after)
            .bind(hidden)
            .bind(AT_ONCE)
            .fetch_all(app.store.reader())
            .await?;
            let Some(last) = rows.last().map(|row| row.0.clone()) else { return Ok::<_, sqlx::Error>(None) };
            let mut text = String::new();
            for (id, standard, outcome, lines) in &rows {
                for line in lines.lines() {
                    let line = few.iter().fold(line.to_owned(), |line, code| masked(&line, code));
                    text.push_str(&format!("{id},{standard},{outcome},{line}\n"));
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
