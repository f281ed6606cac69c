//! Looks at papers once they are there, so that nobody waits for it: pictures are opened in a process of their own,
//! and with a scanner every paper is scanned. What does not open, or was not found clean, is not given to staff.

use super::clamd::{self, Scan};
use super::picture;
use crate::app::App;
use crate::problem::Answer;
use crate::store::Conn;
use satu_pintu_api::problem::Code;
use satu_pintu_api::staff::Remark;
use std::path::PathBuf;
use std::time::Duration;

/// How often new papers are looked for.
const OFTEN: Duration = Duration::from_secs(1);
/// The most papers in one go.
const AT_ONCE: i64 = 50;
/// Milliseconds until a scan that failed is tried again: the first time, and at most.
const AGAIN: i64 = 15_000;
const AGAIN_MOST: i64 = 3_600_000;

/// What looks at papers; without anything they stay as they are.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// This program, to open pictures with.
    pub program: Option<PathBuf>,
    /// Host and port of a clamd.
    pub clamd: Option<String>,
}

impl Guard {
    /// Why a paper is not given to staff.
    pub fn withholds(&self, opens: &str, scan: &str) -> Option<Code> {
        match (opens, scan) {
            (_, "infected") => Some(Code::FileInfected),
            ("no", _) => Some(Code::FileUnsafe),
            (_, "clean") => None,
            _ => self.clamd.as_ref().map(|_| Code::FileUnscanned),
        }
    }

    /// What there is to say to staff about the papers of an application.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remarks(&self, conn: &mut Conn, number: &str) -> Answer<Vec<Remark>> {
        let rows: Vec<(String, String, String, String)> =
            sqlx::query_as("SELECT id, judged, opens, scan FROM files WHERE number = $1 ORDER BY id")
                .bind(number.to_owned())
                .fetch_all(conn)
                .await?;
        let remark = |(file, judged, opens, scan): (String, String, String, String)| Remark {
            file,
            judged: judged.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            withheld: self.withholds(&opens, &scan),
        };
        Ok(rows.into_iter().map(remark).filter(|r| !r.judged.is_empty() || r.withheld.is_some()).collect())
    }
}

/// Runs until the server stops.
pub async fn run(app: &App) {
    loop {
        if let Err(fault) = round(app).await {
            tracing::warn!(code = ?fault.code, "papers are looked at again later");
        }
        tokio::time::sleep(OFTEN).await;
    }
}

/// Looks at what is new or due again; how many papers that were.
///
/// # Errors
/// When database or files fail; what was found out stays.
pub async fn round(app: &App) -> Answer<u64> {
    let (opened, scanned) = (open(app).await, scan(app).await);
    Ok(opened? + scanned?)
}

async fn open(app: &App) -> Answer<u64> {
    let Some(program) = &app.guard.program else { return Ok(0) };
    let new: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, object FROM files WHERE opens = 'unknown' AND media_type LIKE 'image/%' ORDER BY received LIMIT $1",
    )
    .bind(AT_ONCE)
    .fetch_all(app.store.reader())
    .await?;
    let mut done = 0;
    for (id, object) in new {
        let opens = match bytes(app, &object).await? {
            Some(bytes) => picture::opens(program, bytes).await,
            None => Ok(false),
        };
        let opens = match opens {
            Ok(opens) => opens,
            Err(error) => {
                tracing::warn!(%error, "a picture was not opened; it is tried again");
                continue;
            }
        };
        if !opens {
            tracing::warn!(file = id, "a picture does not open and is withheld");
        }
        let mut tx = app.store.begin().await?;
        sqlx::query("UPDATE files SET opens = $1 WHERE id = $2")
            .bind(if opens { "yes" } else { "no" })
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        done += 1;
    }
    Ok(done)
}

async fn scan(app: &App) -> Answer<u64> {
    let Some(clamd) = &app.guard.clamd else { return Ok(0) };
    let due: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT id, object, scan_tries FROM files WHERE scan IN ('none', 'failed') AND scan_again <= $1 \
         ORDER BY scan_again LIMIT $2",
    )
    .bind(app.now())
    .bind(AT_ONCE)
    .fetch_all(app.store.reader())
    .await?;
    let mut done = 0;
    for (id, object, tries) in due {
        let bytes = bytes(app, &object).await?.unwrap_or_default();
        let (said, again) = match clamd::scan(clamd, &bytes).await {
            Ok(said) => (said, 0),
            Err(error) => {
                tracing::warn!(%error, "the virus scanner did not look at a paper; it is asked again");
                let wait = AGAIN.saturating_mul(1 << tries.clamp(0, 20)).min(AGAIN_MOST);
                (Scan::Failed, app.now() + wait)
            }
        };
        if said == Scan::Infected {
            tracing::warn!(file = id, "the virus scanner found something; the paper is withheld");
        }
        let mut tx = app.store.begin().await?;
        sqlx::query("UPDATE files SET scan = $1, scan_tries = scan_tries + 1, scan_again = $2 WHERE id = $3")
            .bind(said.code())
            .bind(again)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        done += 1;
    }
    Ok(done)
}

/// The bytes of a paper; none where it was taken away meanwhile.
async fn bytes(app: &App, object: &str) -> Answer<Option<bytes::Bytes>> {
    match app.files.bytes(object).await {
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        other => Ok(Some(other?)),
    }
}
