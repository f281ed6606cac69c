//! The catalog (rules, words, office, services, guides, glossary, survey form) for the whole app. A newer one
//! that arrives while somebody is reading or typing is put in place at the next navigation, not under the hand.

use super::resource::{Load, Preloaded, given};
use super::{Call, Failure};
use crate::client::json::{self, Json};
use crate::i18n::Lang;
use crate::platform::{self, storage::database};
use leptos::prelude::*;
use satu_pintu_api::catalog::{CheckSummary, GuideSummary, ServiceSummary};
use satu_pintu_domain::content::{Activity, Office, Risk, RuleWords, SurveyForm, Term};
use satu_pintu_domain::rules::RuleSet;
use serde::de::DeserializeOwned;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// `GET /api/v1/catalog`, read as far as it is used: a program that never looks at a part does not carry the code
/// that reads it.
#[derive(Debug)]
pub struct Catalog {
    pub office: Office,
    pub services: Part<Vec<ServiceSummary>>,
    pub rules_version: String,
    pub rules: Part<RuleSet>,
    pub words: Part<RuleWords>,
    pub activities: Part<Vec<Activity>>,
    pub risks: Part<Vec<Risk>>,
    pub checks: Part<Vec<CheckSummary>>,
    pub guides: Part<Vec<GuideSummary>>,
    pub terms: Part<Vec<Term>>,
    pub survey: Part<SurveyForm>,
}

/// A part of the catalog, read when it is first looked at.
#[derive(Debug)]
pub struct Part<T> {
    json: Json,
    read: OnceLock<T>,
}

impl<T: DeserializeOwned + Default> Deref for Part<T> {
    type Target = T;

    /// The server publishes only what it has checked; where an older phone cannot read it, the part is empty.
    fn deref(&self) -> &T {
        self.read.get_or_init(|| json::from_tree(&self.json).unwrap_or_default())
    }
}

impl Catalog {
    /// Reads a text; `None` when it is no catalog.
    pub fn read(text: &str) -> Option<Catalog> {
        fn part<T>(tree: &mut Json, name: &str) -> Part<T> {
            Part { json: tree.take(name), read: OnceLock::new() }
        }
        let mut tree = Json::parse(text)?;
        Some(Catalog {
            office: json::from_tree(tree.field("office")?)?,
            services: part(&mut tree, "services"),
            rules_version: json::from_tree(tree.field("rules_version")?)?,
            rules: part(&mut tree, "rules"),
            words: part(&mut tree, "words"),
            activities: part(&mut tree, "activities"),
            risks: part(&mut tree, "risks"),
            checks: part(&mut tree, "checks"),
            guides: part(&mut tree, "guides"),
            terms: part(&mut tree, "terms"),
            survey: part(&mut tree, "survey"),
        })
    }
}

fn load(text: &str) -> Option<Load<Catalog>> {
    Catalog::read(text).map(|catalog| Load::Have(Arc::new(catalog)))
}

/// In the context of the whole app.
#[derive(Clone, Copy)]
pub struct CatalogState {
    pub state: RwSignal<Load<Catalog>>,
    newer: StoredValue<Option<Arc<Catalog>>>,
    lang: StoredValue<&'static str>,
}

/// The catalog's state; [`CatalogState::get`] is `None` until it is there.
pub fn use_catalog() -> CatalogState {
    expect_context()
}

/// Address of the catalog after `/api/v1`.
pub fn path(lang: &str) -> String {
    ["/catalog?lang=", lang].concat()
}

impl CatalogState {
    pub fn provide() -> CatalogState {
        let own = CatalogState {
            state: RwSignal::new(Load::Wait),
            newer: StoredValue::new(None),
            lang: StoredValue::new(""),
        };
        provide_context(own);
        own
    }

    /// The catalog, if it is there. Tracks.
    pub fn get(&self) -> Option<Arc<Catalog>> {
        self.state.get().have()
    }

    /// The catalog in a handler or after waiting.
    pub fn now(&self) -> Option<Arc<Catalog>> {
        self.state.get_untracked().have()
    }

    /// Loads the catalog of a language, unless it is the one that is here.
    pub fn load(self, lang: Lang) {
        if self.lang.get_value() == lang.code() {
            return;
        }
        self.lang.set_value(lang.code());
        self.newer.set_value(None);
        if let Some(Preloaded(source)) = use_context::<Preloaded>() {
            self.state.set(given(source(&path(lang.code())), load));
        } else if platform::BROWSER {
            leptos::task::spawn_local(self.fetch(lang.code()));
        }
    }

    async fn fetch(self, lang: &'static str) {
        let path = path(lang);
        let key = ["cache:", &path].concat();
        let mine = || self.lang.try_get_value() == Some(lang);
        let kept = database::get_text(&key).await;
        let shown = kept.as_deref().and_then(load);
        let had = shown.is_some();
        if let (Some(load), true) = (shown, mine()) {
            self.state.try_set(load);
        }
        match Call::get(&path).text(None).await {
            Ok(text) if had && kept.as_deref() == Some(&text) => {}
            Ok(text) => {
                let fresh = load(&text).unwrap_or(Load::Fail(Failure::Strange(200)));
                if !mine() {
                    return;
                }
                match fresh {
                    Load::Have(catalog) if had => drop(self.newer.try_update_value(|n| *n = Some(catalog))),
                    Load::Fail(_) if had => return,
                    fresh => drop(self.state.try_set(fresh)),
                }
                database::put_text(&key, &text).await;
            }
            Err(f) if !had && mine() => drop(self.state.try_set(Load::Fail(f))),
            Err(_) => {}
        }
    }

    /// After a failure, from a button.
    pub fn retry(self) {
        self.state.set(Load::Wait);
        if platform::BROWSER {
            leptos::task::spawn_local(self.fetch(self.lang.get_value()));
        }
    }

    /// Called by the shell at every navigation: now a newer catalog disturbs nobody.
    pub fn settle(self) {
        if let Some(newer) = self.newer.try_update_value(Option::take).flatten() {
            self.state.set(Load::Have(newer));
        }
    }
}
