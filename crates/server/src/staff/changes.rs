//! Changes of content from the desk: proposed by one person, agreed to by another, written into the folder on their
//! day, and taken back in the same way. The files stay the truth; these rows say who changed them, and what waits.

use super::session::Staff;
use super::verbs::{fault, text};
use crate::app::App;
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store::{self, Tx};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::staff::Deed;
use satu_pintu_publish::edit::{self, Edit};
use satu_pintu_publish::{Content, Memory, load};
use std::time::Duration;

/// The history that is shown.
const SHOWN: i64 = 100;

/// How often it is looked whether a day has come.
const LOOK: Duration = Duration::from_secs(60);

pub struct Change {
    pub id: String,
    pub edits: Vec<Edit>,
    pub starts: Day,
    /// `proposed`, `approved`, `applied`, `refused` or `failed`.
    pub state: String,
    /// The change that this one takes back.
    pub undoes: String,
    pub account: String,
    pub at: i64,
    /// Who agreed or refused, whichever was later.
    pub second: String,
    /// Who agreed, also where it was withdrawn afterwards.
    pub approver: String,
    /// Why it was refused or failed.
    pub says: String,
}

/// The latest changes, those first that wait for somebody.
///
/// # Errors
/// [`Code::RoleLacks`].
pub async fn all(app: &App, staff: &Staff) -> Answer<Vec<Change>> {
    staff.may(Deed::Content)?;
    let sql = "SELECT id, change, starts, state, undoes, account, at, second, approver, says FROM content_changes \
         ORDER BY CASE state WHEN 'proposed' THEN 0 WHEN 'approved' THEN 1 ELSE 2 END, at DESC LIMIT $1";
    let rows: Vec<Columns> = sqlx::query_as(sql).bind(SHOWN).fetch_all(app.store.reader()).await?;
    rows.into_iter().map(change).collect()
}

type Columns = (String, String, String, String, String, String, i64, String, String, String);

fn change((id, edits, starts, state, undoes, account, at, second, approver, says): Columns) -> Answer<Change> {
    let starts = starts.parse().map_err(|_| Fault::broken("the day of a change is no day"))?;
    let edits = serde_json::from_str(&edits)?;
    Ok(Change { id, edits, starts, state, undoes, account, at, second, approver, says })
}

/// A change that is shown to this person.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::NotFound`].
pub async fn shown(app: &App, staff: &Staff, id: &str) -> Answer<Change> {
    staff.may(Deed::Content)?;
    one(app, id).await
}

async fn one(app: &App, id: &str) -> Answer<Change> {
    let sql = "SELECT id, change, starts, state, undoes, account, at, second, approver, says FROM content_changes WHERE id = $1";
    let row: Option<Columns> = sqlx::query_as(sql).bind(id.to_owned()).fetch_optional(app.store.reader()).await?;
    change(row.ok_or(Code::NotFound)?)
}

/// The files of the folder, to look at or to try a change on.
///
/// # Errors
/// When the content is inside the program, which cannot be changed.
pub fn files(app: &App) -> Answer<Memory> {
    app.contents.files().map_err(Fault::broken)?.ok_or_else(|| Fault::new(Code::NotNow).detail(EMBEDDED))
}

/// What to do where nothing can be changed.
pub const EMBEDDED: &str = "Isi layanan ini tertanam di dalam program. Salin folder content, lalu jalankan server dengan \
     --content dan nama folder salinannya.";

/// Whether the content passes every check with these edits, on the day they start.
///
/// # Errors
/// What does not pass, as the check says it.
pub async fn check(app: &App, edits: &[Edit], starts: Day) -> Answer<()> {
    with(app, edits, starts).await.map(drop)
}

/// The content as it would be with these edits, and the day for which it is looked at.
///
/// # Errors
/// What does not pass, as the check says it.
pub async fn with(app: &App, edits: &[Edit], starts: Day) -> Answer<(Content, Day)> {
    let day = starts.max(app.today());
    tried(files(app)?, edits, day).await.map(|tried| (tried.content, day))
}

/// An edited folder that passed.
struct Tried {
    files: Memory,
    /// Paths that are not as they were.
    changed: Vec<String>,
    content: Content,
}

/// The folder with the edits made.
///
/// # Errors
/// [`Code::Invalid`] when they do not pass; [`Code::NotNow`] when the folder does not pass without them either, as
/// while somebody is writing to it.
async fn tried(files: Memory, edits: &[Edit], day: Day) -> Answer<Tried> {
    let edits = edits.to_vec();
    tokio::task::spawn_blocking(move || made(&files, &edits, day)).await.map_err(Fault::broken)?
}

fn made(before: &Memory, edits: &[Edit], day: Day) -> Answer<Tried> {
    let mut files = before.clone();
    let fault = match edit::apply(&mut files, edits) {
        Err(stuck) => fault("content", "stale", &stuck.to_string()),
        Ok(changed) => match load(&files, day) {
            Ok(content) => return Ok(Tried { files, changed, content }),
            Err(findings) => {
                let lines: Vec<String> = findings.iter().take(5).map(ToString::to_string).collect();
                fault("content", "unknown", &format!("{DOES_NOT_PASS} {}", lines.join(" ")))
            }
        },
    };
    if load(before, day).is_ok() { Err(fault) } else { Err(Fault::new(Code::NotNow).detail(UNSOUND)) }
}

/// What to do with a change that the check does not let through; what it found follows.
const DOES_NOT_PASS: &str =
    "Perubahan ini tidak lolos pemeriksaan isi. Perbaiki isiannya, lalu periksa lagi. Temuan pemeriksaan:";

/// What to do where the fault is not the change's.
const UNSOUND: &str =
    "Folder isi sedang diubah atau belum lolos pemeriksaan. Coba lagi sebentar, atau hubungi pengelola.";

/// Proposes a change. Tells its id.
///
/// # Errors
/// [`Code::RoleLacks`], or why it does not pass.
pub async fn propose(app: &App, staff: &Staff, edits: &[Edit], starts: Day, undoes: &str) -> Answer<String> {
    staff.may(Deed::Content)?;
    if edits.is_empty() {
        return Err(fault("content", "required", "Belum ada yang diubah."));
    }
    if starts < app.today() {
        return Err(fault("starts", "date-none", "Hari mulai sudah lewat. Pilih hari ini atau sesudahnya."));
    }
    check(app, edits, starts).await?;
    let id = secret::id();
    let mut tx = app.store.begin().await?;
    sqlx::query(
        "INSERT INTO content_changes (id, change, starts, state, undoes, account, at) \
         VALUES ($1, $2, $3, 'proposed', $4, $5, $6)",
    )
    .bind(id.clone())
    .bind(serde_json::to_string(edits)?)
    .bind(starts.to_string())
    .bind(undoes.to_owned())
    .bind(staff.account.clone())
    .bind(app.now())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// Agrees to another person's change; whoever proposed it does not.
///
/// # Errors
/// [`Code::SecondNeeded`], [`Code::NotNow`], or why it does not pass any more.
pub async fn approve(app: &App, staff: &Staff, id: &str) -> Answer<()> {
    staff.may(Deed::Content)?;
    let change = one(app, id).await?;
    if change.account == staff.account {
        return Err(Code::SecondNeeded.into());
    }
    // One that takes another back names the day of that one.
    let past = change.edits.iter().any(|edit| edit.day().is_some_and(|day| day < app.today()));
    if past && change.undoes.is_empty() {
        return Err(fault("starts", "date-none", "Harinya sudah lewat. Tolak usulan ini, lalu usulkan lagi."));
    }
    check(app, &change.edits, change.starts).await?;
    decide(app, staff, id, "approved", "").await?;
    // It is agreed to: what cannot be written at this moment is tried again.
    if let Err(fault) = apply_due(app).await {
        not_yet(&fault);
    }
    Ok(())
}

/// Does not agree; the proposer may take an own one back like this.
///
/// # Errors
/// [`Code::Invalid`] without a reason, [`Code::NotNow`].
pub async fn refuse(app: &App, staff: &Staff, id: &str, why: &str) -> Answer<()> {
    staff.may(Deed::Content)?;
    decide(app, staff, id, "refused", &text("reason", why)?).await
}

async fn decide(app: &App, staff: &Staff, id: &str, state: &'static str, says: &str) -> Answer<()> {
    let mut tx = app.store.begin().await?;
    let decided = sqlx::query(
        "UPDATE content_changes SET state = $1, second = $2, decided = $3, says = $4, \
         approver = CASE WHEN $1 = 'approved' THEN $2 ELSE approver END \
         WHERE id = $5 AND (state = 'proposed' OR (state = 'approved' AND $1 = 'refused'))",
    )
    .bind(state)
    .bind(staff.account.clone())
    .bind(app.now())
    .bind(says.to_owned())
    .bind(id.to_owned())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    if decided.rows_affected() == 0 { Err(Code::NotNow.into()) } else { Ok(()) }
}

/// Proposes to take back a change that is in the files.
///
/// # Errors
/// [`Code::NotNow`] when it is not, or is being taken back already; or why it cannot be.
pub async fn undo(app: &App, staff: &Staff, id: &str) -> Answer<String> {
    staff.may(Deed::Content)?;
    let change = one(app, id).await?;
    let sql = "SELECT COUNT(*) FROM content_changes WHERE undoes = $1 AND state IN ('proposed', 'approved', 'applied')";
    let back: i64 = sqlx::query_scalar(sql).bind(id.to_owned()).fetch_one(app.store.reader()).await?;
    if change.state != "applied" || back > 0 {
        return Err(Code::NotNow.into());
    }
    let back: Vec<Edit> = change.edits.iter().rev().map(|edit| edit.undo_on(app.today())).collect();
    propose(app, staff, &back, app.today(), id).await
}

/// Runs until the server stops.
pub async fn run(app: &App) {
    loop {
        if let Err(fault) = apply_due(app).await {
            not_yet(&fault);
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn not_yet(fault: &Fault) {
    tracing::warn!(code = ?fault.code, detail = fault.detail, "a change of content is not written yet");
}

/// Writes the changes into the files whose day has come. Those that say their own day in the file go at once. Tells
/// how many were written.
///
/// # Errors
/// When database or folder fail; then it is tried again.
pub async fn apply_due(app: &App) -> Answer<u64> {
    let sql = "SELECT id, change, starts, state, undoes, account, at, second, approver, says FROM content_changes \
         WHERE state = 'approved' ORDER BY starts, decided, id";
    let rows: Vec<Columns> = sqlx::query_as(sql).fetch_all(app.store.reader()).await?;
    let mut done = 0;
    for row in rows {
        let change = change(row)?;
        if change.starts <= app.today() || change.edits.iter().all(Edit::dated) {
            done += u64::from(apply(app, &change).await?);
        }
    }
    Ok(done)
}

/// Writes one. The row says so first and keeps others out until the files are written: several servers may have the
/// same folder, and whoever withdraws it meanwhile is either before this or after it.
async fn apply(app: &App, change: &Change) -> Answer<bool> {
    let _writing = app.contents.writing.lock().await;
    let mut tx = app.store.begin().await?;
    store::count(&mut tx, "content-writes").await?;
    if !settle(app, &mut tx, &change.id, "applied", "").await? {
        return Ok(false);
    }
    let tried = match tried(files(app)?, &change.edits, change.starts.max(app.today())).await {
        Ok(tried) => tried,
        Err(fault) if fault.code == Code::Invalid => {
            drop(tx);
            let mut tx = app.store.begin().await?;
            settle(app, &mut tx, &change.id, "failed", &fault.detail).await?;
            tx.commit().await?;
            return Ok(false);
        }
        Err(fault) => return Err(fault),
    };
    app.contents.write(&tried.files, &tried.changed, app.today()).map_err(Fault::broken)?;
    // Should this fail, it is done once more, which changes nothing.
    tx.commit().await?;
    Ok(true)
}

/// What became of an approved change; whether it is still one.
async fn settle(app: &App, tx: &mut Tx, id: &str, state: &'static str, says: &str) -> Answer<bool> {
    let sql = "UPDATE content_changes SET state = $1, applied = $2, says = $3 WHERE id = $4 AND state = 'approved'";
    let settled = sqlx::query(sql).bind(state).bind(app.now()).bind(says.to_owned()).bind(id.to_owned());
    Ok(settled.execute(&mut **tx).await?.rows_affected() > 0)
}
