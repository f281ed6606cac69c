//! Forms that are sent without script: what they ask the API, and the page that says what became of it. Keys, codes
//! and answers travel in the body only and are never kept.

use super::Pages;
use crate::http::Caller;
use crate::http::body::fields;
use crate::http::cached::Cached;
use crate::problem::{Answer, Fault};
use crate::staff::origin::{check, site};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::Code;
use satu_pintu_app::app::{Beside, form};
use satu_pintu_app::client::Failure;
use satu_pintu_app::client::sent::{Ask, Sent};
use std::collections::HashMap;
use std::sync::Arc;

/// No form of ours is longer.
const MOST: usize = 64 * 1024;

/// So many fields are read.
const FIELDS: usize = 200;

/// How often a form may ask the API.
const ASKS: usize = 3;

/// What says who asks, for requests made in the name of another.
const WHO: [HeaderName; 3] =
    [HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("x-forwarded-proto"), header::HOST];

impl Pages {
    /// Answers a form with a page; what is wrong is a page, too.
    pub(super) async fn answer(self: Arc<Self>, request: Request) -> Response {
        let path = request.uri().path().to_owned();
        let origin = site(&self.app, request.headers(), request.extensions());
        let headers = request.headers().clone();
        let answer = self.clone().sent(request, &origin).await;
        let page = match answer {
            Ok(page) => Ok(page),
            Err(fault) => self.refused(&path, &headers, origin, fault).await,
        };
        let mut response = page.unwrap_or_else(IntoResponse::into_response);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    async fn sent(self: Arc<Self>, request: Request, at: &str) -> Answer<Response> {
        let posted = request.method() == Method::POST;
        let form = form(request.uri().path()).filter(|_| posted).ok_or(Code::MethodWrong)?;
        self.ours(&request)?;
        let caller = Caller::of(&self.app, request.headers(), request.extensions());
        if let Some(seconds) = self.app.pace.wait(caller) {
            return Err(Fault::new(Code::Slow).retry_after(seconds));
        }
        let (parts, body) = request.into_parts();
        let mut sent = Sent::new(fields(&parts.headers, body, MOST, FIELDS).await?);
        let mut wait = None;
        for _ in 0..ASKS {
            let Some(ask) = form.ask(&sent) else { break };
            let mut request = made(ask)?;
            for name in WHO {
                if let Some(value) = parts.headers.get(&name) {
                    request.headers_mut().insert(name, value.clone());
                }
            }
            *request.extensions_mut() = parts.extensions.clone();
            let (given, seconds) = self.reply(request).await?;
            wait = seconds;
            sent.answers.push(given);
        }
        let refused = sent.answers.last().map(|given| given.status).filter(|status| *status >= 400);
        let href = form.shows(&sent);
        let beside = Beside { origin: at.to_owned(), sent: Some(Arc::new(sent)), refused: None };
        let source = self.source();
        let page = self.made(href, HashMap::new(), None, beside, source).await?;
        if let Some(href) = page.onward {
            return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, href)]).into_response());
        }
        let status = refused.unwrap_or(if page.faulty { 422 } else { 200 });
        let mut response = packed(status, page.html, &page.policy, &parts.headers).await;
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        Ok(response)
    }

    /// Whether a page of ours sent the form. Our pages name no referrer; for them a browser hides the origin of a form,
    /// too, and only a newer one says that it is the same. Forms carry no session that another site could misuse.
    fn ours(&self, request: &Request) -> Answer<()> {
        let headers = request.headers();
        if headers.get(header::ORIGIN).is_some_and(|origin| origin == "null") {
            let site = headers.get("sec-fetch-site");
            return match site.is_none_or(|site| site == "same-origin") {
                true => Ok(()),
                false => Err(Code::OriginWrong.into()),
            };
        }
        check(&self.app, request.method(), headers, request.extensions())
    }

    /// The page that says why it is refused.
    async fn refused(
        self: Arc<Self>,
        path: &str,
        headers: &HeaderMap,
        origin: String,
        fault: Fault,
    ) -> Result<Response, Fault> {
        let document = fault.document();
        let (status, retry_after) = (document.status, fault.retry_after);
        let beside = Beside { origin, sent: None, refused: Some(Failure::Problem(Box::new(document))) };
        let allowed = if form(path).is_some() { "GET, HEAD, POST" } else { "GET, HEAD" };
        let source = self.source();
        let Ok(page) = self.made(path.to_owned(), HashMap::new(), None, beside, source).await else {
            return Err(fault);
        };
        let mut response = packed(status, page.html, &page.policy, headers).await;
        if status == StatusCode::METHOD_NOT_ALLOWED.as_u16() {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Ok(response)
    }
}

/// A page for one request, as small as the caller takes it. Only forms of our own pages are answered, so that nobody
/// else can have something of theirs packed beside what is told here.
async fn packed(status: u16, html: String, policy: &str, headers: &HeaderMap) -> Response {
    let page = Arc::new(Cached::new(html, "text/html; charset=utf-8").policy(policy).quick());
    let mut response = page.respond(headers).await;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response.headers_mut().remove(header::ETAG);
    response
}

pub(super) fn html(status: u16, html: String, policy: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    if let Ok(policy) = HeaderValue::from_str(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn made(ask: Ask) -> Answer<Request> {
    let mut request = Request::builder().method(ask.method).uri([satu_pintu_api::BASE, &ask.path].concat());
    if let Some(key) = ask.key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    let body = match ask.body {
        Some(json) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(json)
        }
        None => Body::empty(),
    };
    request.body(body).map_err(Fault::broken)
}
