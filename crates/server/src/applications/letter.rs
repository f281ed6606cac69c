//! A letter to the head of the office about a promise that was not kept, ready to send: the words are content.

use super::view::short;
use crate::contents::Published;
use crate::ledger;
use crate::permit::words;
use satu_pintu_api::application::Tracking;
use satu_pintu_domain::application::{Event, Status, What};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{Fields, applicant};

/// The letter, in plain lines; empty unless the promise has lapsed. Sending the file back takes it from nobody.
pub fn text(content: &Published, tracking: &Tracking, events: &[Event], fields: &Fields, today: Day) -> String {
    let waiting = returned_late(content, events);
    let status = &tracking.status;
    let at_return = waiting.as_ref().filter(|_| status.due.is_none());
    let limits = at_return.unwrap_or(status);
    let (Some(submitted), Some(due), true) = (status.submitted, limits.due, status.overdue) else {
        return String::new();
    };
    let (office, letter) = (content.office(), &content.letter);
    let day = |at: i64| words::day(Day::at(at, content.zone()));
    let account = status.account();
    let amount = |n: u32| words::amount(account.measure, n);
    let last = words::limit(due, limits.time.as_ref().and_then(|time| time.due), content.zone());
    let filled = |text: &str| {
        let since = tracking.holding.first().map_or(status.since, |holding| holding.since);
        let values = [
            ("{service}", tracking.service_name.clone()),
            ("{number}", tracking.number.clone()),
            ("{submitted}", day(submitted)),
            ("{days}", amount(account.total)),
            ("{due}", last.clone()),
            ("{today}", words::day(today)),
            ("{used}", amount(account.counted())),
            ("{holder}", short(&tracking.holder_name).to_owned()),
            ("{since}", day(since)),
        ];
        values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let marked =
        |text: &str, sure: bool, mark: &str| if sure { format!("- {text}") } else { format!("- {text} ({mark})") };
    let mut basis: Vec<String> = letter
        .basis
        .iter()
        .filter_map(|id| content.source(id))
        .map(|source| marked(&source.title, source.verified, &letter.unread))
        .collect();
    if let Some(service) = content.service(&tracking.service) {
        let standard = format!("Standar pelayanan {}: {}", service.name, amount(account.total));
        basis.push(marked(&standard, service.verified, &letter.example));
    }
    let field = |id: &str| fields.get(id).map(|value| value.trim().to_owned()).unwrap_or_default();
    let head = [
        format!("Kepada {}", office.head.title),
        office.long.clone(),
        office.address.clone(),
        String::new(),
        format!("Tanggal: {}", words::day(today)),
        format!("Perihal: {}", filled(&letter.subject)),
        String::new(),
    ];
    // Whoever writes has the file: then it is said that it came back, and nobody holds it.
    let told = |paragraph: &String| match at_return {
        Some(_) if paragraph.contains("{holder}") => filled(&letter.returned),
        _ => filled(paragraph),
    };
    let body = letter.text.iter().map(told).filter(|paragraph| !paragraph.is_empty());
    let foot = ["Hormat saya,".to_owned(), field(applicant::NAME), field(applicant::PHONE)];
    let lines = head.into_iter().chain(body).chain([String::new(), "Dasar:".to_owned()]).chain(basis);
    lines.chain([String::new()]).chain(foot).collect::<Vec<_>>().join("\n")
}

/// Where the promise stood when the file was last sent back.
fn returned_late(content: &Published, events: &[Event]) -> Option<Status> {
    let last = events.iter().rposition(|event| matches!(event.what, What::Returned { .. }))?;
    let (before, back) = (events.get(..last)?, events.get(last)?);
    Some(ledger::status(content, before, back.at))
}
