//! The records an office edits, as `docs/CONTENT.md` describes them. Parsed and checked by the publish crate.

use crate::application::Holder;
use crate::by_id::ById;
use crate::date::{Day, Zone};
use crate::rules::Guard;
use serde::{Deserialize, Serialize};

macro_rules! records {
    ($($(#[$m:meta])* pub struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty $(= $default:ident)?),* $(,)? })*) => {$(
        $(#[$m])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fm])* pub $field: $ty,)* }
    )*};
}

records! {
    /// Where a fact comes from.
    pub struct Source {
        id: String,
        title: String,
        short: String,
        kind: SourceKind,
        #[serde(default, skip_serializing_if = "Option::is_none")] url: Option<String>,
        verified: bool,
        checked: Day,
    }

    /// Money: `amount` in rupiah when it is known.
    pub struct Cost {
        #[serde(default, skip_serializing_if = "Option::is_none")] amount: Option<i64>,
        #[serde(default)] note: String,
    }

    /// A drawn example of a paper.
    pub struct Sample {
        kind: SampleKind,
        title: String,
        lines: Vec<String>,
        #[serde(default)] note: String,
    }

    /// What a person must know about one paper (requirement card).
    pub struct Requirement {
        id: String,
        name: String,
        plain: String,
        #[serde(rename = "where")] place: String,
        issuer: String,
        cost: Cost,
        time: String,
        validity: String,
        mistake: String,
        basis: Vec<String>,
        source: Vec<String>,
        verified: bool,
        evidence: Evidence,
        #[serde(default = "one")] pages: u8,
        sample: Sample,
    }

    /// A card as one service asks for it.
    pub struct Need {
        card: String,
        #[serde(default)] note: String,
        #[serde(default)] only_if: String,
        #[serde(default)] when: Guard,
        #[serde(default)] optional: bool,
    }

    pub struct StepTime { value: u32, unit: TimeUnit }

    /// A step of the service standard.
    pub struct Step {
        name: String,
        who: String,
        text: String,
        time: StepTime,
        /// Who in the ledger does it; the steps of the office's own services name it.
        #[serde(default, skip_serializing_if = "Option::is_none")] by: Option<Holder>,
    }

    pub struct GuideStep { title: String, text: String }

    pub struct Choice { id: String, label: String }

    /// One field of an application form.
    pub struct Field {
        id: String,
        kind: FieldKind,
        label: String,
        #[serde(default)] hint: String,
        #[serde(default)] required: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")] min: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")] max: Option<i64>,
        #[serde(default)] unit: String,
        #[serde(default)] options: Vec<Choice>,
        #[serde(default)] why: String,
        #[serde(default = "yes")] show: bool,
    }

    /// One page of an application form.
    pub struct FormPage {
        id: String,
        title: String,
        #[serde(default)] hint: String,
        field: Vec<Field>,
    }

    /// A permit as a service of an office (or of a national site), with the six published components of
    /// its service standard (UU 25/2009 article 21; Permen PANRB 15/2014).
    pub struct Service {
        id: String,
        name: String,
        plain: String,
        who: String,
        channel: Channel,
        #[serde(default)] site: String,
        order: u32,
        category: Category,
        decides: String,
        #[serde(default)] agencies: Vec<String>,
        /// A param: the time in total, in `unit`.
        days: String,
        /// Working days, or hours or minutes of working time.
        #[serde(default = "working_day")] unit: TimeUnit,
        /// A param: rupiah.
        cost: String,
        #[serde(default)] cost_note: String,
        product: String,
        validity: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] valid_months: Option<u32>,
        basis: Vec<String>,
        source: Vec<String>,
        verified: bool,
        #[serde(default)] activity_note: String,
        #[serde(default)] eligibility: String,
        #[serde(default)] renewal: String,
        step: Vec<Step>,
        requirement: Vec<Need>,
        #[serde(default)] page: Vec<FormPage>,
        #[serde(default)] guide_step: Vec<GuideStep>,
    }

    pub struct Activity {
        id: String,
        name: String,
        en: String,
        #[serde(default)] kbli: String,
        synonyms: Vec<String>,
    }

    /// Risk level of a KBLI code for a size of business (PP 28/2025).
    pub struct Risk {
        kbli: String,
        scale: Vec<String>,
        level: RiskLevel,
        source: Vec<String>,
        verified: bool,
    }

    /// A dated value: a fee in rupiah or a time in working days.
    pub struct Param {
        id: String,
        from: Day,
        value: i64,
        source: String,
    }

    pub struct Link { label: String, go: String }

    pub struct Guide {
        id: String,
        title: String,
        summary: String,
        order: u32,
        minutes: u32,
        #[serde(default)] services: Vec<String>,
        source: Vec<String>,
        verified: bool,
        wa: String,
        next: Link,
        step: Vec<DrawnStep>,
    }

    pub struct DrawnStep {
        title: String,
        text: String,
        #[serde(default)] drawing: String,
        #[serde(default)] alt: String,
    }

    pub struct Term {
        id: String,
        term: String,
        #[serde(default)] long: String,
        text: String,
        en: String,
        forms: Vec<String>,
    }

    /// What the desk has ready: its policy and sentences.
    pub struct DeskContent {
        /// A refusal and a grant take two people.
        two_people: bool,
        sentence: Vec<Sentence>,
    }

    /// A sentence that staff choose instead of typing it.
    pub struct Sentence {
        #[serde(rename = "for")] purpose: Purpose,
        text: String,
        /// Requirement cards it fits; empty fits all.
        #[serde(default)] cards: Vec<String>,
    }

    pub struct Head { title: String, name: String }
    pub struct Agency { id: String, name: String, days: u32 }
    pub struct ComplaintChannel { name: String, how: String, go: String }
    /// How long what is kept, told before consent (UU 27/2022).
    pub struct Retention { draft_days: u32, files_months: u32, personal_months: u32 }

    /// What the two sides of the counter are called.
    pub struct Units { front: String, back: String }

    pub struct Office {
        name: String,
        long: String,
        region: String,
        #[serde(default)] example: bool,
        head: Head,
        unit: Units,
        address: String,
        phone: String,
        whatsapp: String,
        email: String,
        hours: String,
        zone: Zone,
        intake_days: String,
        population: u32,
        number_prefix: String,
        letterhead: Vec<String>,
        checked: Day,
        disclaimer: String,
        promise: String,
        retention: Retention,
        agency: Vec<Agency>,
        complaint: Vec<ComplaintChannel>,
    }

    /// What a person writes to the head of the office when a promise was not kept; `{names}` are filled in.
    pub struct Letter {
        subject: String,
        text: Vec<String>,
        /// In the place of the paragraph with `{holder}` while the file is with the person who writes.
        #[serde(default)] returned: String,
        basis: Vec<String>,
        /// Beside a basis whose text was not read.
        unread: String,
        /// Beside a standard that is an example.
        example: String,
    }

    pub struct SurveyQuestion {
        element: crate::survey::Element,
        code: String,
        title: String,
        text: String,
        en: String,
        /// Words of the scores 1 to 4, in that order.
        options: Vec<String>,
        options_en: Vec<String>,
    }

    #[derive(Default)]
    pub struct SurveyProfile {
        gender: Vec<String>,
        education: Vec<String>,
        occupation: Vec<String>,
    }

    pub struct SurveyCategory { grade: String, from: String, to: String, label: String }

    /// The SKM form, verbatim (Permen PANRB 14/2017, annex).
    #[derive(Default)]
    pub struct SurveyForm {
        id: String,
        title: String,
        basis: Vec<String>,
        source: Vec<String>,
        intro: String,
        question: Vec<SurveyQuestion>,
        profile: SurveyProfile,
        category: Vec<SurveyCategory>,
    }

    pub struct Holiday { date: Day, kind: HolidayKind, name: String, en: String }
    /// A published year: national holidays and joint leave. A year that is not here is not known.
    pub struct CalendarYear { year: i32, source: Vec<String>, day: Vec<Holiday> }
    /// Hours of the office on some weekdays, written `08:00`; the day's clock runs between them. With `since` they
    /// take the place of those weekdays' earlier hours from that day on.
    pub struct Opening {
        days: Vec<DayName>,
        from: String,
        to: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] since: Option<Day>,
    }

    /// Words of one question of a rule set.
    pub struct QuestionWords {
        title: String,
        #[serde(default)] hint: String,
        #[serde(default)] why: String,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, OptionWords>))]
        option: ById<OptionWords>,
    }
    pub struct OptionWords { label: String, #[serde(default)] hint: String }
    pub struct ReasonWords { text: String }
    pub struct ItemWords { name: String, #[serde(default)] text: String }
    pub struct OutcomeWords {
        title: String,
        #[serde(default)] text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] verdict: Option<Verdict>,
        #[serde(default)] change: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] next: Option<Link>,
    }
    /// Words of a rule set in one language.
    #[derive(Default)]
    pub struct RuleWords {
        title: String,
        #[serde(default)] intro: String,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, QuestionWords>))]
        question: ById<QuestionWords>,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, ReasonWords>))]
        need: ById<ReasonWords>,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, ItemWords>))]
        item: ById<ItemWords>,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, OutcomeWords>))]
        outcome: ById<OutcomeWords>,
    }
    /// A service's summary in another language than Indonesian.
    pub struct ServiceWords { name: String, plain: String, who: String, product: String, validity: String }
}

fn one() -> u8 {
    1
}
fn yes() -> bool {
    true
}
fn working_day() -> TimeUnit {
    TimeUnit::WorkingDay
}

impl Service {
    /// A value of [`Service::days`] as working days, or as minutes of working time.
    pub fn promise(&self, value: u32) -> (u32, u32) {
        match self.unit {
            TimeUnit::Minute => (0, value),
            TimeUnit::Hour => (0, value.saturating_mul(60)),
            TimeUnit::WorkingDay | TimeUnit::Automatic | TimeUnit::Applicant => (value, 0),
        }
    }
}

macro_rules! choices {
    ($($(#[$m:meta])* pub enum $name:ident { $($(#[$vm:meta])* $variant:ident),* $(,)? })*) => {$(
        $(#[$m])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$vm])* $variant),* }
    )*};
}

choices! {
    pub enum SourceKind { Law, Page, Example }
    pub enum SampleKind { Card, Letter, Certificate, Photo, Plan, Receipt, Screen, Table, Label }
    /// What is sent for a requirement.
    pub enum Evidence {
        Photo,
        /// A PDF, or photos of pages.
        Document,
        /// Filled in on a site; no file.
        Online,
        /// To bring or to do; nothing to send.
        None,
    }
    /// What a ready sentence is for.
    pub enum Purpose { Return, Ask, Answer, Visit, Refuse, Object, HandOver, Tell }
    pub enum TimeUnit { Minute, Hour, WorkingDay, Automatic, Applicant }
    pub enum FieldKind {
        Text,
        Longtext,
        /// Of a person, a business or a place.
        Name,
        /// The number of a paper: letters and digits.
        Reference,
        Number,
        Date,
        Choice,
        Phone,
        Nik,
        Npwp,
        Nib,
        Money,
        Yesno,
    }
    /// Through which door a service goes.
    pub enum Channel { Office, Oss, Simbg, Sihalal }
    pub enum Category { Basic, Identity, Standard, Supporting, Other }
    pub enum RiskLevel { Rendah, MenengahRendah, MenengahTinggi, Tinggi }
    pub enum DayName { Senin, Selasa, Rabu, Kamis, Jumat, Sabtu, Minggu }
    pub enum HolidayKind { LiburNasional, CutiBersama }
    pub enum Verdict { Yes, NotYet, No }
}

impl DayName {
    pub const ALL: [DayName; 7] = [
        DayName::Senin,
        DayName::Selasa,
        DayName::Rabu,
        DayName::Kamis,
        DayName::Jumat,
        DayName::Sabtu,
        DayName::Minggu,
    ];
}
