//! Filing at the counter for somebody who cannot do it alone.

use super::{Actor, Event, What};

/// Whether this began at the counter and nobody has its key: until that is printed, the applicant has no way in.
pub fn keyless(events: &[Event]) -> bool {
    let began = events.first().is_some_and(|first| first.what == What::Drafted && first.actor == Actor::Staff);
    began && !events.iter().any(|event| event.what == What::Rekeyed)
}

/// Whether the desk works on this draft: from when staff began it until it is sent, or until the key is printed and
/// the applicant goes on alone.
pub fn assisted(events: &[Event]) -> bool {
    keyless(events) && !events.iter().any(|event| matches!(event.what, What::Submitted { .. } | What::Withdrawn))
}

/// Whether the applicant has agreed to the draft as it is now: nothing was written since. The first agreement, to be
/// helped, comes before anything is.
pub fn consented(events: &[Event]) -> bool {
    let agreed = events.last().is_some_and(|last| matches!(last.what, What::Consented { .. }));
    agreed && events.iter().any(|event| matches!(event.what, What::Filled { .. }))
}
