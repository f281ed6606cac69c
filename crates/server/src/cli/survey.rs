//! `satu-pintu survey index FILE.csv`: the satisfaction index of raw answers.

use crate::Failure;
use satu_pintu_domain::survey;
use std::path::PathBuf;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Computes the index (IKM) of `resp,U1..U9`
    Index {
        file: PathBuf,
        /// Number of people served, for the sample that is needed
        #[arg(long)]
        population: Option<u64>,
        /// One line of JSON instead of a table
        #[arg(long)]
        json: bool,
    },
}

/// Prints the index.
///
/// # Errors
/// A sentence with the line of the first value that cannot be counted.
pub fn run(command: Command) -> Result<(), Failure> {
    let Command::Index { file, population, json } = command;
    let shown = file.display().to_string();
    let bytes = std::fs::read(&file).map_err(|e| format!("{shown}: {e}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{shown}: this file is not UTF-8 text"))?;
    let answers = survey::parse_csv(&text).map_err(|bad| format!("{shown}:{}: {}", bad.line, bad.text))?;
    let index = survey::index(&answers, population);
    if json {
        println!("{}", serde_json::to_string(&index)?);
        return Ok(());
    }
    println!("answers  {}", index.n);
    for (element, mean) in &index.elements {
        let name = serde_json::to_value(element)?;
        println!("{:<14} {mean}", name.as_str().unwrap_or_default());
    }
    let grade = index.grade.map_or_else(|| "-".to_owned(), |grade| format!("{grade:?}"));
    println!("index    {}  grade {grade}", index.index.as_deref().unwrap_or("-"));
    if let Some(needed) = index.needed {
        println!("needed   {needed}");
    }
    Ok(())
}
