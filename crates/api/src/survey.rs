//! The six-monthly survey. Answers are anonymous: the one-time code is spent in a table of its own.

use satu_pintu_domain::date::Day;
use satu_pintu_domain::survey::{Element, HalfYear, Index};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /api/v1/survey`: the period that is open now. The form itself is in the catalog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyNow {
    pub half: HalfYear,
    pub first_day: Day,
    pub last_day: Day,
    pub answers: u64,
    pub needed: u64,
}

/// Who answered, all optional and coarse.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    #[serde(default)]
    pub gender: Option<String>,
    /// Years.
    #[serde(default)]
    pub age: Option<u8>,
    #[serde(default)]
    pub education: Option<String>,
    #[serde(default)]
    pub occupation: Option<String>,
}

/// `POST /api/v1/survey/answers` (204). `code` is the survey code derived from the application's key, or one
/// from a slip given at the counter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAnswer {
    pub code: String,
    /// All nine elements, 1 to 4.
    pub scores: BTreeMap<Element, u8>,
    #[serde(default)]
    pub profile: Profile,
}

/// `POST /api/v1/survey/codes`: whether a code can be used, before the questions are answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeCheck {
    pub code: String,
}

/// `GET /api/v1/survey/results`: every half-year with answers, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Results {
    pub halves: Vec<HalfResult>,
}

/// One half-year, or one imported batch, which stands apart under its label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HalfResult {
    pub half: HalfYear,
    /// Empty for answers given here.
    #[serde(default)]
    pub label: String,
    /// Under 5 answers: `None`, only the count is shown.
    pub index: Option<Index>,
    pub n: u64,
    pub needed: u64,
    /// Address of the CSV, shuffled `resp,U1..U9`; empty under 5 answers.
    pub csv: String,
    /// How many gave each score 1 to 4, by element; empty under 5 answers.
    pub spread: BTreeMap<Element, [u64; 4]>,
}
