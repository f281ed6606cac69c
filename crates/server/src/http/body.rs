//! Extractors whose refusals are problem documents: a JSON body, ids of the path, options of the query.

use crate::problem::Fault;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::{Json, extract};
use bytes::Bytes;
use satu_pintu_api::problem::Code;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        match in_time(Json::<T>::from_request(request, state)).await? {
            Ok(Json(body)) => Ok(Body(body)),
            Err(JsonRejection::BytesRejection(rejection)) => Err(bytes_fault(&rejection)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(Fault::new(Code::BadJson).detail("Content-Type must be application/json"))
            }
            Err(JsonRejection::JsonSyntaxError(_)) => Err(Fault::new(Code::BadJson).detail("not JSON")),
            // The text of serde may quote what was sent: only the place is told.
            Err(rejection) => Err(Fault::new(Code::BadJson).detail(place(&rejection.body_text()))),
        }
    }
}

/// A body whose bytes are needed, for the idempotency of a request: the JSON and its bytes.
pub struct Raw(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Fault;
    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let body = in_time(Bytes::from_request(request, state)).await?;
        body.map(Raw).map_err(|rejection| bytes_fault(&rejection))
    }
}

/// The fields of a form in their order: so many at most, from so many bytes.
///
/// # Errors
/// [`Code::BadRequest`], [`Code::TooLarge`].
pub async fn fields(
    headers: &HeaderMap,
    body: axum::body::Body,
    most: usize,
    count: usize,
) -> Result<Vec<(String, String)>, Fault> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Code::BadRequest.into());
    }
    let bytes = in_time(axum::body::to_bytes(body, most)).await?.map_err(|_| Fault::new(Code::TooLarge))?;
    Ok(form_urlencoded::parse(&bytes).take(count).map(|(k, v)| (k.into_owned(), v.into_owned())).collect())
}

/// A sender of three bytes a minute does not hold a connection for ever.
async fn in_time<T>(reading: impl Future<Output = T>) -> Result<T, Fault> {
    let slow = |_| Fault::new(Code::BadRequest).status(408).detail("the body did not come within a minute");
    tokio::time::timeout(Duration::from_secs(60), reading).await.map_err(slow)
}

fn bytes_fault(rejection: &BytesRejection) -> Fault {
    if rejection.status().as_u16() == 413 { Fault::new(Code::TooLarge) } else { Fault::new(Code::BadRequest) }
}

/// `at line 1 column 20`, and the names of fields serde speaks of are ours.
fn place(text: &str) -> String {
    let missing = text.find("missing field").map(|at| &text[at..]);
    let at = text.rfind("at line").map(|at| &text[at..]);
    missing.or(at).unwrap_or("the body does not have the expected form").to_owned()
}

/// Ids of the path. One that cannot be read names nothing.
pub struct Ids<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let extract::Path(ids) =
            extract::Path::<T>::from_request_parts(parts, state).await.map_err(|_| Fault::new(Code::NotFound))?;
        Ok(Ids(ids))
    }
}

/// Options of the query. Unknown ones are ignored, unreadable ones refused.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let extract::Query(options) =
            extract::Query::<T>::from_request_parts(parts, state).await.map_err(|_| Fault::new(Code::BadRequest))?;
        Ok(Query(options))
    }
}
