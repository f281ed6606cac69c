//! The part of this phone that remembers drafts: `draft:<number>` in the database, without NIK and NPWP.

use crate::client::draft::Draft;
use crate::client::upload::shelf;
use crate::client::{json, keyring};
use crate::platform::between;
use crate::platform::storage::database::{self, Store};

const PREFIX: &str = "draft:";
const MOVED: &str = "moved:";

fn place(number: &str) -> String {
    [PREFIX, number].concat()
}

pub(super) async fn read(number: &str) -> Option<Draft> {
    json::read(&database::get_text(&place(number)).await?)
}

/// True only when it is on the phone.
pub(super) async fn write(draft: &Draft) -> bool {
    match serde_json::to_string(&draft.for_phone()) {
        Ok(text) => database::put_text(&place(&draft.number), &text).await,
        Err(_) => false,
    }
}

pub(super) async fn remove(number: &str) {
    database::remove(Store::Texts, &place(number)).await;
}

/// A local name has become a number.
pub(super) async fn moved(old: &str, new: &str) {
    database::put_text(&[MOVED, old].concat(), new).await;
    remove(old).await;
}

pub(super) async fn moved_to(old: &str) -> Option<String> {
    database::get_text(&[MOVED, old].concat()).await
}

/// A line of "Permohonan di HP ini".
#[derive(Debug, Clone, PartialEq)]
pub struct OnPhone {
    pub draft: Draft,
    /// There is something that the office has not got.
    pub unsent: bool,
}

/// Everything this phone remembers, newest first.
pub async fn on_this_phone() -> Vec<OnPhone> {
    let mut found: Vec<OnPhone> = Vec::new();
    for key in database::keys(Store::Texts, PREFIX).await {
        let number = key.trim_start_matches(PREFIX);
        if let Some(draft) = read(number).await {
            let unsent = draft.is_local() || !draft.unsent.is_empty();
            found.push(OnPhone { draft, unsent });
        }
    }
    crate::order::by_key(&mut found, |line| std::cmp::Reverse(line.draft.changed));
    found
}

/// Takes everything about an application off this phone: what is stored, and what any program still holds.
pub async fn wipe(number: &str) {
    between::tell(between::FORGET, number);
    for upload in shelf::load().await.iter().filter(|u| u.number == number) {
        shelf::forget(&upload.id).await;
    }
    keyring::forget(number);
    remove(number).await;
}
