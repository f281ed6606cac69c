//! An application opened by staff, once the applicant has handed it in.

use super::session::Staff;
use crate::app::App;
use crate::applications::open::Open;
use crate::problem::Answer;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{Actor, Event, State as Stage, What, assisted};
use satu_pintu_domain::key;
use satu_pintu_domain::staff::Deed;

impl Open {
    /// Opens an application that has been handed in, to do something with it. Drafts are the applicant's own.
    ///
    /// # Errors
    /// [`Code::RoleLacks`], [`Code::NotFound`], or [`Code::Stale`] when it has changed since it was read.
    pub async fn by_staff(app: &App, staff: &Staff, deed: Deed, typed: &str) -> Answer<Open> {
        staff.may(deed)?;
        let number = key::parse_number(typed).ok_or(Code::NotFound)?;
        let open = Open::begin(app, &number, Actor::Staff, &staff.account).await?;
        if !shown(staff, &open.events) {
            return Err(Code::NotFound.into());
        }
        let last = open.events.last().map(|event| event.seq);
        if staff.seen.is_some() && staff.seen != last {
            return Err(Code::Stale.into());
        }
        Ok(open)
    }

    /// Nothing is left to do with it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave_queue(&mut self) -> Answer<()> {
        sqlx::query("DELETE FROM open_applications WHERE number = $1")
            .bind(self.row.number.clone())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

/// Whether a person sees an application: once it was handed in, and for an agency once that was asked.
pub fn shown(staff: &Staff, events: &[Event]) -> bool {
    let ours = |event: &Event| matches!(&event.what, What::AgencyAsked { agency, .. } if *agency == staff.agency);
    handed_in(events) && (!staff.roles.for_agency(Deed::Read) || events.iter().any(ours))
}

/// Whether a person may look at its papers: also at those of a draft that the desk fills in.
pub fn readable(staff: &Staff, events: &[Event]) -> bool {
    shown(staff, events) || (assisted(events) && staff.roles.may(Deed::Assist))
}

/// Whether the applicant has handed it in: before that staff do not see it.
pub fn handed_in(events: &[Event]) -> bool {
    events.iter().any(|event| matches!(event.what, What::Submitted { .. }))
}

/// Whether nothing more is done with it.
pub fn over(stage: Stage) -> bool {
    matches!(stage, Stage::Draft | Stage::HandedOver | Stage::Withdrawn)
}
