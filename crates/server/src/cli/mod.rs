//! Sub-commands that work on content and files alone, without a store.

pub mod permit;
pub mod rules;
pub mod site;
pub mod survey;
pub mod workdays;

use crate::Failure;
use crate::contents;
use satu_pintu_domain::date::Day;
use satu_pintu_publish::Content;
use std::path::PathBuf;

/// Where content comes from: `--content`, else `./content`, else the copy inside this program.
#[derive(Debug, Clone, clap::Args)]
pub struct ContentOptions {
    /// Folder of the content; without it ./content, else the content inside this program
    #[arg(long, env = "SATU_PINTU_CONTENT")]
    pub content: Option<PathBuf>,
}

impl ContentOptions {
    /// # Errors
    /// All findings, one a line.
    pub fn load(&self, today: Day) -> Result<Content, Failure> {
        let here = PathBuf::from("content");
        let folder = self.content.clone().or_else(|| here.join("office.toml").is_file().then_some(here));
        contents::load(folder.as_deref(), today)
    }
}

/// The day for rules and fees: the system's, in the middle zone.
fn today() -> Day {
    crate::clock::Clock::System.today(satu_pintu_domain::date::Zone::Wita)
}
