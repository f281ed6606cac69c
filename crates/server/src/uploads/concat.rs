//! `Upload-Concat`: parts sent side by side and then put together. A part is never a file by itself.

use super::create::check;
use super::{MAX_BYTES, Upload, complete, expire, find, stage, valid_id};
use crate::app::App;
use crate::problem::{Answer, Fault};
use satu_pintu_api::problem::Code;

/// The most parts of one file.
const MOST: usize = 64;

/// Puts the parts that `Upload-Concat` names together to a file, and lets go of them.
///
/// # Errors
/// [`Code::BadRequest`] when a part is not there or not whole; what is wrong with the file.
pub async fn make(app: &App, new: &Upload) -> Answer<(u64, Option<String>)> {
    let wrong = |what: &str| Fault::new(Code::BadRequest).detail(format!("Upload-Concat: {what}"));
    let named = new.concat.strip_prefix("final;").unwrap_or_default();
    let parts: Vec<String> = named.split_ascii_whitespace().map(last_segment).collect();
    if !(1..=MOST).contains(&parts.len()) {
        return Err(wrong("1 to 64 parts"));
    }
    let mut length = 0;
    {
        let mut conn = app.store.reader().acquire().await?;
        check(app, &mut conn, new).await?;
        for id in &parts {
            let part = find(&mut conn, &new.number, id).await?.filter(|part| valid_id(id) && part.part());
            let part = part.ok_or_else(|| wrong("a part is not there"))?;
            let have = stage::offset(app, &part).await?;
            if !part.whole(have) {
                return Err(wrong("a part is not whole"));
            }
            length += have;
        }
    }
    if length > MAX_BYTES {
        return Err(Code::FileTooLarge.into());
    }
    stage::join(app, &new.id, &parts).await?;
    let whole = Upload { length: Some(length), ..new.clone() };
    let file = complete::complete(app, &whole, true).await?;
    for part in &parts {
        expire::forget(app, part).await?;
    }
    Ok((length, Some(file)))
}

/// The id in the address of a part, be it whole or a path.
fn last_segment(address: &str) -> String {
    address.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
}
