//! `satu-pintu desk`: a client of the staff API.

use crate::Failure;

/// `satu-pintu desk ...`
#[derive(clap::Args)]
pub struct Options {}

/// # Errors
/// A sentence for the terminal.
pub async fn run(_options: Options) -> Result<(), Failure> {
    Err("not there yet".into())
}
