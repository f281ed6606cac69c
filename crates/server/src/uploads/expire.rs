//! How long unfinished bytes are kept: seven days from the last ones. Then the phone sends its copy anew.

use super::{Upload, stage};
use crate::app::App;
use crate::problem::Answer;
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

const DAY_MS: i64 = 86_400_000;
const KEPT_MS: i64 = 7 * DAY_MS;
/// The most uploads looked at in one go.
const AT_ONCE: i64 = 200;

/// Until when what is sent now is kept.
pub fn from(now: i64) -> i64 {
    now + KEPT_MS
}

/// Bytes came: they are kept longer. Written down once a day.
///
/// # Errors
/// When the database fails.
pub async fn extend(app: &App, upload: &mut Upload) -> Answer<()> {
    let until = from(app.now());
    if until < upload.expires + DAY_MS {
        return Ok(());
    }
    let mut tx = app.store.begin().await?;
    sqlx::query("UPDATE uploads SET expires = $1 WHERE id = $2")
        .bind(until)
        .bind(upload.id.clone())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    upload.expires = until;
    Ok(())
}

/// Takes away what is due, and staged files nobody knows. Tells how many.
///
/// # Errors
/// When the database fails.
pub async fn sweep(app: &App) -> Answer<u64> {
    let now = app.now();
    let due: Vec<(String,)> = sqlx::query_as("SELECT id FROM uploads WHERE file IS NULL AND expires < $1 LIMIT $2")
        .bind(now)
        .bind(AT_ONCE)
        .fetch_all(app.store.reader())
        .await?;
    let mut done = 0;
    for (id,) in due {
        let _turn = app.uploads.take(&id).await;
        // One that has gone on since it was looked for stays.
        done += u64::from(forget_expired(app, &id, now).await?);
    }
    Ok(done + strays(app).await?)
}

/// Forgets an upload that is no file, with its bytes. Tells whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn forget(app: &App, id: &str) -> Answer<bool> {
    forget_expired(app, id, i64::MAX).await
}

/// Forgets one that was kept until before this moment.
async fn forget_expired(app: &App, id: &str, before: i64) -> Answer<bool> {
    let mut tx = app.store.begin().await?;
    let gone = sqlx::query("DELETE FROM uploads WHERE id = $1 AND file IS NULL AND expires < $2");
    let gone = gone.bind(id.to_owned()).bind(before);
    let gone = gone.execute(&mut *tx).await?.rows_affected() > 0;
    tx.commit().await?;
    if gone {
        stage::remove(app, id).await;
    }
    Ok(gone)
}

/// Staged files without a row: the program was killed while they came. By the time of the disk, not of the office.
async fn strays(app: &App) -> Answer<u64> {
    let long_ago = SystemTime::now() - Duration::from_millis(KEPT_MS.unsigned_abs());
    let mut old = Vec::new();
    let mut folder = tokio::fs::read_dir(app.uploads.staging()).await?;
    while let Some(entry) = folder.next_entry().await? {
        if entry.metadata().await.and_then(|file| file.modified()).is_ok_and(|changed| changed < long_ago) {
            let name = entry.file_name().to_string_lossy().into_owned();
            old.push(name.strip_suffix(".sum").map(str::to_owned).unwrap_or(name));
        }
    }
    let mut done = 0;
    for id in old.into_iter().collect::<HashSet<_>>() {
        let _turn = app.uploads.take(&id).await;
        let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM uploads WHERE id = $1 AND file IS NULL")
            .bind(id.clone())
            .fetch_one(app.store.reader())
            .await?;
        if known == 0 {
            stage::remove(app, &id).await;
            done += 1;
        }
    }
    Ok(done)
}
