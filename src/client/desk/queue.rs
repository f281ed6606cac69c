//! Drafts of this phone that are not open in this tab: what they still hold is sent as soon as there is a network,
//! in any tab, one tab at a time.

use super::deliver::deliver;
use super::open::wants_key;
use super::send::{key_of, lock};
use super::{Desk, phone};
use crate::client::draft::{Draft, Next, Told, is_local};
use crate::client::{Failure, keyring, outbox};
use crate::platform::{self, locks, random, time};
use leptos::task::spawn_local;

/// While something waits it is tried at least this often: what a browser says of its network may be wrong.
const AGAIN_MS: i32 = 20_000;

impl Desk {
    pub(super) fn watch_network(self) {
        platform::network::on_change(move |online| {
            if online {
                self.hurry();
            }
        });
        platform::document::on_window("visibilitychange", move |_| {
            if platform::document::visible() {
                self.heard();
                self.hurry();
            }
        });
        platform::document::on_window("storage", move |_| self.heard());
        let again = time::every(AGAIN_MS, move || {
            if outbox::waits() {
                self.drain_soon();
            }
        });
        // The app lives as long as the page.
        std::mem::forget(again);
        self.drain_soon();
    }

    /// No more pauses: everything that waits is tried now.
    pub fn hurry(self) {
        self.trouble.try_set(None);
        self.uploads.hurry();
        self.send_soon();
        self.drain_soon();
    }

    pub(super) fn drain_soon(self) {
        let busy = self.with_plain(|p| {
            p.wanted = true;
            std::mem::replace(&mut p.draining, true)
        });
        if busy == Some(false) {
            spawn_local(async move {
                // What is asked for meanwhile is done after.
                while self.with_plain(|p| std::mem::replace(&mut p.wanted, false)) == Some(true) {
                    self.drain().await;
                }
                self.with_plain(|p| p.draining = false);
            });
        }
    }

    /// Sends what other drafts on this phone still hold. The open one sends itself.
    async fn drain(self) {
        outbox::send_answers().await;
        for line in super::on_this_phone().await.into_iter().filter(|line| line.unsent) {
            let number = line.draft.number;
            let mut more = true;
            while more && !self.is_open(&number) {
                let _held = locks::alone(&lock(&number)).await;
                more = self.one(&number).await.is_ok_and(|more| more);
            }
        }
        self.count().await;
    }

    fn is_open(self, number: &str) -> bool {
        self.with_plain(|p| p.number == number).unwrap_or(true)
    }

    /// One step of a draft that is not open; whether there may be another.
    async fn one(self, number: &str) -> Result<bool, Failure> {
        if is_local(number) && phone::moved_to(number).await.is_some() {
            phone::remove(number).await;
            return Ok(false);
        }
        let files = self.uploads.on_their_way_anywhere(number).await;
        let mut begun = None;
        phone::change(number, &mut |draft| {
            if draft.is_local() && draft.key.is_empty() {
                draft.key = key_of(draft).shown();
            }
            draft.settle_marked();
            let next = draft.next(files);
            let goes = matches!(next, Next::Begin | Next::TakeAway | Next::Save | Next::HandIn(_));
            if goes {
                begun = Some((next, draft.trying(), draft.clone()));
            }
            goes
        })
        .await;
        let Some((next, save, draft)) = begun else { return Ok(false) };
        match deliver(&draft, next, save.clone()).await {
            Ok(told) => {
                self.told(&draft, &told).await;
                Ok(!matches!(told, Told::Began(_)))
            }
            Err(f) if f.passing() || wants_key(&f) => Err(f),
            Err(f) => {
                phone::change(number, &mut |draft| {
                    draft.not_done(next, &save.0, &f);
                    true
                })
                .await;
                Err(f)
            }
        }
    }

    /// Takes over what the office said to a draft that is not open in this tab.
    pub(super) async fn told(self, sent: &Draft, told: &Told) {
        let token = random::token();
        if let Told::Began(application) = told {
            let own = phone::there(&sent.number).await == Some(true);
            keyring::put(&application.number, &key_of(sent), own);
            phone::begun(&sent.number, &application.number, &mut |kept| {
                let mut draft = kept?;
                draft.told(told, &token);
                Some(draft)
            })
            .await;
            self.uploads.renumber(&sent.number, &application.number);
            self.drain_later();
        } else {
            phone::change(&sent.number, &mut |draft| {
                draft.told(told, &token);
                true
            })
            .await;
            self.uploads.hurry();
        }
        self.changed.try_update(|n| *n += 1);
        outbox::rang();
    }

    /// The draft has a new name: the next round finds it under that.
    fn drain_later(self) {
        spawn_local(async move {
            time::sleep(300).await;
            self.drain_soon();
        });
    }

    /// Tells every page whether something waits still.
    pub(super) async fn count(self) {
        let drafts = super::on_this_phone().await.iter().any(|line| line.unsent);
        let files = self.uploads.list.try_get_untracked().unwrap_or_default();
        let files = files.iter().any(|u| u.kept && !u.transfer.finished());
        let answers = outbox::answers().await.iter().any(|a| a.refused.is_none());
        if drafts || files || answers {
            outbox::mark();
        } else {
            outbox::clear();
        }
    }
}
