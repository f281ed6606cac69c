//! The life of an application as an append-only ledger of events.
//!
//! State, holder, deadline and days used are computed by [`status`], never stored. Days are attributed to
//! whoever holds the file when the working day begins; the day of submission itself does not count. A pause
//! for the applicant stops the office's clock and nothing ever resets it. It runs until the permit is issued.
//!
//! What only the server needs stands apart: [`turns`] and [`standings`] (each holder's own clock), [`case`] (what
//! is published of a closed one), [`link`] (the chain that shows a changed line).

mod assist;
mod case;
mod chain;
mod ledger;
mod may;
mod second;
mod standing;
mod status;
mod time;

pub use assist::{assisted, consented, keyless};
pub use case::{Case, Line, Outcome, Share, case};
pub use chain::{GENESIS, Row, link};
pub use ledger::{Turn, passes, turns};
pub use may::may;
pub use second::{Proposal, Second, proposal, revocation, second};
pub use standing::{Limit, Standing, standings};
pub use status::status;

use crate::content::TimeUnit;
use crate::date::Day;
use serde::{Deserialize, Serialize};

/// Who has the file. Exactly one at any time, or several agencies at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    Applicant,
    /// The counter: the first check, and handing over.
    FrontOffice,
    /// Prepares the decision, once the file was found complete or an agency was asked.
    BackOffice,
    /// Signs what was granted.
    Signer,
    /// An id of `office.toml` `[[agency]]`.
    Agency(String),
}

impl Holder {
    /// As it is written down: `front-office`, `agency:pupr`.
    pub fn code(&self) -> String {
        match self {
            Holder::Applicant => "applicant".into(),
            Holder::FrontOffice => "front-office".into(),
            Holder::BackOffice => "back-office".into(),
            Holder::Signer => "signer".into(),
            Holder::Agency(id) => ["agency:", id].concat(),
        }
    }

    /// Reads what [`Holder::code`] wrote.
    pub fn of_code(code: &str) -> Option<Holder> {
        Some(match code {
            "applicant" => Holder::Applicant,
            "front-office" => Holder::FrontOffice,
            "back-office" => Holder::BackOffice,
            "signer" => Holder::Signer,
            _ => Holder::Agency(code.strip_prefix("agency:")?.to_owned()),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    Applicant,
    Staff,
    System,
}

/// One item sent back, with what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Returned {
    /// A requirement card, or a form field as `field:<id>`.
    pub item: String,
    pub reason: String,
    /// Where on which picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// A place marked on a picture, in thousandths of its width and height.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    /// Id of the file.
    pub file: String,
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Mark {
    /// Whether it lies on the picture and can be seen.
    pub fn fits(&self) -> bool {
        let within = |at: u16, size: u16| size >= 10 && u32::from(at) + u32::from(size) <= 1000;
        within(self.x, self.width) && within(self.y, self.height)
    }
}

/// The time that the published standard gives one of its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepLimit {
    pub by: Holder,
    pub value: u32,
    pub unit: TimeUnit,
}

macro_rules! named {
    ($($(#[$m:meta])* pub enum $name:ident { $($variant:ident $id:literal $title:literal),* $(,)? })*) => {$(
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($variant),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id),* }
            }
            /// For people.
            pub fn title(self) -> &'static str {
                match self { $($name::$variant => $title),* }
            }
        }
    )*};
}

named! {
    /// How somebody at the counter said yes.
    pub enum Consent {
        Spoken "spoken" "lisan",
        Signed "signed" "tanda tangan",
        ThumbPrint "thumb-print" "cap jempol",
    }

    /// Who said yes. The name stands in the fields, where it goes when they go.
    pub enum Giver {
        Applicant "applicant" "pemohon sendiri",
        Helper "helper" "kuasa pemohon",
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum What {
    Drafted,
    /// At the counter: somebody agreed to be helped, and before sending to what was filled in. Ends with the next
    /// change.
    Consented {
        how: Consent,
        giver: Giver,
    },
    /// At the counter staff typed these fields for the applicant.
    Filled {
        fields: Vec<String>,
    },
    /// At the counter staff scanned or photographed a page of this requirement.
    Attached {
        item: String,
    },
    Detached {
        item: String,
    },
    /// Limits are fixed at submission, so that a later change of the standard does not touch this file.
    Submitted {
        intake_days: u32,
        service_days: u32,
        /// Working time promised, where the standard is in hours or minutes; `service_days` is then 0.
        #[serde(default, skip_serializing_if = "is_zero")]
        service_minutes: u32,
        rules: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        steps: Vec<StepLimit>,
    },
    Taken,
    ItemAccepted {
        item: String,
    },
    /// The first check found everything there.
    Complete,
    Returned {
        items: Vec<Returned>,
    },
    Corrected {
        items: Vec<String>,
    },
    AgencyAsked {
        agency: String,
        days: u32,
        question: String,
    },
    AgencyAnswered {
        agency: String,
        agrees: bool,
        text: String,
    },
    Visited {
        on: Day,
        note: String,
    },
    /// One person's proposal; a second person decides, or objects. Shown to staff only.
    Proposed {
        grant: bool,
        reason: String,
    },
    Objected {
        reason: String,
    },
    Granted,
    Refused {
        reason: String,
    },
    Issued {
        number: String,
        valid_until: Option<Day>,
    },
    HandedOver {
        how: String,
    },
    Withdrawn,
    Rekeyed,
    /// One person's proposal to take back an issued permit. Shown to staff only.
    RevocationProposed {
        reason: String,
    },
    /// A second person has confirmed it: the permit is no longer valid.
    Revoked {
        reason: String,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(minutes: &u32) -> bool {
    *minutes == 0
}

impl What {
    /// The name of what happened, as the ledger writes it.
    pub fn code(&self) -> &'static str {
        match self {
            What::Drafted => "drafted",
            What::Consented { .. } => "consented",
            What::Filled { .. } => "filled",
            What::Attached { .. } => "attached",
            What::Detached { .. } => "detached",
            What::Submitted { .. } => "submitted",
            What::Taken => "taken",
            What::ItemAccepted { .. } => "item-accepted",
            What::Complete => "complete",
            What::Returned { .. } => "returned",
            What::Corrected { .. } => "corrected",
            What::AgencyAsked { .. } => "agency-asked",
            What::AgencyAnswered { .. } => "agency-answered",
            What::Visited { .. } => "visited",
            What::Proposed { .. } => "proposed",
            What::Objected { .. } => "objected",
            What::Granted => "granted",
            What::Refused { .. } => "refused",
            What::Issued { .. } => "issued",
            What::HandedOver { .. } => "handed-over",
            What::Withdrawn => "withdrawn",
            What::Rekeyed => "rekeyed",
            What::RevocationProposed { .. } => "revocation-proposed",
            What::Revoked { .. } => "revoked",
        }
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// 1, 2, 3 ... within an application; the order that counts, whatever the clocks said.
    pub seq: u32,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    pub actor: Actor,
    /// Account of the staff member; empty for others. Never shown to citizens.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Draft,
    Submitted,
    Checking,
    WaitingApplicant,
    WithAgency,
    Granted,
    Refused,
    HandedOver,
    Withdrawn,
}

impl State {
    /// Nothing more is to be decided.
    pub fn decided(self) -> bool {
        matches!(self, State::Granted | State::Refused | State::HandedOver)
    }
    pub fn closed(self) -> bool {
        self.decided() || self == State::Withdrawn
    }
}

/// Working days by holder since submission.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaysUsed {
    pub office: u32,
    pub agency: u32,
    pub applicant: u32,
}

impl DaysUsed {
    /// What counts against the promise.
    pub fn counted(&self) -> u32 {
        self.office + self.agency
    }
}

/// Working time by holder since submission, in whole minutes, where the standard is in hours or minutes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimeUsed {
    /// Promised in total.
    pub total: u32,
    pub office: u32,
    pub agency: u32,
    pub applicant: u32,
    /// The moment at which the promise runs out or ran out; `None` where there is no [`Status::due`].
    pub due: Option<i64>,
}

/// What a promise is counted in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    #[default]
    WorkingDay,
    /// Of working time.
    Minute,
}

/// The promise and what was used of it, in one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub measure: Measure,
    pub total: u32,
    pub office: u32,
    pub agency: u32,
    pub applicant: u32,
}

impl Account {
    /// What counts against the promise.
    pub fn counted(&self) -> u32 {
        self.office.saturating_add(self.agency)
    }
    pub fn left(&self) -> u32 {
        self.total.saturating_sub(self.counted())
    }
    /// Beyond the promise.
    pub fn over(&self) -> u32 {
        self.counted().saturating_sub(self.total)
    }
}

/// Everything a person may want to know about where the file stands, computed from the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Status {
    pub state: State,
    /// The one who has it; of several agencies the one asked first.
    pub holder: Holder,
    /// When the holder got it.
    pub since: i64,
    pub submitted: Option<i64>,
    /// Last day of the first check; `None` before submission, after the check, or when a year's calendar is
    /// not published.
    pub intake_due: Option<Day>,
    /// Last day of the promise, as far as it can be said now; `None` while waiting for the applicant, when
    /// closed, or when a year's calendar is not published.
    pub due: Option<Day>,
    /// Working days promised in total; 0 where the standard is in hours or minutes.
    pub days_total: u32,
    pub used: DaysUsed,
    /// The promise in working time, where the standard is in hours or minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeUsed>,
    pub overdue: bool,
    /// The days could not be counted because this year has no published calendar.
    pub calendar_missing: Option<i32>,
    /// What the applicant has to mend now.
    pub returned: Vec<Returned>,
    /// Items staff have accepted.
    pub accepted: Vec<String>,
    pub complete: bool,
    pub refusal: Option<String>,
    pub permit: Option<String>,
    pub valid_until: Option<Day>,
    /// Why the permit was taken back.
    #[serde(default)]
    pub revoked: Option<String>,
    /// Account that took the file.
    #[serde(skip)]
    pub taken_by: Option<String>,
}

impl Status {
    pub fn account(&self) -> Account {
        match &self.time {
            Some(time) => Account {
                measure: Measure::Minute,
                total: time.total,
                office: time.office,
                agency: time.agency,
                applicant: time.applicant,
            },
            None => Account {
                measure: Measure::WorkingDay,
                total: self.days_total,
                office: self.used.office,
                agency: self.used.agency,
                applicant: self.used.applicant,
            },
        }
    }
}

/// Why an event may not follow the ledger as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNow {
    pub state: State,
}
