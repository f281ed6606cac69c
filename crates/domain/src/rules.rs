//! Which permits a business needs: rule sets as data, and the resolver that replays answers.
//!
//! The format and its meaning are in `docs/RULES.md`. [`resolve`] is total: any answers give a step or a
//! [`RuleError`], never a panic. [`check`] walks every reachable state, [`paths`] lists every path.

mod bits;
mod check;
mod finding;
mod machine;
mod paths;
mod read;
mod resolve;
mod states;
mod structure;
mod unused;
mod version;

pub use check::check;
pub use finding::{Certificate, Finding, Path};
pub use paths::{each_path, paths};
pub use resolve::{Ask, Done, Hit, RuleError, Step, resolve};
pub use structure::{is_id, params as check_params};
pub use version::version;

use crate::content::Param;
use crate::date::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Answers in any order: question id and its values (one, or several for a `many` question).
pub type Answers = Vec<(String, Vec<String>)>;

/// Facts known at some point of a path.
pub type Facts = BTreeMap<String, Vec<String>>;

/// A conjunction: each fact must be present with one of the values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Guard(pub BTreeMap<String, OneOrMany>);

/// `"mikro"` or `["mikro", "kecil"]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn values(&self) -> &[String] {
        match self {
            OneOrMany::One(v) => std::slice::from_ref(v),
            OneOrMany::Many(v) => v,
        }
    }
}

impl Guard {
    /// Whether every entry's fact is present and shares a value.
    pub fn holds(&self, facts: &Facts) -> bool {
        self.0
            .iter()
            .all(|(fact, wanted)| facts.get(fact).is_some_and(|have| have.iter().any(|v| wanted.values().contains(v))))
    }

    /// Whether no known fact speaks against it: for checklists, where a person may not have been asked.
    pub fn not_excluded(&self, facts: &Facts) -> bool {
        self.0
            .iter()
            .all(|(fact, wanted)| facts.get(fact).is_none_or(|have| have.iter().any(|v| wanted.values().contains(v))))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An option: a plain id, or a table with its class or help.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Choice {
    Id(String),
    Table(ChoiceTable),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoiceTable {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Choice {
    pub fn id(&self) -> &str {
        match self {
            Choice::Id(id) => id,
            Choice::Table(t) => &t.id,
        }
    }
    pub fn class(&self) -> Option<&str> {
        match self {
            Choice::Id(_) => None,
            Choice::Table(t) => t.class.as_deref(),
        }
    }
    /// The guide shown in place for this option.
    pub fn help(&self) -> Option<&str> {
        match self {
            Choice::Id(_) => None,
            Choice::Table(t) => t.help.as_deref(),
        }
    }
}

/// Where a path goes on: exactly one of `go` and `end`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Next {
    #[serde(default, skip_serializing_if = "Guard::is_empty")]
    pub when: Guard,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub go: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// Bounds of an option of a band question, inclusive; in the band's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bound {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Band {
    pub unit: String,
    #[serde(flatten)]
    pub bounds: BTreeMap<String, Bound>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: String,
    pub options: Vec<Choice>,
    /// The fact that takes the class of the chosen option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub many: bool,
    /// Values that exclude all others of a `many` question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alone: Vec<String>,
    pub next: Vec<Next>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
}

fn is_false(b: &bool) -> bool {
    !b
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub id: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    #[default]
    Permit,
    NotNeeded,
    Note,
}

impl Kind {
    fn is_default(&self) -> bool {
        *self == Kind::Permit
    }
}

/// A row of the collect table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub item: String,
    #[serde(default, skip_serializing_if = "Kind::is_default")]
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Guard::is_empty")]
    pub when: Guard,
    /// Key of the words, `need.<id>`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    pub id: String,
    pub start: String,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
    #[serde(default, rename = "outcome", skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    #[serde(default, rename = "need", skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    #[serde(default, rename = "param", skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

impl RuleSet {
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }
}

/// An id as a URL may carry it: `_` as `--u`, `?` as `--q`.
pub fn to_url(id: &str) -> String {
    id.replace('_', "--u").replace('?', "--q")
}

/// The reverse of [`to_url`].
pub fn from_url(id: &str) -> String {
    id.replace("--u", "_").replace("--q", "?")
}
