//! `satu-pintu ledger verify`: whether every line is as it was written, and the first that is not.

use super::chain::{self, Columns};
use crate::Failure;
use crate::config::StoreOptions;
use crate::store::Store;
use futures_util::TryStreamExt;
use satu_pintu_api::application::Receipt;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Recomputes the chain of every application and names the first line that was changed, taken out or put in
    Verify {
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// # Errors
/// The first broken line, as a sentence.
pub async fn run(command: Command) -> Result<(), Failure> {
    let Command::Verify { store } = command;
    let store = Store::open(&store.database_url()?).await?;
    let whole = verify(&store).await?.map_err(|broken| broken.to_string())?;
    println!("Utuh: {} baris dari {} permohonan.", whole.lines, whole.applications);
    store.close().await;
    Ok(())
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Whole {
    pub applications: u64,
    pub lines: u64,
}

/// The first line that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    Changed {
        number: String,
        seq: i64,
    },
    Missing {
        number: String,
        seq: i64,
    },
    /// The ledger is not the one whose head the applicant was given.
    Receipt {
        number: String,
    },
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Broken::Changed { number, seq } => write!(f, "permohonan {number}: baris {seq} berubah"),
            Broken::Missing { number, seq } => write!(f, "permohonan {number}: baris {seq} hilang"),
            Broken::Receipt { number } => write!(f, "permohonan {number}: catatannya bukan yang ada di tanda terima"),
        }
    }
}

/// Looks at every line, application by application.
///
/// # Errors
/// The outer one when the database fails, the inner one names what is broken.
pub async fn verify(store: &Store) -> Result<Result<Whole, Broken>, sqlx::Error> {
    let mut whole = Whole::default();
    let mut lines = sqlx::query_as::<_, Columns>(
        "SELECT number, seq, at, actor, account, kind, what, hash FROM events ORDER BY number, seq",
    )
    .fetch(store.reader());
    let mut before: (String, i64, String) = Default::default();
    while let Some(line) = lines.try_next().await? {
        let (number, seq, hash) = (line.0.clone(), line.1, line.7.clone());
        if before.0 != number {
            before = (number.clone(), 0, String::new());
            whole.applications += 1;
        }
        if seq != before.1 + 1 {
            return Ok(Err(Broken::Missing { number, seq: before.1 + 1 }));
        }
        if chain::next(&before.2, &chain::row(&line)).ok().as_ref() != Some(&hash) {
            return Ok(Err(Broken::Changed { number, seq }));
        }
        whole.lines += 1;
        before = (number, seq, hash);
    }
    drop(lines);
    let mut receipts = sqlx::query_as::<_, (String, String, Option<String>)>(
        "SELECT a.number, a.receipt, e.hash FROM applications a \
         LEFT JOIN events e ON e.number = a.number AND e.kind = 'submitted' WHERE a.receipt IS NOT NULL ORDER BY a.number",
    )
    .fetch(store.reader());
    while let Some((number, receipt, hash)) = receipts.try_next().await? {
        let head = serde_json::from_str::<Receipt>(&receipt).map(|receipt| receipt.head).unwrap_or_default();
        if !head.is_empty() && hash.as_ref() != Some(&head) {
            return Ok(Err(Broken::Receipt { number }));
        }
    }
    Ok(Ok(whole))
}
