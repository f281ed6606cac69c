//! `satu-pintu workdays 2026-03-16 5`: the fifth working day after a day.

use super::{ContentOptions, rules::day, today};
use crate::Failure;
use satu_pintu_domain::date::Day;

#[derive(clap::Args)]
pub struct Options {
    /// The day itself does not count, YYYY-MM-DD
    #[arg(value_parser = day)]
    pub from: Day,
    /// How many working days
    pub count: u32,
    #[command(flatten)]
    pub content: ContentOptions,
}

/// Prints the day.
///
/// # Errors
/// In words, when a year has no published calendar.
pub fn run(options: &Options) -> Result<(), Failure> {
    let content = options.content.load(today())?;
    let last = content.calendar.add(options.from, options.count).map_err(|missing| missing.to_string())?;
    println!("{last}");
    Ok(())
}
