//! The journey for typical ledgers: nothing is told twice, and only steps not yet reached are to come.

use super::super::state::tests::status;
use super::*;
use satu_pintu_domain::application::{Actor, Holder};
use satu_pintu_domain::content::StepTime;

fn entry(at: i64, code: &str) -> Entry {
    Entry {
        at,
        code: code.to_string(),
        actor: Actor::Staff,
        holder: Holder::FrontOffice,
        last_day: false,
        agency: if code.starts_with("agency") { "Dinas PUPR (Pekerjaan Umum)".to_string() } else { String::new() },
        items: Vec::new(),
        text: String::new(),
    }
}

fn tracking(state: State, codes: &[&str]) -> Tracking {
    Tracking {
        number: "2026-0417-RK".to_string(),
        service: "reklame".to_string(),
        service_name: "Izin reklame".to_string(),
        status: status(state),
        holder_name: "Dinas PUPR".to_string(),
        holding: Vec::new(),
        letter: String::new(),
        timeline: codes.iter().enumerate().map(|(at, code)| entry(at as i64, code)).collect(),
    }
}

fn steps() -> Vec<Step> {
    let step = |who: &str, unit| Step {
        by: None,
        name: format!("Langkah {who}"),
        who: who.to_string(),
        text: String::new(),
        time: StepTime { value: 1, unit },
    };
    vec![
        step("Loket DPMPTSP", TimeUnit::WorkingDay),
        step("Dinas PUPR (Pekerjaan Umum dan Penataan Ruang)", TimeUnit::WorkingDay),
        step("Anda", TimeUnit::Applicant),
        step("Kepala DPMPTSP", TimeUnit::WorkingDay),
    ]
}

fn shape(stops: &[Stop]) -> String {
    stops
        .iter()
        .map(|stop| match stop {
            Stop::Past { .. } => 'v',
            Stop::Now { .. } => 'o',
            Stop::Next(_) => '.',
        })
        .collect()
}

#[test]
fn a_file_just_sent_waits_for_the_first_check() {
    let stops = stops(&tracking(State::Submitted, &["drafted", "submitted"]), &steps());
    assert_eq!(shape(&stops), "vo...");
    assert!(matches!(&stops[1], Stop::Now { what: Now::Queue, .. }));
}

#[test]
fn the_present_is_told_once() {
    let codes = ["drafted", "submitted", "taken", "item-accepted", "item-accepted", "complete", "agency-asked"];
    let stops = stops(&tracking(State::WithAgency, &codes), &steps());
    assert_eq!(shape(&stops), "vvvvo..");
    assert!(matches!(&stops[2], Stop::Past { count: 2, .. }));
    assert!(matches!(&stops[4], Stop::Now { what: Now::Agency(name), .. } if name == "Dinas PUPR"));
}

#[test]
fn an_answered_agency_leaves_the_decision() {
    let codes = ["drafted", "submitted", "agency-asked", "agency-answered"];
    let stops = stops(&tracking(State::Checking, &codes), &steps());
    assert_eq!(shape(&stops), "vvvo..");
    assert!(matches!(&stops[3], Stop::Now { what: Now::Deciding, .. }));
}

#[test]
fn a_closed_file_has_nothing_to_come() {
    for state in [State::Refused, State::HandedOver, State::Withdrawn] {
        let stops = stops(&tracking(state, &["drafted", "submitted"]), &steps());
        assert_eq!(shape(&stops), "v");
    }
    let granted = stops(&tracking(State::Granted, &["submitted", "granted"]), &steps());
    assert_eq!(shape(&granted), "vvo");
}

#[test]
fn a_draft_has_everything_before_it() {
    assert_eq!(shape(&stops(&tracking(State::Draft, &["drafted"]), &steps())), "o....");
    assert_eq!(shape(&stops(&tracking(State::Draft, &["drafted"]), &[])), "o");
}

#[test]
fn houses_are_the_same_by_their_short_names() {
    assert!(same_house("Tim Dinas Kesehatan", "Dinas Kesehatan"));
    assert!(!same_house("Kepala DPMPTSP", "Dinas Kesehatan"));
}
