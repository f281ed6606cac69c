//! Everything an office publishes, read and checked. Records are those of `satu_pintu_domain::content`.
//! Looking things up is in [`crate::lookup`], the API's view of it in [`crate::catalog`].

use satu_pintu_domain::content::*;
use satu_pintu_domain::hours::Hours;
use satu_pintu_domain::rules::RuleSet;
use satu_pintu_domain::workdays::Calendar;
use std::collections::BTreeMap;

/// Id of the wizard's rule set.
pub const WIZARD: &str = "izin-usaha";

/// The first language; complete always.
pub const FIRST_LANGUAGE: &str = "id";

#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub office: Office,
    pub years: Vec<CalendarYear>,
    pub calendar: Calendar,
    pub hours: Hours,
    pub letter: Letter,
    pub sources: Vec<Source>,
    pub activities: Vec<Activity>,
    pub risks: Vec<Risk>,
    pub terms: Vec<Term>,
    pub survey: SurveyForm,
    pub desk: DeskContent,
    /// Of params.toml and of every rule set.
    pub params: Vec<Param>,
    /// By id; the wizard is `izin-usaha`.
    pub rules: BTreeMap<String, RuleSet>,
    pub requirements: BTreeMap<String, Requirement>,
    /// In the order of a result.
    pub services: Vec<Service>,
    /// In the order of their list.
    pub guides: Vec<Guide>,
    /// SVG by id.
    pub drawings: BTreeMap<String, Vec<u8>>,
    /// Languages, Indonesian first, then by code.
    pub langs: Vec<String>,
    pub words: BTreeMap<String, Words>,
}

/// What is said in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// By rule set.
    pub rules: BTreeMap<String, RuleWords>,
    /// By service; empty for Indonesian, which is in the services themselves.
    pub services: BTreeMap<String, ServiceWords>,
    /// Words of buttons, messages, headings: `<file>.<key>` of the folder `interface`.
    pub interface: BTreeMap<String, String>,
}

/// Options that a person finds by name among the activities: those of the wizard's questions with classes.
pub(crate) fn activity_options(wizard: Option<&RuleSet>) -> Vec<&str> {
    let questions = wizard.into_iter().flat_map(|w| &w.questions);
    let with_classes = questions.filter(|q| q.class.is_some());
    with_classes.flat_map(|q| q.options.iter().map(|o| o.id())).collect()
}
