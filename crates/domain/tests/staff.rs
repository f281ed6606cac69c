//! Roles and double control: over every pair of roles, and over random histories.

#![allow(clippy::unwrap_used)]

use satu_pintu_domain::application::{Actor, Event, Second, What, may, proposal, second};
use satu_pintu_domain::staff::{Deed, Role, Roles};

#[test]
fn roles_are_written_and_read() {
    for role in Role::ALL {
        assert_eq!(role.id().parse(), Ok(*role));
        assert_eq!(serde_json::to_value(role).unwrap(), role.id());
    }
    let roles: Roles = "signer front-office signer".parse().unwrap();
    assert_eq!(roles.to_string(), "front-office signer");
    assert!("petugas".parse::<Roles>().is_err());
    assert_eq!("".parse::<Roles>().unwrap(), Roles::default());
}

#[test]
fn everything_is_somebodys_and_nothing_is_nobodys() {
    for deed in Deed::ALL {
        assert!(Role::ALL.iter().any(|role| role.may(*deed)), "{deed:?}");
        assert!(!Roles::default().may(*deed), "{deed:?}");
    }
}

#[test]
fn no_single_role_proposes_and_confirms_or_confirms_and_checks() {
    for role in Role::ALL {
        assert!(!(role.may(Deed::Propose) && role.may(Deed::Confirm)), "{role:?}");
        assert!(!(role.may(Deed::Check) && role.may(Deed::Confirm)), "{role:?}");
    }
    // Whoever makes accounts sees no files by that.
    assert!(!Role::Administrator.may(Deed::Read));
}

#[test]
fn an_agency_answers_for_itself_only() {
    let agency = Roles(vec![Role::Agency]);
    assert!(agency.for_agency(Deed::Answer) && agency.for_agency(Deed::Read));
    let both = Roles(vec![Role::BackOffice, Role::Agency]);
    assert!(both.may(Deed::Answer) && !both.for_agency(Deed::Answer));
    assert!(!agency.for_agency(Deed::Confirm));
}

/// A small generator, so that a failure can be told by its seed.
struct Chance(u64);
impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// Whoever tries whatever in any order: no decision is ever made by the person whose proposal stood, and each
/// decision has a proposal of another person right before it that nothing has moved the file since.
#[test]
fn a_decision_always_has_two_names() {
    let people = ["ani", "budi", "citra"];
    let mut decided = 0;
    for seed in 1..=2000_u64 {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut events: Vec<Event> = Vec::new();
        let add = |events: &mut Vec<Event>, by: &str, what: What| {
            if may(events, &what).is_ok() {
                let seq = u32::try_from(events.len()).unwrap() + 1;
                let actor = if by.is_empty() { Actor::Applicant } else { Actor::Staff };
                events.push(Event { seq, at: i64::from(seq), actor, by: by.to_owned(), what });
            }
        };
        add(&mut events, "", What::Drafted);
        add(
            &mut events,
            "",
            What::Submitted {
                intake_days: 1,
                service_days: 5,
                service_minutes: 0,
                rules: String::new(),
                steps: Vec::new(),
            },
        );
        for _ in 0..12 {
            let by = people[usize::try_from(chance.below(3)).unwrap()];
            match chance.below(7) {
                0 => add(&mut events, by, What::Taken),
                1 => add(&mut events, by, What::ItemAccepted { item: "ktp".into() }),
                2 => add(&mut events, by, What::Objected { reason: "Belum.".into() }),
                3 => add(&mut events, by, What::AgencyAsked { agency: "pupr".into(), days: 2, question: "?".into() }),
                4 => {
                    let what = What::AgencyAnswered { agency: "pupr".into(), agrees: true, text: "Ya.".into() };
                    add(&mut events, by, what);
                }
                _ => {
                    let grant = chance.below(2) == 0;
                    match second(&events, by, grant) {
                        Second::Propose => add(&mut events, by, What::Proposed { grant, reason: "x".into() }),
                        Second::Confirm => {
                            let standing = proposal(&events).unwrap();
                            assert_ne!(standing.by, by, "seed {seed}");
                            assert_eq!(standing.grant, grant, "seed {seed}");
                            let reason = String::new();
                            add(&mut events, by, if grant { What::Granted } else { What::Refused { reason } });
                            decided += 1;
                        }
                        Second::Alone => assert_eq!(proposal(&events).unwrap().by, by, "seed {seed}"),
                    }
                }
            }
        }
    }
    assert!(decided > 200, "{decided}");
}

#[test]
fn what_moves_the_file_ends_a_proposal() {
    let event = |seq: u32, what: What| Event { seq, at: i64::from(seq), actor: Actor::Staff, by: "ani".into(), what };
    let base = vec![
        event(1, What::Drafted),
        event(
            2,
            What::Submitted {
                intake_days: 1,
                service_days: 5,
                service_minutes: 0,
                rules: String::new(),
                steps: Vec::new(),
            },
        ),
        event(3, What::Proposed { grant: true, reason: String::new() }),
    ];
    assert_eq!(proposal(&base).map(|p| (p.grant, p.by)), Some((true, "ani")));
    for (what, stands) in [
        (What::Taken, true),
        (What::Rekeyed, true),
        (What::Objected { reason: "Belum.".into() }, false),
        (What::ItemAccepted { item: "ktp".into() }, false),
        (What::Withdrawn, false),
        (What::Proposed { grant: false, reason: "x".into() }, true),
    ] {
        let mut events = base.clone();
        events.push(event(4, what.clone()));
        assert_eq!(proposal(&events).is_some(), stands, "{what:?}");
    }
}
