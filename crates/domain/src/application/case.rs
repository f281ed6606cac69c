//! What is published of a closed application: days and steps, nothing that tells whose it was.

use super::ledger::{Ledger, passes};
use super::standing::{Limit, standings};
use super::{Event, Holder, What};
use crate::date::Day;
use crate::hours::Clock;
use crate::workdays::YearNotPublished;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Issued,
    Refused,
    Withdrawn,
}

/// A step on the way, dated by the working day since submission (0 is the day itself and days off after it).
/// A working day belongs to who holds the file after the last line of an earlier working day: so the days of
/// every holder can be counted again from the lines alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub workday: u32,
    pub code: &'static str,
    /// Who has it from then on.
    pub holders: Vec<Holder>,
}

/// How long a holder had it: working days, and what the standard gives, where it gives days.
pub type Share = (Holder, u32, Option<u32>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub outcome: Outcome,
    /// The moment the clock stopped.
    pub closed: i64,
    /// Working days promised, and used of them.
    pub standard: u32,
    pub used: u32,
    /// Clarifications asked when no day was left.
    pub last_day: u32,
    pub shares: Vec<Share>,
    pub lines: Vec<Line>,
}

/// The case of a ledger whose clock has stopped; `None` before, and for a draft that was never submitted.
///
/// # Errors
/// [`YearNotPublished`] when its days cannot be counted.
pub fn case(events: &[Event], clock: Clock) -> Result<Option<Case>, YearNotPublished> {
    let ledger = Ledger::read(events);
    let (Some(submitted), Some(closed)) = (ledger.submitted, ledger.stopped) else { return Ok(None) };
    let outcome = match (&ledger.permit, &ledger.refusal) {
        (Some(_), _) => Outcome::Issued,
        (None, Some(_)) => Outcome::Refused,
        _ => Outcome::Withdrawn,
    };
    let status = super::status(events, closed, clock.zone, clock.calendar);
    let from = Day::at(submitted, clock.zone);
    let mut lines: Vec<Line> = Vec::new();
    let mut last_day = 0;
    let mut now = i64::MIN;
    let mut order: Vec<&Event> = events.iter().collect();
    order.sort_by_key(|event| event.seq);
    for (event, (holders, late)) in order.into_iter().zip(passes(events, clock.zone, clock.calendar)) {
        now = now.max(event.at);
        let began = matches!(event.what, What::Submitted { .. });
        let passed = lines.last().is_some_and(|line| line.holders != holders);
        let ends = matches!(event.what, What::Issued { .. } | What::Refused { .. } | What::Withdrawn);
        if began || passed || (ends && !lines.is_empty()) {
            let workday = clock.calendar.between(from, Day::at(now, clock.zone))?;
            last_day += u32::from(late);
            lines.push(Line { workday, code: event.what.code(), holders });
        }
        if ends {
            break;
        }
    }
    let share = |standing: super::Standing| {
        let limit = match standing.limit {
            Some(Limit::Days(days)) => Some(days),
            _ => None,
        };
        (standing.holder, standing.days, limit)
    };
    Ok(Some(Case {
        outcome,
        closed,
        standard: ledger.days_total,
        used: status.used.counted(),
        last_day,
        shares: standings(events, closed, clock)?.into_iter().map(share).collect(),
        lines,
    }))
}
