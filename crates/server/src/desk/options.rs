//! The command line of the desk.

use clap::{Args, Subcommand};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::Day;
use std::path::PathBuf;

/// `satu-pintu desk ...`
#[derive(Args)]
pub struct Options {
    /// Address of the server
    #[arg(long, env = "SATU_PINTU_SERVER", default_value = "http://127.0.0.1:8080", global = true)]
    pub server: String,
    /// Certificate (PEM) to trust besides those of the system; one the office made itself needs CA:FALSE
    #[arg(long, env = "SATU_PINTU_CA", global = true)]
    pub ca: Option<PathBuf>,
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Signs in and keeps the session in your configuration folder
    SignIn {
        account: String,
        /// Reads the password from standard input (first line)
        #[arg(long)]
        password_stdin: bool,
        /// Reads a new password from standard input (next line) when the old one is a one-time one
        #[arg(long)]
        new_password_stdin: bool,
    },
    /// Signs out
    SignOut,
    /// Open applications by due day
    List {
        /// Only people who wait to be called or messaged, with their numbers
        #[arg(long)]
        to_call: bool,
    },
    /// Everything about one application
    Show { number: String },
    /// Saves the papers of an application
    Files {
        number: String,
        /// Folder to save into; made when it is not there
        #[arg(long)]
        to: PathBuf,
    },
    /// "OSS sedang gangguan": notices on every affected page
    #[command(subcommand)]
    Notice(NoticeVerb),
    /// Writes down that a call-back was done
    Called { id: String },
    #[command(flatten)]
    Survey(SurveyVerb),
    #[command(flatten)]
    Act(Act),
}

#[derive(Subcommand)]
pub enum SurveyVerb {
    /// One-time survey codes for people served at the counter
    SurveySlips {
        count: u32,
        /// Also writes a sheet to print and cut
        #[arg(long)]
        pdf: Option<PathBuf>,
    },
    /// Imports answers collected on paper (header resp,U1..U9)
    SurveyImport {
        file: PathBuf,
        /// Name the batch stands under, such as the place it was collected
        #[arg(long)]
        label: String,
        /// Half-year as 2026-2; without it the present one
        #[arg(long, value_parser = half)]
        half: Option<satu_pintu_domain::survey::HalfYear>,
    },
}

#[derive(Subcommand)]
pub enum NoticeVerb {
    /// Begins a notice
    Add {
        #[arg(value_parser = channel)]
        channel: Channel,
        #[arg(long, default_value = "")]
        text: String,
        /// When it is expected back, in the office's time: 17.30 or 17:30 today, or "2026-11-22 17.30"
        #[arg(long)]
        expected: Option<String>,
    },
    /// Ends a notice
    End { id: String },
    /// Notices in force
    List,
}

/// What is done to one application.
#[derive(Subcommand)]
pub enum Act {
    /// Takes the file to check it
    Take { number: String },
    /// Accepts items; without any, all that have a paper
    Accept { number: String, items: Vec<String> },
    /// Sends items back; repeat --item and --reason in pairs
    Return {
        number: String,
        /// Requirement card, or field:<id>
        #[arg(long = "item", required = true)]
        items: Vec<String>,
        #[arg(long = "reason", required = true)]
        reasons: Vec<String>,
    },
    /// Hands the file to an agency with a question
    AskAgency {
        number: String,
        agency: String,
        #[arg(long)]
        question: String,
        /// Working days; without it as in office.toml
        #[arg(long)]
        days: Option<u32>,
    },
    /// Writes down what an agency answered
    AgencyAnswer {
        number: String,
        agency: String,
        #[arg(long, required_unless_present = "disagree", conflicts_with = "disagree")]
        agree: bool,
        #[arg(long)]
        disagree: bool,
        #[arg(long)]
        text: String,
    },
    /// Writes down a visit on the spot
    Visit {
        number: String,
        #[arg(long, value_parser = day)]
        on: Day,
        #[arg(long)]
        note: String,
    },
    /// Does not agree with what a colleague proposed
    Object {
        number: String,
        #[arg(long)]
        reason: String,
    },
    /// Grants or refuses; the first officer proposes, a second one decides by saying the same
    Decide {
        number: String,
        #[arg(long, required_unless_present = "refuse", conflicts_with = "refuse")]
        grant: bool,
        /// Grants though an agency of the service was never asked
        #[arg(long, conflicts_with = "refuse")]
        anyway: bool,
        #[arg(long, value_name = "REASON")]
        refuse: Option<String>,
    },
    /// Makes the permit
    Issue {
        number: String,
        /// Also saves the PDF
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Writes down how the permit reached the applicant
    HandOver {
        number: String,
        #[arg(long)]
        how: String,
    },
    /// A new key for somebody who has shown the KTP
    Rekey {
        number: String,
        #[arg(long)]
        seen_ktp: bool,
    },
    /// The applicant has been called or messaged
    Told {
        number: String,
        #[arg(long, default_value = "telepon")]
        how: String,
    },
}

fn day(text: &str) -> Result<Day, String> {
    satu_pintu_domain::validate::date(text).map_err(|_| "tulis tanggal yang ada, seperti 2026-03-30".to_owned())
}

fn half(text: &str) -> Result<satu_pintu_domain::survey::HalfYear, String> {
    text.parse().map_err(|()| "tulis seperti 2026-1 atau 2026-2".to_owned())
}

fn channel(text: &str) -> Result<Channel, String> {
    serde_json::from_value(serde_json::Value::String(text.to_lowercase()))
        .map_err(|_| "pilih oss, simbg, sihalal atau office".to_owned())
}
