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
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often new papers are looked for.
const OFTEN: Duration = Duration::from_secs(1);
/// The most papers in one go.
const AT_ONCE: i64 = 50;
/// Milliseconds until what failed is tried again: the first time, and at most for a paper and for the scanner.
const AGAIN: i64 = 15_000;
const AGAIN_MOST: i64 = 3_600_000;
const SCANNER_MOST: i64 = 300_000;

/// What looks at papers; without anything they stay as they are.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// This program, to open pictures with.
    pub program: Option<PathBuf>,
    /// Host and port of a clamd.
    pub clamd: Option<String>,
    pub pause: Pause,
}

/// Until when the scanner is left alone, since it did not answer.
#[derive(Debug, Clone, Default)]
pub struct Pause(Arc<Mutex<(i64, i64)>>);

impl Pause {
    /// Whether it may be asked.
    fn over(&self, now: i64) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 <= now
    }

    /// It did not answer: the next time it is waited for longer.
    fn begin(&self, now: i64) {
        let mut pause = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *pause = (pause.0 + 1, now + wait(pause.0, SCANNER_MOST));
    }

    /// It answered.
    fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (0, 0);
    }
}

/// Milliseconds until something is tried again that has failed so many times before.
fn wait(tries: i64, most: i64) -> i64 {
    AGAIN.saturating_mul(1 << tries.clamp(0, 20)).min(most)
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
    // Side by side: pictures do not wait for a scanner that hangs.
    tokio::join!(
        async {
            loop {
                later(open(app).await).await;
            }
        },
        async {
            loop {
                later(scan(app).await).await;
            }
        }
    );
}

async fn later(looked: Answer<u64>) {
    if let Err(fault) = looked {
        tracing::warn!(code = ?fault.code, "papers are looked at again later");
    }
    tokio::time::sleep(OFTEN).await;
}

/// Looks at what is new or due again; how many papers that were.
///
/// # Errors
/// When the database fails; what was found out stays.
pub async fn round(app: &App) -> Answer<u64> {
    let (opened, scanned) = tokio::join!(open(app), scan(app));
    Ok(opened? + scanned?)
}

async fn open(app: &App) -> Answer<u64> {
    let Some(program) = &app.guard.program else { return Ok(0) };
    let new: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT id, object, open_tries FROM files WHERE opens = 'unknown' AND media_type LIKE 'image/%' \
         AND open_again <= $1 ORDER BY received LIMIT $2",
    )
    .bind(app.now())
    .bind(AT_ONCE)
    .fetch_all(app.store.reader())
    .await?;
    let mut done = 0;
    for (id, object, tries) in new {
        let opens = match app.files.bytes(&object).await {
            Ok(bytes) => picture::opens(program, bytes).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let (opens, again) = match opens {
            Ok(true) => ("yes", 0),
            Ok(false) => {
                tracing::warn!(file = id, "a picture does not open and is withheld");
                ("no", 0)
            }
            Err(error) => {
                tracing::warn!(file = id, error, "a picture was not opened; it is tried again");
                ("unknown", app.now() + wait(tries, AGAIN_MOST))
            }
        };
        let mut tx = app.store.begin().await?;
        sqlx::query("UPDATE files SET opens = $1, open_tries = open_tries + 1, open_again = $2 WHERE id = $3")
            .bind(opens)
            .bind(again)
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
    if !app.guard.pause.over(app.now()) {
        return Ok(0);
    }
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
        let (said, answers) = match app.files.bytes(&object).await {
            Ok(bytes) => match clamd::scan(clamd, &bytes).await {
                Ok(said) => {
                    app.guard.pause.end();
                    (said, true)
                }
                Err(error) => {
                    tracing::warn!(file = id, %error, "the virus scanner does not answer; it is asked again");
                    app.guard.pause.begin(app.now());
                    (Scan::Failed, false)
                }
            },
            Err(error) => {
                tracing::warn!(file = id, %error, "a paper cannot be read for the virus scanner; it is tried again");
                (Scan::Failed, true)
            }
        };
        if said == Scan::Infected {
            tracing::warn!(file = id, "the virus scanner found something; the paper is withheld");
        }
        // The paper itself waits too, so that one on which the scanner dies does not stand in front of all others.
        let again = if said == Scan::Failed { app.now() + wait(tries, AGAIN_MOST) } else { 0 };
        let mut tx = app.store.begin().await?;
        sqlx::query("UPDATE files SET scan = $1, scan_tries = scan_tries + 1, scan_again = $2 WHERE id = $3")
            .bind(said.code())
            .bind(again)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        done += 1;
        // The others are not each waited for in vain.
        if !answers {
            break;
        }
    }
    Ok(done)
}
