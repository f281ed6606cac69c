//! How the office keeps its promises, by half-year, service and holder. Cells of fewer than five cases are withheld.

use satu_pintu_domain::application::{Holder, Measure};
use satu_pintu_domain::survey::HalfYear;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/figures`: every half-year with closed cases, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    pub halves: Vec<HalfFigures>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HalfFigures {
    pub half: HalfYear,
    /// Address of the same figures as CSV.
    pub csv: String,
    pub services: Vec<ServiceFigures>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceFigures {
    pub service: String,
    pub name: String,
    /// What its figures are counted in: working days, or minutes of working time.
    #[serde(default)]
    pub unit: Measure,
    /// From submission to the permit or the refusal, less the time that waited for the applicant.
    pub whole: Cell,
    pub units: Vec<UnitFigures>,
    /// Taken back by the applicant before an end; `None` when from one to four.
    pub withdrawn: Option<u64>,
    /// Clarifications asked when the promise had nothing left; `None` when from one to four.
    pub last_day: Option<u64>,
    /// Address of the events, from which all of this can be counted again; empty when withheld.
    pub events: String,
}

/// How long one holder had the files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitFigures {
    pub holder: Holder,
    pub name: String,
    pub cell: Cell,
}

/// All `None` when fewer than five cases.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cell {
    pub cases: Option<u64>,
    /// Percent of the cases done within the standard, like `97.3`; `None` where the standard gives no time.
    pub kept: Option<String>,
    /// Time within which half of the cases were done.
    pub median: Option<u32>,
    /// Time within which nine of ten cases were done.
    pub p90: Option<u32>,
    /// Time of the standard; `None` where it gives none, or changed meanwhile.
    pub standard: Option<u32>,
}
