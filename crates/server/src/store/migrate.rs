//! Bringing tables up to date: numbered files, each applied once in a transaction with its number and hash.
//! A database of a newer program is refused, so that an old binary never writes what it does not know.

use super::{Backend, Store};
use crate::ledger::chain;
use crate::secret::sha256;

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        const SQLITE: &[(&str, &str)] = &[$(($name, include_str!(concat!("migrations/sqlite/", $name, ".sql")))),*];
        const POSTGRES: &[(&str, &str)] = &[$(($name, include_str!(concat!("migrations/postgres/", $name, ".sql")))),*];
    };
}
migrations!(
    "0001_applications",
    "0002_staff",
    "0003_permits",
    "0004_notices",
    "0005_survey",
    "0006_create_once",
    "0007_clock",
    "0008_desk",
    "0009_counter",
    "0010_uploads",
    "0011_checks",
    "0012_versions",
    "0013_again",
    "0014_units",
    "0015_last",
    "0016_deeds",
    "0017_limits",
);

#[derive(Debug)]
pub enum MigrateError {
    Sql(&'static str, sqlx::Error),
    /// The database has steps this program does not have.
    Newer(i64),
    /// A step was changed after it was applied.
    Changed(&'static str),
}

impl std::fmt::Display for MigrateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MigrateError::Sql(name, e) => write!(f, "step {name}: {e}"),
            MigrateError::Newer(n) => {
                write!(f, "it has {n} steps and this program knows {}; use the newer program", SQLITE.len())
            }
            MigrateError::Changed(name) => write!(f, "step {name} differs from the one that was applied"),
        }
    }
}

pub(super) async fn run(store: &Store) -> Result<(), MigrateError> {
    let steps = match store.backend {
        Backend::Sqlite => SQLITE,
        Backend::Postgres => POSTGRES,
    };
    let fault = |e| MigrateError::Sql("0000", e);
    let mut tx = store.begin().await.map_err(fault)?;
    if store.backend == Backend::Postgres {
        // Two servers starting at once: the second waits here.
        sqlx::raw_sql("SELECT pg_advisory_xact_lock(7311001)").execute(&mut *tx).await.map_err(fault)?;
    }
    sqlx::raw_sql(
        "CREATE TABLE IF NOT EXISTS migrations (step BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL)",
    )
    .execute(&mut *tx)
    .await
    .map_err(fault)?;
    let done: Vec<(i64, String)> =
        sqlx::query_as("SELECT step, sha256 FROM migrations ORDER BY step").fetch_all(&mut *tx).await.map_err(fault)?;
    if done.len() > steps.len() {
        return Err(MigrateError::Newer(i64::try_from(done.len()).unwrap_or(i64::MAX)));
    }
    for (index, (name, sql)) in steps.iter().enumerate() {
        let hash = sha256(sql.as_bytes());
        match done.get(index) {
            Some((_, applied)) if *applied == hash => continue,
            Some(_) => return Err(MigrateError::Changed(name)),
            None => {}
        }
        let fault = |e| MigrateError::Sql(name, e);
        sqlx::raw_sql(*sql).execute(&mut *tx).await.map_err(fault)?;
        if *name == "0007_clock" {
            chain::fill(&mut tx).await.map_err(fault)?;
        }
        sqlx::query("INSERT INTO migrations (step, name, sha256) VALUES ($1, $2, $3)")
            .bind(i64::try_from(index).unwrap_or(i64::MAX) + 1)
            .bind(*name)
            .bind(hash)
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
    }
    tx.commit().await.map_err(fault)
}
