//! Whether a change comes from our own pages. A browser always says where a request comes from when it
//! changes something; the desk program says nothing and has no cookies of others to misuse.

use crate::app::App;
use crate::http::secure;
use crate::problem::Answer;
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, Method, header};
use satu_pintu_api::problem::Code;
use std::net::SocketAddr;

/// # Errors
/// [`Code::OriginWrong`] when a browser says that another site asks.
pub fn check(app: &App, method: &Method, headers: &HeaderMap, extensions: &Extensions) -> Answer<()> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    if let Some(site) = headers.get("sec-fetch-site")
        && !matches!(site.as_bytes(), b"same-origin" | b"none")
    {
        return Err(Code::OriginWrong.into());
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let asked = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    let host = host(app, headers, extensions).unwrap_or_default();
    if asked.is_empty() || !asked.eq_ignore_ascii_case(&host) {
        return Err(Code::OriginWrong.into());
    }
    Ok(())
}

/// The host the browser spoke to: the one a trusted proxy tells, else `Host`.
pub fn host(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Option<String> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip().to_canonical());
    let told = match peer {
        Some(peer) if app.proxies.contains(&peer) => headers.get("x-forwarded-host"),
        _ => None,
    };
    let host = told.or_else(|| headers.get(header::HOST))?.to_str().ok()?;
    Some(host.trim().to_owned())
}

/// Where citizens reach the office: what `--origin` says, else the address this request came to.
pub fn site(app: &App, headers: &HeaderMap, extensions: &Extensions) -> String {
    if let Some(origin) = &app.origin {
        return origin.clone();
    }
    let scheme = if secure(app, headers, extensions) { "https" } else { "http" };
    let fits = |host: &String| {
        !host.is_empty() && host.len() <= 200 && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
    };
    let host = host(app, headers, extensions).filter(fits).unwrap_or_else(|| "localhost".to_owned());
    format!("{scheme}://{host}")
}
