//! `satu-pintu backup` and `restore`.

use crate::Failure;
use crate::config::StoreOptions;

#[derive(clap::Args)]
pub struct BackupOptions {
    #[command(flatten)]
    pub store: StoreOptions,
}

#[derive(clap::Args)]
pub struct RestoreOptions {
    #[command(flatten)]
    pub store: StoreOptions,
}

/// # Errors
/// A sentence for the terminal.
pub async fn backup(_options: BackupOptions) -> Result<(), Failure> {
    Err("not there yet".into())
}

/// # Errors
/// A sentence for the terminal.
pub async fn restore(_options: RestoreOptions) -> Result<(), Failure> {
    Err("not there yet".into())
}
