//! A file that came whole, from the counter: it takes the way of every upload, so that every check is the same.

use super::{MAX_BYTES, Upload, create, receive};
use crate::app::Shared;
use crate::problem::Answer;
use crate::secret;
use axum::body::Body;
use bytes::Bytes;
use satu_pintu_api::problem::Code;

/// Adds a page to a requirement.
///
/// # Errors
/// What is wrong with the file, or why it may not be added now.
pub async fn whole(app: &Shared, number: &str, item: &str, name: &str, bytes: Bytes) -> Answer<()> {
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
        length,
        file: None,
        problem: None,
    };
    let upload = create::begin(app, upload).await?;
    receive::bytes(app.clone(), upload, Some(0), Body::from(bytes)).await.map(drop)
}
