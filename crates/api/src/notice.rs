//! "OSS sedang gangguan sejak ...": set by staff, shown on every affected page.

use satu_pintu_domain::content::Channel;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/notices`: those in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    pub id: String,
    /// Which national site is down; `office` for this one.
    pub channel: Channel,
    pub since: i64,
    /// When it is expected back, if known.
    pub expected: Option<i64>,
    /// What staff add, in plain words.
    #[serde(default)]
    pub text: String,
}

/// `POST /api/v1/notices/{id}/callbacks`: "telepon saya bila OSS sudah pulih".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCallback {
    pub phone: String,
    #[serde(default)]
    pub name: String,
}

/// Place in the list of people to call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallbackTaken {
    pub place: u32,
}
