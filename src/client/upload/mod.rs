//! Files on their way to the office. One queue for the whole app, one file at a time for all tabs (links are
//! slow), never given up while the draft lives, and taken up again after a reload. `transfer.rs` decides, `wire`
//! speaks tus, `prepare` looks at a file and shrinks photos before it goes.

mod drive;
pub mod prepare;
pub(super) mod shelf;
mod wire;

use super::desk::phone;
use super::draft::Draft;
use super::outbox;
use super::transfer::{Event, Phase, Transfer};
use crate::platform::bytes::Bytes;
use crate::platform::{self, locks, time};
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
    /// As the picker gave it: not looked at and not shrunk yet.
    #[serde(default)]
    pub raw: bool,
    /// Not before this moment (milliseconds); a pause after a failure.
    #[serde(skip)]
    pub due: i64,
    /// The office asked not to come before this moment.
    #[serde(skip)]
    pub asked: i64,
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
    /// The application that is open.
    draft: RwSignal<Option<Draft>>,
    /// What earlier visits left is in the list.
    loaded: RwSignal<bool>,
    running: StoredValue<bool>,
}

pub fn use_uploads() -> Uploads {
    expect_context()
}

impl Uploads {
    pub fn provide(draft: RwSignal<Option<Draft>>) -> Uploads {
        let uploads = Uploads {
            list: RwSignal::new(Vec::new()),
            received: RwSignal::new(0),
            draft,
            loaded: RwSignal::new(false),
            running: StoredValue::new(false),
        };
        provide_context(uploads);
        if platform::BROWSER {
            spawn_local(uploads.look());
            platform::network::on_change(move |online| {
                if online {
                    uploads.hurry()
                }
            });
            for event in ["pageshow", "focus", "visibilitychange"] {
                platform::document::on_window(event, move |_| uploads.hurry());
            }
            // Another tab has kept something.
            platform::document::on_window("storage", move |_| spawn_local(uploads.look()));
        }
        uploads
    }

    /// Takes up what is on this phone and not yet in this tab: from earlier visits, or from another tab.
    async fn look(self) {
        let kept = shelf::load().await;
        self.loaded.try_set(true);
        self.list.try_update(|list| {
            for upload in list.iter_mut() {
                // Another tab has learnt its number, or given it another place.
                if let Some(other) = kept.iter().find(|k| k.id == upload.id) {
                    upload.number.clone_from(&other.number);
                    upload.made = other.made;
                }
            }
            let new = kept.into_iter().filter(|k| list.iter().all(|u| u.id != k.id)).collect::<Vec<_>>();
            list.extend(new);
        });
        for upload in self.list.try_get_untracked().unwrap_or_default().iter().filter(|u| u.raw) {
            self.prepare(&upload.id).await;
        }
        self.go();
    }

    /// Takes a file as it was picked. Its bytes are on the phone (or in memory) before anything else is done with
    /// them: a small phone may close the page at any moment. Tells whether it can be sent.
    pub async fn take(self, mut upload: Upload, bytes: Bytes) -> bool {
        upload.raw = true;
        let id = upload.id.clone();
        self.add(upload, bytes).await;
        self.change(&id, |u| !matches!(u.transfer.phase, Phase::Refused(_))).unwrap_or(false)
    }

    /// Puts a file in line.
    pub async fn add(self, upload: Upload, bytes: Bytes) {
        let raw = upload.raw.then(|| upload.id.clone());
        self.put(upload, bytes).await;
        if let Some(id) = raw {
            self.prepare(&id).await;
        }
        self.go();
    }

    async fn put(self, mut upload: Upload, bytes: Bytes) {
        upload.kept = upload.kept && shelf::keep_bytes(&upload, &bytes).await && shelf::keep(&upload).await;
        shelf::hold(&upload.id, bytes);
        if upload.kept {
            outbox::rang();
        }
        self.list.try_update(|list| {
            // Pages go in the order in which they were made.
            while list.iter().any(|u| u.made == upload.made) {
                upload.made += 1;
            }
            list.push(upload)
        });
    }

    /// Looks at a picked file and shrinks it; then it goes. One tab does that, once.
    async fn prepare(self, id: &str) {
        let _held = locks::alone(&["satu-pintu-siapkan ", id].concat()).await;
        if self.change(id, |u| u.raw) != Some(true) {
            return;
        }
        if let Some(done) = shelf::record(id).await.filter(|kept| !kept.raw) {
            self.change(id, |u| *u = done);
            return;
        }
        let Some(bytes) = shelf::bytes(id).await else {
            // Another tab has taken it away, or the phone has.
            if shelf::is_kept(id).await == Some(false) {
                self.list.try_update(|list| list.retain(|u| u.id != id));
            } else {
                self.change(id, |u| {
                    u.raw = false;
                    u.transfer.phase = Phase::Refused("file-lost".into());
                });
            }
            return;
        };
        let ready = prepare::prepare(bytes).await;
        let upload = self.change(id, |u| {
            u.raw = false;
            match &ready {
                Ok(ready) => {
                    u.name = prepare::plain_name(&u.name, ready.media_type);
                    u.media_type = ready.media_type.into();
                    let paused = u.transfer.phase == Phase::Paused;
                    u.transfer = Transfer::new(ready.bytes.len());
                    if paused {
                        u.transfer.step(Event::Pause);
                    }
                }
                Err(code) => {
                    u.name = prepare::shown_name(&u.name);
                    u.transfer.phase = Phase::Refused((*code).into());
                }
            }
            u.clone()
        });
        let Some(upload) = upload else { return };
        match ready {
            Ok(ready) => {
                shelf::hold(id, ready.bytes.clone());
                // Where there is no room for it, what was picked stays there as it was picked.
                let kept = !upload.kept || shelf::keep_bytes(&upload, &ready.bytes).await && shelf::keep(&upload).await;
                if !kept {
                    self.change(id, |u| u.kept = false);
                }
                self.go();
            }
            Err(_) if upload.kept => drop(shelf::keep(&upload).await),
            Err(_) => shelf::forget(id).await,
        }
    }

    /// The person wants it to wait, or to go on.
    pub fn pause(self, id: &str, pause: bool) {
        let event = if pause { Event::Pause } else { Event::GoOn };
        let upload = self.change(id, |u| {
            u.transfer.step(event);
            u.due = 0;
            u.clone()
        });
        if pause {
            drive::stop(id);
        }
        self.keep(upload);
        self.go();
    }

    /// Two pages that wait change places.
    pub fn exchange(self, one: &str, other: &str) {
        let made = |id: &str| self.change(id, |u| u.made);
        let (Some(first), Some(second)) = (made(one), made(other)) else { return };
        for (id, made) in [(one, second), (other, first)] {
            let changed = self.change(id, |u| {
                u.made = made;
                u.clone()
            });
            self.keep(changed);
        }
    }

    /// The phone does not give the bytes any more: the person must pick the file again.
    pub fn lost(self, id: &str) {
        self.change(id, |u| u.transfer.step(Event::Refused("file-lost".into())));
    }

    /// The phone has become the person's own: files that were in this page only are kept on it.
    pub async fn stay(self, number: &str) {
        for mut upload in self.of(number).into_iter().filter(|u| !u.kept && !u.transfer.finished()) {
            let Some(bytes) = shelf::held(&upload.id) else { continue };
            upload.kept = true;
            if shelf::keep_bytes(&upload, &bytes).await && shelf::keep(&upload).await {
                self.change(&upload.id, |u| u.kept = true);
                outbox::rang();
            }
        }
    }

    /// What the photo judge said goes along with the file.
    pub fn judged(self, id: &str, codes: String) {
        let changed = self.change(id, |u| {
            u.judged = codes;
            u.clone()
        });
        self.keep(changed);
    }

    /// Writes what has changed to the phone.
    fn keep(self, changed: Option<Upload>) {
        if let Some(upload) = changed.filter(|u| u.kept) {
            spawn_local(async move {
                shelf::keep(&upload).await;
            });
        }
    }

    /// A file with its bytes.
    pub async fn content(self, id: &str) -> Option<(Upload, Bytes)> {
        let upload = self.change(id, |u| u.clone())?;
        Some((upload, shelf::bytes(id).await?))
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

    /// Takes a file out of the line and off the phone. Gives what it was; the office is not told.
    pub fn forget(self, id: &str) -> Option<Upload> {
        let upload = self.change(id, |u| u.clone());
        self.list.try_update(|list| list.retain(|u| u.id != id));
        drive::stop(id);
        let own = upload.as_ref()?.id.clone();
        spawn_local(async move { shelf::forget(&own).await });
        upload
    }

    /// The files of an application, in memory order. Does not track.
    pub fn of(self, number: &str) -> Vec<Upload> {
        let all = self.list.try_get_untracked().unwrap_or_default();
        all.into_iter().filter(|u| u.number == number).collect()
    }

    /// How many files of an application hold up handing it in; those that wait for its key do not, those that were
    /// refused do until the person has taken them away. Until the phone's are known there may be one. Does not track.
    pub fn on_their_way(self, number: &str) -> usize {
        if !self.loaded.try_get_untracked().unwrap_or(true) {
            return 1;
        }
        let waits = |u: &&Upload| !matches!(u.transfer.phase, Phase::Received | Phase::NeedsKey);
        self.of(number).iter().filter(waits).count()
    }

    /// Whether a file of an application was refused and is still here. Tracks.
    pub fn refused(self, number: &str) -> bool {
        let refused = |u: &Upload| u.number == number && matches!(u.transfer.phase, Phase::Refused(_));
        self.list.with(|list| list.iter().any(refused))
    }

    /// The same as [`Uploads::on_their_way`], with those that another tab sends: nothing is handed in before them.
    pub async fn on_their_way_anywhere(self, number: &str) -> usize {
        self.on_their_way(number).max(shelf::count(number).await)
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
                upload.due = upload.asked;
                if upload.transfer.phase == Phase::NeedsKey {
                    upload.transfer.phase = Phase::Waiting;
                }
            }
        });
        self.go();
    }

    /// What was taken away makes room: the office is told of that before a file of the application comes.
    async fn wait_for_room(self, number: &str) -> bool {
        let open = |d: &Option<Draft>| d.as_ref().filter(|d| d.number == number).map(|d| !d.gone.is_empty());
        match self.draft.try_with_untracked(open).flatten() {
            Some(waits) => waits,
            None => phone::takes_away(number).await,
        }
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

/// A copy of a picture, turned by a quarter to the right, when its bytes are at hand.
pub async fn turned(id: &str) -> Option<Bytes> {
    platform::photo::turn(&shelf::bytes(id).await?).await
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
        raw: false,
        due: 0,
        asked: 0,
        held: false,
        judged: String::new(),
    }
}
