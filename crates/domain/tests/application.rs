//! The life of an application: days by holder, the promise, and who may do what next.
#![allow(clippy::unwrap_used)]

mod common;
use common::{Chance, calendar, day, each_seed};
use satu_pintu_domain::application::*;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::workdays::Calendar;

const HOUR: i64 = 3_600_000;

/// A moment at the office (WITA).
fn at(text: &str, hour: i64) -> i64 {
    day(text).start_ms(Zone::Wita) + hour * HOUR
}

fn ledger(events: &[(i64, What)]) -> Vec<Event> {
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

fn submitted(days: u32) -> What {
    What::Submitted { intake_days: 1, service_days: days, rules: String::new() }
}
fn returned(item: &str) -> What {
    What::Returned { items: vec![Returned { item: item.into(), reason: "buram".into(), mark: None }] }
}
fn corrected(item: &str) -> What {
    What::Corrected { items: vec![item.into()] }
}
fn asked(agency: &str) -> What {
    What::AgencyAsked { agency: agency.into(), days: 2, question: String::new() }
}
fn answered(agency: &str) -> What {
    What::AgencyAnswered { agency: agency.into(), agrees: true, text: String::new() }
}
fn issued() -> What {
    What::Issued { number: "503/1".into(), valid_until: None }
}

fn now(events: &[Event], moment: i64) -> Status {
    status(events, moment, Zone::Wita, &calendar())
}

#[test]
fn a_draft_has_no_clock() {
    let draft = now(&ledger(&[(at("2026-11-02", 9), What::Drafted)]), at("2026-11-20", 9));
    assert_eq!((draft.state, draft.holder, draft.since), (State::Draft, Holder::Applicant, at("2026-11-02", 9)));
    assert_eq!((draft.due, draft.intake_due, draft.submitted, draft.overdue), (None, None, None, false));
    assert_eq!(now(&[], 0).state, State::Draft);
}

/// Monday 2 November 2026, five working days: Monday the 9th. Each day belongs to who had the file in the
/// morning.
#[test]
fn a_journey_with_a_pause_and_an_agency() {
    let mut events = vec![(at("2026-11-01", 20), What::Drafted), (at("2026-11-02", 10), submitted(5))];
    let monday = now(&ledger(&events), at("2026-11-02", 11));
    assert_eq!((monday.state, monday.holder), (State::Submitted, Holder::Office));
    assert_eq!((monday.intake_due, monday.due), (Some(day("2026-11-03")), Some(day("2026-11-09"))));
    assert_eq!(monday.used.counted(), 0);

    events.push((at("2026-11-03", 9), What::Taken));
    events.push((at("2026-11-03", 10), What::ItemAccepted { item: "ktp".into() }));
    events.push((at("2026-11-03", 11), returned("foto")));
    let waiting = now(&ledger(&events), at("2026-11-05", 15));
    assert_eq!((waiting.state, waiting.holder), (State::WaitingApplicant, Holder::Applicant));
    assert_eq!((waiting.due, waiting.intake_due), (None, None));
    assert_eq!(waiting.used, DaysUsed { office: 1, agency: 0, applicant: 2 });
    assert_eq!((waiting.returned.len(), waiting.accepted.len()), (1, 1));
    assert_eq!(waiting.since, at("2026-11-03", 11));

    events.push((at("2026-11-05", 16), corrected("foto")));
    let back = now(&ledger(&events), at("2026-11-05", 17));
    // One day is used, four are left, counted on from today.
    assert_eq!((back.state, back.due), (State::Checking, Some(day("2026-11-11"))));
    assert!(back.returned.is_empty());

    events.push((at("2026-11-06", 9), What::Complete));
    events.push((at("2026-11-06", 10), asked("pupr")));
    let agency = now(&ledger(&events), at("2026-11-10", 9));
    assert_eq!(agency.holder, Holder::Agency("pupr".into()));
    assert_eq!(agency.used, DaysUsed { office: 2, agency: 2, applicant: 2 });
    assert_eq!((agency.due, agency.overdue, agency.complete), (Some(day("2026-11-11")), false, true));

    let late = now(&ledger(&events), at("2026-11-13", 9));
    assert_eq!((late.due, late.overdue), (Some(day("2026-11-11")), true));
    // On the weekend after the last day the promise still is the day it was.
    let weekend = now(&ledger(&events[..8]), at("2026-11-14", 9));
    assert_eq!(weekend.due, Some(day("2026-11-11")));

    events.push((at("2026-11-10", 14), answered("pupr")));
    events.push((at("2026-11-11", 14), What::Granted));
    let granted = now(&ledger(&events), at("2026-11-30", 9));
    assert_eq!((granted.state, granted.holder.clone()), (State::Granted, Holder::Office));
    assert_eq!(granted.used, DaysUsed { office: 3, agency: 2, applicant: 2 });
    assert_eq!((granted.due, granted.overdue), (None, false));

    events.push((at("2026-11-12", 9), issued()));
    events.push((at("2026-11-12", 10), What::HandedOver { how: "loket".into() }));
    let over = now(&ledger(&events), at("2026-12-12", 9));
    assert_eq!(
        (over.state, over.holder, over.permit.as_deref()),
        (State::HandedOver, Holder::Applicant, Some("503/1"))
    );
    assert_eq!(over.used, granted.used);
}

#[test]
fn the_day_is_the_offices_day() {
    // 23.30 on the 2nd in Makassar is still the 2nd there, and 15.30 in London.
    let events = ledger(&[(0, What::Drafted), (at("2026-11-02", 23) + HOUR / 2, submitted(1))]);
    assert_eq!(now(&events, at("2026-11-02", 23)).due, Some(day("2026-11-03")));
    // Jayapura has midnight an hour earlier: there it is the 3rd already.
    let east = status(&events, events[1].at, Zone::Wit, &calendar());
    assert_eq!(east.due, Some(day("2026-11-04")));
}

#[test]
fn a_year_without_calendar_is_said() {
    let events = ledger(&[(0, What::Drafted), (at("2027-12-30", 9), submitted(5))]);
    let status_now = now(&events, at("2027-12-30", 10));
    assert_eq!((status_now.due, status_now.calendar_missing), (None, Some(2028)));
    assert_eq!(status_now.intake_due, Some(day("2027-12-31")));
    let later = now(&events, at("2028-02-01", 10));
    assert_eq!((later.due, later.calendar_missing, later.overdue), (None, Some(2028), false));
    let none = status(&events, at("2027-12-30", 10), Zone::Wita, &Calendar::new(&[]));
    assert_eq!((none.due, none.calendar_missing), (None, Some(2027)));
}

#[test]
fn order_is_the_sequence_whatever_the_clocks_said() {
    let mut events = ledger(&[
        (at("2026-11-02", 9), What::Drafted),
        (at("2026-11-02", 10), submitted(5)),
        (at("2026-11-02", 8), What::Taken),
    ]);
    events.reverse();
    let status = now(&events, at("2026-11-02", 11));
    assert_eq!((status.state, status.taken_by), (State::Checking, Some(String::new())));
}

#[test]
fn what_may_not_be() {
    let t = at("2026-11-02", 9);
    let draft = ledger(&[(t, What::Drafted)]);
    let sent = ledger(&[(t, What::Drafted), (t, submitted(5))]);
    let waiting = ledger(&[(t, What::Drafted), (t, submitted(5)), (t, returned("ktp"))]);
    let agency = ledger(&[(t, What::Drafted), (t, submitted(5)), (t, asked("pupr"))]);
    let granted = ledger(&[(t, What::Drafted), (t, submitted(5)), (t, What::Granted)]);
    let refused = ledger(&[(t, What::Drafted), (t, submitted(5)), (t, What::Refused { reason: "x".into() })]);
    let gone = ledger(&[(t, What::Drafted), (t, submitted(5)), (t, What::Withdrawn)]);
    let no = |events: &[Event], what: What| assert!(may(events, &what).is_err(), "{what:?} after {events:?}");
    let yes = |events: &[Event], what: What| assert!(may(events, &what).is_ok(), "{what:?} after {events:?}");
    let handed = || What::HandedOver { how: "loket".into() };
    yes(&[], What::Drafted);
    no(&[], submitted(5));
    no(&[], What::Rekeyed);
    no(&draft, What::Drafted);
    no(&draft, What::Taken);
    yes(&draft, submitted(5));
    no(&sent, submitted(5));
    yes(&sent, What::Taken);
    yes(&sent, What::Granted);
    no(&sent, corrected("ktp"));
    no(&sent, What::Returned { items: vec![] });
    no(&sent, answered("pupr"));
    yes(&waiting, corrected("ktp"));
    for what in [
        What::Granted,
        returned("ktp"),
        asked("pupr"),
        What::Complete,
        What::Visited { on: day("2026-11-02"), note: String::new() },
    ] {
        no(&waiting, what);
    }
    yes(&agency, answered("pupr"));
    no(&agency, answered("dinkes"));
    no(&agency, What::Granted);
    yes(&agency, What::Visited { on: day("2026-11-02"), note: String::new() });
    no(&granted, What::Refused { reason: "x".into() });
    no(&granted, handed());
    no(&granted, What::Withdrawn);
    yes(&granted, issued());
    yes(&refused, handed());
    no(&refused, issued());
    for what in [What::Taken, What::Granted, What::Withdrawn, handed(), submitted(5)] {
        no(&gone, what);
    }
    for events in [&draft, &sent, &waiting, &agency, &granted, &refused, &gone] {
        yes(events, What::Rekeyed);
    }
    assert_eq!(may(&gone, &What::Taken), Err(NotNow { state: State::Withdrawn }));
}

fn any_event(chance: &mut Chance) -> What {
    let agency = *chance.one(&["pupr", "dinkes"]);
    match chance.below(16) {
        0 => What::Drafted,
        1 | 2 => submitted(chance.below(15) as u32),
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
        _ => What::Rekeyed,
    }
}

/// Whatever happens: the days of all holders are the working days that went by, nothing gives the office a
/// day back, and somebody has the file.
#[test]
fn days_are_never_lost_nor_given_back() {
    let calendar = calendar();
    each_seed(1_500, |chance| {
        let mut events: Vec<Event> = Vec::new();
        let mut moment = at("2026-01-05", 9);
        let mut counted = 0;
        let mut last: Option<Status> = None;
        for _ in 0..40 {
            moment += chance.below(60) as i64 * HOUR;
            let what = any_event(chance);
            if may(&events, &what).is_ok() {
                let seq = events.len() as u32 + 1;
                events.push(Event { seq, at: moment, actor: Actor::Staff, by: "a".into(), what });
            }
            let status = status(&events, moment, Zone::Wita, &calendar);
            let used = &status.used;
            assert!(used.counted() >= counted, "a day came back");
            counted = used.counted();
            let Some(from) = status.submitted else {
                assert_eq!(*used, DaysUsed::default());
                continue;
            };
            let from = Day::at(from, Zone::Wita);
            let elapsed = calendar.between(from, Day::at(moment, Zone::Wita)).unwrap();
            let sum = used.counted() + used.applicant;
            if status.state.closed() {
                assert!(sum <= elapsed);
                if let Some(before) = last.filter(|b| b.state.closed()) {
                    assert_eq!(before.used, *used, "the clock stands still");
                }
                assert_eq!(status.due, None);
            } else {
                assert_eq!(sum, elapsed);
                assert_eq!(status.due.is_none(), status.holder == Holder::Applicant);
            }
            if let Some(due) = status.due {
                let left = calendar.between(Day::at(moment, Zone::Wita), due).unwrap();
                assert_eq!(left, status.days_total.saturating_sub(used.counted()), "{status:?}");
            }
            assert_eq!(status.overdue, used.counted() > status.days_total);
            let holder_fits = match status.state {
                State::Draft | State::WaitingApplicant | State::HandedOver | State::Withdrawn => {
                    status.holder == Holder::Applicant
                }
                State::WithAgency => matches!(status.holder, Holder::Agency(_)),
                State::Submitted | State::Checking | State::Granted | State::Refused => status.holder == Holder::Office,
            };
            assert!(holder_fits, "{status:?}");
            last = Some(status);
        }
    });
}
