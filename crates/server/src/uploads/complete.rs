//! From a whole upload to a file: looked at, hashed, stored, and only then written down.

use super::{Upload, concat, create, stage};
use crate::app::App;
use crate::applications::access;
use crate::contents::Published;
use crate::files::{self, name, sniff};
use crate::ledger;
use crate::problem::{self, Answer, Fault};
use crate::secret;
use crate::store::{Conn, Tx};
use bytes::Bytes;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{Actor, Event, State as Stage, Status, What, assisted};
use satu_pintu_domain::content::Channel;

/// Where a whole upload comes from.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// It has a row.
    Known,
    /// It has none yet: it gets one together with its file, or with what was wrong.
    Fresh,
    /// From the counter: the ledger gets its line together with the file. What becomes no file leaves nothing.
    Counter(&'a str),
}

/// Makes the file, or finds the one it became. Whoever calls has the upload's turn.
///
/// # Errors
/// What is wrong with the file, which is then remembered; that its bytes are not those that were sent, which then
/// begin anew; or that storing failed, which may be tried again.
pub async fn complete(app: &App, upload: &Upload, from: Source<'_>) -> Answer<String> {
    let fault = match store(app, upload, from).await {
        Ok(file) => {
            stage::remove(app, &upload.id).await;
            concat::let_go(app, upload).await;
            return Ok(file);
        }
        Err(fault) => fault,
    };
    if matches!(from, Source::Counter(_)) || (fault.code == Code::ChecksumWrong && upload.joined()) {
        stage::remove(app, &upload.id).await;
        return Err(fault);
    }
    if matches!(from, Source::Fresh) {
        create::insert(app, upload).await?;
    }
    match fault.code.status() {
        _ if fault.code == Code::ChecksumWrong => stage::empty(app, &upload.id).await?,
        400..500 => {
            refuse(app, upload, fault.code).await?;
            stage::remove(app, &upload.id).await;
        }
        _ => {}
    }
    Err(fault)
}

async fn store(app: &App, upload: &Upload, from: Source<'_>) -> Answer<String> {
    let staged = app.uploads.path(&upload.id);
    let bytes = Bytes::from(tokio::fs::read(&staged).await?);
    let looked_at = bytes.clone();
    let (kind, sha256) = tokio::task::spawn_blocking(move || (sniff::sniff(&looked_at), secret::sha256(&looked_at)))
        .await
        .map_err(Fault::broken)?;
    if upload.sha256.as_ref().is_some_and(|sent| *sent != sha256) {
        return Err(Code::ChecksumWrong.into());
    }
    let kind = kind?;
    let id = secret::id();
    let object = format!("{}/{id}.{}", upload.number, kind.extension());
    let found = Found { kind, sha256, size: bytes.len(), id, object };
    app.files.put_staged(&found.object, &staged, bytes).await?;
    let (tx, file, gone) = match write_down(app, upload, &found, from).await {
        Ok(written) => written,
        Err(fault) => {
            let _ = app.files.delete(&found.object).await;
            return Err(fault);
        }
    };
    // One that fails may hold all the same: then the row needs its object. An object without a row is only waste.
    tx.commit().await?;
    if let Some(object) = gone {
        // Not needed any more: the same was there already, or this page replaced another of the draft.
        if let Err(error) = app.files.delete(&object).await {
            tracing::warn!(%error, "an object stays behind");
        }
    }
    Ok(file)
}

struct Found {
    kind: sniff::Kind,
    sha256: String,
    size: usize,
    id: String,
    object: String,
}

/// The row of the file, not committed. Returns its id too, and an object that is no longer needed once it is.
async fn write_down(
    app: &App,
    upload: &Upload,
    found: &Found,
    from: Source<'_>,
) -> Answer<(Tx, String, Option<String>)> {
    let (content, now) = (app.content(), app.now());
    let mut tx = app.store.begin().await?;
    ledger::lock(&mut tx, &upload.number).await?;
    let row = access::row(&mut tx, &upload.number).await?;
    let mut events = ledger::load(&mut tx, &upload.number).await?;
    let (status, round) = (ledger::status(&content, &events, now), ledger::round(&events));
    if matches!(from, Source::Counter(_)) && !assisted(&events) {
        return Err(Code::NotFound.into());
    }

    let same: Option<(String, i64)> = sqlx::query_as(
        "SELECT id, page FROM files WHERE number = $1 AND item = $2 AND sha256 = $3 AND replaced = 0 AND round = $4",
    )
    .bind(upload.number.clone())
    .bind(upload.item.clone())
    .bind(found.sha256.clone())
    .bind(round)
    .fetch_optional(&mut *tx)
    .await?;
    if let Some((id, page)) = same
        && upload.page.is_none_or(|wanted| wanted == page)
    {
        finish(&mut tx, upload, &id, from, now).await?;
        return Ok((tx, id, Some(found.object.clone())));
    }

    let (page, replaces) = place(&mut tx, &content, &row.service, &status, upload, round).await?;
    let mut gone = None;
    if let Some(old) = replaces {
        if old.round == round {
            sqlx::query("DELETE FROM files WHERE id = $1").bind(old.id).execute(&mut *tx).await?;
            gone = Some(old.object);
        } else {
            sqlx::query("UPDATE files SET replaced = $1 WHERE id = $2")
                .bind(round)
                .bind(old.id)
                .execute(&mut *tx)
                .await?;
        }
    }
    sqlx::query(
        "INSERT INTO files (id, number, item, page, name, media_type, size, sha256, object, received, round) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(found.id.clone())
    .bind(upload.number.clone())
    .bind(upload.item.clone())
    .bind(page)
    .bind(name::clean(&upload.name, found.kind.extension()))
    .bind(found.kind.media_type())
    .bind(i64::try_from(found.size).unwrap_or(i64::MAX))
    .bind(found.sha256.clone())
    .bind(found.object.clone())
    .bind(now)
    .bind(round)
    .execute(&mut *tx)
    .await?;
    if !upload.judged.is_empty() {
        sqlx::query("UPDATE files SET judged = $1 WHERE id = $2")
            .bind(upload.judged.clone())
            .bind(found.id.clone())
            .execute(&mut *tx)
            .await?;
    }
    finish(&mut tx, upload, &found.id, from, now).await?;
    files::renumber(&mut tx, &upload.number, &upload.item).await?;
    if let Source::Counter(account) = from {
        attached(&mut tx, upload, &mut events, account, now).await?;
    }
    Ok((tx, found.id.clone(), gone))
}

/// The line of the ledger about a page from the counter.
async fn attached(tx: &mut Tx, upload: &Upload, events: &mut Vec<Event>, account: &str, now: i64) -> Answer<()> {
    let what = What::Attached { item: upload.item.clone() };
    ledger::append(tx, &upload.number, events, (Actor::Staff, account), what, now).await
}

/// Writes down what an upload became.
async fn finish(tx: &mut Tx, upload: &Upload, file: &str, from: Source<'_>, now: i64) -> Answer<()> {
    if !matches!(from, Source::Known) {
        return create::row(tx, upload, now, Some(file)).await;
    }
    sqlx::query("UPDATE uploads SET file = $1 WHERE id = $2")
        .bind(file.to_owned())
        .bind(upload.id.clone())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn refuse(app: &App, upload: &Upload, code: Code) -> Answer<()> {
    let mut tx = app.store.begin().await?;
    sqlx::query("UPDATE uploads SET problem = $1 WHERE id = $2")
        .bind(problem::name(code))
        .bind(upload.id.clone())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// A file that a new one takes the place of.
pub struct Old {
    pub id: String,
    pub round: i64,
    pub object: String,
}

/// Which page an upload becomes and what it replaces.
///
/// Files from before a return do not count against the limit, unless the applicant replaces page by page.
///
/// # Errors
/// [`Code::ItemUnknown`], [`Code::NotReturned`], [`Code::NotNow`] or [`Code::TooManyFiles`].
pub async fn place(
    conn: &mut Conn,
    content: &Published,
    service: &str,
    status: &Status,
    upload: &Upload,
    round: i64,
) -> Answer<(i64, Option<Old>)> {
    let service = content.service(service).filter(|s| s.channel == Channel::Office).ok_or(Code::ServiceUnknown)?;
    let card = content.cards_with_file(service).find(|card| card.id == upload.item).ok_or(Code::ItemUnknown)?;
    files::open_items(status, &upload.item)?;
    let most = i64::from(card.pages.max(1));
    type Columns = (String, i64, i64, i64, String);
    let files: Vec<Columns> =
        sqlx::query_as("SELECT id, page, round, replaced, object FROM files WHERE number = $1 AND item = $2")
            .bind(upload.number.clone())
            .bind(upload.item.clone())
            .fetch_all(conn)
            .await?;
    let page_by_page =
        upload.page.is_some() || files.iter().any(|(_, _, _, replaced, _)| *replaced == round && round > 0);
    let whole_anew = status.state == Stage::WaitingApplicant && !page_by_page;
    let live: Vec<&Columns> = files.iter().filter(|(_, _, _, replaced, _)| *replaced == 0).collect();
    let counted = live.iter().filter(|(_, _, received, _, _)| !whole_anew || *received == round).count();
    if let Some(page) = upload.page {
        if page > most {
            return Err(Code::TooManyFiles.into());
        }
        if let Some((id, _, round, _, object)) = live.iter().find(|(_, at, ..)| *at == page) {
            return Ok((page, Some(Old { id: id.clone(), round: *round, object: object.clone() })));
        }
    }
    if i64::try_from(counted).unwrap_or(i64::MAX) >= most {
        return Err(Code::TooManyFiles.into());
    }
    let last = live.iter().map(|(_, page, ..)| *page).max().unwrap_or(0);
    Ok((upload.page.unwrap_or(last + 1), None))
}
