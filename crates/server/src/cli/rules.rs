//! `satu-pintu rules check|paths|diff`.

use super::today;
use satu_pintu_domain::date::Day;
use satu_pintu_publish::rules;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Checks rules files, or folders of content; exits 1 when there is a finding
    Check {
        /// A rules file (its rules only) or a folder of content (everything)
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// The day dated values have to be in force on, YYYY-MM-DD
        #[arg(long, value_parser = day)]
        today: Option<Day>,
    },
    /// Prints every path of a rules file, one line of JSON each
    Paths {
        file: PathBuf,
        /// One minified JSON line a path; the only form there is
        #[arg(long)]
        json: bool,
        /// The day dated rows have to be in force on, YYYY-MM-DD
        #[arg(long, value_parser = day)]
        today: Option<Day>,
    },
    /// Says how many of how many situations change between two rules files
    Diff {
        old: PathBuf,
        new: PathBuf,
        /// The day dated rows have to be in force on, YYYY-MM-DD
        #[arg(long, value_parser = day)]
        today: Option<Day>,
    },
}

/// Reads a day of the command line.
///
/// # Errors
/// A sentence when it is none.
pub fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| format!("{text} is not a day that exists, written YYYY-MM-DD"))
}

/// Prints and tells how it went: 1 when there is a finding.
pub fn run(command: Command) -> ExitCode {
    match command {
        Command::Check { paths, today: on } => {
            let (text, passed) = rules::rules_check(&paths, on.unwrap_or_else(today));
            print(&text);
            if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Command::Paths { file, json: _, today: on } => {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            // A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
            let walked = rules::each_path(&file, on.unwrap_or_else(today), &mut |line| {
                let _ = writeln!(out, "{line}");
            });
            let _ = out.flush();
            finish(walked)
        }
        Command::Diff { old, new, today: on } => {
            finish(rules::rules_diff(&old, &new, on.unwrap_or_else(today)).map(|text| print(&text)))
        }
    }
}

fn finish(done: Result<(), Vec<satu_pintu_publish::Finding>>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(findings) => {
            for finding in findings {
                eprintln!("{finding}");
            }
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
