//! The service worker with its list, the frame it falls back on, and the fixed pages made before anybody asks.

use super::Pages;
use crate::contents::Published;
use crate::http::cached::Cached;
use crate::http::shell;
use crate::problem::Answer;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use satu_pintu_api::problem::Code;
use satu_pintu_app::i18n::Lang;
use satu_pintu_publish::site::list::{self, Hashes, List};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

pub const WORKER: &str = "/sw.js";

/// Fees and times change with the day.
const DAY_BEGINS: Duration = Duration::from_secs(600);

impl Pages {
    /// The answer to an address of this module.
    pub(super) async fn kept(self: &Arc<Self>, path: &str, headers: &HeaderMap) -> Option<Answer<Response>> {
        if path == WORKER {
            return Some(self.worker(headers).await);
        }
        let lang = Lang::ALL.iter().copied().find(|lang| path == list::frame(*lang))?;
        let frame = self.app.content().answer(path, self.app.today(), || self.frame(lang));
        Some(match frame {
            Some(frame) => Ok(frame.respond(headers).await),
            None => Err(Code::NotFound.into()),
        })
    }

    fn frame(&self, lang: Lang) -> Option<Cached> {
        let page = self.site.as_ref()?.frame(lang);
        Some(Cached::new(page.html, "text/html; charset=utf-8").policy(&page.policy))
    }

    async fn worker(self: &Arc<Self>, headers: &HeaderMap) -> Answer<Response> {
        // One makes it, the others wait for it.
        let _turn = self.making.lock().await;
        loop {
            let (content, today) = (self.app.content(), self.app.today());
            if let Some(worker) = content.known(WORKER, today) {
                return Ok(worker.respond(headers).await);
            }
            let script = self.list(&content).await?;
            // Pages of two contents make no list.
            if Arc::ptr_eq(&content, &self.app.content()) {
                let make = || Some(Cached::new(script, "text/javascript; charset=utf-8").policy(shell::WORKER_CSP));
                content.answer(WORKER, today, make).ok_or(Code::Broken)?;
            }
        }
    }

    async fn list(self: &Arc<Self>, content: &Arc<Published>) -> Answer<String> {
        let site = self.site.as_ref().ok_or(Code::NotFound)?;
        let script = shell::text("sw.js").ok_or(Code::NotFound)?;
        let mut pages = BTreeMap::new();
        for lang in Lang::ALL {
            let frame = self.frame(*lang).ok_or(Code::Broken)?;
            let mut hashes = Hashes::from([(list::frame(*lang), frame.hash().to_owned())]);
            for route in list::kept(content) {
                let path = route.link_in(*lang);
                let answer = self.plain(&path, None).await?;
                let tag = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or_default();
                hashes.insert(path, tag.trim_matches('"').chars().take(16).collect());
            }
            pages.insert(lang.code(), hashes);
        }
        let drawings = content.drawings.iter().map(|(id, svg)| (list::drawing(id), list::hash(svg)));
        let files = shell::hashed_files().chain(drawings).collect();
        Ok(List::new(content, site.programs(), files, pages).worker(&script))
    }

    /// A page without the disturbances of the moment, as phones keep it.
    async fn plain(self: &Arc<Self>, path: &str, coding: Option<&'static str>) -> Answer<Response> {
        let uri: Uri = path.parse().map_err(|_| Code::NotFound)?;
        let mut headers = HeaderMap::from_iter([(super::KEPT, HeaderValue::from_static("1"))]);
        if let Some(coding) = coding {
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(coding));
        }
        self.clone().page(&uri, &headers, String::new()).await
    }

    /// Makes and compresses the fixed pages of the content in force, and again when it has changed.
    pub async fn prepare(self: Arc<Self>) {
        if self.site.is_none() {
            return;
        }
        loop {
            let content = self.app.content();
            if self.prepare_once(&content).await.is_err() {
                tracing::debug!("pages could not be prepared");
            }
            if Arc::ptr_eq(&content, &self.app.content()) {
                let _ = tokio::time::timeout(DAY_BEGINS, self.app.contents.changed()).await;
            }
        }
    }

    async fn prepare_once(self: &Arc<Self>, content: &Arc<Published>) -> Answer<()> {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("br"))]);
        for lang in Lang::ALL {
            for path in list::fixed(content).iter().map(|route| route.link_in(*lang)) {
                self.plain(&path, Some("br")).await?;
                if !Arc::ptr_eq(content, &self.app.content()) {
                    return Ok(());
                }
            }
        }
        self.worker(&headers).await.map(drop)
    }
}
