//! Pages as HTML: the app's own views, rendered here, so that a page stands before the app is there and where it
//! never comes. What a view wants to know it asks the API, in this process.

mod form;
pub mod search;
mod worker;

use crate::app::Shared;
use crate::contents::Published;
use crate::figures;
use crate::http::cached::Cached;
use crate::http::shell;
use crate::problem::{Answer, Fault};
use crate::staff::origin::site;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::Code;
use satu_pintu_app::app::{Beside, Rendered, render_with};
use satu_pintu_app::client::resource::Given;
use satu_pintu_app::routes::Route;
use satu_pintu_domain::date::Day;
use satu_pintu_publish::Content;
use satu_pintu_publish::site::{Page, Site, is_fixed};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tower::ServiceExt;

/// How often a view may ask for more after it was given what it asked for.
const ROUNDS: usize = 3;

/// No answer of the API that a page shows is larger.
const MOST: usize = 4 << 20;

/// Says that a page is for a phone's own store: without the disturbances of the moment, which the app asks for.
const KEPT: HeaderName = HeaderName::from_static("x-kept");

/// A page that is only looked at: nothing in it runs, and the desk may frame it.
const PREVIEW_CSP: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/// Content, and the day on which it is shown.
#[derive(Clone)]
struct Source {
    content: Arc<Published>,
    today: Day,
}

/// What pages are made of.
pub struct Pages {
    app: Shared,
    api: Router,
    site: Option<Site>,
    /// Held by whoever makes the list of the service worker.
    making: tokio::sync::Mutex<()>,
    figures: Mutex<Option<Figures>>,
}

/// The last page of figures, and what it was made of.
type Figures = (String, Arc<Published>, Arc<Cached>);

impl Pages {
    /// `api` answers what views ask.
    pub fn new(app: Shared, api: Router) -> Arc<Pages> {
        let site = match Site::new(shell::text, app.origin.clone()) {
            Ok(site) => Some(site),
            Err(text) if shell::is_built() => {
                tracing::warn!("{text}");
                None
            }
            Err(_) => None,
        };
        Arc::new(Pages { app, api, site, making: tokio::sync::Mutex::default(), figures: Mutex::default() })
    }

    /// Everything that no route took: a file of the app, or a page of it.
    pub async fn serve(self: Arc<Self>, request: Request) -> Response {
        let path = request.uri().path();
        if path == "/api" || path.starts_with("/api/") {
            return Fault::new(Code::NotFound).into_response();
        }
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        if reads && let Some(answer) = self.kept(path, request.headers()).await {
            return answer.unwrap_or_else(IntoResponse::into_response);
        }
        if let Some(file) = shell::file(path, request.headers()).filter(|_| reads) {
            return match file.status() {
                StatusCode::NOT_FOUND => self.app.releases.file(path, request.headers()).await.unwrap_or(file),
                _ => file,
            };
        }
        if self.site.is_none() {
            return shell::not_built();
        }
        if !reads {
            return self.answer(request).await;
        }
        let origin = site(&self.app, request.headers(), request.extensions());
        match self.page(request.uri(), request.headers(), origin).await {
            Ok(page) => page,
            Err(fault) => fault.into_response(),
        }
    }

    async fn page(self: Arc<Self>, uri: &Uri, headers: &HeaderMap, origin: String) -> Answer<Response> {
        let (content, today) = (self.app.content(), self.app.today());
        let notices = if headers.contains_key(KEPT) { "[]".to_owned() } else { self.ask("/notices", None).await?.text };
        let route = Route::parse(uri.path()).1;
        let query = uri.query().unwrap_or_default();
        let fixed = is_fixed(&route) && query.is_empty();
        let name = ["page ", uri.path(), " ", &crate::secret::sha256(notices.as_bytes())].concat();
        if let Some(page) = fixed.then(|| content.known(&name, today)).flatten() {
            return Ok(page.respond(headers).await);
        }
        let figures = if route == Route::Performance && query.is_empty() {
            let changes = figures::changes(&self.app.store).await?;
            Some(format!("{name} {today} {changes} {origin}"))
        } else {
            None
        };
        if let Some(page) = figures.as_deref().and_then(|name| self.figures(name, &content)) {
            return Ok(page.respond(headers).await);
        }
        let href = if query.is_empty() { uri.path().to_owned() } else { format!("{}?{query}", uri.path()) };
        let beside = Beside { origin: if fixed { String::new() } else { origin }, ..Beside::default() };
        let given = HashMap::from([("/notices".to_owned(), ok(notices))]);
        let page = self.clone().made(href, given, None, beside, self.source()).await?;
        if let Some(href) = page.onward {
            return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, href)]).into_response());
        }
        let missing = page.missing;
        let cached = Cached::new(page.html, "text/html; charset=utf-8").policy(&page.policy);
        if missing {
            let mut response = Arc::new(cached.quick()).respond(headers).await;
            if response.status() == StatusCode::OK {
                *response.status_mut() = StatusCode::NOT_FOUND;
            }
            return Ok(response);
        }
        if fixed {
            let page = content.answer(&name, today, || Some(cached)).ok_or(Code::Broken)?;
            return Ok(page.respond(headers).await);
        }
        if let Some(name) = figures {
            let page = Arc::new(cached);
            *self.figures.lock().unwrap_or_else(PoisonError::into_inner) = Some((name, content, page.clone()));
            return Ok(page.respond(headers).await);
        }
        Ok(Arc::new(cached.quick()).respond(headers).await)
    }

    /// What is in force.
    fn source(&self) -> Source {
        Source { content: self.app.content(), today: self.app.today() }
    }

    /// A page as it would be with other content, on one of its days.
    ///
    /// # Errors
    /// When the app is not built.
    pub async fn preview(self: Arc<Self>, href: String, content: Content, today: Day) -> Answer<Response> {
        let content = Arc::new(Published::new(content).ok_or(Code::Broken)?);
        let given = HashMap::from([("/notices".to_owned(), ok("[]".to_owned()))]);
        let page = self.made(href, given, None, Beside::default(), Source { content, today }).await?;
        let mut response = form::html(StatusCode::OK.as_u16(), without_scripts(&page.html), PREVIEW_CSP);
        response.headers_mut().insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        Ok(response)
    }

    /// The page of figures, if it was made of the same.
    fn figures(&self, name: &str, content: &Arc<Published>) -> Option<Arc<Cached>> {
        let kept = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |known: &&(String, Arc<Published>, Arc<Cached>)| known.0 == name && Arc::ptr_eq(&known.1, content);
        kept.as_ref().filter(same).map(|(_, _, page)| page.clone())
    }

    /// The whole page of an address. `given` are answers of the API that are known; with `key` it answers for the
    /// holder of that key.
    async fn made(
        self: Arc<Self>,
        href: String,
        mut given: HashMap<String, Given>,
        key: Option<&str>,
        beside: Beside,
        source: Source,
    ) -> Answer<Page> {
        let mut round = 0;
        loop {
            let (made, missed) = self.clone().once(href.clone(), given.clone(), beside.clone(), source.clone()).await?;
            round += 1;
            if missed.is_empty() || round == ROUNDS {
                return self.framed(&made, &given);
            }
            for path in missed {
                let answer = self.ask(&path, key).await?;
                given.insert(path, answer);
            }
        }
    }

    fn framed(&self, made: &Rendered, given: &HashMap<String, Given>) -> Answer<Page> {
        let site = self.site.as_ref().ok_or(Code::Broken)?;
        Ok(site.page(made, given.get("/notices").map_or("[]", |list| &list.text)))
    }

    /// Renders it with what is known, and says what else was asked for.
    async fn once(
        self: Arc<Self>,
        href: String,
        given: HashMap<String, Given>,
        beside: Beside,
        Source { content, today }: Source,
    ) -> Answer<(Rendered, Vec<String>)> {
        let now = self.app.now();
        let work = tokio::task::spawn_blocking(move || {
            let missed = Arc::new(Mutex::new(Vec::new()));
            let asked = missed.clone();
            let source = move |path: &str| {
                let found = given.get(path).cloned().or_else(|| Published::given(&content, path, today));
                if found.is_none() {
                    let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
                    if !asked.iter().any(|known| known == path) {
                        asked.push(path.to_owned());
                    }
                }
                found
            };
            let made = render_with(&href, now, Arc::new(source), beside);
            let missed = std::mem::take(&mut *missed.lock().unwrap_or_else(PoisonError::into_inner));
            (made, missed)
        });
        work.await.map_err(|error| Fault::broken(format!("rendering: {error}")))
    }

    /// What the API answers to a GET.
    pub async fn ask(&self, path: &str, key: Option<&str>) -> Answer<Given> {
        let mut request = Request::get([satu_pintu_api::BASE, path].concat());
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        let request = request.body(Body::empty()).map_err(|error| Fault::broken(error.to_string()))?;
        self.reply(request).await.map(|(given, _)| given)
    }

    /// What the API answers to a request, and when it may be asked again.
    async fn reply(&self, request: Request) -> Answer<(Given, Option<HeaderValue>)> {
        let Ok(answer) = self.api.clone().oneshot(request).await;
        let status = answer.status().as_u16();
        let wait = answer.headers().get(header::RETRY_AFTER).cloned();
        let bytes =
            axum::body::to_bytes(answer.into_body(), MOST).await.map_err(|error| Fault::broken(error.to_string()))?;
        Ok((Given { status, text: String::from_utf8_lossy(&bytes).into_owned() }, wait))
    }
}

/// A page of ours without what its policy would stop: a browser complains of each.
fn without_scripts(html: &str) -> String {
    let mut parts = html.split("<script");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once("</script>").map_or("", |(_, rest)| rest))
}

fn ok(text: String) -> Given {
    Given { status: 200, text }
}
