//! What a form of the desk brings: its fields in their order, as typed.

use crate::app::App;
use crate::http::body::fields;
use crate::problem::Answer;
use crate::staff::origin;
use axum::extract::Request;
use axum::http::request::Parts;

/// No form of the desk is longer.
const MOST: usize = 256 * 1024;

/// So many fields are read.
const FIELDS: usize = 600;

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// Reads a form that one of our own pages has sent.
    ///
    /// # Errors
    /// [`Code::OriginWrong`](satu_pintu_api::problem::Code), and as [`fields`].
    pub async fn posted(app: &App, request: Request) -> Answer<(Parts, Typed)> {
        let (parts, body) = request.into_parts();
        origin::check(app, &parts.method, &parts.headers, &parts.extensions)?;
        let typed = fields(&parts.headers, body, MOST, FIELDS).await.map(Typed)?;
        Ok((parts, typed))
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
