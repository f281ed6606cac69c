//! An answer made once: bytes with their hash as `ETag` and compressed copies made when first asked for.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use satu_pintu_publish::compress;
use std::sync::{Arc, OnceLock};

/// How a body is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Brotli,
    Gzip,
    Plain,
}

impl Coding {
    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Brotli => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Plain => None,
        }
    }

    /// The best of what the caller takes. `q=0` refuses.
    pub fn wanted(headers: &HeaderMap) -> Coding {
        let mut best = Coding::Plain;
        let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
        for part in values.flat_map(|v| v.split(',')) {
            let mut parts = part.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let refused = parts
                .any(|p| p.strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok()).is_some_and(|q| q <= 0.0));
            match name {
                _ if refused => {}
                "br" => best = Coding::Brotli,
                "gzip" if best == Coding::Plain => best = Coding::Gzip,
                _ => {}
            }
        }
        best
    }
}

pub struct Cached {
    bytes: Bytes,
    etag: String,
    media_type: &'static str,
    policy: Option<HeaderValue>,
    /// Packed in a hurry, as it is sent only once.
    quick: bool,
    packed: OnceLock<(Bytes, Bytes)>,
}

impl Cached {
    pub fn new(bytes: impl Into<Bytes>, media_type: &'static str) -> Cached {
        let bytes = bytes.into();
        let etag = format!("\"{}\"", &crate::secret::sha256(&bytes)[..32]);
        Cached { bytes, etag, media_type, policy: None, quick: false, packed: OnceLock::new() }
    }

    /// A part of the body's SHA-256, in hex.
    pub fn hash(&self) -> &str {
        self.etag.get(1..17).unwrap_or_default()
    }

    /// With a Content-Security-Policy of its own.
    #[must_use]
    pub fn policy(self, policy: &str) -> Cached {
        Cached { policy: HeaderValue::from_str(policy).ok(), ..self }
    }

    /// An answer for one request.
    #[must_use]
    pub fn quick(self) -> Cached {
        Cached { quick: true, ..self }
    }

    /// A value as JSON.
    pub fn json(value: &impl serde::Serialize) -> Option<Cached> {
        serde_json::to_vec(value).ok().map(|bytes| Cached::new(bytes, "application/json"))
    }

    /// The answer to a request: 304 when the caller has it, else the body in the best coding.
    pub async fn respond(self: Arc<Self>, headers: &HeaderMap) -> Response {
        let etag = HeaderValue::from_str(&self.etag).unwrap_or(HeaderValue::from_static("\"\""));
        let always = [
            (header::ETAG, etag),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if matches(headers, &self.etag) {
            return self.with_policy((StatusCode::NOT_MODIFIED, always).into_response());
        }
        let coding = if self.bytes.len() < 500 { Coding::Plain } else { Coding::wanted(headers) };
        let body = match coding {
            Coding::Plain => self.bytes.clone(),
            coding => {
                let cached = self.clone();
                let packed = tokio::task::spawn_blocking(move || cached.pack(coding)).await;
                packed.unwrap_or_else(|_| self.bytes.clone())
            }
        };
        let media_type = [(header::CONTENT_TYPE, self.media_type)];
        let mut response = self.with_policy((always, media_type, Body::from(body)).into_response());
        if let Some(name) = coding.name() {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        self.guarded(response)
    }

    fn guarded(&self, mut response: Response) -> Response {
        if let Some(policy) = &self.policy {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        }
        response
    }

    /// With 304, too: a browser takes its headers for those of the page that it has.
    fn with_policy(&self, mut response: Response) -> Response {
        if let Some(policy) = &self.policy {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        }
        response
    }

    fn pack(&self, coding: Coding) -> Bytes {
        if self.quick {
            return compress::quick(&self.bytes, coding == Coding::Brotli).into();
        }
        let (br, gz) = self.packed.get_or_init(|| {
            let (br, gz) = compress::compress(&self.bytes);
            (br.into(), gz.into())
        });
        if coding == Coding::Brotli { br.clone() } else { gz.clone() }
    }
}

/// Whether `If-None-Match` names the tag. Weak and strong are the same here.
pub fn matches(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    values.flat_map(|v| v.split(',')).map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}
