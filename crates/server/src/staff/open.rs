//! An application opened by staff, once the applicant has handed it in.

use super::session::Staff;
use crate::app::App;
use crate::applications::open::Open;
use crate::problem::Answer;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{Actor, Event, State as Stage, What};
use satu_pintu_domain::key;

impl Open {
    /// Opens an application that has been handed in. Drafts are the applicant's own.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn by_staff(app: &App, staff: &Staff, typed: &str) -> Answer<Open> {
        let number = key::parse_number(typed).ok_or(Code::NotFound)?;
        let open = Open::begin(app, &number, Actor::Staff, &staff.account).await?;
        if handed_in(&open.events) { Ok(open) } else { Err(Code::NotFound.into()) }
    }
}

/// Whether the applicant has handed it in: before that staff do not see it.
pub fn handed_in(events: &[Event]) -> bool {
    events.iter().any(|event| matches!(event.what, What::Submitted { .. }))
}

/// Whether nothing more is done with it.
pub fn over(stage: Stage) -> bool {
    matches!(stage, Stage::Draft | Stage::HandedOver | Stage::Withdrawn)
}
