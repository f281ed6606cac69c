//! A promise in hours or minutes: working time since submission, by whoever has the file. It stands still while the
//! applicant has it, and outside the office's hours.

use super::ledger::Ledger;
use super::{Holder, TimeUsed};
use crate::hours::Clock;
use crate::workdays::YearNotPublished;

const MINUTE: i64 = 60_000;

/// What was used until a moment, or until the clock stopped; `None` where the promise is in days.
pub(super) fn time(ledger: &Ledger, now: i64, clock: Clock) -> Result<Option<TimeUsed>, YearNotPublished> {
    let (Some(submitted), total @ 1..) = (ledger.submitted, ledger.minutes_total) else { return Ok(None) };
    let end = ledger.stopped.unwrap_or(now).max(submitted);
    // When agencies hold it side by side, the end of one turn changes nothing for the office's clock.
    let within = |from: &i64| (submitted..=end).contains(from);
    let mut cuts: Vec<i64> = ledger.turns.iter().map(|turn| turn.from).filter(within).collect();
    cuts.dedup();
    let (mut office, mut agency, mut applicant) = (0, 0, 0);
    let mut left = i64::from(total) * MINUTE;
    let mut due = None;
    for (at, from) in cuts.iter().copied().enumerate() {
        let next = cuts.get(at + 1).copied();
        let worked = clock.worked(from, next.unwrap_or(end))?;
        let has = |turn: &&super::Turn| turn.from <= from && turn.to.is_none_or(|to| to > from);
        match ledger.turns.iter().find(has).map(|turn| &turn.holder) {
            None | Some(Holder::Applicant) => {
                applicant += worked;
                continue;
            }
            Some(Holder::FrontOffice | Holder::BackOffice | Holder::Signer) => office += worked,
            Some(Holder::Agency(_)) => agency += worked,
        }
        let runs = next.is_none() && ledger.stopped.is_none();
        if due.is_none() && (worked >= left || runs) {
            due = Some(clock.after(from, left)?);
        }
        left = (left - worked).max(0);
    }
    let waiting = ledger.now().all(|turn| turn.holder == Holder::Applicant);
    let minutes = |time: i64| u32::try_from(time / MINUTE).unwrap_or(u32::MAX);
    let due = due.filter(|_| ledger.stopped.is_none() && !waiting);
    // The whole minutes of both together: what counts against the promise loses none.
    let (counted, office) = (minutes(office + agency), minutes(office));
    Ok(Some(TimeUsed { total, office, agency: counted - office, applicant: minutes(applicant), due }))
}
