//! An application opened for a change: one transaction, one place where lines are added to the ledger.
//! Whether a line may follow is for `domain::application::may` to say.

use super::session::Staff;
use crate::app::App;
use crate::applications::access::{self, Row};
use crate::applications::view;
use crate::contents::Published;
use crate::ledger;
use crate::problem::Answer;
use crate::store::Tx;
use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{Actor, Event, State as Stage, Status, What};
use satu_pintu_domain::content::Service;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::key;
use std::sync::Arc;

pub struct Open {
    pub tx: Tx,
    pub row: Row,
    pub events: Vec<Event>,
    pub content: Arc<Published>,
    pub now: i64,
    pub account: String,
}

impl Open {
    /// Opens an application that has been handed in. Drafts are the applicant's own.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn begin(app: &App, staff: &Staff, typed: &str) -> Answer<Open> {
        let number = key::parse_number(typed).ok_or(Code::NotFound)?;
        let mut tx = app.store.begin().await?;
        ledger::lock(&mut tx, &number).await?;
        let row = access::row(&mut tx, &number).await?;
        let events = ledger::load(&mut tx, &number).await?;
        let open = Open { tx, row, events, content: app.content(), now: app.now(), account: staff.account.clone() };
        if !handed_in(&open.events) {
            return Err(Code::NotFound.into());
        }
        Ok(open)
    }

    pub fn status(&self) -> Status {
        ledger::status(&self.content, &self.events, self.now)
    }

    pub fn today(&self) -> Day {
        Day::at(self.now, self.content.zone())
    }

    /// # Errors
    /// When the service is no longer in the content.
    pub fn service(&self) -> Answer<&Service> {
        Ok(self.content.service(&self.row.service).ok_or(Code::ServiceUnknown)?)
    }

    /// Adds a line to the ledger, in the name of the person at the desk.
    ///
    /// # Errors
    /// [`Code::NotNow`] when it may not follow.
    pub async fn add(&mut self, what: What) -> Answer<()> {
        let by = (Actor::Staff, self.account.as_str());
        ledger::append(&mut self.tx, &self.row.number, &mut self.events, by, what, self.now).await
    }

    /// Keeps what was done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commit(self) -> Answer<()> {
        Ok(self.tx.commit().await?)
    }

    /// Keeps what was done and answers with where the file stands now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn done(self) -> Answer<Response> {
        let tracking = view::tracking(&self.content, &self.row.number, &self.row.service, &self.events, self.now, true);
        self.tx.commit().await?;
        Ok(([(header::CACHE_CONTROL, "no-store")], Json(tracking)).into_response())
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
