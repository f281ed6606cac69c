//! What is typed goes to the phone within a quarter of a second and to the office soon after. Nothing is given
//! up: a failure is told, then tried again by itself. `deliver` says how each step is told to the office, `queue`
//! sends what other drafts of this phone still hold.

use super::deliver::deliver;
use super::open::wants_key;
use super::{Desk, phone};
use crate::client::draft::{Changes, Draft, Next, Refusal, Told, Wish};
use crate::client::{Failure, backoff, code_key, keyring, outbox};
use crate::platform::{self, locks, random, time};
use leptos::task::spawn_local;

/// A person who has stopped typing for this long gets it sent.
const PAUSE_MS: i64 = 400;
const KEEP_MS: i32 = 200;
/// How often files that hold up a hand-in are looked at.
const FILES_MS: i32 = 500;

/// The lock of an application: one tab sends it.
pub(super) fn lock(number: &str) -> String {
    ["satu-pintu-kirim ", number].concat()
}

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

    /// The person has chosen between what was typed here and elsewhere.
    pub fn choose(self, id: &str, mine: bool) {
        self.draft.update(|d| {
            if let Some(d) = d {
                d.choose(id, mine);
            }
        });
        self.keep_soon();
        self.send_soon();
    }

    /// "Kirim" was pressed: it goes once everything before it is at the office, by itself.
    pub fn hand_in(self, wish: Wish) {
        self.draft.update(|d| {
            if let Some(d) = d {
                d.wish = Some(wish);
                d.refused = None;
            }
        });
        for upload in self.uploads.of(&self.number_now()) {
            self.uploads.pause(&upload.id, false);
        }
        self.handed_in.set(None);
        self.trouble.set(None);
        self.keep_soon();
        self.send_soon();
    }

    /// Not yet, after all.
    pub fn hold_back(self) {
        self.draft.update(|d| {
            if let Some(d) = d {
                d.wish = None;
            }
        });
        self.keep_soon();
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
                    self.keep().await;
                }
                self.with_plain(|p| p.keeping = false);
            });
        }
    }

    /// Writes the draft to an own phone before the page goes, or a picker opens over it.
    pub fn keep_now(self) {
        if self.with_plain(|p| p.dirty) == Some(true) {
            spawn_local(self.keep());
        }
    }

    /// Writes the draft to an own phone, with what another tab has typed meanwhile.
    async fn keep(self) {
        self.with_plain(|p| p.dirty = false);
        let Some(number) = self.kept_number() else { return };
        let (held, number) = self.alone(number).await;
        self.join(&number).await;
        if let Some(draft) = self.now().filter(|d| d.number == number) {
            let kept = phone::write(&draft).await;
            self.keep_failed.try_set(!kept);
            // What the phone did not take is not what another tab finds there.
            if kept {
                self.with_plain(|p| p.written = Some(draft.for_phone(sealed())));
            }
            if self.now().is_some_and(|d| d == draft) {
                self.on_phone.try_set(kept);
            }
        }
        drop(held);
        outbox::rang();
    }

    /// Keeps other tabs from writing this draft; under its number, if another tab has been given one.
    async fn alone(self, number: String) -> (locks::Held, String) {
        let held = phone::alone(&number).await;
        let moved = if crate::client::draft::is_local(&number) { phone::moved_to(&number).await } else { None };
        let Some(real) = moved else { return (held, number) };
        drop(held);
        self.rename(&number, &real);
        (phone::alone(&real).await, real)
    }

    /// The number under which the open draft is kept on this phone.
    fn kept_number(self) -> Option<String> {
        let own = self.own_phone.try_get_untracked().unwrap_or(false);
        self.now().filter(|_| own).map(|d| d.number)
    }

    /// Takes over what another tab has written.
    async fn join(self, number: &str) {
        let Some(theirs) = phone::read(number).await else { return };
        let Some(before) = self.with_plain(|p| p.written.clone()).flatten() else { return };
        if theirs == before || self.now().is_none_or(|d| d.number != number) {
            return;
        }
        self.draft.try_update(|d| {
            if let Some(d) = d {
                d.join(&before, &theirs);
            }
        });
        if let (true, false, Some(receipt)) = (theirs.sent, before.sent, &theirs.receipt) {
            self.handed_in.try_set(Some(receipt.clone()));
            spawn_local(self.refresh());
        }
        self.with_plain(|p| p.written = Some(theirs));
        self.send_soon();
    }

    /// Another tab has kept something.
    pub(super) fn heard(self) {
        spawn_local(async move {
            self.changed.try_update(|n| *n += 1);
            let Some(number) = self.kept_number() else { return };
            // A draft is kept under its number before it leaves its local name.
            let before = phone::there(&number).await;
            let (held, number) = self.alone(number).await;
            match (before, phone::there(&number).await) {
                (_, Some(true)) => self.join(&number).await,
                // It was taken off the phone there.
                (Some(false), Some(false)) if !keyring::kept(&number) && self.was_written() => self.let_go(&number),
                _ => {}
            }
            drop(held);
        });
    }

    fn was_written(self) -> bool {
        self.on_phone.try_get_untracked().unwrap_or(false)
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
        let mut fails = 0;
        while let Some(draft) = self.now() {
            let next = draft.next(self.files(&draft).await);
            let quiet = time::now() - self.with_plain(|p| p.edited).unwrap_or(0);
            match next {
                Next::Nothing | Next::Choice => return,
                Next::Files(_) => {
                    time::sleep(FILES_MS).await;
                    continue;
                }
                Next::Save | Next::HandIn(_) if quiet < PAUSE_MS => {
                    time::sleep((PAUSE_MS - quiet).max(20) as i32).await;
                    continue;
                }
                _ => {}
            }
            self.sending.try_set(true);
            let held = locks::alone(&lock(&draft.number)).await;
            let sent = self.step(&draft.number).await;
            drop(held);
            self.sending.try_set(false);
            match sent {
                Ok(()) => fails = 0,
                Err(f) if f.passing() => {
                    let rest_ms = f.rest_ms();
                    self.trouble.try_set(Some(f));
                    let [chance] = random::bytes();
                    self.rest(backoff::after(fails + 1, rest_ms, chance)).await;
                    fails += 1;
                }
                Err(f) => {
                    self.refused(&draft, &f);
                    self.trouble.try_set(Some(f).filter(|f| wants_key(f) || draft.wish.is_none()));
                    return;
                }
            }
        }
    }

    /// Files that hold up a hand-in; nobody asks before there is one.
    async fn files(self, draft: &Draft) -> usize {
        match draft.wish {
            None => 0,
            Some(_) if self.own_phone.try_get_untracked() == Some(true) => {
                self.uploads.on_their_way_anywhere(&draft.number).await
            }
            Some(_) => self.uploads.on_their_way(&draft.number),
        }
    }

    /// What the office does not take is not tried again; what was typed stays on the screen.
    fn refused(self, draft: &Draft, f: &Failure) {
        if wants_key(f) {
            return;
        }
        let mut failed = draft.clone();
        let next = draft.next(0);
        let sent = failed.trying().0;
        self.draft.try_update(|d| {
            if let Some(d) = d.as_mut().filter(|d| d.number == draft.number) {
                d.not_done(next, &sent, f);
            }
        });
        if next == Next::TakeAway {
            // It has them still.
            spawn_local(self.refresh());
        }
        self.keep_soon();
        self.changed.try_update(|n| *n += 1);
    }

    /// One step, with everything that other tabs know.
    async fn step(self, number: &str) -> Result<(), Failure> {
        let own_phone = self.own_phone.try_get_untracked().unwrap_or(false);
        if own_phone {
            let (held, _) = self.alone(number.to_string()).await;
            self.join(number).await;
            drop(held);
        }
        let Some(draft) = self.now().filter(|d| d.number == number) else { return Ok(()) };
        let next = draft.next(self.files(&draft).await);
        let (Next::Begin | Next::TakeAway | Next::Save | Next::HandIn(_)) = next else { return Ok(()) };
        let mut draft = None;
        self.draft.try_update(|d| {
            if let Some(d) = d {
                draft = Some((d.trying(), d.clone()));
            }
        });
        let Some((save, draft)) = draft else { return Ok(()) };
        if own_phone {
            self.keep().await;
        }
        let told = deliver(&draft, next, save).await?;
        self.tell(&draft, told).await;
        Ok(())
    }

    /// Takes over what the office said to a step.
    async fn tell(self, sent: &Draft, told: Told) {
        if self.with_plain(|p| p.number == sent.number) != Some(true) {
            return self.told(sent, &told).await;
        }
        let own_phone = self.own_phone.try_get_untracked().unwrap_or(false);
        let mut number = sent.number.clone();
        if let Told::Began(application) = &told {
            number.clone_from(&application.number);
            keyring::put(&number, &key_of(sent), own_phone);
            self.rename(&sent.number, &number);
        }
        let token = random::token();
        self.draft.try_update(|d| {
            if let Some(d) = d.as_mut().filter(|d| d.number == number) {
                d.told(&told, &token);
            }
        });
        self.trouble.try_set(None);
        match told {
            Told::Began(application) => {
                self.office.try_set(Some(std::sync::Arc::new(*application)));
                if own_phone {
                    self.keep_begun(&sent.number, &number).await;
                }
            }
            Told::TakenAway(_) => {
                self.keep_if_own().await;
                self.uploads.hurry();
            }
            Told::Saved(_, mut application) => {
                if let Some(draft) = self.now() {
                    draft.hide_gone(&mut application);
                }
                self.office.try_set(Some(std::sync::Arc::new(*application)));
                self.keep_if_own().await;
            }
            Told::HandedIn(_, receipt) => {
                self.keep_if_own().await;
                self.handed_in.try_set(Some(receipt));
                spawn_local(self.refresh());
            }
        }
        self.changed.try_update(|n| *n += 1);
        spawn_local(async move { self.count().await });
    }

    /// The open draft has got its number: it is kept under that.
    async fn keep_begun(self, old: &str, number: &str) {
        let mut written = None;
        let kept = phone::begun(old, number, &mut |_| {
            let draft = self.now().filter(|d| d.number == number)?;
            written = Some(draft.for_phone(sealed()));
            Some(draft)
        })
        .await;
        if kept && self.with_plain(|p| p.number == number) == Some(true) {
            self.with_plain(|p| p.written = written);
        }
        self.on_phone.try_set(kept);
        // What was typed while it was written.
        self.keep_soon();
    }

    async fn keep_if_own(self) {
        if self.own_phone.try_get_untracked().unwrap_or(false) {
            self.keep().await;
        }
    }

    /// A local name has become a number.
    fn rename(self, old: &str, number: &str) {
        self.with_plain(|p| {
            if !p.moved.iter().any(|(name, _)| name == old) {
                p.moved.push((old.to_string(), number.to_string()));
            }
            if p.number == old {
                p.number = number.to_string();
            }
        });
        self.draft.try_update(|d| {
            if let Some(d) = d.as_mut().filter(|d| d.number == old) {
                d.number = number.to_string();
                d.key.clear();
            }
        });
        self.uploads.renumber(old, number);
        // The page stays as it is under the hand; only the address bar learns the number.
        let url = platform::history::current();
        if url.path.contains(old) {
            platform::history::write(&url.path.replace(old, number));
        }
    }

    /// Waits, but not beyond the moment when the network is back.
    async fn rest(self, ms: u32) {
        let until = time::now() + i64::from(ms);
        while time::now() < until && self.trouble.try_get_untracked().flatten().is_some() {
            time::sleep(250).await;
        }
    }
}

impl Draft {
    /// The office did not do what came next: it is not asked again by itself. Keeps why, for what was wished.
    pub(super) fn not_done(&mut self, next: Next, sent: &Changes, f: &Failure) {
        match next {
            Next::Save => self.forget_unsent(sent, f.faults()),
            Next::TakeAway => self.gone.clear(),
            _ => {}
        }
        if self.wish.take().is_some() {
            let code = f.code().map_or_else(|| "broken".to_string(), code_key);
            self.refused = Some(Refusal { code, faults: f.faults().to_vec() });
        }
    }
}

pub(super) fn key_of(draft: &Draft) -> satu_pintu_domain::key::Key {
    let own = satu_pintu_domain::key::Key::parse(&draft.key);
    own.unwrap_or_else(|_| satu_pintu_domain::key::Key::new(random::bytes()))
}

fn sealed() -> bool {
    platform::storage::sealed::possible()
}
