//! Opening an application: first from this phone, then from the office; or beginning one.

use super::{Desk, Gate, phone};
use crate::client::draft::{Draft, is_local};
use crate::client::resource::Resource;
use crate::client::{Call, Failure, keyring};
use crate::platform;
use leptos::task::spawn_local;
use satu_pintu_api::application::Application;
use satu_pintu_api::problem::Code;
use std::sync::Arc;

impl Desk {
    /// Opens an application, unless it is the one that is open. Tells its real number when a local name has
    /// become one.
    pub fn open(self, number: &str, lang: &'static str) -> Option<String> {
        let known = self.with_plain(|p| {
            p.lang = lang;
            let moved = p.moved.iter().find(|(old, _)| old == number).map(|(_, new)| new.clone());
            let number = moved.clone().unwrap_or_else(|| number.to_string());
            let same = p.number == number;
            p.number.clone_from(&number);
            (number, moved, same)
        });
        let (number, moved, same) = known?;
        if same && matches!(self.gate.get_untracked(), Gate::Open | Gate::Wait) {
            self.load_detail();
            return moved;
        }
        self.gate.set(Gate::Wait);
        self.draft.set(None);
        self.office.set(None);
        self.trouble.set(None);
        self.on_phone.set(false);
        self.handed_in.set(None);
        self.with_plain(|p| p.written = None);
        if platform::BROWSER {
            spawn_local(async move { self.load(number).await });
        }
        moved
    }

    /// After a failure, from a button.
    pub fn again(self) {
        let Some(number) = self.with_plain(|p| p.number.clone()) else { return };
        self.gate.set(Gate::Wait);
        spawn_local(async move { self.load(number).await });
    }

    /// Whether an answer still concerns the application that is open.
    fn still(&self, number: &str) -> bool {
        self.with_plain(|p| p.number == number).unwrap_or(false)
    }

    async fn load(self, number: String) {
        let mut number = number;
        if is_local(&number)
            && let Some(real) = phone::moved_to(&number).await
        {
            self.with_plain(|p| {
                p.moved.push((number.clone(), real.clone()));
                p.number.clone_from(&real);
            });
            number = real;
        }
        let kept = phone::read(&number).await;
        if !self.still(&number) {
            return;
        }
        self.own_phone.try_set(kept.is_some() || keyring::kept(&number));
        let had = kept.is_some();
        if let Some(mut draft) = kept {
            self.with_plain(|p| p.written = Some(draft.clone()));
            draft.settle_marked();
            if draft.is_local() && draft.key.is_empty() {
                draft.key = super::send::key_of(&draft).shown();
            }
            self.show(draft);
            self.on_phone.try_set(true);
        }
        if is_local(&number) {
            if had {
                self.send_soon();
            } else {
                self.gate.try_set(Gate::Fail(gone()));
            }
            return;
        }
        self.refresh_as(&number, had).await;
    }

    /// Reads the application from the office again.
    pub async fn refresh(self) {
        let number = self.number_now();
        if !number.is_empty() && !is_local(&number) {
            self.refresh_as(&number, true).await;
        }
    }

    async fn refresh_as(self, number: &str, had: bool) {
        let Some(key) = keyring::get(number) else {
            self.gate.try_set(Gate::Key(None));
            return;
        };
        let path = ["/applications/", number].concat();
        let answer = Call::get(&path).key(&key.shown()).send::<Application>().await;
        if !self.still(number) {
            return;
        }
        match answer {
            // A save was answered meanwhile: what this knows is older.
            Ok(application) if self.now().is_some_and(|draft| draft.newer_than(&application)) => self.send_soon(),
            Ok(application) => {
                self.took(application);
                self.send_soon();
            }
            Err(f) if wants_key(&f) => {
                keyring::forget(number);
                self.gate.try_set(Gate::Key(Some(f)));
            }
            Err(f) if had => drop(self.trouble.try_set(Some(f))),
            Err(f) => drop(self.gate.try_set(Gate::Fail(f))),
        }
    }

    /// Takes over what the office told.
    pub fn took(self, mut application: Application) {
        let mut draft = self.now().unwrap_or_else(|| {
            let token = platform::random::token();
            Draft::begin(&application.service, &application.service_name, &token, platform::time::now())
        });
        draft.adopt(&application);
        draft.hide_gone(&mut application);
        self.uploads.settle(&application.number);
        self.office.try_set(Some(Arc::new(application)));
        self.trouble.try_set(None);
        self.show(draft);
        self.keep_soon();
    }

    pub(super) fn show(self, draft: Draft) {
        self.draft.try_set(Some(draft));
        self.load_detail();
        if self.gate.try_get_untracked().is_some_and(|g| g != Gate::Open) {
            self.gate.try_set(Gate::Open);
        }
    }

    /// The service of the open application, in the language of the page.
    fn load_detail(self) {
        let Some(service) = self.now().map(|d| d.service) else { return };
        let Some((owner, lang)) = self.with_plain(|p| (p.owner.clone(), p.lang)) else { return };
        let path = ["/catalog/services/", &service, "?lang=", lang].concat();
        let same = self.detail.try_get_untracked().flatten().is_some_and(|r| r.is_for(&path));
        if let (false, Some(owner)) = (same, owner) {
            let resource = owner.with(|| Resource::new(path));
            self.detail.try_set(Some(resource));
        }
    }

    /// A new draft for a service: kept on an own phone at once, then made known to the office. Ends when the
    /// office has answered or after `wait_ms`; it goes on by itself.
    pub async fn begin(self, mut draft: Draft, own_phone: bool, lang: &'static str, wait_ms: i32) {
        draft.rules.truncate(64);
        draft.key = super::send::key_of(&draft).shown();
        self.handed_in.try_set(None);
        self.with_plain(|p| {
            p.written = own_phone.then(|| draft.clone());
            p.number.clone_from(&draft.number);
            p.lang = lang;
        });
        self.own_phone.try_set(own_phone);
        self.office.try_set(None);
        self.trouble.try_set(None);
        if own_phone {
            let kept = phone::write(&draft).await;
            self.on_phone.try_set(kept);
            self.keep_failed.try_set(!kept);
            // Some browsers ask the person, who need not answer now.
            spawn_local(async {
                platform::storage::persist().await;
            });
        }
        self.show(draft);
        self.send_soon();
        let until = platform::time::now() + i64::from(wait_ms);
        while platform::time::now() < until
            && self.now().is_some_and(|d| d.is_local())
            && self.trouble.try_get_untracked().flatten().is_none()
        {
            platform::time::sleep(100).await;
        }
    }

    /// The key came in the link that another phone showed. It stays until the page is closed, or as it was here.
    pub fn key_came(self, number: &str, key: &satu_pintu_domain::key::Key) {
        if keyring::get(number).is_none() {
            keyring::put(number, key, false);
        }
    }

    /// The person typed the key: keeps it (on an own phone) and tries again.
    pub fn key_given(self, key: satu_pintu_domain::key::Key, keep: bool) {
        let Some(number) = self.with_plain(|p| p.number.clone()) else { return };
        keyring::put(&number, &key, keep);
        // What is on this phone already stays on it.
        self.own_phone.update(|own| *own |= keep);
        let had = self.now().is_some();
        if !had {
            self.gate.set(Gate::Wait);
        }
        self.trouble.set(None);
        self.uploads.hurry();
        spawn_local(async move { self.refresh_as(&number, had).await });
    }
}

/// The office wants a key, or another one.
pub fn wants_key(failure: &Failure) -> bool {
    matches!(failure.code(), Some(Code::KeyMissing | Code::KeyWrong | Code::KeyRevoked | Code::ViewOnly))
}

pub(super) fn key_missing() -> Failure {
    problem(Code::KeyMissing)
}

fn gone() -> Failure {
    problem(Code::NotFound)
}

fn problem(code: Code) -> Failure {
    Failure::Problem(Box::new(satu_pintu_api::problem::Problem {
        kind: String::new(),
        title: String::new(),
        status: 0,
        code,
        detail: String::new(),
        faults: Vec::new(),
    }))
}
