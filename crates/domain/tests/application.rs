//! The life of an application: days by holder, the promise, and who may do what next.
#![allow(clippy::unwrap_used)]

mod common;
use common::history::*;
use common::{calendar, day, each_seed};
use satu_pintu_domain::application::*;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::hours::Clock;
use satu_pintu_domain::workdays::Calendar;

fn by(events: &[Event], moment: i64, zone: Zone, calendar: &Calendar) -> Status {
    status(events, moment, Clock { zone, calendar, hours: &hours() })
}

fn now(events: &[Event], moment: i64) -> Status {
    by(events, moment, Zone::Wita, &calendar())
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
    assert_eq!((monday.state, monday.holder), (State::Submitted, Holder::FrontOffice));
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
    // Granted is not done: the clock runs until the permit is issued.
    let granted = now(&ledger(&events), at("2026-11-12", 9));
    assert_eq!((granted.state, granted.holder), (State::Granted, Holder::Signer));
    assert_eq!(granted.used, DaysUsed { office: 4, agency: 2, applicant: 2 });
    assert_eq!((granted.due, granted.overdue), (Some(day("2026-11-11")), true));

    events.push((at("2026-11-12", 9), issued()));
    let issued = now(&ledger(&events), at("2026-11-30", 9));
    assert_eq!((issued.state, issued.holder), (State::Granted, Holder::FrontOffice));
    assert_eq!((issued.due, issued.used), (None, granted.used.clone()));
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
    let east = by(&events, events[1].at, Zone::Wit, &calendar());
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
    let none = by(&events, at("2027-12-30", 10), Zone::Wita, &Calendar::new(&[]));
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

/// Whatever happens: the days of all holders are the working days that went by, nothing gives the office a
/// day back, and somebody has the file.
#[test]
fn days_are_never_lost_nor_given_back() {
    let calendar = calendar();
    each_seed(1_500, |chance| {
        let mut counted = 0;
        let mut stood: Option<DaysUsed> = None;
        any_history(chance, false, |events, moment| {
            let status = by(events, moment, Zone::Wita, &calendar);
            let used = &status.used;
            assert!(used.counted() >= counted, "a day came back");
            counted = used.counted();
            let Some(from) = status.submitted else {
                assert_eq!(*used, DaysUsed::default());
                return;
            };
            let from = Day::at(from, Zone::Wita);
            let last = events.iter().map(|event| event.at).max().unwrap_or(moment);
            let today = Day::at(moment.max(last), Zone::Wita);
            let elapsed = calendar.between(from, today).unwrap();
            let sum = used.counted() + used.applicant;
            let stops =
                |event: &Event| matches!(event.what, What::Issued { .. } | What::Refused { .. } | What::Withdrawn);
            if events.iter().any(stops) {
                assert!(sum <= elapsed);
                if let Some(before) = &stood {
                    assert_eq!(before, used, "the clock stands still");
                }
                stood = Some(used.clone());
                assert_eq!(status.due, None);
            } else {
                assert_eq!(sum, elapsed);
                assert_eq!(status.due.is_none(), status.holder == Holder::Applicant);
            }
            if let Some(due) = status.due.filter(|_| status.time.is_none()) {
                let left = calendar.between(today, due).unwrap();
                assert_eq!(left, status.days_total.saturating_sub(used.counted()), "{status:?}");
            }
            assert_eq!(status.overdue, status.account().over() > 0);
            let holder_fits = match status.state {
                State::Draft | State::WaitingApplicant | State::HandedOver | State::Withdrawn => {
                    status.holder == Holder::Applicant
                }
                State::WithAgency => matches!(status.holder, Holder::Agency(_)),
                State::Submitted | State::Refused => status.holder == Holder::FrontOffice,
                State::Checking => matches!(status.holder, Holder::FrontOffice | Holder::BackOffice),
                State::Granted if status.permit.is_none() => status.holder == Holder::Signer,
                State::Granted => status.holder == Holder::FrontOffice,
            };
            assert!(holder_fits, "{status:?}");
        });
    });
}
