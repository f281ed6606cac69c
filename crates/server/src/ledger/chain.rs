//! The chain of hashes as the table keeps it: lower-case hex, nothing before the first line.

use crate::secret::hex;
use crate::store::Tx;
use satu_pintu_domain::application::{GENESIS, Row, link};

/// So many applications are read at once.
const AT_ONCE: i64 = 500;

/// A line of the table with its hash.
pub type Columns = (String, i64, i64, String, String, String, String, String);

/// A line of the table as the chain takes it.
pub fn row(columns: &Columns) -> Row<'_> {
    let (number, seq, at, actor, account, kind, what, _) = columns;
    Row { number, seq: *seq, at: *at, actor, account, kind, what }
}

/// The hash of a line that follows one with the hash `before`.
///
/// # Errors
/// When `before` is no hash.
pub fn next(before: &str, row: &Row) -> Result<String, String> {
    if before.is_empty() {
        return Ok(hex(&link(&GENESIS, row)));
    }
    let broken = || format!("{} line {} follows a line without a hash", row.number, row.seq);
    let mut bytes = [0; 32];
    if before.len() != 64 || !before.is_ascii() {
        return Err(broken());
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&before[at * 2..at * 2 + 2], 16).map_err(|_| broken())?;
    }
    Ok(hex(&link(&bytes, row)))
}

/// Gives the lines that were written before there was a chain their hashes.
///
/// # Errors
/// When the database fails.
pub async fn fill(tx: &mut Tx) -> Result<(), sqlx::Error> {
    let mut after = String::new();
    loop {
        let numbers: Vec<String> =
            sqlx::query_scalar("SELECT number FROM applications WHERE number > $1 ORDER BY number LIMIT $2")
                .bind(after.clone())
                .bind(AT_ONCE)
                .fetch_all(&mut **tx)
                .await?;
        let Some(last) = numbers.last() else { return Ok(()) };
        after.clone_from(last);
        for number in numbers {
            let lines: Vec<Columns> = sqlx::query_as(
                "SELECT number, seq, at, actor, account, kind, what, hash FROM events WHERE number = $1 ORDER BY seq",
            )
            .bind(number)
            .fetch_all(&mut **tx)
            .await?;
            let mut before = String::new();
            for line in &lines {
                before = next(&before, &row(line)).map_err(sqlx::Error::Protocol)?;
                sqlx::query("UPDATE events SET hash = $1 WHERE number = $2 AND seq = $3")
                    .bind(before.clone())
                    .bind(line.0.clone())
                    .bind(line.1)
                    .execute(&mut **tx)
                    .await?;
            }
        }
    }
}
