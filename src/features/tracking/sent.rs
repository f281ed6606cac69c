//! The form for number and key, sent without script: what the API is asked, and what it opened.

use super::form::{KEY, NUMBER};
use super::state::{self, Next};
use super::typed::{self, Door, KeyFault, NumberFault};
use super::watch::Seen;
use crate::client::Failure;
use crate::client::sent::{Ask, Sent, sent};
use crate::platform::time;
use crate::routes::Route;
use satu_pintu_api::application::{Application, Ticket};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::key::Key;

/// Door, number and key as typed, or what is wrong with them. A receipt link in either field counts for both.
type Typed = Result<(Door, String, Key), (Option<NumberFault>, Option<KeyFault>)>;

pub fn read(number: &str, key: &str) -> Typed {
    if let Some(opened) = typed::link(key).or_else(|| typed::link(number)) {
        return Ok(opened);
    }
    match (typed::number(number), typed::key(key)) {
        (Ok(number), Ok(key)) => Ok((Door::Manage, number, key)),
        (number, key) => Err((number.err(), key.err())),
    }
}

fn of(sent: &Sent) -> Typed {
    read(sent.field(NUMBER), sent.field(KEY))
}

/// An application that the form has opened.
pub struct Opened {
    pub door: Door,
    pub seen: Seen,
    /// Opens the permit for some minutes.
    pub permit: Option<String>,
    /// Answers the survey about it.
    pub survey: Option<String>,
}

/// What the form of this page has opened.
pub fn opened() -> Option<Opened> {
    sent().and_then(|sent| open(&sent))
}

fn open(sent: &Sent) -> Option<Opened> {
    let (_, _, key) = of(sent).ok()?;
    let at = time::now();
    let application = sent.answers.iter().find_map(|given| given.read::<Application>().ok());
    if let Some(application) = application {
        let permit = sent.answers.iter().find_map(|given| given.read::<Ticket>().ok()).map(|ticket| ticket.url);
        let survey = application.survey_open.then(|| key.survey().shown());
        let seen = Seen { tracking: application.tracking.clone(), application: Some(application), at };
        return Some(Opened { door: Door::Manage, seen, permit, survey });
    }
    let tracking = sent.answers.iter().find_map(|given| given.read().ok())?;
    let seen = Seen { tracking, application: None, at };
    Some(Opened { door: Door::View, seen, permit: None, survey: None })
}

/// What the API is asked next: the application; with the key of the other link, where it is; the permit.
pub fn ask(sent: &Sent) -> Option<Ask> {
    let (door, number, key) = of(sent).ok()?;
    let path = ["/applications/", &number].concat();
    let refused = sent.refused().and_then(|failure| failure.code());
    match sent.answers.len() {
        0 if door == Door::Manage => Some(Ask::get(path, key.shown())),
        0 => Some(Ask::get(path + "/tracking", key.shown())),
        1 if refused == Some(Code::ViewOnly) => Some(Ask::get(path + "/tracking", key.shown())),
        1 => {
            let opened = open(sent).filter(|opened| opened.seen.application.is_some())?;
            let key = Some(key.shown());
            let download = state::next(&opened.seen.tracking) == Next::Download;
            download.then(|| Ask { key, ..Ask::post(path + "/permit/ticket") })
        }
        _ => None,
    }
}

/// The page of the application, or the form again.
pub fn shows(sent: &Sent) -> (Route, &'static str) {
    match open(sent) {
        Some(opened) => (Route::Tracking(opened.seen.tracking.number), ""),
        None => (Route::Track, "?di=kantor"),
    }
}

/// What the form shows again.
pub struct Tried {
    pub number: String,
    /// Only one that opens nothing anywhere: to be mended where it is wrong.
    pub key: String,
    pub faults: (Option<NumberFault>, Option<KeyFault>),
    pub refused: Option<Failure>,
}

pub fn tried() -> Option<Tried> {
    let sent = sent()?;
    let (number, key) = (sent.field(NUMBER).to_string(), sent.field(KEY));
    Some(match of(&sent) {
        Ok((_, number, _)) => Tried { number, key: String::new(), faults: (None, None), refused: sent.refused() },
        Err(faults) => {
            let key = if faults.1.is_some() { key.to_string() } else { String::new() };
            Tried { number, key, faults, refused: None }
        }
    })
}
