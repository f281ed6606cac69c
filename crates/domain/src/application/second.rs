//! Double control: what one person proposes, another confirms.

use super::{Event, What};

/// What somebody has proposed and nobody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal<'a> {
    pub grant: bool,
    /// Of a refusal.
    pub reason: &'a str,
    /// Account of whoever proposed it.
    pub by: &'a str,
    pub at: i64,
}

/// What a person's wish to decide amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// The first to say so: it becomes a proposal.
    Propose,
    /// The second to say so: it is decided.
    Confirm,
    /// The same person again: somebody else has to look.
    Alone,
}

/// The proposal that stands: anything that moves the file, an objection and another proposal end it.
pub fn proposal(events: &[Event]) -> Option<Proposal<'_>> {
    let last = events.iter().rev().find(|event| !aside(event))?;
    match &last.what {
        What::Proposed { grant, reason } => Some(Proposal { grant: *grant, reason, by: &last.by, at: last.at }),
        _ => None,
    }
}

/// The proposal to take back the permit that stands: why, and the account of whoever proposed it.
pub fn revocation(events: &[Event]) -> Option<(&str, &str)> {
    let moves = |event: &&Event| !matches!(event.what, What::HandedOver { .. });
    let last = events.iter().rev().filter(moves).find(|event| !aside(event))?;
    match &last.what {
        What::RevocationProposed { reason } => Some((reason, &last.by)),
        _ => None,
    }
}

/// What does not move the file.
fn aside(event: &Event) -> bool {
    matches!(event.what, What::Taken | What::Visited { .. } | What::Rekeyed)
}

/// What it means that `account` wants to grant, or to refuse.
pub fn second(events: &[Event], account: &str, grant: bool) -> Second {
    match proposal(events).filter(|proposal| proposal.grant == grant) {
        None => Second::Propose,
        Some(proposal) if proposal.by == account => Second::Alone,
        Some(_) => Second::Confirm,
    }
}
