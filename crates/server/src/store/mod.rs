//! Rows. SQLite by default, PostgreSQL by an address; one SQL text with `$1` parameters for both.
//!
//! Times are milliseconds UTC, truth values 0 and 1, ids and JSON text. Writes go through [`Store::begin`]:
//! on SQLite one writer with BEGIN IMMEDIATE, on PostgreSQL a transaction that locks the rows it changes.
//! The tables are in `migrations/`, numbered and commented.

mod migrate;

pub use migrate::MigrateError;

use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;
use std::path::Path;
use std::time::Duration;

/// A write transaction; dropped without `commit` it is rolled back.
pub type Tx = sqlx::Transaction<'static, sqlx::Any>;
/// Any connection: `&mut *tx`, or one of [`Store::reader`].
pub type Conn = sqlx::AnyConnection;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

#[derive(Clone)]
pub struct Store {
    backend: Backend,
    write: AnyPool,
    read: AnyPool,
}

/// Why the store does not open.
#[derive(Debug)]
pub enum OpenError {
    /// Neither `sqlite://` nor `postgres://`.
    Address,
    Sql(sqlx::Error),
    Migrate(MigrateError),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OpenError::Address => f.write_str("the database address must begin with postgres:// or sqlite://"),
            OpenError::Sql(e) => write!(f, "the database does not open: {e}"),
            OpenError::Migrate(e) => write!(f, "the database cannot be brought up to date: {e}"),
        }
    }
}
impl std::error::Error for OpenError {}

/// The address of a SQLite file.
pub fn sqlite_url(path: &Path) -> String {
    let mut url = String::from("sqlite://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => url.push(char::from(byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url + "?mode=rwc"
}

/// What every SQLite connection is told first. FULL: what is acknowledged survives a power cut.
const PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;";

impl Store {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// [`OpenError`] tells whether address, connection or migration is at fault.
    pub async fn open(url: &str) -> Result<Store, OpenError> {
        sqlx::any::install_default_drivers();
        let backend = match url.split(':').next() {
            Some("sqlite") => Backend::Sqlite,
            Some("postgres" | "postgresql") => Backend::Postgres,
            _ => return Err(OpenError::Address),
        };
        let connect = async |most: u32| {
            AnyPoolOptions::new()
                .max_connections(most)
                .min_connections(1)
                .acquire_timeout(Duration::from_secs(15))
                .after_connect(move |conn, _| {
                    Box::pin(async move {
                        if backend == Backend::Sqlite {
                            sqlx::raw_sql(PRAGMAS).execute(conn).await?;
                        }
                        Ok(())
                    })
                })
                .connect(url)
                .await
                .map_err(OpenError::Sql)
        };
        let (write, read) = match backend {
            Backend::Sqlite => (connect(1).await?, connect(4).await?),
            Backend::Postgres => {
                let pool = connect(10).await?;
                (pool.clone(), pool)
            }
        };
        let store = Store { backend, write, read };
        migrate::run(&store).await.map_err(OpenError::Migrate)?;
        Ok(store)
    }

    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// For reads: `query.fetch_one(store.reader())`.
    pub fn reader(&self) -> &AnyPool {
        &self.read
    }

    /// Begins a write. On SQLite only one runs at a time, in the order asked.
    ///
    /// # Errors
    /// When no connection is free in time, or the database does not answer.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        const IMMEDIATE: &str = "BEGIN IMMEDIATE";
        match self.backend {
            Backend::Sqlite => match self.write.begin_with(IMMEDIATE).await {
                // On a full disk SQLite ends a transaction by itself, and the driver believes for ever that it runs.
                Err(sqlx::Error::InvalidSavePointStatement) => {
                    let _ = self.write.acquire().await?.close().await;
                    self.write.begin_with(IMMEDIATE).await
                }
                begun => begun,
            },
            Backend::Postgres => self.write.begin().await,
        }
    }

    /// Waits for what runs and closes.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// The next value of a counter, from 1. Holds the counter's row until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, name: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(
        "INSERT INTO counters (name, value) VALUES ($1, 1) \
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    )
    .bind(name)
    .fetch_one(&mut **tx)
    .await
}
