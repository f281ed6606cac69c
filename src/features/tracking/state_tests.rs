//! Every state has a headline, a tone and a next action; none says more than the ledger does.

use super::*;
use satu_pintu_domain::application::{DaysUsed, Returned};

pub fn status(state: State) -> Status {
    let holder = match state {
        State::Draft | State::WaitingApplicant | State::HandedOver | State::Withdrawn => Holder::Applicant,
        State::WithAgency => Holder::Agency("pupr".to_string()),
        _ => Holder::FrontOffice,
    };
    Status {
        state,
        holder,
        since: 0,
        submitted: (state != State::Draft).then_some(0),
        intake_due: None,
        due: None,
        days_total: 5,
        used: DaysUsed { office: 1, agency: 2, applicant: 2 },
        time: None,
        overdue: false,
        calendar_missing: None,
        returned: Vec::new(),
        accepted: Vec::new(),
        complete: false,
        refusal: None,
        permit: None,
        valid_until: None,
        revoked: None,
        taken_by: None,
    }
}

fn tracking(status: Status) -> Tracking {
    Tracking {
        number: "2026-0417-RK".to_string(),
        service: "reklame".to_string(),
        service_name: "Izin reklame".to_string(),
        status,
        holder_name: "Dinas PUPR".to_string(),
        holding: Vec::new(),
        letter: String::new(),
        timeline: Vec::new(),
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn every_state_has_a_headline_and_a_next_action() {
    use State::*;
    let at = || Headline::At("Dinas PUPR".to_string());
    let cases = [
        (Draft, Headline::Draft, Next::Submit),
        (Submitted, at(), Next::Nothing),
        (Checking, at(), Next::Nothing),
        (WaitingApplicant, Headline::Waiting, Next::Correct(0)),
        (WithAgency, at(), Next::Nothing),
        (Granted, Headline::Granted, Next::Nothing),
        (Refused, Headline::Refused, Next::ReadReason),
        (HandedOver, Headline::Issued, Next::Nothing),
        (Withdrawn, Headline::Withdrawn, Next::Again),
    ];
    for (state, wanted, action) in cases {
        let tracking = tracking(status(state));
        assert_eq!(headline(&tracking), wanted, "{state:?}");
        assert_eq!(next(&tracking), action, "{state:?}");
    }
}

#[test]
fn a_permit_can_be_downloaded_before_and_after_it_is_handed_over() {
    for state in [State::Granted, State::HandedOver] {
        let mut s = status(state);
        s.permit = Some("503/SP-IZIN/0001/2026".to_string());
        let t = tracking(s);
        assert_eq!(next(&t), Next::Download);
        assert_eq!(headline(&t), Headline::Issued);
    }
}

#[test]
fn a_refusal_that_was_handed_over_stays_a_refusal() {
    let mut s = status(State::HandedOver);
    s.refusal = Some("Menutup jalan".to_string());
    assert_eq!(promise(&s), Promise::Took { used: 3 });
    let t = tracking(s);
    assert_eq!(next(&t), Next::ReadReason);
    let headline = headline(&t);
    assert_eq!(headline, Headline::Refused);
    assert_eq!(tone(&headline), Tone::Stop);
}

#[test]
fn the_view_link_knows_from_the_timeline_how_it_ended() {
    let entry = |code: &str| satu_pintu_api::application::Entry {
        at: 0,
        code: code.to_string(),
        actor: satu_pintu_domain::application::Actor::Staff,
        holder: Holder::FrontOffice,
        last_day: false,
        agency: String::new(),
        items: Vec::new(),
        text: String::new(),
    };
    let mut t = tracking(status(State::HandedOver));
    t.timeline = vec![entry("refused"), entry("handed-over")];
    assert_eq!(headline(&t), Headline::Refused);
    let mut t = tracking(status(State::Granted));
    t.timeline = vec![entry("granted"), entry("issued")];
    assert_eq!(headline(&t), Headline::Issued);
    assert_eq!(next(&t), Next::Nothing);
}

#[test]
fn corrections_are_counted() {
    let mut s = status(State::WaitingApplicant);
    s.returned = vec![Returned { item: "ktp".to_string(), reason: "Buram".to_string(), mark: None }];
    assert_eq!(promise(&s), Promise::Paused { left: 2 });
    assert_eq!(next(&tracking(s)), Next::Correct(1));
}

#[test]
fn overdue_is_told_and_never_called_granted() {
    let mut s = status(State::WithAgency);
    s.used.agency = 6;
    s.overdue = true;
    s.due = Some(day("2026-11-26"));
    assert_eq!(promise(&s), Promise::Overdue { late: 2, due: Some(Due::Day(day("2026-11-26"))) });
    assert_eq!(headline(&tracking(s.clone())), Headline::At("Dinas PUPR".to_string()));
    assert_eq!(next(&tracking(s)), Next::Nothing);
}

#[test]
fn a_promise_needs_a_published_calendar() {
    let mut s = status(State::Checking);
    s.due = Some(day("2026-11-26"));
    assert_eq!(promise(&s), Promise::By(Due::Day(day("2026-11-26"))));
    s.calendar_missing = Some(2028);
    assert_eq!(promise(&s), Promise::NoCalendar(2028));
}

#[test]
fn nothing_is_promised_for_a_draft_or_a_withdrawn_file() {
    assert_eq!(promise(&status(State::Draft)), Promise::None);
    assert_eq!(promise(&status(State::Withdrawn)), Promise::None);
    assert!(!may_withdraw(State::Granted));
    assert!(may_withdraw(State::WaitingApplicant));
}
