//! An application opened for a change: one transaction, one place where lines are added to the ledger.
//! Whether a line may follow is for `domain::application::may` to say.

use super::access::{self, Owner, Row};
use super::view;
use crate::app::App;
use crate::contents::Published;
use crate::figures;
use crate::ledger;
use crate::problem::Answer;
use crate::store::Tx;
use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use satu_pintu_api::application::Application;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{Actor, Event, Status, What};
use satu_pintu_domain::content::Service;
use satu_pintu_domain::date::Day;
use std::sync::Arc;

pub struct Open {
    pub tx: Tx,
    pub row: Row,
    pub events: Vec<Event>,
    pub content: Arc<Published>,
    pub now: i64,
    actor: Actor,
    /// Of staff; empty for the applicant.
    pub account: String,
}

impl Open {
    /// Opens it for whoever may.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn begin(app: &App, number: &str, actor: Actor, account: &str) -> Answer<Open> {
        let mut tx = app.store.begin().await?;
        ledger::lock(&mut tx, number).await?;
        let row = access::row(&mut tx, number).await?;
        let events = ledger::load(&mut tx, number).await?;
        Ok(Open { tx, row, events, content: app.content(), now: app.now(), actor, account: account.to_owned() })
    }

    /// Opens it for its owner.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_owner(app: &App, owner: &Owner) -> Answer<Open> {
        Open::begin(app, &owner.number, Actor::Applicant, "").await
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

    /// Adds a line to the ledger, in the name of whoever opened it.
    ///
    /// # Errors
    /// [`Code::NotNow`] when it may not follow.
    pub async fn add(&mut self, what: What) -> Answer<()> {
        let by = (self.actor, self.account.as_str());
        ledger::append(&mut self.tx, &self.row.number, &mut self.events, by, what, self.now).await?;
        figures::settle(&mut self.tx, &self.content, &self.row.number, &self.row.service, &self.events).await?;
        Ok(())
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

    /// Keeps what was done and answers with everything, for the owner.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn whole(self, app: &App) -> Answer<Response> {
        self.saved(app, Vec::new()).await
    }

    /// The same, naming the fields that were not saved because they were changed elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn saved(mut self, app: &App, clashes: Vec<String>) -> Answer<Response> {
        let application = Application { clashes, ..view::application(app, &mut self.tx, self.row).await? };
        self.tx.commit().await?;
        Ok(([(header::CACHE_CONTROL, "no-store")], Json(application)).into_response())
    }
}
