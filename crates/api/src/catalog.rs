//! What the office publishes: rules, words, services, guides. Content-addressed; `ETag` is the hash.

use satu_pintu_domain::content::*;
use satu_pintu_domain::rules::RuleSet;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/catalog?lang=id`: enough for the home page, the wizard and its result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalog {
    /// SHA-256 of the content in this language, in hex.
    pub hash: String,
    pub lang: String,
    /// Languages there are, Indonesian first.
    pub langs: Vec<String>,
    pub office: Office,
    pub rules: RuleSet,
    /// Version of the rules, as in the application that was made with them.
    pub rules_version: String,
    pub words: RuleWords,
    pub activities: Vec<Activity>,
    pub risks: Vec<Risk>,
    pub services: Vec<ServiceSummary>,
    /// The short "Bolehkah saya?" rule sets.
    pub checks: Vec<CheckSummary>,
    pub guides: Vec<GuideSummary>,
    pub terms: Vec<Term>,
    pub survey: SurveyForm,
}

/// A service as a list shows it, in the language of the catalog, with its fee and time of the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceSummary {
    pub id: String,
    pub name: String,
    pub plain: String,
    pub who: String,
    pub channel: Channel,
    pub category: Category,
    pub order: u32,
    pub decides: String,
    /// Working days. Together with no `minutes`, 0 is automatic.
    pub days: i64,
    /// Minutes of working time, where the standard is in hours or minutes; `days` is then 0.
    #[serde(default)]
    pub minutes: i64,
    /// Rupiah; `None` when it is not a fixed amount.
    pub cost: Option<i64>,
    pub cost_note: String,
    pub product: String,
    pub validity: String,
    /// Short names of the legal basis.
    pub basis: Vec<String>,
    pub eligibility: String,
    pub verified: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckSummary {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideSummary {
    pub id: String,
    pub title: String,
    pub summary: String,
    pub minutes: u32,
    pub order: u32,
    /// First drawing, an id for `/drawings/{id}.svg`.
    pub drawing: String,
}

/// `GET /api/v1/catalog/services/{id}`: a service with its cards and sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceDetail {
    pub summary: ServiceSummary,
    pub service: Service,
    /// Cards of the requirements, in their order.
    pub cards: Vec<Requirement>,
    pub sources: Vec<Source>,
    /// Guides that name this service.
    pub guides: Vec<GuideSummary>,
}

/// `GET /api/v1/catalog/guides/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideDetail {
    pub guide: Guide,
    pub sources: Vec<Source>,
}

/// `GET /api/v1/catalog/checks/{id}?lang=id`: a short "Bolehkah saya?" rule set with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckDetail {
    pub rules: RuleSet,
    pub words: RuleWords,
}
