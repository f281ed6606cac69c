//! Every answer that is not a success: an RFC 9457 problem document with a stable code.
//!
//! Handlers return `Answer<T>`; `?` on a database or file error makes it [`Code::Broken`] and logs the cause.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::NotNow;
use satu_pintu_domain::form::FieldFault;

/// What handlers return.
pub type Answer<T> = Result<T, Fault>;

/// A problem on its way out.
#[derive(Debug, Clone)]
pub struct Fault {
    pub code: Code,
    pub detail: String,
    pub faults: Vec<FieldFault>,
    /// Seconds, for `Retry-After`.
    pub retry_after: Option<u64>,
    /// Another status than the code's, where a protocol (tus) asks for it.
    pub status: Option<u16>,
}

impl Fault {
    pub fn new(code: Code) -> Fault {
        let retry_after = match code {
            Code::DiskFull => Some(60),
            Code::Busy => Some(2),
            Code::Broken => Some(10),
            _ => None,
        };
        Fault { code, detail: String::new(), faults: Vec::new(), retry_after, status: None }
    }

    /// Says what exactly. Never put personal data here.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Fault {
        self.detail = detail.into();
        self
    }

    #[must_use]
    pub fn faults(mut self, faults: Vec<FieldFault>) -> Fault {
        self.faults = faults;
        self
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Fault {
        self.retry_after = Some(seconds);
        self
    }

    /// With another status than the code's.
    #[must_use]
    pub fn status(mut self, status: u16) -> Fault {
        self.status = Some(status);
        self
    }

    /// Our own mistake: the cause goes to the log, not to the caller.
    pub fn broken(cause: impl std::fmt::Display) -> Fault {
        tracing::error!(%cause, "broken");
        Fault::new(Code::Broken)
    }

    pub fn document(&self) -> Problem {
        Problem {
            kind: format!("/problems/{}", name(self.code)),
            title: self.code.title().to_owned(),
            status: self.status.unwrap_or(self.code.status()),
            code: self.code,
            detail: self.detail.clone(),
            faults: self.faults.clone(),
        }
    }
}

/// A code as it is written, `already-submitted`.
pub fn name(code: Code) -> String {
    serde_json::to_value(code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Reads what [`name`] wrote.
pub fn by_name(text: &str) -> Option<Code> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

impl From<Code> for Fault {
    fn from(code: Code) -> Fault {
        Fault::new(code)
    }
}

impl From<NotNow> for Fault {
    fn from(_: NotNow) -> Fault {
        Fault::new(Code::NotNow)
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Fault {
        let text = error.to_string();
        match error {
            sqlx::Error::PoolTimedOut => Fault::new(Code::Busy),
            sqlx::Error::Database(_) if text.contains("disk is full") || text.contains("No space left") => {
                tracing::error!(cause = %text, "disk full");
                Fault::new(Code::DiskFull)
            }
            sqlx::Error::Database(_) if text.contains("database is locked") => Fault::new(Code::Busy),
            _ => Fault::broken(text),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::broken(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Fault {
        if full(&error) {
            tracing::error!(cause = %error, "disk full");
            return Fault::new(Code::DiskFull);
        }
        Fault::broken(error)
    }
}

/// Whether a disk or quota is full.
pub fn full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

impl From<object_store::Error> for Fault {
    fn from(error: object_store::Error) -> Fault {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(e) = cause {
            if e.downcast_ref::<std::io::Error>().is_some_and(full) {
                return Fault::new(Code::DiskFull);
            }
            cause = e.source();
        }
        Fault::broken(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status.unwrap_or(self.code.status()))
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.document())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.code == Code::KeyMissing {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
