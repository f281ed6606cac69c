//! What a form of the desk brings: its fields in their order, as typed.

use crate::problem::{Answer, Fault};
use axum::body::Body;
use axum::http::{HeaderMap, header};
use satu_pintu_api::problem::Code;
use std::time::Duration;

/// No form of the desk is longer.
const MOST: usize = 256 * 1024;

/// So many fields are read.
const FIELDS: usize = 600;

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// Reads the body of a form.
    ///
    /// # Errors
    /// [`Code::BadRequest`], [`Code::TooLarge`].
    pub async fn read(headers: &HeaderMap, body: Body) -> Answer<Typed> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
        {
            return Err(Code::BadRequest.into());
        }
        // A sender of three bytes a minute does not hold a connection for ever.
        let read = tokio::time::timeout(Duration::from_secs(60), axum::body::to_bytes(body, MOST));
        let bytes = read.await.map_err(|_| Fault::new(Code::BadRequest).status(408))?;
        let bytes = bytes.map_err(|_| Fault::new(Code::TooLarge))?;
        Ok(Typed::parse(&bytes))
    }

    pub fn parse(bytes: &[u8]) -> Typed {
        let fields = form_urlencoded::parse(bytes).take(FIELDS);
        Typed(fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The last value of that name, empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Fields whose names begin with `prefix`, without it.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}
