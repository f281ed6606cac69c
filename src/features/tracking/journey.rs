//! The journey of a file as a list of stops: what happened, where it is now, what is still to come.
//! Pure; `timeline.rs` gives the words.

use super::state::{happened, short};
use satu_pintu_api::application::{Entry, Tracking};
use satu_pintu_domain::application::{Returned, State};
use satu_pintu_domain::content::{Step, TimeUnit};

/// Where the file is now, in words of `tracking.now.*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    Draft,
    /// Waits for the first check.
    Queue,
    Checking,
    /// Found complete, or the agency has answered: the office prepares the decision.
    Deciding,
    Waiting(Vec<Returned>),
    Agency(String),
    /// Granted; the paper is being made.
    Printing,
    /// Ready to be fetched.
    Ready,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    /// `count` is how many events of the same kind stand together.
    Past {
        entry: Entry,
        count: usize,
    },
    Now {
        since: i64,
        what: Now,
    },
    /// Steps of the service standard that are still to come.
    Next(Step),
}

pub fn stops(tracking: &Tracking, steps: &[Step]) -> Vec<Stop> {
    let mut past: Vec<(Entry, usize)> = Vec::new();
    let sent = tracking.status.submitted.is_some();
    for entry in tracking.timeline.iter().filter(|entry| !sent || entry.code != "drafted") {
        match past.last_mut() {
            Some((last, count)) if last.code == entry.code && entry.code == "item-accepted" => {
                *count += 1;
                last.at = entry.at;
            }
            _ => past.push((entry.clone(), 1)),
        }
    }
    let now = now(tracking);
    // What began the present is told once, as the present.
    let told = match now {
        Some(Now::Agency(_)) => "agency-asked",
        Some(Now::Waiting(_)) => "returned",
        Some(Now::Draft) => "drafted",
        _ => "",
    };
    if past.last().is_some_and(|(last, _)| last.code == told) {
        past.pop();
    }
    let mut stops: Vec<Stop> = past.into_iter().map(|(entry, count)| Stop::Past { entry, count }).collect();
    if let Some(what) = now {
        stops.push(Stop::Now { since: tracking.status.since, what });
    }
    stops.extend(steps.iter().skip(reached(tracking, steps)).cloned().map(Stop::Next));
    stops
}

fn now(tracking: &Tracking) -> Option<Now> {
    let status = &tracking.status;
    Some(match status.state {
        State::Draft => Now::Draft,
        State::Submitted => Now::Queue,
        State::Checking if status.complete || happened(tracking, "agency-answered") => Now::Deciding,
        State::Checking => Now::Checking,
        State::WaitingApplicant => Now::Waiting(status.returned.clone()),
        State::WithAgency => Now::Agency(tracking.holder_name.clone()),
        State::Granted if status.permit.is_none() && !happened(tracking, "issued") => Now::Printing,
        State::Granted if status.revoked.is_some() => return None,
        State::Granted => Now::Ready,
        State::Refused | State::HandedOver | State::Withdrawn => return None,
    })
}

/// How many steps of the standard are done or under way. The ledger knows holders and not steps, so a step is
/// recognised by who does it; where that cannot be told, the step stays among those to come.
fn reached(tracking: &Tracking, steps: &[Step]) -> usize {
    let status = &tracking.status;
    if status.state.closed() {
        return steps.len();
    }
    if status.state == State::Draft {
        return 0;
    }
    let mut reached =
        steps.iter().take_while(|step| matches!(step.time.unit, TimeUnit::Applicant | TimeUnit::Automatic)).count();
    let first_check = reached;
    if first_check < steps.len() {
        reached = first_check + 1;
    }
    for entry in tracking.timeline.iter().filter(|entry| entry.code == "agency-asked" && !entry.agency.is_empty()) {
        // The next step of that agency after the ones already reached.
        let later = steps.iter().enumerate().skip(reached);
        let mut same = later.filter(|(_, step)| same_house(&step.who, &entry.agency));
        if let Some((at, _)) = same.next() {
            reached = at + 1;
        }
    }
    reached
}

/// `Tim Dinas Kesehatan` and `Dinas Kesehatan`, `Dinas PUPR (Pekerjaan Umum ...)` and `Dinas PUPR`.
fn same_house(who: &str, agency: &str) -> bool {
    let (who, agency) = (short(who).to_ascii_lowercase(), short(agency).to_ascii_lowercase());
    !agency.is_empty() && (who.contains(&agency) || agency.contains(&who))
}

#[cfg(test)]
#[path = "journey_tests.rs"]
mod tests;
