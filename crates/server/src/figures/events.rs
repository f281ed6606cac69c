//! The events behind the figures of a service, without anything that tells whose they are.

use super::read::download;
use crate::app::{App, Shared};
use crate::http::Ids;
use crate::problem::Answer;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::IntoResponse;
use futures_util::stream;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::spread::FEWEST;
use satu_pintu_domain::survey::HalfYear;
use std::collections::{BTreeMap, BTreeSet};

/// So many cases are read at once.
const AT_ONCE: i64 = 500;

/// Holders with few cases are called this, so that nobody can be told by them.
const OTHER: &str = "other";

/// What of the cases in one measure may be told.
#[derive(Clone, Default)]
struct Told {
    decided: Group,
    withdrawn: Group,
    /// Few were issued, or few refused: then it is not told which a case was.
    alike: bool,
}

/// Cases that are told together.
#[derive(Clone, Default)]
struct Group {
    /// By outcome, and by holder.
    cases: BTreeMap<String, u64>,
    holders: BTreeMap<String, u64>,
}

impl Told {
    fn group(&mut self, outcome: &str) -> &mut Group {
        if outcome == WITHDRAWN { &mut self.withdrawn } else { &mut self.decided }
    }

    /// The lines of a case; none where it cannot be told.
    fn lines(&self, outcome: &str, lines: &str) -> Option<(String, Vec<String>)> {
        let group = if outcome == WITHDRAWN { &self.withdrawn } else { &self.decided };
        // One that was closed since they were counted waits for the next time.
        let known = group.cases.contains_key(outcome) && group.cases.values().sum::<u64>() >= FEWEST;
        if !known {
            return None;
        }
        if outcome == WITHDRAWN || !self.alike {
            return Some((outcome.to_owned(), lines.lines().map(|line| group.named(line)).collect()));
        }
        let decides = |line: &&str| line.split(',').nth(1).is_some_and(|code| DECIDES.contains(&code));
        let at = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
        let mut told: Vec<String> = lines.lines().take_while(|line| !decides(line)).map(|l| group.named(l)).collect();
        told.extend(lines.lines().find(decides).map(|line| format!("{},decided,{OTHER}", at(line))));
        told.extend(lines.lines().last().map(|line| format!("{},closed,{OTHER}", at(line))));
        Some(("closed".to_owned(), told))
    }
}

impl Group {
    fn add(&mut self, outcome: &str, lines: &str) {
        *self.cases.entry(outcome.to_owned()).or_default() += 1;
        let holders: BTreeSet<&str> = lines.lines().flat_map(holders).collect();
        for holder in holders {
            *self.holders.entry(holder.to_owned()).or_default() += 1;
        }
    }

    /// The line, with holders of few cases called "other".
    fn named(&self, line: &str) -> String {
        let enough =
            |holder: &str| holder == APPLICANT || self.holders.get(holder).is_some_and(|cases| *cases >= FEWEST);
        let names: Vec<&str> = holders(line).map(|holder| if enough(holder) { holder } else { OTHER }).collect();
        format!("{},{}", line.rsplit_once(',').map_or(line, |(start, _)| start), names.join("+"))
    }
}

/// Those who have it after a line.
fn holders(line: &str) -> impl Iterator<Item = &str> {
    line.rsplit_once(',').map_or("", |(_, holders)| holders).split('+')
}

/// What a holder was given; nothing where the standard says nothing, and for one that is not named.
fn given<'a>(limits: &'a str, holder: &str) -> &'a str {
    let of = |one: &'a str| one.split_once('=').filter(|(name, _)| *name == holder).map(|(_, limit)| limit);
    limits.split(',').find_map(of).unwrap_or_default()
}

const APPLICANT: &str = "applicant";
const WITHDRAWN: &str = "withdrawn";
/// From the first of these on a case tells how it ended.
const DECIDES: [&str; 3] = ["granted", "refused", "issued"];

/// Id, unit, standard, outcome, lines, and what their holders were given.
type Row = (String, String, i64, String, String, String);

/// The next cases of a service in a half-year, by their random ids.
async fn cases(app: &App, half: &str, service: &str, after: &str) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, unit, standard, outcome, lines, limits FROM cases WHERE half = $1 AND service = $2 AND id > $3 \
         ORDER BY id LIMIT $4",
    )
    .bind(half.to_owned())
    .bind(service.to_owned())
    .bind(after.to_owned())
    .bind(AT_ONCE)
    .fetch_all(app.store.reader())
    .await
}

/// Counts what may be told, by unit.
async fn told(app: &App, half: &str, service: &str) -> Answer<BTreeMap<String, Told>> {
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    let mut after = String::new();
    loop {
        let rows = cases(app, half, service, &after).await?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.0);
        for (_, unit, _, outcome, lines, _) in rows {
            told.entry(unit).or_default().group(&outcome).add(&outcome, &lines);
        }
    }
    for told in told.values_mut() {
        told.alike = told.decided.cases.values().any(|cases| *cases < FEWEST);
    }
    told.retain(|_, told| told.decided.cases.values().sum::<u64>() >= FEWEST);
    Ok(told)
}

/// The cases of a service in a half-year, in random order, a line for each event: the working day or the minute of
/// working time since submission, as `unit` says, and who has the file from then on. A working day counts for who has
/// the file after the last line of an earlier one, a minute for who has it after the line before. Few withdrawn cases
/// are left out. Where few were issued, or few refused, both are `closed`, and it is not told who had them once they
/// were decided. `limit` is what the standard gives who has it, in the same unit.
#[utoipa::path(get, operation_id = "figures_events", path = "/figures/{half}/{file}", tag = "figures",
    params(("half" = String, Path, description = "`2026-1`"), ("file" = String, Path, description = "`reklame.csv`")),
    responses((status = 200, body = String, content_type = "text/csv"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn csv(State(app): State<Shared>, Ids((half, file)): Ids<(String, String)>) -> Answer<impl IntoResponse> {
    let half: HalfYear = half.parse().map_err(|_| Code::NotFound)?;
    let service = file.strip_suffix(".csv").ok_or(Code::NotFound)?.to_owned();
    let half = half.to_string();
    let told = told(&app, &half, &service).await?;
    if told.is_empty() {
        return Err(Code::NotFound.into());
    }
    let head = download(&format!("kinerja-{half}-{service}"));
    let first = Bytes::from_static(b"case,unit,standard,outcome,at,event,holder,limit\n");
    // The first piece is the heading; after that one query a piece, until one finds nothing.
    let pieces = stream::try_unfold((app, Some(first), String::new()), move |(app, heading, after)| {
        let (half, service, told) = (half.clone(), service.clone(), told.clone());
        async move {
            if let Some(heading) = heading {
                return Ok(Some((heading, (app, None, after))));
            }
            let rows = cases(&app, &half, &service, &after).await?;
            let Some(last) = rows.last().map(|row| row.0.clone()) else { return Ok::<_, sqlx::Error>(None) };
            let mut text = String::new();
            for (id, unit, standard, outcome, lines, limits) in &rows {
                let Some((outcome, lines)) = told.get(unit).and_then(|told| told.lines(outcome, lines)) else {
                    continue;
                };
                for line in lines {
                    let given: Vec<&str> = holders(&line).map(|holder| given(limits, holder)).collect();
                    text.push_str(&format!("{id},{unit},{standard},{outcome},{line},{}\n", given.join("+")));
                }
            }
            Ok(Some((Bytes::from(text), (app, None, last))))
        }
    });
    Ok((head, Body::from_stream(pieces)))
}
