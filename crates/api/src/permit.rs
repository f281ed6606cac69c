//! The public page behind a permit's QR: valid or not, and no more than the paper says.

use satu_pintu_domain::date::Day;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/permits/{code}`; the code is the QR's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PermitCheck {
    pub number: String,
    pub service_name: String,
    /// The name as the paper prints it.
    pub holder: String,
    pub issued: Day,
    pub valid_until: Option<Day>,
    pub state: PermitState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PermitState {
    Valid,
    Expired,
    Revoked,
}
