//! An application on the page: opened with its key, shown at once as it was last seen, then from the office.
//! `load` again at any time; what is shown stays until something newer is here.

use super::typed::Door;
use super::{door, sent};
use crate::client::desk::SEEN;
use crate::client::{Call, Failure, json, keyring};
use crate::platform::storage::{self, sealed};
use crate::platform::{self, document, listen, time};
use leptos::prelude::*;
use satu_pintu_api::application::{Application, Tracking};
use satu_pintu_api::problem::Code;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// As it was seen. Only the tracking is kept on the phone, sealed: fields are not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    pub tracking: Tracking,
    #[serde(skip)]
    pub application: Option<Application>,
    pub at: i64,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The key is needed, perhaps because the one we had opens nothing.
    Form(Option<Failure>),
    Opening,
    Shown,
    Failed(Failure),
}

#[derive(Clone, Copy)]
pub struct Watch {
    pub number: StoredValue<String>,
    pub door: RwSignal<Door>,
    pub stage: RwSignal<Stage>,
    pub seen: RwSignal<Option<Arc<Seen>>>,
    /// Asking the office now.
    pub busy: RwSignal<bool>,
    /// What is shown is from an earlier time.
    pub stale: RwSignal<bool>,
}

/// The name of the service of an application that this phone remembers.
pub async fn service_of(number: &str) -> Option<String> {
    let text = sealed::get_text(&[SEEN[0], number].concat()).await?;
    json::read::<Seen>(&text).map(|seen| seen.tracking.service_name)
}

/// Older than this it is asked again when the person comes back to the page.
const OLD_MS: i64 = 30_000;

impl Watch {
    pub fn new(number: String, door: Door) -> Watch {
        let watch = Watch {
            number: StoredValue::new(number),
            door: RwSignal::new(door),
            stage: RwSignal::new(Stage::Opening),
            seen: RwSignal::new(None),
            busy: RwSignal::new(false),
            stale: RwSignal::new(false),
        };
        for name in ["focus", "online", "visibilitychange"] {
            StoredValue::new_local(listen::while_shown(name, move || watch.returned()));
        }
        watch
    }

    fn returned(self) {
        let old = |seen: &Option<Arc<Seen>>| seen.as_ref().is_some_and(|s| time::now() - s.at > OLD_MS);
        let old = self.seen.try_with_untracked(old) == Some(true);
        if old && document::visible() && self.busy.try_get_untracked() == Some(false) {
            self.load();
        }
    }

    /// Asks the office.
    pub fn load(self) {
        if let Some(opened) = sent::opened() {
            self.door.set(opened.door);
            self.seen.set(Some(Arc::new(opened.seen)));
            self.stage.set(Stage::Shown);
            return;
        }
        let number = self.number.get_value();
        let Some(key) = door::key(self.door.get_untracked(), &number) else {
            self.stage.set(Stage::Form(None));
            return;
        };
        if !platform::BROWSER {
            return;
        }
        if self.seen.with_untracked(Option::is_none) {
            self.stage.set(Stage::Opening);
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            self.show_kept(&number).await;
            let answer = self.ask(&number, &key.shown()).await;
            self.busy.try_set(false);
            match answer {
                Ok(seen) => {
                    if let Some(door) = self.door.try_get_untracked() {
                        door::proved(door, &number, key);
                    }
                    self.show(seen).await;
                }
                Err(failure) => self.failed(failure),
            }
        });
    }

    async fn ask(self, number: &str, key: &str) -> Result<Seen, Failure> {
        let path = ["/applications/", number].concat();
        if self.door.try_get_untracked() == Some(Door::Manage) {
            let application: Application = Call::get(&path).key(key).send().await?;
            let tracking = application.tracking.clone();
            return Ok(Seen { tracking, application: Some(application), at: time::now() });
        }
        let path = [&path, "/tracking"].concat();
        let tracking = Call::get(&path).key(key).send().await?;
        Ok(Seen { tracking, application: None, at: time::now() })
    }

    /// Shows what the office has told.
    pub async fn show(self, seen: Seen) {
        let number = seen.tracking.number.clone();
        let kept = serde_json::to_string(&seen).unwrap_or_default();
        self.stale.try_set(false);
        self.seen.try_set(Some(Arc::new(seen)));
        self.stage.try_set(Stage::Shown);
        let place = self.place(&number);
        if keyring::kept(&number) {
            sealed::put_text(&place, &number, &kept).await;
        } else {
            storage::session_set(&place, &kept);
        }
    }

    /// The key was just kept on the phone: what was seen stays there too.
    pub async fn remember(self) {
        if let Some(seen) = self.seen.try_get_untracked().flatten() {
            self.show(Seen::clone(&seen)).await;
        }
    }

    async fn show_kept(self, number: &str) {
        if self.seen.try_with_untracked(Option::is_none) != Some(true) {
            return;
        }
        let place = self.place(number);
        let kept = match storage::session_get(&place) {
            Some(text) => Some(text),
            None => sealed::get_text(&place).await,
        };
        let seen = kept.and_then(|text| json::read::<Seen>(&text));
        if let (Some(seen), Some(Stage::Opening)) = (seen, self.stage.try_get_untracked()) {
            self.stale.try_set(true);
            self.seen.try_set(Some(Arc::new(seen)));
            self.stage.try_set(Stage::Shown);
        }
    }

    fn place(self, number: &str) -> String {
        let view_only = self.door.try_get_untracked() == Some(Door::View);
        [SEEN[usize::from(view_only)], number].concat()
    }

    fn failed(self, failure: Failure) {
        let (Some(number), Some(door)) = (self.number.try_get_value(), self.door.try_get_untracked()) else { return };
        match failure.code() {
            // The key of the other link was typed: show what it opens.
            Some(Code::ViewOnly) if door == Door::Manage => {
                if let Some(key) = door::key(door, &number) {
                    door::drop_key(door, &number, false);
                    door::keep(Door::View, &number, &key);
                    self.door.set(Door::View);
                    self.load();
                }
            }
            Some(code @ (Code::KeyWrong | Code::KeyMissing | Code::KeyRevoked | Code::NotFound)) => {
                door::drop_key(door, &number, code == Code::KeyRevoked);
                self.seen.set(None);
                self.stage.set(Stage::Form(Some(failure)));
            }
            _ if self.seen.with_untracked(Option::is_some) => self.stale.set(true),
            _ => self.stage.set(Stage::Failed(failure)),
        }
    }
}
