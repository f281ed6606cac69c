//! A file that came whole, from the counter: it takes the way of every upload, so that every check is the same.

use super::stage::Piece;
use super::{MAX_BYTES, Upload, complete, create, expire, stage};
use crate::app::{App, Shared};
use crate::problem::{Answer, Fault};
use crate::secret;
use axum::body::Body;
use bytes::Bytes;
use satu_pintu_api::problem::Code;

/// Adds a page to a requirement of a draft of the counter, and its line to the ledger, in the name of an account.
///
/// # Errors
/// What is wrong with the file, or why it may not be added now; then nothing is left of it.
pub async fn whole(app: &Shared, account: &str, (number, item): (&str, &str), name: &str, bytes: Bytes) -> Answer<()> {
    let length = bytes.len() as u64;
    if length == 0 {
        return Err(Code::FileEmpty.into());
    }
    if length > MAX_BYTES {
        return Err(Code::FileTooLarge.into());
    }
    let upload = Upload {
        id: secret::id(),
        number: number.to_owned(),
        item: item.to_owned(),
        page: None,
        name: name.to_owned(),
        length: Some(length),
        metadata: String::new(),
        concat: String::new(),
        sha256: None,
        judged: String::new(),
        expires: expire::from(app.now()),
        file: None,
        problem: None,
    };
    // In a task of its own: a handler that is dropped leaves nothing half done.
    let (app, account) = (app.clone(), account.to_owned());
    tokio::spawn(async move { add(&app, &upload, &account, bytes).await }).await.map_err(Fault::broken)?
}

async fn add(app: &App, upload: &Upload, account: &str, bytes: Bytes) -> Answer<()> {
    let mut turn = app.uploads.take(&upload.id).await;
    {
        let mut conn = app.store.reader().acquire().await?;
        create::check(app, &mut conn, upload).await?;
    }
    stage::create(app, &upload.id).await?;
    let piece = Piece { body: Body::from(bytes), skip: 0, sum: None };
    if let Err(fault) = stage::append(app, upload, 0, piece, &mut turn).await {
        stage::remove(app, &upload.id).await;
        return Err(fault);
    }
    complete::complete(app, upload, complete::Source::Counter(account)).await.map(drop)
}
