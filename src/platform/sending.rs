//! One request with a body whose progress is seen (`fetch` shows none), and a watchdog: a line on which no byte
//! moves for some time is dead, whatever the browser says. For everything else there is the client's `Call`.

use super::bytes::Bytes;
use super::time::{self, Repeating};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ProgressEvent, XmlHttpRequest};

pub struct Reply {
    pub status: u16,
    pub text: String,
    request: XmlHttpRequest,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<String> {
        self.request.get_response_header(name).ok()?
    }

    /// A header as a number.
    pub fn number(&self, header: &str) -> Option<u64> {
        self.header(header)?.trim().parse().ok()
    }
}

/// A request under way; dropping it ends it.
pub struct Sending {
    request: XmlHttpRequest,
    done: js_sys::Promise,
    _watchdog: Repeating,
    _progress: Closure<dyn FnMut(ProgressEvent)>,
    answered: bool,
}

/// Ends a request from outside.
#[derive(Clone)]
pub struct Stop(XmlHttpRequest);

impl Stop {
    pub fn now(&self) {
        let _ = self.0.abort();
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        // Ending an answered request would throw its answer away.
        if !self.answered {
            let _ = self.request.abort();
        }
    }
}

/// Starts a request. `left` hears how many bytes of the body have left the phone.
pub fn start(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<(&Bytes, u64, u64)>,
    silence_ms: u32,
    mut left: impl FnMut(u64) + 'static,
) -> Option<Sending> {
    super::window()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open_with_async(method, url, true).ok()?;
    for (name, value) in headers {
        request.set_request_header(name, value).ok()?;
    }
    let moved = Rc::new(Cell::new(time::now()));
    let seen = moved.clone();
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |e: ProgressEvent| {
        seen.set(time::now());
        left(e.loaded() as u64);
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    let own = request.clone();
    let watchdog = time::every(500, move || {
        if time::now() - moved.get() > i64::from(silence_ms) {
            let _ = own.abort();
        }
    });
    let done = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    match body {
        Some((bytes, from, to)) => request.send_with_opt_js_u8_array(Some(&bytes.slice(from, to))).ok()?,
        None => request.send().ok()?,
    }
    Some(Sending { request, done, _watchdog: watchdog, _progress: progress, answered: false })
}

impl Sending {
    pub fn stop(&self) -> Stop {
        Stop(self.request.clone())
    }

    /// `None` when there is no answer: no network, silence, or stopped.
    pub async fn reply(mut self) -> Option<Reply> {
        let _ = JsFuture::from(self.done.clone()).await;
        self.answered = true;
        let status = self.request.status().ok().filter(|s| *s > 0)?;
        let text = self.request.response_text().ok().flatten().unwrap_or_default();
        Some(Reply { status, text, request: self.request.clone() })
    }
}
