//! What the events alone say, before any time is counted: the state, and who held the file from when to when.

use super::{Event, Holder, Returned, State, StepLimit, What};
use crate::date::{Day, Zone};
use crate::hours::Clock;
use crate::workdays::{Calendar, YearNotPublished};

/// The time from when somebody got the file until it was passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub holder: Holder,
    pub from: i64,
    /// `None` while it lasts.
    pub to: Option<i64>,
}

pub(super) struct Ledger {
    pub state: State,
    pub submitted: Option<i64>,
    pub intake_days: u32,
    pub days_total: u32,
    pub minutes_total: u32,
    pub steps: Vec<StepLimit>,
    /// Days given to an agency when it was first asked.
    pub asked: Vec<(String, u32)>,
    /// When the clock stopped for good.
    pub stopped: Option<i64>,
    /// So many turns there were then; whoever has the file later has no clock.
    pub counted: usize,
    /// The first check is over, whatever it found.
    pub checked: bool,
    pub complete: bool,
    pub returned: Vec<Returned>,
    pub accepted: Vec<String>,
    pub refusal: Option<String>,
    pub permit: Option<String>,
    pub valid_until: Option<Day>,
    pub revoked: Option<String>,
    pub taken_by: Option<String>,
    /// By their beginnings; the last ones are under way.
    pub turns: Vec<Turn>,
    /// The moment of the last event.
    pub last: i64,
}

impl Ledger {
    pub fn empty() -> Ledger {
        Ledger {
            state: State::Draft,
            submitted: None,
            intake_days: 0,
            days_total: 0,
            minutes_total: 0,
            steps: Vec::new(),
            asked: Vec::new(),
            stopped: None,
            counted: usize::MAX,
            checked: false,
            complete: false,
            returned: Vec::new(),
            accepted: Vec::new(),
            refusal: None,
            permit: None,
            valid_until: None,
            revoked: None,
            taken_by: None,
            turns: Vec::new(),
            last: i64::MIN,
        }
    }

    pub fn read(events: &[Event]) -> Ledger {
        let mut ledger = Ledger::empty();
        for (at, event) in in_order(events) {
            ledger.apply(event, at);
        }
        ledger
    }

    pub fn apply(&mut self, event: &Event, at: i64) {
        self.last = at;
        match &event.what {
            What::Drafted => self.pass(&[Holder::Applicant], at),
            What::Submitted { intake_days, service_days, service_minutes, steps, .. } => {
                self.submitted = Some(at);
                self.intake_days = *intake_days;
                self.days_total = *service_days;
                self.minutes_total = *service_minutes;
                self.steps.clone_from(steps);
                self.state = State::Submitted;
                self.pass(&[Holder::FrontOffice], at);
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
                self.pass(&[self.desk()], at);
            }
            What::Returned { items } => {
                self.accepted.retain(|a| !items.iter().any(|i| i.item == *a));
                self.returned.clone_from(items);
                self.complete = false;
                self.checked = true;
                self.state = State::WaitingApplicant;
                self.pass(&[Holder::Applicant], at);
            }
            What::Corrected { .. } => {
                self.returned.clear();
                self.state = State::Checking;
                self.pass(&[self.desk()], at);
            }
            What::AgencyAsked { agency, days, .. } => {
                self.checked = true;
                if !self.asked.iter().any(|(known, _)| known == agency) {
                    self.asked.push((agency.clone(), *days));
                }
                let others = if self.state == State::WithAgency { self.holders() } else { Vec::new() };
                self.state = State::WithAgency;
                self.pass(&[others, vec![Holder::Agency(agency.clone())]].concat(), at);
            }
            What::AgencyAnswered { agency, .. } => {
                let mut others = self.holders();
                others.retain(|holder| !matches!(holder, Holder::Agency(id) if id == agency));
                if others.is_empty() {
                    self.state = State::Checking;
                    others.push(self.desk());
                }
                self.pass(&others, at);
            }
            What::Granted => {
                self.state = State::Granted;
                self.checked = true;
                self.pass(&[Holder::Signer], at);
            }
            What::Refused { reason } => {
                self.refusal = Some(reason.clone());
                self.stop(State::Refused, Holder::FrontOffice, at);
            }
            What::Issued { number, valid_until } => {
                self.permit = Some(number.clone());
                self.valid_until = *valid_until;
                self.stop(State::Granted, Holder::FrontOffice, at);
            }
            What::HandedOver { .. } => self.stop(State::HandedOver, Holder::Applicant, at),
            What::Withdrawn => self.stop(State::Withdrawn, Holder::Applicant, at),
            What::Revoked { reason } => self.revoked = Some(reason.clone()),
            What::RevocationProposed { .. } => {}
            What::Visited { .. } | What::Proposed { .. } | What::Objected { .. } | What::Rekeyed => {}
            What::Consented { .. } | What::Filled { .. } | What::Attached { .. } | What::Detached { .. } => {}
        }
    }

    fn begin_check(&mut self) {
        if self.state == State::Submitted {
            self.state = State::Checking;
        }
    }

    /// Which side of the counter goes on with it.
    fn desk(&self) -> Holder {
        if self.complete || !self.asked.is_empty() { Holder::BackOffice } else { Holder::FrontOffice }
    }

    fn stop(&mut self, state: State, to: Holder, at: i64) {
        self.state = state;
        self.checked = true;
        if self.stopped.is_none() {
            self.stopped = Some(at);
            self.counted = self.turns.len();
        }
        self.pass(&[to], at);
    }

    fn pass(&mut self, to: &[Holder], at: i64) {
        for turn in self.turns.iter_mut().filter(|turn| turn.to.is_none() && !to.contains(&turn.holder)) {
            turn.to = Some(at);
        }
        for holder in to {
            if !self.turns.iter().any(|turn| turn.to.is_none() && turn.holder == *holder) {
                self.turns.push(Turn { holder: holder.clone(), from: at, to: None });
            }
        }
    }

    /// Who has it now, by when they got it.
    pub fn now(&self) -> impl Iterator<Item = &Turn> {
        self.turns.iter().filter(|turn| turn.to.is_none())
    }

    pub fn holders(&self) -> Vec<Holder> {
        self.now().map(|turn| turn.holder.clone()).collect()
    }

    /// Whether an agency has it.
    pub fn with(&self, agency: &str) -> bool {
        self.now().any(|turn| matches!(&turn.holder, Holder::Agency(id) if id == agency))
    }

    /// Who had it just before a moment.
    pub fn before(&self, moment: i64) -> impl Iterator<Item = &Holder> {
        let had = move |turn: &&Turn| turn.from < moment && turn.to.is_none_or(|to| to >= moment);
        self.turns.iter().filter(had).map(|turn| &turn.holder)
    }

    /// Calls `each` for every working day of the office's clock: from the one after submission to the day it
    /// stopped or the day of `now`.
    pub fn each_day(
        &self,
        now: i64,
        zone: Zone,
        calendar: &Calendar,
        mut each: impl FnMut(Day),
    ) -> Result<(), YearNotPublished> {
        let Some(submitted) = self.submitted else { return Ok(()) };
        let last = Day::at(self.stopped.unwrap_or(now), zone);
        let mut day = Day::at(submitted, zone);
        while day < last {
            day = day.next();
            if calendar.is_working(day)? {
                each(day);
            }
        }
        Ok(())
    }
}

/// Events by their sequence with the moment that counts: a clock that was set back stands still until it has
/// caught up.
fn in_order(events: &[Event]) -> impl Iterator<Item = (i64, &Event)> {
    let mut order: Vec<&Event> = events.iter().collect();
    order.sort_by_key(|event| event.seq);
    let mut now = i64::MIN;
    order.into_iter().map(move |event| {
        now = now.max(event.at);
        (now, event)
    })
}

/// Who held it from when to when, first to last. Turns join without a gap; only agencies overlap.
pub fn turns(events: &[Event]) -> Vec<Turn> {
    Ledger::read(events).turns
}

/// For every event who has the file after it, and whether it is a clarification asked when the promise had nothing
/// left: on its last day or later, or after its last minute.
pub fn passes(events: &[Event], clock: Clock) -> Vec<(Vec<Holder>, bool)> {
    let mut ledger = Ledger::empty();
    let mut passes = Vec::new();
    for (at, event) in in_order(events) {
        let asks = matches!(event.what, What::Returned { .. });
        let late = asks && nothing_left(&ledger, at, clock).unwrap_or(false);
        ledger.apply(event, at);
        passes.push((ledger.holders(), late));
    }
    passes
}

fn nothing_left(ledger: &Ledger, at: i64, clock: Clock) -> Result<bool, YearNotPublished> {
    if let Some(time) = super::time::time(ledger, at, clock)? {
        return Ok(time.office + time.agency >= time.total);
    }
    let mut used = 0;
    ledger.each_day(at, clock.zone, clock.calendar, |day| {
        used += u32::from(ledger.before(day.start_ms(clock.zone)).any(|holder| *holder != Holder::Applicant));
    })?;
    Ok(used >= ledger.days_total)
}
