//! The staged file of an upload. Its length is the offset: nothing is in it that does not count.

use super::checksum::Sum;
use super::turns::Turn;
use super::{MAX_BYTES, Upload};
use crate::app::App;
use crate::problem::{Answer, Fault};
use axum::body::Body;
use bytes::{Buf, Bytes};
use futures_util::{FutureExt, StreamExt};
use satu_pintu_api::problem::Code;
use std::fs::File;
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a sender may be silent.
const IDLE: Duration = Duration::from_secs(30);
/// What is gathered of a fast sender before it is written; a slow one's bytes are written as they come.
const GATHERED: usize = 128 * 1024;

/// Makes an empty staged file.
///
/// # Errors
/// When the disk is full.
pub async fn create(app: &App, id: &str) -> Answer<()> {
    let path = app.uploads.path(id);
    blocking(move || File::create(path).map(|_| ())).await
}

/// Makes the names of staged files survive a power cut.
///
/// # Errors
/// When the disk fails.
pub async fn keep_names(app: &App) -> Answer<()> {
    let folder = app.uploads.staging().to_owned();
    blocking(move || File::open(folder)?.sync_all()).await
}

/// Bytes that are safe on disk. A finished upload has them all.
///
/// # Errors
/// [`Code::NotFound`] when the staged file is gone.
pub async fn offset(app: &App, upload: &Upload) -> Answer<u64> {
    if upload.file.is_some() {
        return Ok(upload.length.unwrap_or_default());
    }
    let path = app.uploads.path(&upload.id);
    let length = blocking(move || {
        let file = match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        // A program that was killed may have left bytes that no disk has yet.
        file.sync_data()?;
        Ok(Some(file.metadata()?.len()))
    });
    Ok(length.await?.ok_or(Code::NotFound)?)
}

/// Takes the staged bytes away.
pub async fn remove(app: &App, id: &str) {
    let paths = [app.uploads.path(id), apart(app, id)];
    let removed = blocking(move || {
        for path in paths {
            match std::fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    });
    if let Err(fault) = removed.await {
        tracing::warn!(code = ?fault.code, "a staged file stays behind");
    }
}

/// Forgets the bytes and keeps the upload.
///
/// # Errors
/// When the disk fails.
pub async fn empty(app: &App, id: &str) -> Answer<()> {
    let path = app.uploads.path(id);
    blocking(move || File::create(path)?.sync_all()).await
}

/// Puts parts one after another. Tells whether all were there.
///
/// # Errors
/// When the disk is full.
pub async fn join(app: &App, id: &str, parts: &[String]) -> Answer<bool> {
    let to = app.uploads.path(id);
    let parts: Vec<PathBuf> = parts.iter().map(|part| app.uploads.path(part)).collect();
    blocking(move || {
        let mut whole = File::create(to)?;
        for part in parts {
            let mut part = match File::open(part) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
                part => part?,
            };
            io::copy(&mut part, &mut whole)?;
        }
        whole.sync_data()?;
        Ok(true)
    })
    .await
}

/// The bytes of one request.
pub struct Piece {
    pub body: Body,
    /// How many at its beginning are here already.
    pub skip: u64,
    pub sum: Option<Sum>,
}

/// Writes what comes until it ends, breaks off, is silent too long, or a newer request takes over. Tells how many
/// bytes there are now. Of a request with a sum only the whole counts. They are synced, but for the last bytes of a
/// file: storing it does that.
///
/// # Errors
/// Why it ended early; what came until then counts all the same, if it has no sum.
pub async fn append(app: &App, upload: &Upload, have: u64, piece: Piece, turn: &mut Turn) -> Answer<u64> {
    let room = upload.length.unwrap_or(MAX_BYTES).saturating_sub(have);
    let path = app.uploads.path(&upload.id);
    let Some(sum) = piece.sum else {
        let (file, added) = fill(open(path, have).await?, piece.body, (piece.skip, room), |_| {}, turn).await?;
        let have = have + added;
        if upload.part() || !upload.whole(have) {
            blocking(move || file.sync_data()).await?;
        }
        return Ok(have);
    };
    let aside = apart(app, &upload.id);
    let outcome = summed(aside.clone(), piece.body, (piece.skip, room), sum, turn).await;
    blocking(move || {
        if outcome.is_ok() {
            let mut whole = at(&path, have)?;
            let copied = File::open(&aside).and_then(|mut summed| io::copy(&mut summed, &mut whole));
            if let Err(error) = copied.and_then(|_| whole.sync_data()) {
                // On a full disk: a part of a summed request counts for nothing.
                whole.set_len(have)?;
                return Err(error);
            }
        }
        // One that stays is written over, or found by the sweep.
        let _ = std::fs::remove_file(aside);
        Ok(outcome.map(|added| have + added))
    })
    .await?
}

/// Receives bytes where they do not count yet, and their sum.
async fn summed(aside: PathBuf, body: Body, limits: (u64, u64), mut sum: Sum, turn: &mut Turn) -> Answer<u64> {
    let (_, added) = fill(open(aside, 0).await?, body, limits, |bytes| sum.add(bytes), turn).await?;
    sum.check()?;
    Ok(added)
}

/// Writes a body to a file, but for its first `skip` bytes and no more than `room`.
async fn fill(
    mut file: File,
    body: Body,
    (mut skip, room): (u64, u64),
    mut seen: impl FnMut(&[u8]),
    turn: &mut Turn,
) -> Answer<(File, u64)> {
    let mut stream = body.into_data_stream();
    let (mut added, mut gathered) = (0, Gathered::default());
    let ended = loop {
        let chunk = match stream.next().now_or_never() {
            Some(chunk) => chunk,
            None => {
                file = gathered.write(file).await?;
                tokio::select! {
                    biased;
                    () = turn.until_over() => break Err(Code::UploadConflict.into()),
                    chunk = tokio::time::timeout(IDLE, stream.next()) => match chunk {
                        Ok(chunk) => chunk,
                        Err(_) => break Err(wrong(408, "nothing came for 30 seconds")),
                    }
                }
            }
        };
        let mut chunk = match chunk {
            Some(Ok(chunk)) => chunk,
            Some(Err(_)) => break Err(wrong(400, "the body broke off")),
            None => break Ok(()),
        };
        if turn.over() {
            break Err(Code::UploadConflict.into());
        }
        seen(&chunk);
        let known = chunk.len().min(usize::try_from(skip).unwrap_or(usize::MAX));
        chunk.advance(known);
        skip -= known as u64;
        added += chunk.len() as u64;
        if added > room {
            break Err(wrong(413, "more bytes than Upload-Length"));
        }
        gathered.add(chunk);
        if gathered.size >= GATHERED {
            file = gathered.write(file).await?;
        }
    };
    let file = gathered.write(file).await?;
    ended.map(|()| (file, added))
}

fn wrong(status: u16, what: &str) -> Fault {
    Fault::new(Code::BadRequest).status(status).detail(what)
}

/// Chunks that wait to be written together.
#[derive(Default)]
struct Gathered {
    chunks: Vec<Bytes>,
    size: usize,
}

impl Gathered {
    fn add(&mut self, chunk: Bytes) {
        self.size += chunk.len();
        self.chunks.push(chunk);
    }

    async fn write(&mut self, mut file: File) -> Answer<File> {
        let chunks = std::mem::take(self).chunks;
        if chunks.is_empty() {
            return Ok(file);
        }
        blocking(move || {
            chunks.iter().try_for_each(|chunk| file.write_all(chunk))?;
            Ok(file)
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Answer<T> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(Fault::broken)??)
}

/// Where bytes wait for their sum. No id has a dot.
fn apart(app: &App, id: &str) -> PathBuf {
    app.uploads.staging().join(format!("{id}.sum"))
}

async fn open(path: PathBuf, from: u64) -> Answer<File> {
    blocking(move || at(&path, from)).await
}

/// Opened to go on at a place; what may be behind it goes.
fn at(path: &Path, from: u64) -> io::Result<File> {
    let mut file = File::options().write(true).create(true).truncate(false).open(path)?;
    file.set_len(from)?;
    file.seek(SeekFrom::Start(from))?;
    Ok(file)
}
