//! Around every route: security headers, a number for the request, one line in the log without personal data,
//! a limit for who asks too fast, and problem documents for what no handler answered.

use super::caller::{Caller, secure};
use crate::app::Shared;
use crate::problem::Fault;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::Code;
use std::any::Any;
use std::time::Instant;

/// What a page may load when it says nothing else: nothing.
pub const STRICT_CSP: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(self), display-capture=(), geolocation=(), \
     gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()";

/// Adds the security headers a response does not have yet.
pub async fn headers(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    // HTTP/2 names the host in the address; everything behind reads the header.
    let authority = request.uri().authority().map(|authority| HeaderValue::from_str(authority.as_str()));
    if let Some(Ok(host)) = authority {
        request.headers_mut().entry(header::HOST).or_insert(host);
    }
    let secure = secure(&app, request.headers(), request.extensions());
    let mut response = next.run(request).await;
    let set = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, STRICT_CSP),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let headers = response.headers_mut();
    for (name, value) in set {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Numbers the request and logs it by the route's pattern: never the address itself, which may hold a ticket,
/// nor its query.
pub async fn log(request: Request, next: Next) -> Response {
    let id = crate::secret::hex(&crate::secret::random::<8>());
    let began = Instant::now();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "(app)".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", %id);
    let mut response = {
        use tracing::Instrument;
        next.run(request).instrument(span.clone()).await
    };
    let _entered = span.enter();
    let (status, ms) = (response.status().as_u16(), began.elapsed().as_millis());
    tracing::info!(%method, route, status, ms, "answered");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// Lets an address ask only so fast. Whoever watches the server's health is never turned away.
pub async fn pace(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let counted = request.extensions().get::<MatchedPath>().is_none_or(|path| !path.as_str().ends_with("/health"));
    let caller = Caller::of(&app, request.headers(), request.extensions());
    match counted.then(|| app.pace.wait(caller)).flatten() {
        Some(seconds) => Fault::new(Code::Slow).retry_after(seconds).into_response(),
        None => next.run(request).await,
    }
}

/// A panic is our fault and one request's only.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    Fault::broken(format!("panic: {cause}")).into_response()
}

/// The path exists, the method does not.
pub async fn wrong_method() -> Fault {
    Fault::new(Code::MethodWrong)
}
