//! Computing where a file stands: one pass over the ledger, then one over the working days.
//! Who may do what next is in [`super::may`].

use super::{DaysUsed, Event, Holder, Returned, State, Status, What};
use crate::date::{Day, Zone};
use crate::workdays::{Calendar, YearNotPublished};

/// What the events alone say, before any day is counted.
pub(super) struct Ledger {
    pub state: State,
    pub holder: Holder,
    pub since: i64,
    pub submitted: Option<i64>,
    pub intake_days: u32,
    pub days_total: u32,
    /// When the clock stopped for good.
    pub stopped: Option<i64>,
    /// The first check is over, whatever it found.
    pub checked: bool,
    pub complete: bool,
    pub returned: Vec<Returned>,
    pub accepted: Vec<String>,
    pub refusal: Option<String>,
    pub permit: Option<String>,
    pub valid_until: Option<Day>,
    pub taken_by: Option<String>,
    /// From when who held it, times never running back.
    pub holders: Vec<(i64, Holder)>,
}

impl Ledger {
    pub fn read(events: &[Event]) -> Ledger {
        let mut ledger = Ledger {
            state: State::Draft,
            holder: Holder::Applicant,
            since: 0,
            submitted: None,
            intake_days: 0,
            days_total: 0,
            stopped: None,
            checked: false,
            complete: false,
            returned: Vec::new(),
            accepted: Vec::new(),
            refusal: None,
            permit: None,
            valid_until: None,
            taken_by: None,
            holders: Vec::new(),
        };
        let mut order: Vec<&Event> = events.iter().collect();
        order.sort_by_key(|e| e.seq);
        let mut now = i64::MIN;
        for event in order {
            now = now.max(event.at);
            ledger.apply(event, now);
        }
        ledger
    }

    fn apply(&mut self, event: &Event, at: i64) {
        match &event.what {
            What::Drafted => self.since = at,
            What::Submitted { intake_days, service_days, .. } => {
                self.submitted = Some(at);
                self.intake_days = *intake_days;
                self.days_total = *service_days;
                self.state = State::Submitted;
                self.pass(Holder::Office, at);
            }
            What::Taken => {
                self.taken_by = Some(event.by.clone());
                self.begin_check();
            }
            What::ItemAccepted { item } => {
                if !self.accepted.contains(item) {
                    self.accepted.push(item.clone());
                }
                self.begin_check();
            }
            What::Complete => {
                self.complete = true;
                self.checked = true;
                self.begin_check();
            }
            What::Returned { items } => {
                self.accepted.retain(|a| !items.iter().any(|i| i.item == *a));
                self.returned.clone_from(items);
                self.complete = false;
                self.checked = true;
                self.state = State::WaitingApplicant;
                self.pass(Holder::Applicant, at);
            }
            What::Corrected { .. } => {
                self.returned.clear();
                self.state = State::Checking;
                self.pass(Holder::Office, at);
            }
            What::AgencyAsked { agency, .. } => {
                self.checked = true;
                self.state = State::WithAgency;
                self.pass(Holder::Agency(agency.clone()), at);
            }
            What::AgencyAnswered { .. } => {
                self.state = State::Checking;
                self.pass(Holder::Office, at);
            }
            What::Granted => self.decide(State::Granted, at),
            What::Refused { reason } => {
                self.refusal = Some(reason.clone());
                self.decide(State::Refused, at);
            }
            What::Issued { number, valid_until } => {
                self.permit = Some(number.clone());
                self.valid_until = *valid_until;
            }
            What::HandedOver { .. } => {
                self.state = State::HandedOver;
                self.pass(Holder::Applicant, at);
            }
            What::Withdrawn => {
                self.decide(State::Withdrawn, at);
                self.pass(Holder::Applicant, at);
            }
            What::Visited { .. } | What::Proposed { .. } | What::Objected { .. } | What::Rekeyed => {}
        }
    }

    fn begin_check(&mut self) {
        if self.state == State::Submitted {
            self.state = State::Checking;
        }
    }

    fn decide(&mut self, state: State, at: i64) {
        self.state = state;
        self.checked = true;
        self.stopped = self.stopped.or(Some(at));
    }

    fn pass(&mut self, to: Holder, at: i64) {
        if self.holder != to || self.holders.is_empty() {
            self.since = at;
        }
        self.holder = to.clone();
        self.holders.push((at, to));
    }

    /// Who had it when the day began.
    fn holder_before(&self, moment: i64) -> &Holder {
        let mut earlier = self.holders.iter().rev();
        earlier.find(|(from, _)| *from < moment).map_or(&Holder::Applicant, |(_, holder)| holder)
    }
}

/// Working days counted, and the day on which the promise ran out if it has.
#[derive(Default)]
struct Count {
    used: DaysUsed,
    reached: Option<Day>,
}

fn count(ledger: &Ledger, from: Day, to: Day, zone: Zone, calendar: &Calendar) -> Result<Count, YearNotPublished> {
    let mut count = Count::default();
    if ledger.days_total == 0 {
        count.reached = Some(from);
    }
    let mut day = from;
    while day < to {
        day = day.next();
        if !calendar.is_working(day)? {
            continue;
        }
        match ledger.holder_before(day.start_ms(zone)) {
            Holder::Applicant => count.used.applicant += 1,
            Holder::Office => count.used.office += 1,
            Holder::Agency(_) => count.used.agency += 1,
        }
        if count.reached.is_none() && count.used.counted() >= ledger.days_total {
            count.reached = Some(day);
        }
    }
    Ok(count)
}

/// Computes the status at a moment.
pub fn status(events: &[Event], now: i64, zone: Zone, calendar: &Calendar) -> Status {
    let ledger = Ledger::read(events);
    let mut used = DaysUsed::default();
    let mut intake_due = None;
    let mut due = None;
    let mut calendar_missing = None;
    if let Some(submitted) = ledger.submitted {
        let from = Day::at(submitted, zone);
        let today = Day::at(now, zone);
        let to = ledger.stopped.map_or(today, |at| Day::at(at, zone));
        let mut known = |day: Result<Day, YearNotPublished>| match day {
            Ok(day) => Some(day),
            Err(YearNotPublished(year)) => {
                calendar_missing = Some(year);
                None
            }
        };
        if !ledger.checked {
            intake_due = known(calendar.add(from, ledger.intake_days));
        }
        match count(&ledger, from, to, zone, calendar) {
            Ok(Count { used: counted, reached }) => {
                let left = ledger.days_total.saturating_sub(counted.counted());
                used = counted;
                if ledger.stopped.is_none() && ledger.holder != Holder::Applicant {
                    due = match reached {
                        Some(day) => Some(day),
                        None => known(calendar.add(today.max(from), left)),
                    };
                }
            }
            Err(YearNotPublished(year)) => calendar_missing = Some(year),
        }
    }
    Status {
        overdue: ledger.submitted.is_some() && used.counted() > ledger.days_total,
        state: ledger.state,
        holder: ledger.holder,
        since: ledger.since,
        submitted: ledger.submitted,
        intake_due,
        due,
        days_total: ledger.days_total,
        used,
        calendar_missing,
        returned: ledger.returned,
        accepted: ledger.accepted,
        complete: ledger.complete,
        refusal: ledger.refusal,
        permit: ledger.permit,
        valid_until: ledger.valid_until,
        taken_by: ledger.taken_by,
    }
}
