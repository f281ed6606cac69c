//! The bar of the promise: one piece a day or a minute, used, paused, left or over. Drawn by `promise.rs`.

use satu_pintu_domain::application::Status;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Used,
    /// The clock stood still for the applicant.
    Paused,
    Left,
    /// Beyond the promise.
    Over,
}

/// A run of days, or minutes, of one kind, from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub piece: Piece,
    pub from: u32,
    pub length: u32,
}

/// Runs of the bar and its whole length; empty when nothing is promised.
pub fn bar(status: &Status) -> (Vec<Run>, u32) {
    let account = status.account();
    if status.submitted.is_none() || account.total == 0 {
        return (Vec::new(), 0);
    }
    // After the end what is left is not owed any more; what is granted is owed until it is issued.
    let left = if status.state.closed() && status.due.is_none() { 0 } else { account.left() };
    let pieces = [
        (Piece::Used, account.counted() - account.over()),
        (Piece::Over, account.over()),
        (Piece::Paused, account.applicant),
        (Piece::Left, left),
    ];
    let mut runs = Vec::new();
    let mut from = 0;
    for (piece, length) in pieces {
        if length > 0 {
            runs.push(Run { piece, from, length });
            from += length;
        }
    }
    (runs, from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use satu_pintu_domain::application::{DaysUsed, Holder, State};

    fn status(state: State, used: DaysUsed) -> Status {
        Status {
            state,
            holder: Holder::FrontOffice,
            since: 0,
            submitted: Some(0),
            intake_due: None,
            due: None,
            days_total: 5,
            used,
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

    fn used(office: u32, agency: u32, applicant: u32) -> DaysUsed {
        DaysUsed { office, agency, applicant }
    }

    #[test]
    fn three_of_five_with_a_pause_of_two() {
        let (runs, total) = bar(&status(State::Checking, used(1, 2, 2)));
        assert_eq!(total, 7);
        assert_eq!(
            runs,
            [
                Run { piece: Piece::Used, from: 0, length: 3 },
                Run { piece: Piece::Paused, from: 3, length: 2 },
                Run { piece: Piece::Left, from: 5, length: 2 },
            ]
        );
    }

    #[test]
    fn days_over_the_promise_are_a_piece_of_their_own() {
        let (runs, total) = bar(&status(State::WithAgency, used(2, 5, 0)));
        assert_eq!(total, 7);
        assert_eq!(runs.last(), Some(&Run { piece: Piece::Over, from: 5, length: 2 }));
    }

    #[test]
    fn runs_join_without_gaps_for_any_count() {
        for office in 0..9 {
            for agency in 0..9 {
                for applicant in 0..4 {
                    for state in [State::Checking, State::Granted] {
                        let (runs, total) = bar(&status(state, used(office, agency, applicant)));
                        let mut at = 0;
                        for run in &runs {
                            assert_eq!(run.from, at);
                            assert!(run.length > 0);
                            at += run.length;
                        }
                        assert_eq!(at, total);
                    }
                }
            }
        }
    }

    #[test]
    fn a_draft_and_an_automatic_service_have_no_bar() {
        let mut draft = status(State::Draft, used(0, 0, 0));
        draft.submitted = None;
        assert_eq!(bar(&draft).1, 0);
        let mut automatic = status(State::Checking, used(0, 0, 0));
        automatic.days_total = 0;
        assert_eq!(bar(&automatic).1, 0);
    }
}
