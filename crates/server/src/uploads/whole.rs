//! A file that came whole, from the counter: it takes the way of every upload, so that every check is the same.

use super::stage::Piece;
use super::{MAX_BYTES, Upload, create, expire};
use crate::app::App;
use crate::problem::Answer;
use crate::secret;
use axum::body::Body;
use bytes::Bytes;
use satu_pintu_api::problem::Code;

/// Adds a page to a requirement.
///
/// # Errors
/// What is wrong with the file, or why it may not be added now.
pub async fn whole(app: &App, number: &str, item: &str, name: &str, bytes: Bytes) -> Answer<()> {
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
    let mut turn = app.uploads.take(&upload.id).await;
    let piece = Piece { body: Body::from(bytes), skip: 0, sum: None };
    create::begin(app, &upload, Some(piece), &mut turn).await.map(drop)
}
