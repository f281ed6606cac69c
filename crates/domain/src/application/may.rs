//! Which event may follow which ledger.
//! The server asks before it appends; the desk and the app ask to know which buttons to show.

use super::ledger::Ledger;
use super::{Event, NotNow, State, What};

/// Whether `what` may be the next event.
///
/// # Errors
/// [`NotNow`] with the present state when it may not.
pub fn may(events: &[Event], what: &What) -> Result<(), NotNow> {
    let ledger = Ledger::read(events);
    let state = ledger.state;
    let at_desk = matches!(state, State::Submitted | State::Checking);
    let submitted = ledger.submitted.is_some();
    let open = submitted && !state.closed();
    let allowed = match what {
        What::Drafted => events.is_empty(),
        _ if events.is_empty() => false,
        What::Consented { .. } => super::assisted(events),
        // Nothing is written down about somebody who has not agreed to it.
        What::Filled { .. } | What::Attached { .. } | What::Detached { .. } => {
            super::assisted(events) && events.iter().any(|event| matches!(event.what, What::Consented { .. }))
        }
        What::Submitted { .. } => state == State::Draft && (!super::assisted(events) || super::consented(events)),
        // Staff fall ill: a file may change hands until it has left the house.
        What::Taken => submitted && !matches!(state, State::HandedOver | State::Withdrawn),
        What::ItemAccepted { .. } => at_desk,
        What::Complete => at_desk && !ledger.complete,
        What::Returned { items } => at_desk && !items.is_empty(),
        What::Corrected { .. } => state == State::WaitingApplicant,
        What::AgencyAsked { agency, .. } => at_desk || (state == State::WithAgency && !ledger.with(agency)),
        What::AgencyAnswered { agency, .. } => state == State::WithAgency && ledger.with(agency),
        What::Visited { .. } => at_desk || state == State::WithAgency,
        What::Proposed { .. } | What::Granted | What::Refused { .. } => at_desk,
        What::Objected { .. } => (at_desk && super::proposal(events).is_some()) || super::revocation(events).is_some(),
        What::Issued { .. } => state == State::Granted && ledger.permit.is_none(),
        What::HandedOver { .. } => {
            state == State::Refused || (state == State::Granted && ledger.permit.is_some() && ledger.revoked.is_none())
        }
        What::Withdrawn => open || state == State::Draft,
        What::Rekeyed => true,
        What::RevocationProposed { .. } => {
            ledger.permit.is_some() && ledger.revoked.is_none() && super::revocation(events).is_none()
        }
        What::Revoked { .. } => super::revocation(events).is_some(),
    };
    allowed.then_some(()).ok_or(NotNow { state })
}
