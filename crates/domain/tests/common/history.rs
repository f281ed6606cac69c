//! Histories of applications: what happened when, and chance's own.

use super::{Chance, day};
use satu_pintu_domain::application::*;
use satu_pintu_domain::content::{Opening, TimeUnit};
use satu_pintu_domain::date::Zone;
use satu_pintu_domain::hours::Hours;

pub const HOUR: i64 = 3_600_000;

/// A moment at the office (WITA).
pub fn at(text: &str, hour: i64) -> i64 {
    day(text).start_ms(Zone::Wita) + hour * HOUR
}

pub fn ledger(events: &[(i64, What)]) -> Vec<Event> {
    let numbered = events.iter().enumerate();
    numbered
        .map(|(n, (at, what))| Event {
            seq: n as u32 + 1,
            at: *at,
            actor: Actor::System,
            by: String::new(),
            what: what.clone(),
        })
        .collect()
}

pub fn submitted(days: u32) -> What {
    What::Submitted { intake_days: 1, service_days: days, service_minutes: 0, rules: String::new(), steps: Vec::new() }
}
/// Under a standard in hours or minutes.
pub fn submitted_in(minutes: u32) -> What {
    What::Submitted {
        intake_days: 1,
        service_days: 0,
        service_minutes: minutes,
        rules: String::new(),
        steps: vec![step(Holder::FrontOffice, 20, TimeUnit::Minute), step(Holder::BackOffice, 1, TimeUnit::Hour)],
    }
}
pub fn returned(item: &str) -> What {
    What::Returned { items: vec![Returned { item: item.into(), reason: "buram".into(), mark: None }] }
}
pub fn corrected(item: &str) -> What {
    What::Corrected { items: vec![item.into()] }
}
pub fn asked(agency: &str) -> What {
    What::AgencyAsked { agency: agency.into(), days: 2, question: String::new() }
}
pub fn answered(agency: &str) -> What {
    What::AgencyAnswered { agency: agency.into(), agrees: true, text: String::new() }
}
pub fn issued() -> What {
    What::Issued { number: "503/1".into(), valid_until: None }
}

/// Monday to Thursday 08.00 to 12.00 and 13.00 to 15.30, Friday 08.00 to 15.00.
pub fn hours() -> Hours {
    use satu_pintu_domain::content::DayName::*;
    let open = |days: &[_], from: &str, to: &str| Opening {
        days: days.to_vec(),
        from: from.into(),
        to: to.into(),
        since: None,
    };
    let week = [Senin, Selasa, Rabu, Kamis];
    Hours::new(&[open(&week, "13:00", "15:30"), open(&week, "08:00", "12:00"), open(&[Jumat], "08:00", "15:00")])
        .unwrap()
}

/// A step of the standard.
pub fn step(by: Holder, value: u32, unit: TimeUnit) -> StepLimit {
    StepLimit { by, value, unit }
}

pub fn any_event(chance: &mut Chance) -> What {
    let agency = *chance.one(&["pupr", "dinkes"]);
    match chance.below(18) {
        0 => What::Drafted,
        1 => submitted_in(1 + chance.below(3_000) as u32),
        2 => submitted(chance.below(15) as u32),
        3 => What::Taken,
        4 => What::ItemAccepted { item: "ktp".into() },
        5 => What::Complete,
        6 => returned("ktp"),
        7 => corrected("ktp"),
        8 => asked(agency),
        9 => answered(agency),
        10 => What::Visited { on: day("2026-03-01"), note: String::new() },
        11 if chance.below(4) == 0 => What::Granted,
        12 if chance.below(4) == 0 => What::Refused { reason: "x".into() },
        13 => issued(),
        14 => What::HandedOver { how: "loket".into() },
        15 if chance.below(8) == 0 => What::Withdrawn,
        16 => What::RevocationProposed { reason: "x".into() },
        17 => What::Revoked { reason: "x".into() },
        _ => What::Rekeyed,
    }
}

/// A history of whatever may happen; with `set_back` the clock of a line is now and then behind. Calls `each` after every step with the
/// events so far and the moment.
pub fn any_history(chance: &mut Chance, set_back: bool, mut each: impl FnMut(&[Event], i64)) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut moment = at("2026-01-05", 9);
    for _ in 0..40 {
        moment += chance.below(60) as i64 * HOUR / 2;
        let what = any_event(chance);
        if may(&events, &what).is_ok() {
            let seq = events.len() as u32 + 1;
            let back = if set_back && chance.below(10) == 0 { 30 * HOUR } else { 0 };
            let actor = if what == What::Drafted { Actor::Applicant } else { Actor::Staff };
            events.push(Event { seq, at: moment - back, actor, by: "a".into(), what });
        }
        each(&events, moment);
    }
    events
}
