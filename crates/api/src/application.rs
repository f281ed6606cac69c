//! Applications: draft, save, submit, read, withdraw, files.
//!
//! The secret key goes as `Authorization: Bearer <key>`, never in an address. The *urus* (manage) key opens
//! everything, the *lihat* (view) key only state, holder and days.

use satu_pintu_domain::application::{Actor, Holder, Returned, Status};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::Fields;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /api/v1/applications`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApplication {
    pub service: String,
    /// Wizard answers, if the person came from the wizard; replayed by the server.
    #[serde(default)]
    pub answers: Vec<(String, Vec<String>)>,
    /// Version of the rules the browser used.
    #[serde(default)]
    pub rules: String,
    #[serde(default)]
    pub fields: Fields,
}

/// Answer to `POST /api/v1/applications` (201). The key is told once and never again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Created {
    pub key: String,
    pub application: Application,
}

/// `PATCH /api/v1/applications/{number}`: merged field by field, `null` takes a field away. While the file
/// waits for the applicant, only the returned items and fields may change. A field of which `seen` names another
/// version than the present one is left as it is and told in `clashes`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Save {
    #[serde(default)]
    pub fields: BTreeMap<String, Option<String>>,
    /// Version of each field that whoever saves had before them; a field that is not named is not compared.
    #[serde(default)]
    pub seen: BTreeMap<String, u64>,
    /// Requirement cards ticked as ready; absent leaves them.
    #[serde(default)]
    pub ticks: Option<Vec<String>>,
}

/// Everything, for the owner: `GET /api/v1/applications/{number}` with the *urus* key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Application {
    pub number: String,
    pub service: String,
    pub service_name: String,
    pub fields: Fields,
    /// How often each field was changed since the draft was begun; those never changed are left out.
    #[serde(default)]
    pub versions: BTreeMap<String, u64>,
    /// In the answer to a save: fields that were changed elsewhere meanwhile and therefore not saved.
    #[serde(default)]
    pub clashes: Vec<String>,
    pub ticks: Vec<String>,
    pub answers: Vec<(String, Vec<String>)>,
    /// Version of the rules it was begun with, and whether they have changed since.
    pub rules: String,
    pub rules_changed: bool,
    pub files: Vec<FileItem>,
    pub tracking: Tracking,
    /// The survey can be answered for this application in this half-year.
    pub survey_open: bool,
}

/// State, holder and days: what either key may see. `GET /api/v1/applications/{number}/tracking`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tracking {
    pub number: String,
    pub service: String,
    pub service_name: String,
    pub status: Status,
    /// Who has the file, in words.
    pub holder_name: String,
    /// Everybody who has it now, each with a clock of their own.
    #[serde(default)]
    pub holding: Vec<Holding>,
    /// A letter to the head of the office, ready to send, once the promise was not kept. Empty before, and for the
    /// *lihat* key.
    #[serde(default)]
    pub letter: String,
    pub timeline: Vec<Entry>,
}

/// Somebody who has the file now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holding {
    pub holder: Holder,
    pub name: String,
    pub since: i64,
    /// Last day that the standard gives them; `None` where it gives none.
    pub due: Option<Day>,
    pub late: bool,
    /// `None` under ten cases.
    pub usual: Option<Usual>,
}

/// Working days that closed cases of this service were with a holder; minutes of working time where the standard
/// is in hours or minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usual {
    /// Half of the cases were done within.
    pub median: u32,
    /// Nine of ten cases were done within.
    pub p90: u32,
    pub cases: u64,
}

/// A line of the timeline. `code` is a key of the words `timeline.<code>`; no internal code is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    pub at: i64,
    pub code: String,
    pub actor: Actor,
    pub holder: Holder,
    /// A clarification asked when the promise had no day left.
    #[serde(default)]
    pub last_day: bool,
    /// Name of the agency, where there is one.
    #[serde(default)]
    pub agency: String,
    /// Items returned or corrected. Empty for the *lihat* key, as are `text`.
    #[serde(default)]
    pub items: Vec<Returned>,
    #[serde(default)]
    pub text: String,
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileItem {
    pub id: String,
    /// Requirement card.
    pub item: String,
    /// Position within the item, from 1.
    pub page: u32,
    pub name: String,
    pub media_type: String,
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
    pub received: i64,
    /// Replaced by a later correction; kept, not shown to the applicant.
    #[serde(default)]
    pub replaced: bool,
}

/// `PUT /api/v1/applications/{number}/items/{item}/order`: ids of the files in the new order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    pub files: Vec<String>,
}

/// Answer to `POST /api/v1/applications/{number}/submit` (needs `Idempotency-Key`), and to `/correct`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    pub number: String,
    pub service_name: String,
    pub submitted: i64,
    /// Last day of the first check.
    pub intake_due: Option<Day>,
    /// Last day of the service when the file is complete at the first check.
    pub due: Option<Day>,
    pub days: u32,
    /// Minutes of working time, where the standard is in hours or minutes; `days` is then 0.
    #[serde(default)]
    pub minutes: u32,
    /// The moment on the day `due`, where the standard is in hours or minutes.
    #[serde(default)]
    pub until: Option<i64>,
    pub files: u32,
    /// SHA-256 of the last line of the ledger, lower-case hex: proves later that no line up to it was changed.
    #[serde(default)]
    pub head: String,
}

/// A download link for one file, five minutes.
/// Answer to `POST .../files/{id}/ticket` and `POST .../permit/ticket`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ticket {
    pub url: String,
    pub expires: i64,
}
