//! A form that came to the server without script: its fields, and what the API said to them so far. Features say
//! what the API is asked next ([`Ask`]), and their views show what became of it. In a browser there is none.

use super::Failure;
use super::resource::Given;
use crate::platform;
use leptos::prelude::*;
use std::sync::Arc;

/// What is in the context of a page that answers a form.
#[derive(Clone, Default)]
pub struct Sent {
    fields: Vec<(String, String)>,
    /// Answers of the API, in the order it was asked.
    pub answers: Vec<Given>,
}

/// A request to the API. `path` begins after `/api/v1`.
#[derive(Clone, PartialEq, Eq)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    /// Secret key of an application.
    pub key: Option<String>,
    /// JSON.
    pub body: Option<String>,
}

impl Ask {
    pub fn get(path: String, key: String) -> Ask {
        Ask { method: "GET", path, key: Some(key), body: None }
    }

    pub fn post(path: String) -> Ask {
        Ask { method: "POST", path, key: None, body: None }
    }
}

impl Sent {
    pub fn new(fields: Vec<(String, String)>) -> Sent {
        Sent { fields, answers: Vec::new() }
    }

    /// The first value of a field; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// Why the last thing asked was refused.
    pub fn refused(&self) -> Option<Failure> {
        self.answers.last().filter(|given| !given.is_ok()).map(|given| Failure::read(given.status, &given.text))
    }
}

/// The form that this page answers.
#[inline(always)]
pub fn sent() -> Option<Arc<Sent>> {
    if platform::BROWSER { None } else { use_context() }
}
