//! Computing where a file stands: one pass over the ledger, then one over the working days.
//! Who may do what next is in [`super::may`].

use super::ledger::Ledger;
use super::time::time;
use super::{DaysUsed, Event, Holder, Status};
use crate::date::Day;
use crate::hours::Clock;
use crate::workdays::YearNotPublished;

/// Computes the status at a moment. A moment before the last event is taken for that of the event.
pub fn status(events: &[Event], now: i64, clock: Clock) -> Status {
    let Clock { zone, calendar, .. } = clock;
    let ledger = Ledger::read(events);
    let turn = ledger.now().next().cloned();
    let now = now.max(ledger.last);
    let mut used = DaysUsed::default();
    let mut intake_due = None;
    let mut due = None;
    let mut calendar_missing = None;
    if let Some(submitted) = ledger.submitted {
        let from = Day::at(submitted, zone);
        let mut known = |day: Result<Day, YearNotPublished>| match day {
            Ok(day) => Some(day),
            Err(YearNotPublished(year)) => {
                calendar_missing = Some(year);
                None
            }
        };
        if !ledger.checked && ledger.minutes_total == 0 {
            intake_due = known(calendar.add(from, ledger.intake_days));
        }
        // The day on which the promise ran out, if it has.
        let mut reached = (ledger.days_total == 0).then_some(from);
        let mut counted = DaysUsed::default();
        let count = ledger.each_day(now, zone, calendar, |day| {
            match ledger.before(day.start_ms(zone)).next() {
                None | Some(Holder::Applicant) => counted.applicant += 1,
                Some(Holder::FrontOffice | Holder::BackOffice | Holder::Signer) => counted.office += 1,
                Some(Holder::Agency(_)) => counted.agency += 1,
            }
            if reached.is_none() && counted.counted() >= ledger.days_total {
                reached = Some(day);
            }
        });
        match count {
            Ok(()) => {
                let left = ledger.days_total.saturating_sub(counted.counted());
                used = counted;
                let waiting = turn.as_ref().is_none_or(|turn| turn.holder == Holder::Applicant);
                if ledger.stopped.is_none() && !waiting {
                    due = match reached {
                        Some(day) => Some(day),
                        None => known(calendar.add(Day::at(now, zone).max(from), left)),
                    };
                }
            }
            Err(YearNotPublished(year)) => calendar_missing = Some(year),
        }
    }
    let mut overdue = ledger.submitted.is_some() && used.counted() > ledger.days_total;
    let time = time(&ledger, now, clock).unwrap_or_else(|YearNotPublished(year)| {
        calendar_missing = Some(year);
        None
    });
    if ledger.minutes_total > 0 {
        due = time.as_ref().and_then(|time| time.due).map(|moment| Day::at(moment, zone));
        overdue = time.as_ref().is_some_and(|time| time.office + time.agency > time.total);
    }
    Status {
        overdue,
        state: ledger.state,
        holder: turn.as_ref().map_or(Holder::Applicant, |turn| turn.holder.clone()),
        since: turn.map_or(0, |turn| turn.from),
        submitted: ledger.submitted,
        intake_due,
        due,
        days_total: ledger.days_total,
        used,
        time,
        calendar_missing,
        returned: ledger.returned,
        accepted: ledger.accepted,
        complete: ledger.complete,
        refusal: ledger.refusal,
        permit: ledger.permit,
        valid_until: ledger.valid_until,
        revoked: ledger.revoked,
        taken_by: ledger.taken_by,
    }
}
