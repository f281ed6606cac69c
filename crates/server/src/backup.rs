//! `satu-pintu backup` and `restore`: one archive with all rows and all papers they speak of, the same for
//! SQLite and PostgreSQL, for a folder and for S3. [`write`] and [`read`] do the work.

mod manifest;
mod read;
mod write;

pub use read::read;
pub use write::write;

use crate::Failure;
use crate::clock::Clock;
use crate::config::StoreOptions;
use crate::files::Files;
use crate::store::Store;
use std::path::PathBuf;

/// Tables that follow from others or from the moment: the database fills them again itself.
pub const MADE_ANEW: &[&str] = &["assisted", "open_applications", "presence"];

/// Every other table but `migrations`, parents before children.
pub const TABLES: &[&str] = &[
    "counters",
    "applications",
    "revoked_keys",
    "events",
    "files",
    "uploads",
    "idempotency",
    "tickets",
    "staff",
    "sessions",
    "told",
    "permits",
    "notices",
    "callbacks",
    "survey_codes",
    "survey_answers",
    "survey_batches",
    "cases",
    "tallies",
    "content_changes",
    "deeds",
];

#[derive(clap::Args)]
pub struct BackupOptions {
    /// Archive to write; replaced when it is there
    #[arg(long)]
    pub to: PathBuf,
    #[command(flatten)]
    pub store: StoreOptions,
}

#[derive(clap::Args)]
pub struct RestoreOptions {
    /// Archive that `backup` wrote
    pub archive: PathBuf,
    #[command(flatten)]
    pub store: StoreOptions,
}

/// # Errors
/// A sentence for the terminal.
pub async fn backup(options: BackupOptions) -> Result<(), Failure> {
    let store = Store::open(&options.store.database_url()?).await?;
    let files = Files::open(&options.store.files_place()).await?;
    let told = write(&store, &files, &options.to, Clock::System.now()).await?;
    println!("{}: {} baris, {} berkas.", options.to.display(), told.rows, told.objects);
    store.close().await;
    Ok(())
}

/// # Errors
/// A sentence for the terminal.
pub async fn restore(options: RestoreOptions) -> Result<(), Failure> {
    let store = Store::open(&options.store.database_url()?).await?;
    let files = Files::open(&options.store.files_place()).await?;
    let told = read(&store, &files, &options.archive).await?;
    println!("{} baris dan {} berkas dipulihkan.", told.rows, told.objects);
    store.close().await;
    Ok(())
}

/// How much was written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub rows: u64,
    pub objects: u64,
}
