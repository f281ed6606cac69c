//! Which questions are asked and where their answers lead: the wizard, or one of the short checks.

use crate::answers;
use crate::client::catalog::Catalog;
use crate::i18n::t;
use crate::platform::storage::local;
use crate::platform::time::today;
use crate::routes::Route;
use satu_pintu_api::catalog::CheckDetail;
use satu_pintu_domain::content::{OptionWords, QuestionWords, RuleWords};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{Answers, RuleSet};
use std::sync::Arc;

/// Where the wizard's answers stay on the phone: its query.
const KEPT: &str = "sp-wizard";

#[derive(Clone)]
pub struct Journey {
    pub catalog: Arc<Catalog>,
    pub check: Option<Arc<CheckDetail>>,
}

impl Journey {
    pub fn rules(&self) -> &RuleSet {
        self.check.as_ref().map_or(&self.catalog.rules, |c| &c.rules)
    }

    pub fn words(&self) -> &RuleWords {
        self.check.as_ref().map_or(&self.catalog.words, |c| &c.words)
    }

    pub fn question(&self, id: &str) -> Option<&QuestionWords> {
        self.words().question.get(id)
    }

    pub fn option(&self, question: &str, option: &str) -> Option<&OptionWords> {
        self.question(question)?.option.get(option)
    }

    pub fn option_name(&self, question: &str, option: &str) -> String {
        answers::option_name(self.words(), &self.catalog.activities, question, option)
    }

    pub fn today(&self) -> Day {
        today(self.catalog.office.zone)
    }

    /// The page of the questions.
    pub fn page(&self) -> Route {
        match &self.check {
            Some(check) => Route::Check(check.rules.id.clone()),
            None => Route::Wizard,
        }
    }

    /// The page of the result.
    pub fn result(&self) -> Route {
        if self.check.is_some() { self.page() } else { Route::WizardResult }
    }

    /// The line above a question.
    pub fn over(&self, step: String) -> String {
        match &self.check {
            Some(check) => [check.words.title.as_str(), " · ", &step].concat(),
            None => step,
        }
    }

    /// A wa.me text about a question.
    pub fn ask_text(&self, question: &str) -> String {
        t().wizard().ask_text(&self.words().title, question)
    }

    /// Keeps the wizard's answers on the phone.
    pub fn keep(&self, given: &Answers) {
        if self.check.is_none() {
            local::set(KEPT, &answers::to_query(given));
        }
    }
}

/// What the phone has kept.
pub fn kept() -> Option<String> {
    local::get(KEPT).filter(|q| !q.is_empty())
}

pub fn forget() {
    local::remove(KEPT);
}
