//! What is published of a closed application: days and steps, nothing that tells whose it was.

use super::ledger::{Ledger, passes};
use super::standing::{Limit, standings};
use super::{Event, Holder, Measure, What};
use crate::date::Day;
use crate::hours::Clock;
use crate::workdays::YearNotPublished;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Issued,
    Refused,
    Withdrawn,
}

/// A step on the way, dated since submission, so that the time of every holder can be counted again from the lines
/// alone.
///
/// By working days (0 is the day itself and days off after it): a day belongs to who holds the file after the last
/// line of an earlier one. By minutes of working time: those until the next line belong to who holds it after this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: u32,
    pub code: &'static str,
    /// Who has it from then on.
    pub holders: Vec<Holder>,
}

/// How long a holder had it, and what the standard gives, where it gives that in the measure of the case.
pub type Share = (Holder, u32, Option<u32>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub outcome: Outcome,
    /// The moment the clock stopped.
    pub closed: i64,
    pub measure: Measure,
    /// Promised, and used of it.
    pub standard: u32,
    pub used: u32,
    /// Clarifications asked when nothing was left.
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
    let measure = if ledger.minutes_total > 0 { Measure::Minute } else { Measure::WorkingDay };
    let from = Day::at(submitted, clock.zone);
    let mut lines: Vec<Line> = Vec::new();
    let mut last_day = 0;
    let mut now = i64::MIN;
    let mut order: Vec<&Event> = events.iter().collect();
    order.sort_by_key(|event| event.seq);
    for (event, (holders, late)) in order.into_iter().zip(passes(events, clock)) {
        now = now.max(event.at);
        let began = matches!(event.what, What::Submitted { .. });
        let passed = lines.last().is_some_and(|line| line.holders != holders);
        let ends = matches!(event.what, What::Issued { .. } | What::Refused { .. } | What::Withdrawn);
        if began || passed || (ends && !lines.is_empty()) {
            let at = match measure {
                Measure::WorkingDay => clock.calendar.between(from, Day::at(now, clock.zone))?,
                Measure::Minute => u32::try_from(clock.worked(submitted, now)? / 60_000).unwrap_or(u32::MAX),
            };
            last_day += u32::from(late);
            lines.push(Line { at, code: event.what.code(), holders });
        }
        if ends {
            break;
        }
    }
    let share = |standing: super::Standing| {
        let limit = match (standing.limit, measure) {
            (Some(Limit::Days(days)), Measure::WorkingDay) => Some(days),
            (Some(Limit::Time(time)), Measure::Minute) => u32::try_from(time / 60_000).ok(),
            _ => None,
        };
        let used = match measure {
            Measure::WorkingDay => standing.days,
            Measure::Minute => minutes(&lines, |holders| holders.contains(&standing.holder)),
        };
        (standing.holder, used, limit)
    };
    let shares = standings(events, closed, clock)?.into_iter().map(share).collect();
    let (standard, used) = match measure {
        Measure::WorkingDay => (ledger.days_total, super::status(events, closed, clock).used.counted()),
        Measure::Minute => (ledger.minutes_total, minutes(&lines, |holders| *holders != [Holder::Applicant])),
    };
    Ok(Some(Case { outcome, closed, measure, standard, used, last_day, shares, lines }))
}

/// Minutes between the lines after which such holders have it.
fn minutes(lines: &[Line], such: impl Fn(&[Holder]) -> bool) -> u32 {
    lines.windows(2).filter(|pair| such(&pair[0].holders)).map(|pair| pair[1].at.saturating_sub(pair[0].at)).sum()
}
