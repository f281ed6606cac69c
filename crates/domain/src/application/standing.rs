//! Each holder's own clock: how long they have had the file, how long the standard gives them, and until when.
//! A clock runs while they have it, several at once when several agencies have it, and goes on where it stood.

use super::ledger::{Ledger, Turn};
use super::{Event, Holder};
use crate::content::TimeUnit;
use crate::date::Day;
use crate::hours::Clock;
use crate::workdays::YearNotPublished;

/// What a holder is given in total, however often the file comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Working days, counted as the promise is: those on whose morning they have it.
    Days(u32),
    /// Working time in milliseconds.
    Time(i64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub holder: Holder,
    /// Has it now.
    pub now: bool,
    /// When they last got it.
    pub since: i64,
    /// Working days on whose morning they had it.
    pub days: u32,
    /// Working time in milliseconds.
    pub time: i64,
    /// `None` where the standard says nothing, and for the applicant.
    pub limit: Option<Limit>,
    /// The last day of the limit while they have it and the office's clock runs; `None` too when it would be in a
    /// year without a calendar.
    pub due: Option<Day>,
    /// The limit is passed.
    pub late: bool,
}

/// Everybody who has had the file since it was submitted, by when they first got it. Times stop with the promise.
///
/// # Errors
/// [`YearNotPublished`] when a day that went by is in such a year: then nothing is told rather than something wrong.
pub fn standings(events: &[Event], now: i64, clock: Clock) -> Result<Vec<Standing>, YearNotPublished> {
    let ledger = Ledger::read(events);
    let Some(submitted) = ledger.submitted else { return Ok(Vec::new()) };
    let now = now.max(ledger.last);
    let end = ledger.stopped.unwrap_or(now);
    let mut standings: Vec<Standing> = Vec::new();
    for turn in ledger.turns.iter().take(ledger.counted).filter(|turn| turn.from >= submitted) {
        let at = standings.iter().position(|known| known.holder == turn.holder).unwrap_or_else(|| {
            standings.push(Standing {
                limit: limit(&ledger, &turn.holder),
                holder: turn.holder.clone(),
                now: false,
                since: turn.from,
                days: 0,
                time: 0,
                due: None,
                late: false,
            });
            standings.len() - 1
        });
        let standing = &mut standings[at];
        standing.since = turn.from;
        standing.time += clock.worked(turn.from, turn.to.unwrap_or(end).min(end))?;
        standing.now = turn.to.is_none() && ledger.stopped.is_none();
    }
    let mut reached: Vec<Option<Day>> = vec![None; standings.len()];
    ledger.each_day(now, clock.zone, clock.calendar, |day| {
        for holder in ledger.before(day.start_ms(clock.zone)) {
            if let Some(at) = standings.iter().position(|known| known.holder == *holder) {
                standings[at].days += 1;
                if standings[at].limit == Some(Limit::Days(standings[at].days)) {
                    reached[at] = Some(day);
                }
            }
        }
    })?;
    for (standing, reached) in standings.iter_mut().zip(reached) {
        let (due, late) = match standing.limit {
            None => (None, false),
            Some(Limit::Days(days)) => {
                let left = days.saturating_sub(standing.days);
                let due = match reached {
                    Some(day) => Ok(day),
                    None => clock.calendar.add(Day::at(now.max(standing.since), clock.zone), left),
                };
                (Some(due), standing.days > days)
            }
            Some(Limit::Time(time)) => {
                let turns = ledger.turns.iter().filter(|turn| turn.holder == standing.holder && turn.from >= submitted);
                (Some(used_up(turns, time, clock)), standing.time > time)
            }
        };
        standing.due = due.filter(|_| standing.now).and_then(Result::ok);
        standing.late = late;
    }
    Ok(standings)
}

/// The day on which a time is used up when nobody takes the file away any more.
fn used_up<'a>(turns: impl Iterator<Item = &'a Turn>, time: i64, clock: Clock) -> Result<Day, YearNotPublished> {
    let mut left = time;
    let mut day = Ok(Day::at(0, clock.zone));
    for turn in turns {
        day = clock.after(turn.from, left).map(|moment| Day::at(moment, clock.zone));
        let Some(to) = turn.to else { break };
        let worked = clock.worked(turn.from, to)?;
        if worked >= left {
            break;
        }
        left -= worked;
    }
    day
}

/// What the standard gave a holder when the file was submitted. Steps of one holder are all in days or all in
/// time; publishing sees to that. Without a step the first check has its own limit and an agency what it was
/// given when first asked.
fn limit(ledger: &Ledger, holder: &Holder) -> Option<Limit> {
    let mut limit = None;
    for step in ledger.steps.iter().filter(|step| step.by == *holder) {
        let time = |minutes: u32| Limit::Time(i64::from(minutes) * 60_000);
        let more = match step.unit {
            TimeUnit::WorkingDay => Limit::Days(step.value),
            TimeUnit::Hour => time(step.value.saturating_mul(60)),
            TimeUnit::Minute => time(step.value),
            TimeUnit::Automatic | TimeUnit::Applicant => continue,
        };
        limit = Some(match (limit, more) {
            (Some(Limit::Days(a)), Limit::Days(b)) => Limit::Days(a.saturating_add(b)),
            (Some(Limit::Time(a)), Limit::Time(b)) => Limit::Time(a.saturating_add(b)),
            (Some(days @ Limit::Days(_)), _) => days,
            (_, more) => more,
        });
    }
    // Beside a promise in hours or minutes a limit of days would end after it.
    if ledger.minutes_total > 0 {
        return limit;
    }
    limit.or_else(|| match holder {
        Holder::FrontOffice => Some(Limit::Days(ledger.intake_days)),
        Holder::Agency(id) => ledger.asked.iter().find(|(known, _)| known == id).map(|(_, days)| Limit::Days(*days)),
        _ => None,
    })
}
