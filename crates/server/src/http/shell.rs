//! The built app: its files with their compressed copies, and the page that all pages are made of. Without a built
//! app one page says how to build it.

use super::cached::{Coding, matches};
use super::guard::STRICT_CSP;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// The app as Trunk built it, inside the binary; a debug build reads it from disk.
#[derive(RustEmbed)]
#[folder = "../../dist"]
#[exclude = ".*"]
#[allow_missing = true]
struct App;

/// What the service worker may do: load its list and fetch from here.
pub const WORKER_CSP: &str =
    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the photo judge's worker may do: compile its module, which it fetches from here.
const JUDGE_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// What a file of the app may load where it is opened by itself.
pub fn policy(name: &str) -> &'static str {
    if name.starts_with("judge-") && name.ends_with(".js") { JUDGE_CSP } else { STRICT_CSP }
}

/// How long a file is kept whose name changes with it.
pub const FOR_GOOD: &str = "public, max-age=31536000, immutable";

const MISSING: &str = "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><title>Satu Pintu</title>\
     <h1>Satu Pintu</h1><p>Aplikasi belum dibangun. Jalankan <code>script/server</code>.</p></html>";

/// The file of a path, or that there is none of that name; nothing for the address of a page.
pub fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let Some(path) = decoded(path) else { return Some(not_found()) };
    let name = path.trim_start_matches('/');
    let found = if packed(name) || name == "index.html" { None } else { App::get(name) };
    match found {
        Some(file) => Some(asset(name, &file, headers)),
        None => name.rsplit('/').next().is_some_and(|last| last.contains('.')).then(not_found),
    }
}

/// A text of the built app that pages are made of.
pub fn text(name: &str) -> Option<String> {
    App::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// The files that a browser may keep for good, with a part of their SHA-256.
pub fn hashed_files() -> impl Iterator<Item = (String, String)> {
    let names = App::iter().filter(|name| hashed(name) && !packed(name));
    names.filter_map(|name| {
        let hash = App::get(&name)?.metadata.sha256_hash();
        Some((["/", &name].concat(), crate::secret::hex(&hash[..8])))
    })
}

/// The same files and their compressed copies, whole.
pub fn hashed_bytes() -> impl Iterator<Item = (String, std::borrow::Cow<'static, [u8]>)> {
    App::iter().filter(|name| hashed(name)).filter_map(|name| Some((name.to_string(), App::get(&name)?.data)))
}

/// The files whose names stay: icons, the manifest, the worker.
pub fn other_bytes() -> impl Iterator<Item = (String, std::borrow::Cow<'static, [u8]>)> {
    let of_pages = ["index.html", "programs.json", "hold.js", "wizard.js"];
    let names = App::iter().filter(move |name| !hashed(name) && !packed(name) && !of_pages.contains(&name.as_ref()));
    names.filter_map(|name| Some((name.to_string(), App::get(&name)?.data)))
}

fn packed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// Whether the app was built.
pub fn is_built() -> bool {
    App::get("index.html").is_some()
}

/// How to build the app.
pub fn not_built() -> Response {
    let head = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::SERVICE_UNAVAILABLE, head, MISSING).into_response()
}

fn asset(name: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", &crate::secret::hex(&file.metadata.sha256_hash())[..32]);
    let keep = match media_type(name) {
        _ if hashed(name) => FOR_GOOD,
        // Icons: every visit asks for them.
        kind if kind.starts_with("image/") || kind.contains("manifest") => "public, max-age=86400",
        _ => "no-cache",
    };
    let always = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    if matches(headers, &etag) {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    let policy = [(header::CONTENT_SECURITY_POLICY, policy(name))];
    let packed = match Coding::wanted(headers) {
        Coding::Plain => None,
        Coding::Gzip => App::get(&format!("{name}.gz")).map(|file| ("gzip", file)),
        Coding::Brotli => App::get(&format!("{name}.br"))
            .map(|file| ("br", file))
            .or_else(|| App::get(&format!("{name}.gz")).map(|file| ("gzip", file))),
    };
    let media_type = [(header::CONTENT_TYPE, media_type(name))];
    match packed {
        Some((coding, packed)) => {
            let coding = [(header::CONTENT_ENCODING, coding)];
            (always, policy, media_type, coding, body(&packed)).into_response()
        }
        None => (always, policy, media_type, body(file)).into_response(),
    }
}

fn body(file: &EmbeddedFile) -> Body {
    match &file.data {
        std::borrow::Cow::Borrowed(bytes) => Body::from(*bytes),
        std::borrow::Cow::Owned(bytes) => Body::from(bytes.clone()),
    }
}

/// Names with the content's hash: `app-0123456789abcdef.js`, `app-0123456789abcdef_bg.wasm`.
pub fn hashed(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.split(['-', '.', '_']).any(|part| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

pub fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// The path as names on disk have it; none when it is no text or climbs.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    let climbs = text.contains('\0') || text.contains('\\') || text.split('/').any(|part| part == "..");
    (!climbs).then_some(text)
}

fn not_found() -> Response {
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, STRICT_CSP)];
    (StatusCode::NOT_FOUND, head, "Tidak ada di sini.\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(hashed("satu-pintu-app-1a2b3c4d5e6f7081_bg.wasm"));
        assert!(hashed("app-1a2b3c4d5e6f7081.css"));
        assert!(!hashed("manifest.webmanifest"));
        assert!(!hashed("sw.js"));
        assert_eq!(decoded("/a%20b"), Some("/a b".to_owned()));
        assert_eq!(decoded("/%2e%2e/x"), None);
        assert_eq!(decoded("/%zz"), None);
    }
}
