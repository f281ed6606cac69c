//! The part of this phone that remembers drafts: `draft:<number>` in the database, sealed where the browser can.

use crate::client::draft::Draft;
use crate::client::upload::shelf;
use crate::client::{json, keyring, outbox};
use crate::platform::storage::database::{self, Store};
use crate::platform::storage::{sealed, session_remove};
use crate::platform::{between, locks};

const PREFIX: &str = "draft:";
const MOVED: &str = "moved:";
/// What the tracking page has seen last, by the link it came from.
pub const SEEN: [&str; 2] = ["seen-urus:", "seen-lihat:"];

fn place(number: &str) -> String {
    [PREFIX, number].concat()
}

pub(super) async fn read(number: &str) -> Option<Draft> {
    json::read(&sealed::get_text(&place(number)).await?)
}

/// True only when it is on the phone.
pub(super) async fn write(draft: &Draft) -> bool {
    if draft.waits() {
        outbox::mark();
    }
    match serde_json::to_string(&draft.for_phone(sealed::possible())) {
        Ok(text) => sealed::put_text(&place(&draft.number), &draft.number, &text).await,
        Err(_) => false,
    }
}

pub(super) async fn remove(number: &str) {
    database::remove(Store::Texts, &place(number)).await;
}

/// Keeps other tabs from writing this draft until it is dropped.
pub(super) async fn alone(number: &str) -> locks::Held {
    locks::alone(&["satu-pintu-simpan ", number].concat()).await
}

/// Changes what is kept, which another tab may have written just now. `change` says whether to write it.
pub(super) async fn change(number: &str, change: &mut dyn FnMut(&mut Draft) -> bool) {
    let _held = alone(number).await;
    let Some(mut draft) = read(number).await else { return };
    if change(&mut draft) {
        write(&draft).await;
    }
}

/// Whether the phone has a draft; nothing when it does not tell.
pub(in crate::client) async fn there(number: &str) -> Option<bool> {
    database::has(Store::Texts, &place(number)).await
}

/// Whether the office is still to be told that files of a draft are not wanted.
pub(in crate::client) async fn takes_away(number: &str) -> bool {
    read(number).await.is_some_and(|draft| !draft.gone.is_empty())
}

/// A draft has got its number: it is kept under that from now on. `draft` makes of what is kept what is to be kept.
/// True only when it is on the phone.
pub(super) async fn begun(old: &str, number: &str, draft: &mut dyn FnMut(Option<Draft>) -> Option<Draft>) -> bool {
    let _old = alone(old).await;
    let _new = alone(number).await;
    let Some(draft) = draft(read(old).await) else { return false };
    let kept = write(&draft).await && database::put_text(&[MOVED, old].concat(), number).await;
    if kept {
        remove(old).await;
    }
    kept
}

pub async fn moved_to(old: &str) -> Option<String> {
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
            let unsent = draft.waits();
            found.push(OnPhone { draft, unsent });
        }
    }
    crate::order::by_key(&mut found, |line| std::cmp::Reverse(line.draft.changed));
    found
}

/// Takes everything about an application off this phone: what is stored, and what any program still holds.
pub async fn wipe(number: &str) {
    between::tell(between::FORGET, number);
    shelf::forget_all(number).await;
    keyring::forget(number);
    remove(number).await;
    for seen in SEEN {
        let place = [seen, number].concat();
        session_remove(&place);
        database::remove(Store::Texts, &place).await;
    }
    for old in database::keys(Store::Texts, MOVED).await {
        if database::get_text(&old).await.as_deref() == Some(number) {
            database::remove(Store::Texts, &old).await;
        }
    }
    outbox::rang();
}

/// Takes everything of this site off the phone.
pub async fn wipe_everything() {
    for line in on_this_phone().await {
        between::tell(between::FORGET, &line.draft.number);
    }
    crate::platform::storage::wipe().await;
    outbox::rang();
}
