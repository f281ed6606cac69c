//! The figures: read from the tallies, never counted from the cases.

use super::settle;
use crate::app::{App, Shared};
use crate::applications::view::holder_name;
use crate::contents::Published;
use crate::http::Ids;
use crate::http::cached::Cached;
use crate::problem::Answer;
use crate::store::Conn;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::figures::{Cell, Figures, HalfFigures, ServiceFigures, UnitFigures};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{Holder, Measure};
use satu_pintu_domain::spread::{FEWEST, Spread, cases, percent, within};
use satu_pintu_domain::survey::HalfYear;
use std::collections::BTreeMap;

/// Times by standard.
type Part = BTreeMap<Option<u32>, Spread>;

/// A half-year, a service and a measure: a service whose promise changed from days to hours is told twice.
pub type Which = (String, String, Measure);

/// What was counted of it.
#[derive(Default)]
pub struct Tally(BTreeMap<String, Part>);

impl Tally {
    fn count(&self, part: &str) -> u64 {
        self.0.get(part).map_or(0, |part| part.values().map(cases).sum())
    }

    /// A number that is no cell: told unless it could tell who it was.
    pub fn number(&self, part: &str) -> Option<u64> {
        Some(self.count(part)).filter(|n| *n == 0 || *n >= FEWEST)
    }

    fn cell(&self, part: &str) -> Cell {
        let Some(part) = self.0.get(part) else { return Cell::default() };
        let mut all = Spread::new();
        for (used, n) in part.values().flatten() {
            *all.entry(*used).or_default() += n;
        }
        let n = cases(&all);
        if n < FEWEST {
            return Cell::default();
        }
        let (mut of, mut kept) = (0, 0);
        for (standard, spread) in part.iter().filter_map(|(standard, spread)| Some(((*standard)?, spread))) {
            of += cases(spread);
            kept += spread.range(..=standard).map(|(_, n)| n).sum::<u64>();
        }
        let mut standards = part.keys();
        Cell {
            cases: Some(n),
            kept: percent(kept, of),
            median: within(&all, 50),
            p90: within(&all, 90),
            standard: standards.next().copied().flatten().filter(|_| standards.next().is_none()),
        }
    }

    pub fn enough(&self) -> bool {
        self.count("whole") >= FEWEST
    }
}

/// All tallies, or those of one half-year.
///
/// # Errors
/// When the database fails.
pub async fn tallies(conn: &mut Conn, half: &str) -> Answer<BTreeMap<Which, Tally>> {
    type Columns = (String, String, String, String, i64, i64, i64);
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT half, service, unit, part, standard, used, cases FROM tallies WHERE $1 = '' OR half = $1",
    )
    .bind(half.to_owned())
    .fetch_all(conn)
    .await?;
    let mut tallies: BTreeMap<Which, Tally> = BTreeMap::new();
    for (half, service, unit, part, standard, used, n) in rows {
        let measure = if unit == settle::unit(Measure::Minute) { Measure::Minute } else { Measure::WorkingDay };
        let tally = tallies.entry((half, service, measure)).or_default();
        let spread = tally.0.entry(part).or_default().entry(u32::try_from(standard).ok()).or_default();
        *spread.entry(u32::try_from(used).unwrap_or(0)).or_default() += u64::try_from(n).unwrap_or(0);
    }
    Ok(tallies)
}

fn service_figures(content: &Published, (half, service, unit): &Which, tally: &Tally) -> ServiceFigures {
    let holders = tally.0.keys().filter_map(|part| Holder::of_code(part));
    let mut units: Vec<UnitFigures> = holders
        .map(|holder| UnitFigures { name: holder_name(content, &holder), cell: tally.cell(&holder.code()), holder })
        .collect();
    units.sort_by(|a, b| a.holder.cmp(&b.holder));
    let base = satu_pintu_api::BASE;
    ServiceFigures {
        service: service.clone(),
        name: content.service_name(service),
        unit: *unit,
        whole: tally.cell("whole"),
        units,
        withdrawn: tally.number("withdrawn"),
        last_day: tally.number("last-day"),
        events: if tally.enough() { format!("{base}/figures/{half}/{service}.csv") } else { String::new() },
    }
}

/// Every half-year with closed cases, newest first. Cells of fewer than five cases are withheld.
#[utoipa::path(get, path = "/figures", tag = "figures",
    responses((status = 200, body = Figures),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn figures(State(app): State<Shared>, headers: HeaderMap) -> Answer<Response> {
    let content = app.content();
    let changes = settle::changes(&app.store).await?;
    let told = match app.figures.of(changes, &content) {
        Some(told) => told,
        None => {
            let made = Cached::json(&counted(&app, &content).await?).ok_or(Code::Broken)?;
            app.figures.keep(changes, content, made)
        }
    };
    Ok(told.respond(&headers).await)
}

async fn counted(app: &App, content: &Published) -> Answer<Figures> {
    let mut conn = app.store.reader().acquire().await?;
    let mut halves: BTreeMap<HalfYear, HalfFigures> = BTreeMap::new();
    for (which, tally) in tallies(&mut conn, "").await? {
        let name = &which.0;
        let Ok(half) = name.parse::<HalfYear>() else { continue };
        let csv = format!("{}/figures/{name}", satu_pintu_api::BASE) + ".csv";
        let figures = halves.entry(half).or_insert_with(|| HalfFigures { half, csv, services: Vec::new() });
        figures.services.push(service_figures(content, &which, &tally));
    }
    for half in halves.values_mut() {
        let place = |id: &str| content.services.iter().position(|service| service.id == id).unwrap_or(usize::MAX);
        half.services.sort_by_key(|figures| (place(&figures.service), figures.unit));
    }
    Ok(Figures { halves: halves.into_values().rev().collect() })
}

/// The figures of a half-year, a line for each service (`whole`) and holder. Withheld cells are empty.
#[utoipa::path(get, operation_id = "figures_csv", path = "/figures/{file}", tag = "figures",
    params(("file" = String, Path, description = "`2026-1.csv`")),
    responses((status = 200, body = String, content_type = "text/csv"),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn csv(State(app): State<Shared>, Ids(file): Ids<String>) -> Answer<impl IntoResponse> {
    let half: HalfYear = file.strip_suffix(".csv").and_then(|half| half.parse().ok()).ok_or(Code::NotFound)?;
    let mut conn = app.store.reader().acquire().await?;
    let tallies = tallies(&mut conn, &half.to_string()).await?;
    if tallies.is_empty() {
        return Err(Code::NotFound.into());
    }
    let mut text = String::from("service,part,standard,cases,kept_percent,median,p90,unit\n");
    for ((_, service, unit), tally) in &tallies {
        let holders = tally.0.keys().map(String::as_str).filter(|part| Holder::of_code(part).is_some());
        for part in std::iter::once("whole").chain(holders) {
            let Cell { cases, kept, median, p90, standard } = tally.cell(part);
            let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
            let cells = [
                service.clone(),
                part.to_owned(),
                number(standard.map(u64::from)),
                number(cases),
                kept.unwrap_or_default(),
                number(median.map(u64::from)),
                number(p90.map(u64::from)),
                settle::unit(*unit).to_owned(),
            ];
            text.push_str(&cells.join(","));
            text.push('\n');
        }
    }
    Ok((download(&format!("kinerja-{half}")), text))
}

/// The head of a CSV file.
pub fn download(name: &str) -> [(header::HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ]
}
