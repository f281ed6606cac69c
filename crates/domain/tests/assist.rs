//! Filing at the counter, and taking a permit back: who agreed to what, over random histories.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Chance, each_seed};
use satu_pintu_domain::application::*;

fn consented_by(giver: Giver) -> What {
    What::Consented { how: Consent::Spoken, giver }
}

fn submitted() -> What {
    What::Submitted { intake_days: 1, service_days: 5, service_minutes: 0, rules: String::new(), steps: Vec::new() }
}

fn add(events: &mut Vec<Event>, actor: Actor, what: What) -> bool {
    let fits = may(events, &what).is_ok();
    if fits {
        let seq = events.len() as u32 + 1;
        events.push(Event { seq, at: i64::from(seq), actor, by: "ani".into(), what });
    }
    fits
}

fn anything(chance: &mut Chance) -> What {
    match chance.below(8) {
        0 => consented_by(*chance.one(Giver::ALL)),
        1 | 2 => What::Filled { fields: vec!["nama".into()] },
        3 => What::Attached { item: "ktp".into() },
        4 => What::Detached { item: "ktp".into() },
        5 if chance.below(6) == 0 => What::Rekeyed,
        6 if chance.below(4) == 0 => What::Withdrawn,
        _ => submitted(),
    }
}

#[test]
fn nothing_is_written_before_a_yes_and_nothing_sent_that_was_not_agreed_to() {
    let sent = std::cell::Cell::new(0);
    each_seed(500, |chance| {
        let mut events = Vec::new();
        let began = *chance.one(&[Actor::Staff, Actor::Applicant]);
        assert!(add(&mut events, began, What::Drafted));
        for _ in 0..20 {
            add(&mut events, Actor::Staff, anything(chance));
        }
        let at = |fits: fn(&What) -> bool| events.iter().position(|event| fits(&event.what));
        let wrote = |what: &What| matches!(what, What::Filled { .. } | What::Attached { .. } | What::Detached { .. });
        let yes = at(|what| matches!(what, What::Consented { .. }));
        let over = at(|what| matches!(what, What::Submitted { .. } | What::Rekeyed | What::Withdrawn));
        for (n, event) in events.iter().enumerate().filter(|(_, event)| wrote(&event.what)) {
            assert_eq!(began, Actor::Staff, "{event:?}");
            assert!(yes.is_some_and(|yes| yes < n) && over.is_none_or(|over| n < over), "{events:?}");
        }
        // Until the key is the applicant's own.
        if let Some(n) = at(|what| matches!(what, What::Submitted { .. }))
            && began == Actor::Staff
            && over == Some(n)
        {
            assert!(matches!(events[n - 1].what, What::Consented { .. }), "{events:?}");
            sent.set(sent.get() + 1);
        }
        assert_eq!(assisted(&events), began == Actor::Staff && over.is_none());
    });
    assert!(sent.get() > 20 || std::env::var("SEED").is_ok(), "{sent:?}");
}

#[test]
fn a_permit_is_taken_back_once_and_after_a_proposal_that_stands() {
    let mut events = Vec::new();
    let revoked = || What::Revoked { reason: "Alamat palsu.".into() };
    let proposed = || What::RevocationProposed { reason: "Alamat palsu.".into() };
    for what in [What::Drafted, submitted(), What::Granted] {
        assert!(add(&mut events, Actor::Applicant, what));
    }
    assert!(!add(&mut events, Actor::Staff, proposed()), "nothing was issued yet");
    assert!(add(&mut events, Actor::Staff, What::Issued { number: "503/1".into(), valid_until: None }));
    assert!(!add(&mut events, Actor::Staff, revoked()));
    assert!(add(&mut events, Actor::Staff, proposed()));
    assert!(!add(&mut events, Actor::Staff, proposed()));
    assert!(add(&mut events, Actor::Staff, What::Objected { reason: "Alamatnya benar.".into() }));
    assert!(!add(&mut events, Actor::Staff, revoked()));
    assert!(add(&mut events, Actor::Staff, proposed()));
    // Somebody fetches the paper meanwhile.
    assert!(add(&mut events, Actor::Staff, What::HandedOver { how: "loket".into() }));
    assert_eq!(revocation(&events), Some(("Alamat palsu.", "ani")));
    assert!(add(&mut events, Actor::Staff, revoked()));
    assert!(!add(&mut events, Actor::Staff, proposed()));
    // Where nobody fetched it, it is not handed over any more.
    events.retain(|event| !matches!(event.what, What::HandedOver { .. }));
    assert!(!add(&mut events, Actor::Staff, What::HandedOver { how: "loket".into() }));
}
