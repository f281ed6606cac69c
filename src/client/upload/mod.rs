//! Files on their way to the office. One queue for the whole app, one file at a time (links are slow), never
//! given up while the page lives, and taken up again after a reload. `transfer.rs` decides, `wire` speaks tus,
//! `prepare` looks at a file and shrinks photos before it goes.

mod drive;
pub mod prepare;
pub(super) mod shelf;
mod wire;

use super::transfer::{Phase, Transfer};
use crate::platform::bytes::Bytes;
use crate::platform::{self, time};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// A file between the camera and the office's "received".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    /// Made here; the office knows the upload by it.
    pub id: String,
    /// Application, or its local name.
    pub number: String,
    /// Requirement card.
    pub item: String,
    /// Position within the item, from 1; 0 is at the end.
    pub page: u32,
    pub name: String,
    pub media_type: String,
    pub transfer: Transfer,
    pub made: i64,
    /// Also on this phone, so that it survives closing the page.
    pub kept: bool,
    /// Not before this moment (milliseconds); a pause after a failure.
    #[serde(skip)]
    pub due: i64,
    /// Not before the person has chosen; a page opened anew asks no more.
    #[serde(skip)]
    pub held: bool,
    /// Why the photo judge advised against it: codes with commas.
    #[serde(default)]
    pub judged: String,
}

/// In the context of the whole app.
#[derive(Clone, Copy)]
pub struct Uploads {
    pub list: RwSignal<Vec<Upload>>,
    /// Counts files that the office has taken; pages read the application again when it changes.
    pub received: RwSignal<u32>,
    running: StoredValue<bool>,
}

pub fn use_uploads() -> Uploads {
    expect_context()
}

impl Uploads {
    pub fn provide() -> Uploads {
        let uploads =
            Uploads { list: RwSignal::new(Vec::new()), received: RwSignal::new(0), running: StoredValue::new(false) };
        provide_context(uploads);
        if platform::BROWSER {
            spawn_local(async move {
                let kept = shelf::load().await;
                uploads.list.try_update(|list| list.extend(kept));
                uploads.go();
            });
            platform::network::on_change(move |online| {
                if online {
                    uploads.hurry()
                }
            });
            platform::document::on_window("pageshow", move |_| uploads.hurry());
            platform::document::on_window("focus", move |_| uploads.hurry());
        }
        uploads
    }

    /// Puts a file in line. The bytes are on the phone (or in memory) before it begins to go.
    pub async fn add(self, mut upload: Upload, bytes: Bytes) {
        upload.kept = upload.kept && shelf::keep_bytes(&upload.id, &bytes).await;
        if upload.kept {
            shelf::keep(&upload).await;
        }
        shelf::hold(&upload.id, bytes);
        self.list.try_update(|list| list.push(upload));
        self.go();
    }

    /// What the photo judge said goes along with the file.
    pub fn judged(self, id: &str, codes: String) {
        let changed = self.change(id, |u| {
            u.judged = codes;
            u.clone()
        });
        if let Some(upload) = changed.filter(|u| u.kept) {
            spawn_local(async move {
                shelf::keep(&upload).await;
            });
        }
    }

    /// Lets a file go that was held.
    pub fn release(self, id: &str) {
        self.change(id, |u| u.held = false);
        self.go();
    }

    /// The office's list of files has them now: they are no longer rows of their own.
    pub fn settle(self, number: &str) {
        let received = |u: &Upload| u.number == number && u.transfer.phase == Phase::Received;
        if self.list.with_untracked(|list| list.iter().any(received)) {
            self.list.update(|list| list.retain(|u| !received(u)));
        }
    }

    /// A file that the phone itself cannot send: shown with the reason, kept nowhere.
    pub fn refuse(self, mut upload: Upload, code: &str) {
        upload.transfer.phase = Phase::Refused(code.to_string());
        self.list.try_update(|list| list.push(upload));
    }

    /// Takes a file out of the line and off the phone. The office is told by itself when it lapses.
    pub fn drop_upload(self, id: &str) {
        self.list.try_update(|list| list.retain(|u| u.id != id));
        drive::stop(id);
        let id = id.to_string();
        spawn_local(async move { shelf::forget(&id).await });
    }

    /// Drops everything of an application.
    pub fn drop_all(self, number: &str) {
        for upload in self.of(number) {
            self.drop_upload(&upload.id);
        }
    }

    /// The files of an application, in memory order. Does not track.
    pub fn of(self, number: &str) -> Vec<Upload> {
        let all = self.list.try_get_untracked().unwrap_or_default();
        all.into_iter().filter(|u| u.number == number).collect()
    }

    /// A local name has become a number: now its files can go.
    pub fn renumber(self, old: &str, new: &str) {
        let mut changed = Vec::new();
        self.list.try_update(|list| {
            for upload in list.iter_mut().filter(|u| u.number == old) {
                upload.number = new.to_string();
                changed.push(upload.clone());
            }
        });
        spawn_local(async move {
            for upload in changed.iter().filter(|u| u.kept) {
                shelf::keep(upload).await;
            }
        });
        self.go();
    }

    /// The network is back, the key was typed, or the person pressed "try again": no more pauses.
    pub fn hurry(self) {
        self.list.try_update(|list| {
            for upload in list.iter_mut() {
                upload.due = 0;
                if upload.transfer.phase == Phase::NeedsKey {
                    upload.transfer.phase = Phase::Waiting;
                }
            }
        });
        self.go();
    }

    /// Starts the driver unless it runs.
    fn go(self) {
        if !platform::BROWSER || self.running.try_update_value(|r| std::mem::replace(r, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            drive::drive(self).await;
            self.running.try_set_value(false);
        });
    }

    fn change<R>(self, id: &str, f: impl FnOnce(&mut Upload) -> R) -> Option<R> {
        let mut result = None;
        self.list.try_update(|list| {
            if let Some(upload) = list.iter_mut().find(|u| u.id == id) {
                result = Some(f(upload));
            }
        });
        result
    }
}

/// An address of a picture whose bytes are still in memory: by the upload's id, or the office's id of the file.
pub fn picture(id: &str, media_type: &str) -> Option<String> {
    media_type.starts_with("image/").then(|| shelf::held(id)?.address(media_type))?
}

/// A new file for a requirement.
pub fn upload(number: &str, item: &str, name: &str, media_type: &str, size: u64, keep: bool) -> Upload {
    Upload {
        id: platform::random::token(),
        number: number.into(),
        item: item.into(),
        page: 0,
        name: name.into(),
        media_type: media_type.into(),
        transfer: Transfer::new(size),
        made: time::now(),
        kept: keep,
        due: 0,
        held: false,
        judged: String::new(),
    }
}
