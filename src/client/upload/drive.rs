//! Carries out what the pure machine of `transfer.rs` decides: takes the next file in line, sends, waits.

use super::{Upload, Uploads, shelf, wire};
use crate::client::desk::phone;
use crate::client::draft::is_local;
use crate::client::keyring;
use crate::client::transfer::{Do, Event, Line, Phase};
use crate::platform::sending::Stop;
use crate::platform::{locks, time};
use std::cell::{Cell, RefCell};

/// When it cannot be asked what became of a file, or something is to be told before it, it is tried again after this.
const AGAIN_MS: i64 = 5_000;

thread_local! {
    /// The requests under way and whose they are.
    static NOW: RefCell<Vec<(String, Stop)>> = const { RefCell::new(Vec::new()) };
    static LINE: Cell<Line> = Cell::default();
}

/// Ends the request of an upload that is no longer wanted.
pub fn stop(id: &str) {
    let mine = NOW.with_borrow_mut(|now| now.extract_if(.., |(whose, _)| whose == id).collect::<Vec<_>>());
    for (_, stop) in mine {
        stop.now();
    }
}

pub(super) fn under_way(id: &str, stop: Stop) {
    NOW.with_borrow_mut(|now| now.push((id.to_string(), stop)));
}

pub(super) fn over(id: &str) {
    NOW.with_borrow_mut(|now| now.retain(|(whose, _)| whose != id));
}

/// Until nothing is left that can go.
pub async fn drive(uploads: Uploads) {
    while let Some((id, due)) = next(uploads) {
        let wait = due - time::now();
        if wait > 0 {
            // Short naps: `hurry` may have come in between.
            time::sleep(wait.min(500) as i32).await;
            continue;
        }
        // Tabs take turns. What another one has sent meanwhile is there.
        let held = locks::alone("satu-pintu-berkas").await;
        one(uploads, &id).await;
        drop(held);
    }
}

/// The file whose turn it is. Those whose application has no number or no key wait outside the line.
fn next(uploads: Uploads) -> Option<(String, i64)> {
    let list = uploads.list.try_get_untracked()?;
    let can = |phase: &Phase| matches!(phase, Phase::Waiting | Phase::Resting);
    // The office puts pages in the order in which they come: one that rests holds back those after it.
    let page_of = |a: &Upload, b: &Upload| a.page == 0 && b.page == 0 && (&a.number, &a.item) == (&b.number, &b.item);
    let before = |u: &Upload| list.iter().any(|o| page_of(o, u) && o.made < u.made && !o.transfer.finished());
    list.iter()
        .filter(|u| can(&u.transfer.phase) && !u.raw && !u.held)
        .filter(|u| !is_local(&u.number) && keyring::get(&u.number).is_some() && !before(u))
        .min_by_key(|u| (u.due, u.made))
        .map(|u| (u.id.clone(), u.due))
}

/// One file, until it is there, refused, or has to pause.
async fn one(uploads: Uploads, id: &str) {
    if uploads.change(id, |u| u.kept) == Some(true) && shelf::is_kept(id).await == Some(false) {
        let Some(upload) = uploads.change(id, |u| u.clone()) else { return };
        match (wire::head(&upload).await, phone::there(&upload.number).await) {
            // Another tab has sent it.
            (Event::Held(held), _) if held == upload.transfer.size => {
                uploads.change(id, |u| u.transfer.phase = Phase::Received);
                uploads.received.try_update(|n| *n += 1);
                return;
            }
            // Another tab has taken it away.
            (Event::Unknown, Some(true)) => {
                uploads.list.try_update(|list| list.retain(|u| u.id != id));
                return;
            }
            // The browser has thrown everything away: it goes from memory.
            (Event::Held(_) | Event::Unknown, _) => drop(uploads.change(id, |u| u.kept = false)),
            (event, _) => {
                uploads.change(id, |u| match event {
                    Event::KeyWrong => u.transfer.phase = Phase::NeedsKey,
                    _ => u.due = time::now() + AGAIN_MS,
                });
                return;
            }
        }
    }
    let Some((number, size)) = uploads.change(id, |u| (u.number.clone(), u.transfer.size)) else { return };
    if uploads.wait_for_room(&number).await {
        uploads.change(id, |u| u.due = time::now() + AGAIN_MS);
        return;
    }
    let Some(bytes) = shelf::bytes(id).await.filter(|bytes| bytes.len() == size) else {
        uploads.lost(id);
        return;
    };
    let mut event = Event::Go;
    uploads.change(id, |u| u.transfer.line = LINE.get());
    loop {
        let before = uploads.change(id, |u| u.transfer.clone());
        let Some((todo, upload)) = uploads.change(id, |u| (u.transfer.step(event.clone()), u.clone())) else { return };
        LINE.set(upload.transfer.line);
        if upload.kept && before.is_some_and(|t| t.must_be_kept(&upload.transfer)) {
            shelf::keep(&upload).await;
        }
        event = match todo {
            Do::Create { to } => wire::create(&upload, &bytes, to, leaving(uploads, id)).await,
            Do::Head => wire::head(&upload).await,
            Do::Patch { from, to } => wire::patch(&upload, &bytes, from, to, leaving(uploads, id)).await,
            Do::Rest { ms } => {
                let asked = if let Event::Failed { wait_ms, .. } = event { wait_ms } else { 0 };
                uploads.change(id, |u| {
                    u.due = time::now() + i64::from(ms);
                    u.asked = time::now() + i64::from(asked);
                });
                return;
            }
            Do::Nothing => return,
            Do::Next => {
                if upload.transfer.phase == Phase::Received {
                    shelf::forget_kept(id).await;
                    uploads.received.try_update(|n| *n += 1);
                }
                // What was refused stays until the person has seen it and taken it away.
                return;
            }
        };
    }
}

/// Takes note of the bytes that leave the phone.
fn leaving(uploads: Uploads, id: &str) -> impl FnMut(u64) + 'static {
    let id = id.to_string();
    move |bytes| {
        uploads.change(&id, |u| u.transfer.step(Event::Left(bytes)));
    }
}
