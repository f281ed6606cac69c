//! Where the bytes of files wait: in the browser's memory, and on an own phone in its database until the
//! office's "received". The bytes are written before the record, so that a record always has its bytes.

use super::Upload;
use crate::client::keyring;
use crate::platform::bytes::Bytes;
use crate::platform::storage::database::{self, Store};
use std::cell::RefCell;
use std::collections::BTreeMap;

const PREFIX: &str = "upload:";

thread_local! {
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

/// The bytes, when they are in memory.
pub fn held(id: &str) -> Option<Bytes> {
    MEMORY.with_borrow(|m| m.get(id).cloned())
}

/// The bytes, from memory or from the phone.
pub async fn bytes(id: &str) -> Option<Bytes> {
    if let Some(bytes) = held(id) {
        return Some(bytes);
    }
    let bytes = Bytes::from_js(database::get(Store::Files, &place(id)).await?)?;
    hold(id, bytes.clone());
    Some(bytes)
}

/// True only when they are on the phone.
pub async fn keep_bytes(id: &str, bytes: &Bytes) -> bool {
    database::put(Store::Files, &place(id), &bytes.to_js()).await
}

pub async fn keep(upload: &Upload) -> bool {
    match serde_json::to_string(upload) {
        Ok(text) => database::put_text(&place(&upload.id), &text).await,
        Err(_) => false,
    }
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

/// What earlier visits left, oldest first. Bytes without a record, and files of applications whose key has left
/// this phone, are let go.
pub async fn load() -> Vec<Upload> {
    let mut found = Vec::new();
    for key in database::keys(Store::Texts, PREFIX).await {
        let text = database::get_text(&key).await.unwrap_or_default();
        match crate::client::json::read::<Upload>(&text) {
            Some(mut upload) if crate::client::draft::is_local(&upload.number) || keyring::kept(&upload.number) => {
                upload.transfer = upload.transfer.resumed();
                found.push(upload);
            }
            _ => forget(key.trim_start_matches(PREFIX)).await,
        }
    }
    for key in database::keys(Store::Files, PREFIX).await {
        if !found.iter().any(|u| place(&u.id) == key) {
            database::remove(Store::Files, &key).await;
        }
    }
    crate::order::by_key(&mut found, |u| u.made);
    found
}
