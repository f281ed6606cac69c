//! Each holder's clock: working time within office hours, agencies side by side, limits of the standard, what is
//! published of a closed case.
#![allow(clippy::unwrap_used)]

mod common;
use common::history::*;
use common::{calendar, day, each_seed};
use satu_pintu_domain::application::*;
use satu_pintu_domain::content::{DayName, Opening, TimeUnit};
use satu_pintu_domain::date::Zone;
use satu_pintu_domain::hours::{BadHours, Clock, Hours};
use satu_pintu_domain::workdays::{Calendar, YearNotPublished};
use std::collections::BTreeMap;

const MINUTE: i64 = 60_000;

/// Runs a test with the office's clock.
fn with_clock(test: impl Fn(Clock)) {
    let (calendar, hours) = (calendar(), hours());
    test(Clock { zone: Zone::Wita, calendar: &calendar, hours: &hours });
}

fn of(standings: &[Standing], holder: Holder) -> Standing {
    standings.iter().find(|standing| standing.holder == holder).unwrap().clone()
}

fn agency(id: &str) -> Holder {
    Holder::Agency(id.into())
}

#[test]
fn time_passes_only_within_the_hours_of_working_days() {
    with_clock(|clock| {
        let worked = |from, to| clock.worked(from, to).unwrap();
        // Monday 2 November 2026 has 6.5 hours, Friday 7.
        assert_eq!(worked(at("2026-11-02", 0), at("2026-11-03", 0)), 390 * MINUTE);
        assert_eq!(worked(at("2026-11-02", 11), at("2026-11-02", 14)), 120 * MINUTE);
        assert_eq!(worked(at("2026-11-06", 14), at("2026-11-09", 9)), 120 * MINUTE);
        assert_eq!(worked(at("2026-11-07", 0), at("2026-11-09", 8)), 0);
        assert_eq!(worked(at("2026-11-03", 9), at("2026-11-02", 9)), 0);
        // Thirty minutes from Friday 14.50: ten before the weekend, twenty on Monday.
        assert_eq!(clock.after(at("2026-11-06", 14) + 50 * MINUTE, 30 * MINUTE), Ok(at("2026-11-09", 8) + 20 * MINUTE));
        assert_eq!(clock.after(at("2026-11-07", 3), 0), Ok(at("2026-11-07", 3)));
        assert_eq!(clock.worked(at("2027-12-31", 9), at("2028-01-03", 9)), Err(YearNotPublished(2028)));
        assert_eq!(clock.after(at("2027-12-31", 15), HOUR), Err(YearNotPublished(2028)));
    });
}

#[test]
fn time_adds_up_and_can_be_counted_back() {
    each_seed(300, |chance| {
        let (calendar, hours) = (calendar(), hours());
        let clock = Clock { zone: Zone::Wit, calendar: &calendar, hours: &hours };
        let mut moments: Vec<i64> =
            (0..3).map(|_| at("2026-02-01", 0) + chance.below(90 * 24 * 60) as i64 * MINUTE).collect();
        moments.sort_unstable();
        let [a, b, c] = moments[..] else { unreachable!() };
        let worked = |from, to| clock.worked(from, to).unwrap();
        assert_eq!(worked(a, b) + worked(b, c), worked(a, c));
        let time = chance.below(5_000) as i64 * MINUTE;
        let end = clock.after(a, time).unwrap();
        assert_eq!(worked(a, end), time);
        assert!(time == 0 || worked(a, end - 1) < time, "the first such moment");
    });
}

#[test]
fn hours_that_cannot_be() {
    let open = |from: &str, to: &str| {
        let days = DayName::ALL.to_vec();
        Opening { days, from: from.into(), to: to.into(), since: None }
    };
    assert!(Hours::new(&[open("08:00", "12:00"), open("12:00", "15:00")]).is_ok());
    for (from, to) in [("8:00", "12:00"), ("08:00", "24:00"), ("08:60", "12:00"), ("12:00", "12:00"), ("0800", "12:00")]
    {
        assert_eq!(Hours::new(&[open(from, to)]), Err(BadHours::Time), "{from} {to}");
    }
    let twice = Hours::new(&[open("08:00", "12:00"), open("11:59", "15:00")]);
    assert_eq!(twice, Err(BadHours::Overlap(DayName::Senin)));
    assert_eq!(Hours::new(&[]), Err(BadHours::Closed(DayName::Senin)));
}

/// Two agencies at once, each with its own clock; the promise counts the day once.
#[test]
fn hours_that_came_later_leave_what_was_counted() {
    let calendar = calendar();
    let open = |days: &[DayName], from: &str, to: &str, since: Option<&str>| Opening {
        days: days.to_vec(),
        from: from.into(),
        to: to.into(),
        since: since.map(day),
    };
    let first = [open(&DayName::ALL, "08:00", "15:00", None)];
    let friday = [DayName::Jumat];
    let later = [
        open(&friday, "08:00", "11:00", Some("2026-11-09")),
        open(&friday, "13:00", "14:00", Some("2026-11-09")),
        open(&friday, "09:00", "10:00", Some("2026-12-01")),
    ];
    let before = Hours::new(&first).unwrap();
    let after = Hours::new(&[&first[..], &later[..]].concat()).unwrap();
    let worked = |hours: &Hours, from: &str, to: &str| {
        Clock { zone: Zone::Wita, calendar: &calendar, hours }.worked(at(from, 0), at(to, 0)).unwrap() / MINUTE
    };
    assert_eq!(worked(&before, "2026-10-26", "2026-11-09"), worked(&after, "2026-10-26", "2026-11-09"));
    assert_eq!(worked(&after, "2026-11-06", "2026-11-07"), 7 * 60, "the Friday before");
    assert_eq!(worked(&after, "2026-11-12", "2026-11-13"), 7 * 60, "a Thursday");
    assert_eq!(worked(&after, "2026-11-13", "2026-11-14"), 4 * 60, "the Friday after");
    assert_eq!(worked(&after, "2026-12-04", "2026-12-05"), 60, "a Friday in December");
}

#[test]
fn agencies_side_by_side() {
    with_clock(|clock| {
        let mut events = vec![
            (at("2026-11-01", 20), What::Drafted),
            (at("2026-11-02", 10), submitted(5)),
            (at("2026-11-02", 11), What::Complete),
            (at("2026-11-02", 12), asked("pupr")),
            (at("2026-11-03", 9), asked("dinkes")),
        ];
        assert!(may(&ledger(&events), &asked("pupr")).is_err(), "it is there already");
        let standings_at = |events: &[(i64, What)], moment| standings(&ledger(events), moment, clock).unwrap();
        let both = standings_at(&events, at("2026-11-04", 10));
        assert_eq!(
            both.iter().filter(|s| s.now).map(|s| s.holder.clone()).collect::<Vec<_>>(),
            [agency("pupr"), agency("dinkes")]
        );
        let (pupr, dinkes) = (of(&both, agency("pupr")), of(&both, agency("dinkes")));
        assert_eq!((pupr.days, pupr.due, pupr.late), (2, Some(day("2026-11-04")), false));
        assert_eq!((dinkes.days, dinkes.due, dinkes.late), (1, Some(day("2026-11-05")), false));
        assert_eq!(pupr.time, (210 - 60 + 390 + 120) * MINUTE);
        assert_eq!(dinkes.time, (330 + 120) * MINUTE);

        events.push((at("2026-11-05", 14), answered("pupr")));
        let one = ledger(&events);
        let now = status(&one, at("2026-11-05", 15), clock);
        assert_eq!((now.state, now.holder, now.used.counted()), (State::WithAgency, agency("dinkes"), 3));
        let pupr = of(&standings(&one, at("2026-11-10", 9), clock).unwrap(), agency("pupr"));
        assert_eq!((pupr.days, pupr.late, pupr.due, pupr.now), (3, true, None, false));
        assert!(may(&one, &answered("pupr")).is_err());

        events.push((at("2026-11-06", 9), answered("dinkes")));
        let back = status(&ledger(&events), at("2026-11-06", 10), clock);
        assert_eq!((back.state, back.holder), (State::Checking, Holder::BackOffice));
        // Asked again, its clock goes on where it stood.
        events.push((at("2026-11-06", 10), asked("dinkes")));
        let again = of(&standings_at(&events, at("2026-11-06", 11)), agency("dinkes"));
        assert_eq!((again.days, again.due, again.since), (3, Some(day("2026-11-05")), at("2026-11-06", 10)));
    });
}

/// Limits in minutes and hours run within the office's hours, and a second turn gets only what is left.
#[test]
fn a_limit_in_minutes_and_one_in_hours() {
    with_clock(|clock| {
        let steps = vec![
            step(Holder::FrontOffice, 30, TimeUnit::Minute),
            step(Holder::BackOffice, 8, TimeUnit::Hour),
            step(Holder::Signer, 1, TimeUnit::WorkingDay),
        ];
        let submitted =
            What::Submitted { intake_days: 1, service_days: 3, service_minutes: 0, rules: String::new(), steps };
        let mut events = vec![(0, What::Drafted), (at("2026-11-06", 14) + 50 * MINUTE, submitted)];
        let standing =
            |events: &[(i64, What)], moment, holder| of(&standings(&ledger(events), moment, clock).unwrap(), holder);
        let front = standing(&events, at("2026-11-06", 15), Holder::FrontOffice);
        assert_eq!((front.limit, front.due), (Some(Limit::Time(30 * MINUTE)), Some(day("2026-11-09"))));
        assert!(!standing(&events, at("2026-11-09", 8) + 20 * MINUTE, Holder::FrontOffice).late);
        let late = standing(&events, at("2026-11-09", 8) + 21 * MINUTE, Holder::FrontOffice);
        assert_eq!((late.late, late.due), (true, Some(day("2026-11-09"))));
        events.push((at("2026-11-09", 8), returned("ktp")));
        events.push((at("2026-11-10", 8), corrected("ktp")));
        assert!(!standing(&events, at("2026-11-10", 8) + 20 * MINUTE, Holder::FrontOffice).late);
        assert!(standing(&events, at("2026-11-10", 8) + 21 * MINUTE, Holder::FrontOffice).late);
        events.push((at("2026-11-10", 9), What::Complete));
        // Eight hours from Tuesday 09.00: 5.5 on that day, the rest on Wednesday.
        assert_eq!(standing(&events, at("2026-11-10", 10), Holder::BackOffice).due, Some(day("2026-11-11")));
        events.push((at("2026-11-10", 10), What::Granted));
        assert_eq!(standing(&events, at("2026-11-10", 11), Holder::Signer).due, Some(day("2026-11-11")));
    });
}

/// A promise of three hours runs within the office's hours, stands still for the applicant, and goes on where it stood.
#[test]
fn a_promise_in_hours() {
    with_clock(|clock| {
        let mut events = vec![(0, What::Drafted), (at("2026-11-06", 14), submitted_in(180))];
        let told = |events: &[(i64, What)], moment| status(&ledger(events), moment, clock);
        let used = |status: &Status| status.time.as_ref().map(|t| (t.office, t.agency, t.applicant)).unwrap();
        let due = |status: &Status| (status.due, status.time.as_ref().and_then(|time| time.due));
        // Friday 14.00: an hour until 15.00, two more on Monday from 08.00.
        let friday = told(&events, at("2026-11-06", 14) + 30 * MINUTE);
        assert_eq!(used(&friday), (30, 0, 0));
        assert_eq!(due(&friday), (Some(day("2026-11-09")), Some(at("2026-11-09", 10))));
        assert_eq!((friday.days_total, friday.intake_due, friday.overdue), (0, None, false));
        assert_eq!(friday.account().left(), 150);
        // Sent back on Monday 08.30, mended on Tuesday 14.00: ninety minutes are left.
        events.push((at("2026-11-09", 8) + 30 * MINUTE, returned("ktp")));
        let waiting = told(&events, at("2026-11-10", 9));
        assert_eq!((due(&waiting), waiting.account().left(), waiting.overdue), ((None, None), 90, false));
        events.push((at("2026-11-10", 14), corrected("ktp")));
        let again = told(&events, at("2026-11-10", 14));
        assert_eq!(due(&again), (Some(day("2026-11-10")), Some(at("2026-11-10", 15) + 30 * MINUTE)));
        // An agency has it overnight, from 15.00 on.
        events.push((at("2026-11-10", 15), asked("pupr")));
        let late = told(&events, at("2026-11-11", 9));
        assert_eq!((used(&late), late.overdue), ((150, 90, 660), true));
        assert_eq!(due(&late).1, Some(at("2026-11-10", 15) + 30 * MINUTE), "it ran out then, and stays there");
        assert_eq!((late.account().over(), late.account().left()), (60, 0));
        // Asking when nothing is left is marked.
        assert!(!passes(&ledger(&events), clock)[2].1);
        let mut asked_late = events.clone();
        asked_late.push((at("2026-11-11", 9), returned("ktp")));
        assert!(passes(&ledger(&asked_late), clock).last().unwrap().1);
        events.push((at("2026-11-11", 9), answered("pupr")));
        events.push((at("2026-11-11", 9), What::Granted));
        events.push((at("2026-11-11", 9) + 10 * MINUTE, issued()));
        let over = told(&events, at("2026-11-20", 9));
        assert_eq!((due(&over), used(&over)), ((None, None), (160, 90, 660)));
        let case = case(&ledger(&events), clock).unwrap().unwrap();
        assert_eq!((case.measure, case.standard, case.used, case.last_day), (Measure::Minute, 180, 250, 0));
        let share =
            |holder: &Holder| case.shares.iter().find(|(known, ..)| known == holder).map(|(_, n, of)| (*n, *of));
        assert_eq!(share(&Holder::FrontOffice), Some((150, Some(20))));
        assert_eq!(share(&agency("pupr")), Some((90, None)), "asked with a limit in days");
        // A year without calendar: nothing is told rather than something wrong.
        let none = told(&[(0, What::Drafted), (at("2027-12-31", 15), submitted_in(600))], at("2028-01-04", 9));
        assert_eq!((none.calendar_missing, none.due, none.time), (Some(2028), None, None));
        // One that ends before that year does is told, whatever a first check would need; a longer one says which
        // year is missing.
        let sent = |minutes| [(0, What::Drafted), (at("2027-12-31", 9), submitted_in(minutes))];
        let known = told(&sent(60), at("2027-12-31", 9));
        assert_eq!((known.calendar_missing, due(&known).1), (None, Some(at("2027-12-31", 10))));
        let longer = told(&sent(600), at("2027-12-31", 10));
        assert_eq!((longer.calendar_missing, longer.due), (Some(2028), None));
        // A holder without a step of the standard has no limit of days beside it.
        let asked = ledger(&[
            (0, What::Drafted),
            (at("2026-11-06", 9), submitted_in(180)),
            (at("2026-11-06", 10), asked("pupr")),
        ]);
        assert_eq!(of(&standings(&asked, at("2026-11-06", 11), clock).unwrap(), agency("pupr")).limit, None);
    });
}

#[test]
fn a_clarification_on_the_last_day_is_marked() {
    let (calendar, hours) = (calendar(), hours());
    let clock = Clock { zone: Zone::Wita, calendar: &calendar, hours: &hours };
    let marked = |asked: i64| {
        let events = ledger(&[(0, What::Drafted), (at("2026-11-02", 10), submitted(5)), (asked, returned("ktp"))]);
        passes(&events, clock).last().unwrap().1
    };
    // The promise is Monday the 9th.
    assert!(!marked(at("2026-11-06", 16)));
    assert!(!marked(at("2026-11-08", 16)));
    assert!(marked(at("2026-11-09", 8)));
    assert!(marked(at("2026-11-10", 8)));
}

/// A line with an earlier time than the one before counts as written at that moment.
#[test]
fn a_clock_set_back_stands_still() {
    with_clock(|clock| {
        let events = ledger(&[
            (at("2026-11-02", 8), What::Drafted),
            (at("2026-11-02", 10), submitted(5)),
            (at("2026-11-04", 10), returned("ktp")),
            (at("2026-11-03", 10), corrected("ktp")),
        ]);
        let turns = turns(&events);
        assert_eq!(turns.last().unwrap().from, at("2026-11-04", 10));
        let status = status(&events, at("2026-11-02", 12), clock);
        assert_eq!((status.used.office, status.due), (2, Some(day("2026-11-09"))));
        let times = standings(&events, at("2026-11-02", 12), clock).unwrap();
        assert_eq!(of(&times, Holder::Applicant).time, 0);
    });
}

#[test]
fn a_year_without_calendar_tells_nothing_wrong() {
    with_clock(|clock| {
        let events =
            ledger(&[(0, What::Drafted), (at("2027-12-30", 9), submitted(1)), (at("2028-01-03", 9), What::Withdrawn)]);
        assert_eq!(standings(&events, at("2028-02-01", 9), clock), Err(YearNotPublished(2028)));
        let before =
            standings(&ledger(&[(0, What::Drafted), (at("2027-12-31", 9), submitted(1))]), at("2027-12-31", 10), clock);
        let front = of(&before.unwrap(), Holder::FrontOffice);
        assert_eq!((front.now, front.due, front.late), (true, None, false), "its last day is in 2028");
        assert_eq!(case(&events, clock), Err(YearNotPublished(2028)));
        assert!(
            passes(&events, Clock { calendar: &Calendar::new(&[]), ..clock }).iter().all(|(_, last_day)| !last_day)
        );
    });
}

/// Days or minutes by holder from the published lines alone, as anybody can count them.
fn recounted(measure: Measure, lines: &[Line]) -> (u32, BTreeMap<String, u32>) {
    let (mut used, mut times) = (0, BTreeMap::new());
    let mut count = |line: &Line, time: u32| {
        used += if line.holders == [Holder::Applicant] { 0 } else { time };
        for holder in &line.holders {
            *times.entry(holder.code()).or_default() += time;
        }
    };
    match measure {
        Measure::WorkingDay => {
            for day in 1..=lines.last().unwrap().at {
                count(lines.iter().rev().find(|line| line.at < day).unwrap(), 1);
            }
        }
        Measure::Minute => lines.windows(2).for_each(|pair| count(&pair[0], pair[1].at - pair[0].at)),
    }
    (used, times)
}

#[test]
fn what_happens_adds_up() {
    with_clock(|clock| {
        each_seed(700, |chance| {
            let mut left_before = None;
            let set_back = chance.below(2) == 0;
            let events = any_history(chance, set_back, |events, moment| {
                let Some(submitted) = events.iter().position(|e| matches!(e.what, What::Submitted { .. })) else {
                    return;
                };
                let told = standings(events, moment, clock).unwrap();
                let status = status(events, moment, clock);
                let turns = turns(events);

                // Exactly one holder at every moment, or several agencies.
                let last = events.iter().map(|event| event.at).max().unwrap();
                let now = moment.max(last);
                let begun = turns.iter().find(|turn| turn.holder == Holder::FrontOffice).unwrap().from;
                for probe in [begun, begun + HOUR, (begun + now) / 2, now] {
                    let holds = |turn: &&Turn| turn.from <= probe && turn.to.is_none_or(|to| to > probe);
                    let holders: Vec<_> = turns.iter().filter(holds).collect();
                    let agencies = holders.iter().all(|turn| matches!(turn.holder, Holder::Agency(_)));
                    assert!(holders.len() == 1 || (agencies && !holders.is_empty()), "{probe} {turns:?}");
                }

                // Working times add up: agencies side by side count once.
                let stops = |e: &&Event| matches!(e.what, What::Issued { .. } | What::Refused { .. } | What::Withdrawn);
                let stop = events.iter().position(|e| stops(&e));
                let end = stop.map_or(now, |at| events[..=at].iter().map(|e| e.at).max().unwrap());
                let elapsed = clock.worked(begun, end.max(begun)).unwrap();
                let mut cuts: Vec<i64> = turns.iter().flat_map(|turn| [Some(turn.from), turn.to]).flatten().collect();
                cuts.extend([begun, end]);
                cuts.retain(|cut| (begun..=end).contains(cut));
                cuts.sort_unstable();
                let shared: i64 = cuts
                    .windows(2)
                    .map(|cut| {
                        let holds = |turn: &&Turn| turn.from <= cut[0] && turn.to.is_none_or(|to| to >= cut[1]);
                        let several = turns.iter().filter(holds).count().max(1) as i64 - 1;
                        // A turn of no length holds nothing.
                        if cut[0] == cut[1] { 0 } else { several * clock.worked(cut[0], cut[1]).unwrap() }
                    })
                    .sum();
                assert_eq!(told.iter().map(|s| s.time).sum::<i64>() - shared, elapsed, "{events:?}");

                // Nothing that happens gives time back.
                let account = status.account();
                let left = i64::from(account.total) - i64::from(account.counted());
                if let Some(time) = &status.time {
                    // Each of the three is told in whole minutes.
                    let sum = i64::from(time.office) + i64::from(time.agency) + i64::from(time.applicant);
                    assert!((0..=1).contains(&(elapsed / MINUTE - sum)), "{status:?} {events:?}");
                    assert_eq!(status.overdue, left < 0);
                }
                if let Some((count, before)) = left_before {
                    assert!(set_back || count != submitted || left <= before, "{events:?}");
                }
                left_before = Some((submitted, left));
            });
            if let Some(case) = case(&events, clock).unwrap() {
                let (used, mut days) = recounted(case.measure, &case.lines);
                assert_eq!(used, case.used, "{case:?}");
                let mut told: BTreeMap<String, u32> =
                    case.shares.iter().map(|(h, days, _)| (h.code(), *days)).collect();
                told.retain(|_, days| *days > 0);
                days.retain(|_, days| *days > 0);
                assert_eq!(days, told, "{case:?}");
            }
        });
    });
}

#[test]
fn the_chain_is_as_it_is_written_down() {
    let row = Row {
        number: "2026-0417-RK",
        seq: 1,
        at: 2,
        actor: "applicant",
        account: "",
        kind: "drafted",
        what: r#"{"kind":"drafted"}"#,
    };
    let first = link(&GENESIS, &row);
    let hex = |hash: &[u8]| hash.iter().map(|b| format!("{b:02x}")).collect::<String>();
    assert_eq!(hex(&first), "9c475604af5d8e83ffb4497e52325c160f877efc8f333fed10b06530a0879df9");
    // A text that moves from one field to the next is another line.
    let moved = Row { actor: "applican", account: "t", ..row };
    assert_ne!(link(&GENESIS, &moved), first);
    assert_ne!(link(&first, &row), first);
}
