//! `Upload-Concat`: parts sent side by side and then put together. A part is never a file by itself.

use super::create::check;
use super::{MAX_BYTES, Upload, complete, expire, find, stage, valid_id};
use crate::app::App;
use crate::problem::{Answer, Fault};
use satu_pintu_api::problem::Code;
use std::collections::BTreeSet;

/// The most parts of one file.
const MOST: usize = 64;

/// Puts the parts that `Upload-Concat` names together to a file, and lets go of them.
///
/// # Errors
/// [`Code::BadRequest`] when a part is not there or not whole; what is wrong with the file.
pub async fn make(app: &App, new: &Upload) -> Answer<(u64, Option<String>)> {
    let parts = parts(new);
    if !(1..=MOST).contains(&parts.len()) {
        return Err(wrong("1 to 64 parts"));
    }
    {
        let mut conn = app.store.reader().acquire().await?;
        check(app, &mut conn, new).await?;
    }
    // Only turns of parts that are there are waited for: so none of them is that of an upload which waits for this one.
    length(app, new, &parts).await?;
    // Nobody takes a part away or writes to it until they are joined. Always in the same order, so that two who name
    // the same parts do not wait for each other.
    let mut turns = Vec::new();
    for id in parts.iter().collect::<BTreeSet<_>>() {
        turns.push(app.uploads.take(id).await);
    }
    let length = length(app, new, &parts).await?;
    if length > MAX_BYTES {
        return Err(Code::FileTooLarge.into());
    }
    match stage::join(app, &new.id, &parts).await {
        Ok(true) => {}
        other => {
            stage::remove(app, &new.id).await;
            return Err(other.err().unwrap_or_else(|| wrong("a part is not there")));
        }
    }
    let whole = Upload { length: Some(length), ..new.clone() };
    let file = complete::complete(app, &whole, complete::Source::Fresh).await?;
    Ok((length, Some(file)))
}

/// Lets go of the parts that a joined upload was made of, now that it is a file.
pub async fn let_go(app: &App, upload: &Upload) {
    for part in parts(upload) {
        if let Err(fault) = expire::forget(app, &part).await {
            tracing::warn!(code = ?fault.code, "a part stays behind until it expires");
        }
    }
}

/// The ids of the parts that an upload names; none where it is not joined.
fn parts(upload: &Upload) -> Vec<String> {
    let named = upload.concat.strip_prefix("final;").unwrap_or_default();
    named.split_ascii_whitespace().map(last_segment).collect()
}

/// The bytes of all parts together, each whole.
async fn length(app: &App, new: &Upload, parts: &[String]) -> Answer<u64> {
    let mut length = 0;
    for id in parts {
        let part = {
            let mut conn = app.store.reader().acquire().await?;
            find(&mut conn, &new.number, id).await?.filter(|part| valid_id(id) && part.part())
        };
        let part = part.ok_or_else(|| wrong("a part is not there"))?;
        let have = match stage::offset(app, &part).await {
            Err(fault) if fault.code == Code::NotFound => return Err(wrong("a part is not there")),
            have => have?,
        };
        if !part.whole(have) {
            return Err(wrong("a part is not whole"));
        }
        length += have;
    }
    Ok(length)
}

fn wrong(what: &str) -> Fault {
    Fault::new(Code::BadRequest).detail(format!("Upload-Concat: {what}"))
}

/// The id in the address of a part, be it whole or a path.
fn last_segment(address: &str) -> String {
    address.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
}
