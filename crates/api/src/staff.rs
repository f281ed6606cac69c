//! What staff do. Session by an HttpOnly cookie; `Origin` is checked on every change.

use crate::application::{FileItem, Tracking};
use crate::problem::Code;
use satu_pintu_domain::application::{Event, Holder, Returned, State};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::Fields;
use satu_pintu_domain::staff::Roles;
use satu_pintu_domain::survey::HalfYear;
use serde::{Deserialize, Serialize};

macro_rules! bodies {
    ($($(#[$m:meta])* pub struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$m])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name { $($(#[$fm])* pub $field: $ty,)* }
    )*};
}

bodies! {
    /// `POST /api/v1/staff/session` sets the cookie; `DELETE` ends it; `GET` tells who it is.
    pub struct SignIn { account: String, password: String }
    pub struct StaffSession { account: String, name: String, must_change_password: bool, #[serde(default)] roles: Roles }
    /// `PUT /api/v1/staff/password`.
    pub struct ChangePassword { old: String, new: String }

    /// `GET /api/v1/staff/applications?to_call=true`: open files by due day.
    pub struct Queue { items: Vec<QueueItem>, callbacks: Vec<Callback> }
    pub struct QueueItem {
        number: String,
        service: String,
        service_name: String,
        applicant: String,
        state: State,
        holder: Holder,
        /// Everybody who has it now: several agencies at once.
        #[serde(default)] holders: Vec<Holder>,
        holder_name: String,
        submitted: Option<i64>,
        intake_due: Option<Day>,
        /// The last day of the step of whoever has it now; for an agency of its own.
        #[serde(default)] step_due: Option<Day>,
        due: Option<Day>,
        /// The moment on that day, where the standard is in hours or minutes.
        #[serde(default)] until: Option<i64>,
        overdue: bool,
        taken_by: Option<String>,
        /// Waits for a second person: to grant or to refuse.
        #[serde(default)] proposed: Option<bool>,
        /// Waits for a second person to take the permit back.
        #[serde(default)] revoking: bool,
        /// Somebody is waiting to be told: a change since the last call or message.
        to_call: bool,
        /// How and where to tell, once opened for calling.
        tell: String,
        phone: String,
    }
    /// Somebody to ring when a site is back.
    pub struct Callback {
        id: String,
        notice: String,
        channel: Channel,
        phone: String,
        name: String,
        asked: i64,
        /// The ticket: which one of that disturbance.
        #[serde(default)] place: i64,
        done: bool,
    }

    /// `GET /api/v1/staff/applications/{number}`: the whole file.
    pub struct Dossier {
        tracking: Tracking,
        fields: Fields,
        files: Vec<FileItem>,
        /// What there is to say about papers.
        #[serde(default)] remarks: Vec<Remark>,
        events: Vec<Event>,
    }
    /// About the paper `file`: why the applicant's phone advised against it, in codes, and why it is not given out.
    pub struct Remark { file: String, judged: Vec<String>, withheld: Option<Code> }

    /// `POST .../accept`.
    pub struct Accept { items: Vec<String> }
    /// `POST .../return`.
    pub struct Return { items: Vec<Returned> }
    /// `POST .../ask-agency`. `days` as in `office.toml` when absent.
    pub struct AskAgency { agency: String, question: String, #[serde(default)] days: Option<u32> }
    /// `POST .../agency-answer`.
    pub struct AgencyAnswer { agency: String, agrees: bool, text: String }
    /// `POST .../visit`.
    pub struct Visit { on: Day, note: String }
    /// `POST .../decide`. Under double control the first person's wish becomes a proposal, the second person's
    /// decides. A refusal needs a reason; a second person may leave it to the first. A grant before every agency
    /// of the service was asked needs `override`.
    pub struct Decide {
        grant: bool,
        #[serde(default)] reason: String,
        #[serde(default, rename = "override")] anyway: bool,
    }
    /// `POST .../object`: a second person does not agree with what was proposed.
    pub struct Object { reason: String }
    /// `POST .../revoke`: the first person proposes, another confirms and may leave the reason to the first.
    pub struct Revoke { #[serde(default)] reason: String }
    /// Answer to `POST .../issue`.
    pub struct Issued { number: String, code: String, valid_until: Option<Day> }
    /// `POST .../hand-over`.
    pub struct HandOver { how: String }
    /// `POST .../rekey`: staff have seen the KTP.
    pub struct Rekey { seen_ktp: bool }
    pub struct NewKey { key: String }
    /// `POST .../told`: the applicant has been called or messaged about the latest change.
    pub struct Told { how: String }

    /// `POST /api/v1/staff/notices`; `DELETE /api/v1/staff/notices/{id}` ends one.
    pub struct NewNotice { channel: Channel, #[serde(default)] text: String, #[serde(default)] since: Option<i64>, #[serde(default)] expected: Option<i64> }
    /// `POST /api/v1/staff/survey-slips`: one-time codes for people served at the counter.
    pub struct NewSlips { count: u32 }
    pub struct Slips { half: HalfYear, codes: Vec<String> }
    /// `POST /api/v1/staff/survey-batches`: answers collected on paper, `resp,U1..U9`, under a label of their own.
    pub struct NewBatch { half: HalfYear, label: String, csv: String }
    pub struct BatchTaken { answers: u64 }
}
