//! Doing something once however often it is asked. The answer is kept in the transaction of the effect.

use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store::Tx;
use axum::http::{HeaderMap, StatusCode};
use satu_pintu_api::problem::Code;

/// A request that carries an `Idempotency-Key`.
pub struct Once {
    key: String,
    action: &'static str,
    body: String,
}

impl Once {
    /// # Errors
    /// [`Code::IdempotencyMissing`] when there is no key, or one nobody would make.
    pub fn of(headers: &HeaderMap, action: &'static str, body: &[u8]) -> Answer<Once> {
        let key = headers.get("idempotency-key").ok_or(Code::IdempotencyMissing)?;
        let key = key.to_str().ok().map(str::trim).filter(|k| (1..=200).contains(&k.len()));
        let key = key.ok_or_else(|| Fault::new(Code::IdempotencyMissing).detail("1 to 200 ASCII characters"))?;
        Ok(Once { key: key.to_owned(), action, body: secret::sha256(body) })
    }

    /// What a form of ours is sent with.
    pub fn here(key: String, action: &'static str, body: &str) -> Once {
        Once { key, action, body: secret::sha256(body.as_bytes()) }
    }

    /// A request that has nothing to say: its body must be empty or a JSON object.
    ///
    /// # Errors
    /// [`Code::BadJson`], or as [`Once::of`].
    pub fn of_nothing(headers: &HeaderMap, action: &'static str, body: &[u8]) -> Answer<Once> {
        let empty = body.iter().all(u8::is_ascii_whitespace);
        if empty || serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body).is_ok() {
            return Once::of(headers, action, body);
        }
        Err(Fault::new(Code::BadJson).detail("send no body, or an empty JSON object"))
    }

    /// Whether this is what was asked before. Of an emptied application the hash is gone, the token is enough.
    fn is(&self, body: &str) -> bool {
        body.is_empty() || body == self.body
    }

    /// The answer given before, if this is a repetition. Call after the application's row is locked.
    ///
    /// # Errors
    /// [`Code::IdempotencyReused`] when the key was used for something else.
    pub async fn before(&self, tx: &mut Tx, number: &str) -> Answer<Option<String>> {
        let row: Option<(String, String, String)> =
            sqlx::query_as("SELECT action, body, answer FROM idempotency WHERE number = $1 AND key = $2")
                .bind(number)
                .bind(self.key.clone())
                .fetch_optional(&mut **tx)
                .await?;
        match row {
            None => Ok(None),
            Some((action, body, answer)) if action == self.action && self.is(&body) => Ok(Some(answer)),
            Some(_) => Err(Code::IdempotencyReused.into()),
        }
    }

    /// The application begun before, if this is a repetition. Call after the row was taken that orders those
    /// who begin.
    ///
    /// # Errors
    /// [`Code::IdempotencyReused`] when the key began another one.
    pub async fn begun(&self, tx: &mut Tx) -> Answer<Option<String>> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT number, body FROM idempotency WHERE key = $1 AND action = 'create'")
                .bind(self.key.clone())
                .fetch_optional(&mut **tx)
                .await?;
        match row {
            None => Ok(None),
            Some((number, body)) if self.is(&body) => Ok(Some(number)),
            Some(_) => Err(Code::IdempotencyReused.into()),
        }
    }

    /// Keeps the answer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep(&self, tx: &mut Tx, number: &str, status: StatusCode, answer: &str, now: i64) -> Answer<()> {
        sqlx::query(
            "INSERT INTO idempotency (number, key, action, body, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(number)
        .bind(self.key.clone())
        .bind(self.action)
        .bind(self.body.clone())
        .bind(i64::from(status.as_u16()))
        .bind(answer)
        .bind(now)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}
