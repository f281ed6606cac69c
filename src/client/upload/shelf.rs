//! Where the bytes of files wait: in the browser's memory, and on an own phone in its database until the
//! office's "received". The bytes are written before the record, so that a record always has its bytes.

use super::Upload;
use crate::client::desk::phone;
use crate::client::json::{self, Json};
use crate::client::{keyring, outbox};
use crate::platform::bytes::Bytes;
use crate::platform::storage::database::{self, Store};
use crate::platform::storage::sealed;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

const PREFIX: &str = "upload:";

thread_local! {
    /// Bytes that had no record when this tab looked before.
    static ORPHANS: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    static MEMORY: RefCell<BTreeMap<String, Bytes>> = const { RefCell::new(BTreeMap::new()) };
}

fn place(id: &str) -> String {
    [PREFIX, id].concat()
}

pub fn hold(id: &str, bytes: Bytes) {
    MEMORY.with_borrow_mut(|m| m.insert(id.into(), bytes));
}

/// The office has made a file of an upload: its picture is found under the file's id, too.
pub fn also(id: &str, file: &str) {
    if let Some(bytes) = held(id) {
        hold(file, bytes);
    }
}

/// The picture of one of the office's files is not shown here any more.
pub fn let_go(file: &str) {
    MEMORY.with_borrow_mut(|m| m.remove(file));
}

/// The bytes, when they are in memory.
pub fn held(id: &str) -> Option<Bytes> {
    MEMORY.with_borrow(|m| m.get(id).cloned())
}

/// The bytes, from memory or from the phone.
pub async fn bytes(id: &str) -> Option<Bytes> {
    if let Some(bytes) = held(id) {
        return Some(bytes);
    }
    let bytes = sealed::get_file(&place(id)).await?;
    hold(id, bytes.clone());
    Some(bytes)
}

/// True only when they are on the phone.
pub async fn keep_bytes(upload: &Upload, bytes: &Bytes) -> bool {
    sealed::put_file(&place(&upload.id), &upload.number, bytes).await
}

pub async fn keep(upload: &Upload) -> bool {
    outbox::mark();
    match serde_json::to_string(upload) {
        Ok(text) => sealed::put_text(&place(&upload.id), &upload.number, &text).await,
        Err(_) => false,
    }
}

/// As the phone has it.
pub async fn record(id: &str) -> Option<Upload> {
    let mut upload: Upload = json::read(&sealed::get_text(&place(id)).await?)?;
    upload.transfer = upload.transfer.resumed();
    Some(upload)
}

/// How many files of an application wait on the phone, whichever tab sends them.
pub async fn count(number: &str) -> usize {
    let mut count = 0;
    for key in database::keys(Store::Texts, PREFIX).await {
        let whose = match sealed::whose(&key).await {
            Some(whose) => Some(whose),
            None => record(key.trim_start_matches(PREFIX)).await.map(|upload| upload.number),
        };
        let Some(whose) = whose else { continue };
        // Its draft may have got a number a moment ago.
        if whose == number || phone::moved_to(&whose).await.is_some_and(|moved| moved == number) {
            count += 1;
        }
    }
    count
}

/// Whether the phone still has it, where it tells: another tab may have sent it meanwhile, or taken it away.
pub async fn is_kept(id: &str) -> Option<bool> {
    database::has(Store::Texts, &place(id)).await
}

pub async fn forget(id: &str) {
    MEMORY.with_borrow_mut(|m| m.remove(id));
    database::remove(Store::Texts, &place(id)).await;
    database::remove(Store::Files, &place(id)).await;
}

/// Off the phone, but still in memory for its picture.
pub async fn forget_kept(id: &str) {
    database::remove(Store::Texts, &place(id)).await;
    database::remove(Store::Files, &place(id)).await;
}

/// What earlier visits left, oldest first. Bytes that stay without a record, and files of applications that have left
/// this phone, are let go; a key that was replaced is asked for again.
pub async fn load() -> Vec<Upload> {
    let mut found = Vec::new();
    let records = database::keys(Store::Texts, PREFIX).await;
    for key in &records {
        // What cannot be opened now is left alone.
        let Some(text) = sealed::get_text(key).await else { continue };
        match json::read::<Upload>(&text) {
            Some(mut upload)
                if crate::client::draft::is_local(&upload.number)
                    || keyring::kept(&upload.number)
                    || phone::there(&upload.number).await != Some(false) =>
            {
                upload.transfer = upload.transfer.resumed();
                // Its draft has got a number meanwhile, from another tab or in the last visit.
                if let Some(number) = phone::moved_to(&upload.number).await {
                    upload.number = number;
                    keep(&upload).await;
                }
                found.push(upload);
            }
            Some(_) => forget(key.trim_start_matches(PREFIX)).await,
            // A newer version of the app has kept it.
            None => {}
        }
    }
    // Bytes are written before their record: another tab may be about to write it.
    let old = database::keys(Store::Files, PREFIX).await.into_iter().filter(|key| !records.contains(key));
    for key in old.collect::<Vec<_>>() {
        if ORPHANS.with_borrow_mut(|known| !known.insert(key.clone()))
            && is_kept(key.trim_start_matches(PREFIX)).await == Some(false)
        {
            database::remove(Store::Files, &key).await;
        }
    }
    crate::order::by_key(&mut found, |u| u.made);
    found
}

/// Takes the files of an application off the phone, without opening any.
pub async fn forget_all(number: &str) {
    for key in database::keys(Store::Texts, PREFIX).await {
        let whose = match sealed::whose(&key).await {
            Some(whose) => whose,
            None => unsealed(&key).await.unwrap_or_default(),
        };
        if whose == number {
            forget(key.trim_start_matches(PREFIX)).await;
        }
    }
}

/// Whose a file is that an older version kept.
async fn unsealed(key: &str) -> Option<String> {
    let record = Json::parse(&database::get_text(key).await?)?;
    json::from_tree(record.field("number")?)
}
