//! Staff: accounts, sessions and everything they do with applications.

use crate::Failure;
use crate::app::Shared;
use crate::config::StoreOptions;
use crate::store::Store;
use utoipa_axum::router::OpenApiRouter;

/// `satu-pintu staff ...`
#[derive(clap::Subcommand)]
pub enum Command {
    /// Adds an account and prints its one-time password.
    Add {
        account: String,
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// # Errors
/// A sentence for the terminal.
pub async fn run(_command: Command) -> Result<(), Failure> {
    Err("not there yet".into())
}

/// Creates the first account when there is none and returns its name and one-time password.
///
/// # Errors
/// When the store fails.
pub async fn first_account(_store: &Store, _now: i64) -> Result<Option<(String, String)>, Failure> {
    Ok(None)
}

/// `/api/v1/staff/...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
}
