//! What a tracking page says, decided without a browser: the headline, what the person has to do now, and
//! the promise. Words are chosen in `page.rs`; days are in `days.rs`, the timeline in `journey.rs`.

use satu_pintu_api::application::Tracking;
use satu_pintu_domain::application::{Holder, State, Status};
use satu_pintu_domain::date::Day;

/// How the page looks at a glance. A word always stands beside the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Somebody is working on it.
    Act,
    /// It waits for the applicant.
    Wait,
    Done,
    Stop,
    /// Closed without a decision.
    Quiet,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Headline {
    Draft,
    /// "Sekarang di ..."
    At(String),
    Waiting,
    /// Granted, the paper is being made.
    Granted,
    Issued,
    Refused,
    /// The permit was taken back.
    Revoked,
    Withdrawn,
}

/// What to do now, for the owner of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Nothing,
    Submit,
    Correct(usize),
    Download,
    ReadReason,
    Again,
}

/// The card below the headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Not sent yet, or over: nothing is promised.
    None,
    By(Due),
    Overdue {
        late: u32,
        due: Option<Due>,
    },
    /// The clock stands still; so much is left.
    Paused {
        left: u32,
    },
    /// No published calendar for this year: the days cannot be counted.
    NoCalendar(i32),
    /// Decided after so much of it.
    Took {
        used: u32,
    },
}

/// When a promise runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// On the evening of a day.
    Day(Day),
    /// At a moment, where the standard is in hours or minutes.
    Moment(i64),
}

/// Refused files are handed over too; the ledger tells them apart. The *lihat* link has no reason and no permit
/// number, so the timeline is asked as well.
pub fn refused(tracking: &Tracking) -> bool {
    let status = &tracking.status;
    let told = status.refusal.is_some() || happened(tracking, "refused");
    status.state == State::Refused || (status.state == State::HandedOver && told)
}

fn issued(tracking: &Tracking) -> bool {
    tracking.status.permit.is_some() || happened(tracking, "issued")
}

pub fn happened(tracking: &Tracking, code: &str) -> bool {
    tracking.timeline.iter().any(|entry| entry.code == code)
}

/// `Dinas PUPR` of `Dinas PUPR (Pekerjaan Umum dan Penataan Ruang)`, for headings.
pub fn short(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

pub fn headline(tracking: &Tracking) -> Headline {
    let status = &tracking.status;
    match status.state {
        State::Draft => Headline::Draft,
        State::Withdrawn => Headline::Withdrawn,
        State::WaitingApplicant => Headline::Waiting,
        _ if refused(tracking) => Headline::Refused,
        _ if happened(tracking, "revoked") => Headline::Revoked,
        State::HandedOver => Headline::Issued,
        State::Granted if issued(tracking) => Headline::Issued,
        State::Granted | State::Refused => Headline::Granted,
        State::Submitted | State::Checking | State::WithAgency => Headline::At(tracking.holder_name.clone()),
    }
}

pub fn tone(headline: &Headline) -> Tone {
    match headline {
        Headline::Draft | Headline::Waiting => Tone::Wait,
        Headline::At(_) => Tone::Act,
        Headline::Granted | Headline::Issued => Tone::Done,
        Headline::Refused => Tone::Stop,
        Headline::Withdrawn | Headline::Revoked => Tone::Quiet,
    }
}

pub fn next(tracking: &Tracking) -> Next {
    let status = &tracking.status;
    match status.state {
        State::Draft => Next::Submit,
        State::WaitingApplicant => Next::Correct(status.returned.len()),
        State::Withdrawn => Next::Again,
        _ if refused(tracking) => Next::ReadReason,
        State::Granted | State::HandedOver if status.permit.is_some() && status.revoked.is_none() => Next::Download,
        _ => Next::Nothing,
    }
}

pub fn promise(status: &Status) -> Promise {
    if status.submitted.is_none() || status.state == State::Withdrawn {
        return Promise::None;
    }
    if let Some(year) = status.calendar_missing {
        return Promise::NoCalendar(year);
    }
    let account = status.account();
    if status.state.decided() && status.due.is_none() {
        return Promise::Took { used: account.counted() };
    }
    let moment = status.time.as_ref().and_then(|time| time.due).map(Due::Moment);
    let due = moment.or(status.due.map(Due::Day));
    if status.overdue {
        return Promise::Overdue { late: account.over(), due };
    }
    if status.holder == Holder::Applicant {
        return Promise::Paused { left: account.left() };
    }
    due.map_or(Promise::None, Promise::By)
}

/// The office's promise is not over: its clock runs, or waits for the applicant.
pub fn running(tracking: &Tracking) -> bool {
    match tracking.status.state {
        State::Submitted | State::Checking | State::WithAgency | State::WaitingApplicant => true,
        State::Granted => !issued(tracking),
        _ => false,
    }
}

/// The owner may still take the application back.
pub fn may_withdraw(state: State) -> bool {
    !state.closed()
}

#[cfg(test)]
#[path = "state_tests.rs"]
pub mod tests;
