//! What every answer here has in common: the version of tus that is spoken.

use crate::problem::Fault;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::Code;

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

/// Refuses another version of the protocol. One that says nothing is taken as 1.0.0; of `OPTIONS` tus says that what
/// it names is ignored.
pub async fn tus(request: Request, next: Next) -> Response {
    let other = request.method() != Method::OPTIONS
        && request.headers().get(TUS_RESUMABLE).is_some_and(|version| version != VERSION);
    let mut response = if other {
        let fault = Fault::new(Code::BadRequest).status(412).detail("Tus-Resumable must be 1.0.0");
        ([(TUS_VERSION, VERSION)], fault).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, VERSION);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What of tus there is, for `OPTIONS`.
pub fn abilities() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(TUS_VERSION, VERSION);
    let all = "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination,concatenation";
    headers.insert("tus-extension", HeaderValue::from_static(all));
    headers.insert("tus-max-size", HeaderValue::from(super::MAX_BYTES));
    headers.insert("tus-checksum-algorithm", HeaderValue::from_static("sha1,sha256,crc32"));
    headers
}
