//! What is typed goes to the phone within a quarter of a second and to the office soon after. Nothing is given
//! up: a failure is told, then tried again by itself.

use super::open::wants_key;
use super::{Desk, phone};
use crate::client::draft::{Changes, Draft};
use crate::client::{Call, Failure, keyring};
use crate::platform::{self, time};
use leptos::task::spawn_local;
use satu_pintu_api::application::{Application, Created, NewApplication, Save};
use satu_pintu_domain::key::Key;

/// A person who has stopped typing for this long gets it sent.
const PAUSE_MS: i64 = 400;
const KEEP_MS: i32 = 200;
const REST_MAX_MS: i32 = 20_000;

impl Desk {
    /// A field was typed in.
    pub fn edit(self, id: &str, value: &str) {
        let now = time::now();
        let changed = self.draft.try_update(|d| d.as_mut().is_some_and(|d| d.edit(id, value, now)));
        if changed != Some(true) {
            return;
        }
        self.with_plain(|p| p.edited = now);
        self.keep_soon();
        self.send_soon();
    }

    /// Writes the draft to an own phone, many edits at once.
    pub(super) fn keep_soon(self) {
        if !self.own_phone.try_get_untracked().unwrap_or(false) || !platform::BROWSER {
            return;
        }
        let busy = self.with_plain(|p| {
            p.dirty = true;
            std::mem::replace(&mut p.keeping, true)
        });
        if busy == Some(false) {
            spawn_local(async move {
                while self.with_plain(|p| p.dirty) == Some(true) {
                    time::sleep(KEEP_MS).await;
                    self.with_plain(|p| p.dirty = false);
                    let own = self.own_phone.try_get_untracked().unwrap_or(false);
                    let Some(draft) = self.now().filter(|_| own) else { break };
                    let kept = phone::write(&draft).await;
                    if self.now().is_some_and(|d| d == draft) {
                        self.on_phone.try_set(kept);
                    }
                }
                self.with_plain(|p| p.keeping = false);
            });
        }
    }

    /// Writes the draft to an own phone before the page goes.
    pub(super) fn keep_now(self) {
        if self.with_plain(|p| p.dirty) == Some(true)
            && let Some(draft) = self.now()
        {
            spawn_local(async move {
                phone::write(&draft).await;
            });
        }
    }

    /// Sends what is unsent, when the person pauses.
    pub(super) fn send_soon(self) {
        if !platform::BROWSER || self.with_plain(|p| std::mem::replace(&mut p.pumping, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            self.pump().await;
            self.with_plain(|p| p.pumping = false);
        });
    }

    async fn pump(self) {
        let mut rest = 1_000;
        while let Some(draft) = self.now().filter(|d| d.is_local() || !d.unsent.is_empty()) {
            let quiet = time::now() - self.with_plain(|p| p.edited).unwrap_or(0);
            if quiet < PAUSE_MS && !draft.is_local() {
                time::sleep((PAUSE_MS - quiet).max(20) as i32).await;
                continue;
            }
            self.sending.try_set(true);
            let sent = self.send_once(&draft).await;
            self.sending.try_set(false);
            match sent {
                Ok(()) => rest = 1_000,
                Err(f) if f.passing() => {
                    self.trouble.try_set(Some(f));
                    self.rest(rest).await;
                    rest = (rest * 2).min(REST_MAX_MS);
                }
                Err(f) if wants_key(&f) => {
                    self.trouble.try_set(Some(f));
                    return;
                }
                Err(f) => {
                    // The office will not take this: say so, keep it on the screen, do not ask for ever.
                    let batch = draft.unsent.clone();
                    self.draft.try_update(|d| d.as_mut().map(|d| d.forget_unsent(&batch)));
                    self.trouble.try_set(Some(f));
                    if draft.is_local() {
                        return;
                    }
                }
            }
        }
    }

    /// One try with everything unsent.
    pub(super) async fn send_once(self, draft: &Draft) -> Result<(), Failure> {
        if draft.is_local() { self.register(draft).await } else { self.patch(draft).await }
    }

    async fn patch(self, draft: &Draft) -> Result<(), Failure> {
        if draft.unsent.is_empty() {
            return Ok(());
        }
        let application = patch(&draft.number, &draft.unsent, None).await?;
        if self.now().is_some_and(|d| d.number == draft.number) {
            self.draft.try_update(|d| d.as_mut().map(|d| d.confirmed(&draft.unsent)));
            self.office.try_set(Some(std::sync::Arc::new(application)));
            self.trouble.try_set(None);
            self.keep_soon();
        }
        Ok(())
    }

    /// Makes a local draft known to the office: now it has a number and a key.
    async fn register(self, draft: &Draft) -> Result<(), Failure> {
        let own_phone = self.own_phone.try_get_untracked().unwrap_or(false);
        let (number, application) = register(draft, own_phone).await?;
        let old = draft.number.clone();
        let mut present = self.now().filter(|d| d.number == old).unwrap_or_else(|| draft.clone());
        present.confirmed(&draft.unsent);
        present.adopt(&application);
        self.with_plain(|p| {
            p.moved.push((old.clone(), number.clone()));
            if p.number == old {
                p.number.clone_from(&number);
            }
        });
        if own_phone {
            let kept = phone::write(&present).await;
            phone::moved(&old, &number).await;
            self.on_phone.try_set(kept);
        }
        if self.now().is_some_and(|d| d.number == old) {
            self.draft.try_set(Some(present));
            self.office.try_set(Some(std::sync::Arc::new(application)));
            self.trouble.try_set(None);
        }
        self.uploads.renumber(&old, &number);
        // The page stays as it is under the hand; only the address bar learns the number.
        let url = platform::history::current();
        if url.path.contains(&old) {
            platform::history::write(&url.path.replace(&old, &number));
        }
        Ok(())
    }

    /// Waits, but not beyond the moment when the network is back.
    async fn rest(self, ms: i32) {
        let until = time::now() + i64::from(ms);
        while time::now() < until && self.trouble.try_get_untracked().flatten().is_some() {
            time::sleep(250).await;
        }
    }

    pub(super) fn watch_network(self) {
        platform::network::on_change(move |online| {
            if online {
                self.trouble.try_set(None);
                self.send_soon();
                spawn_local(self.drain());
            }
        });
        spawn_local(self.drain());
    }

    /// Sends what other drafts on this phone still hold, from earlier visits. The open one sends itself.
    async fn drain(self) {
        for line in super::on_this_phone().await.into_iter().filter(|line| line.unsent) {
            let mut draft = line.draft;
            let open = self.with_plain(|p| p.number == draft.number).unwrap_or(true);
            if open || draft.is_local() {
                continue;
            }
            if patch(&draft.number, &draft.unsent, None).await.is_ok() {
                draft.unsent.clear();
                phone::write(&draft).await;
            }
        }
    }
}

pub(super) async fn patch(number: &str, fields: &Changes, ticks: Option<Vec<String>>) -> Result<Application, Failure> {
    let Some(key) = keyring::get(number) else { return Err(super::open::key_missing()) };
    let path = ["/applications/", number].concat();
    let save = Save { fields: fields.clone(), ticks };
    Call::patch(&path).key(&key.shown()).send_json(&save).await
}

async fn register(draft: &Draft, keep: bool) -> Result<(String, Application), Failure> {
    let new = NewApplication {
        service: draft.service.clone(),
        answers: draft.answers.clone(),
        rules: draft.rules.clone(),
        fields: draft.fields.clone(),
    };
    let created: Created = Call::post("/applications").send_json(&new).await?;
    let key = Key::parse(&created.key).map_err(|_| Failure::Strange(201))?;
    let number = created.application.number.clone();
    keyring::put(&number, &key, keep);
    Ok((number, created.application))
}
