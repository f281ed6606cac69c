//! Published things (GET, the same for everybody): shown at once from the phone's cache, then from the server.

use super::{Call, Failure};
use crate::platform::{self, storage::database};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Something on its way.
#[derive(Debug)]
pub enum Load<T> {
    Wait,
    Have(Arc<T>),
    Fail(Failure),
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        match self {
            Load::Wait => Load::Wait,
            Load::Have(x) => Load::Have(x.clone()),
            Load::Fail(f) => Load::Fail(f.clone()),
        }
    }
}

impl<T> Load<T> {
    pub fn have(&self) -> Option<Arc<T>> {
        match self {
            Load::Have(x) => Some(x.clone()),
            _ => None,
        }
    }
}

/// An answer of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub status: u16,
    pub text: String,
}

impl Given {
    /// What was asked for, or why it was refused.
    ///
    /// # Errors
    /// As [`Call::send`](super::Call::send).
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        if !self.is_ok() {
            return Err(Failure::read(self.status, &self.text));
        }
        super::read(&self.text)
    }

    /// Whether it is what was asked for.
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Gives the answer of the API to a path after `/api/v1`; none where it is not known.
pub type Source = dyn Fn(&str) -> Option<Given> + Send + Sync;

/// When rendering on the host, published things come from here.
#[derive(Clone)]
pub struct Preloaded(pub Arc<Source>);

/// A published thing that loads when it is made; owned by whoever makes it.
pub struct Resource<T: 'static> {
    pub state: RwSignal<Load<T>>,
    path: StoredValue<String>,
}

impl<T: 'static> Clone for Resource<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: 'static> Copy for Resource<T> {}

impl<T: DeserializeOwned + 'static> Resource<T> {
    /// `path` begins after `/api/v1`.
    pub fn new(path: String) -> Resource<T> {
        let resource = Resource::to_load(path);
        resource.load();
        resource
    }

    /// One that waits until it is told to [load](Self::load).
    pub fn to_load(path: String) -> Resource<T> {
        Resource { state: RwSignal::new(Load::Wait), path: StoredValue::new(path) }
    }

    /// Whether this is the thing at a path.
    pub fn is_for(self, path: &str) -> bool {
        self.path.with_value(|p| p == path)
    }

    /// Loads it (again); nothing where its page is gone.
    pub fn load(self) {
        let Some(path) = self.path.try_get_value() else { return };
        if let Some(Preloaded(source)) = use_context::<Preloaded>() {
            self.state.set(given(source(&path), parse));
            return;
        }
        if !platform::BROWSER {
            return;
        }
        leptos::task::spawn_local(async move {
            let key = ["cache:", &path].concat();
            let kept = database::get_text(&key).await;
            let shown = kept.as_deref().and_then(parse::<T>);
            let had = shown.is_some();
            if let Some(load) = shown {
                self.state.try_set(load);
            }
            match Call::get(&path).text(None).await {
                Ok(text) if kept.as_deref() == Some(&text) && had => {}
                Ok(text) => {
                    self.state.try_set(parse(&text).unwrap_or(Load::Fail(Failure::Strange(200))));
                    database::put_text(&key, &text).await;
                }
                // What the phone has is better than an excuse, unless the server says that it is gone.
                Err(f) if !had || f.code() == Some(satu_pintu_api::problem::Code::NotFound) => {
                    self.state.try_set(Load::Fail(f));
                }
                Err(_) => {}
            }
        });
    }

    /// After a failure, from a button.
    pub fn retry(self) {
        self.state.set(Load::Wait);
        self.load();
    }
}

/// What the host was given, read.
pub(super) fn given<T>(answer: Option<Given>, read: impl Fn(&str) -> Option<Load<T>>) -> Load<T> {
    match answer {
        Some(Given { status: 200, text }) => read(&text).unwrap_or(Load::Fail(Failure::Strange(200))),
        Some(Given { status, text }) => Load::Fail(Failure::read(status, &text)),
        None => Load::Fail(Failure::Offline),
    }
}

pub(super) fn parse<T: DeserializeOwned>(json: &str) -> Option<Load<T>> {
    super::json::read(json).map(|x| Load::Have(Arc::new(x)))
}
