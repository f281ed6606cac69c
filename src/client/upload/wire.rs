//! tus 1.0 with creation, as the office speaks it (docs/API.md). Each request ends in one event for the machine.

use super::{Upload, drive, shelf};
use crate::client::transfer::{Event, WATCHDOG_MS};
use crate::client::{code_key, json, keyring};
use crate::platform::bytes::Bytes;
use crate::platform::sending::{self, Reply};
use crate::platform::{random, time};
use satu_pintu_api::problem::{Code, Problem};

/// Tells the office that a file comes, with its first bytes. The id is ours, so that telling it twice is telling it
/// once; its sum lets the office see that what it has in the end is what was picked.
pub async fn create(upload: &Upload, bytes: &Bytes, to: u64, left: impl FnMut(u64) + 'static) -> Event {
    let url = [satu_pintu_api::BASE, "/applications/", &upload.number, "/uploads"].concat();
    let mut about = format!(
        "id {},item {},filename {}",
        base64(upload.id.as_bytes()),
        base64(upload.item.as_bytes()),
        base64(upload.name.as_bytes()),
    );
    if upload.page > 0 {
        about.push_str(&format!(",page {}", base64(upload.page.to_string().as_bytes())));
    }
    if !upload.judged.is_empty() {
        about.push_str(&format!(",judged {}", base64(upload.judged.as_bytes())));
    }
    if let Some(sum) = bytes.sha256().await {
        about.push_str(&format!(",sha256 {}", base64(sum.as_bytes())));
    }
    let length = upload.transfer.size.to_string();
    let headers = [("Upload-Length", length.as_str()), ("Upload-Metadata", about.as_str()), STREAM];
    let begun = time::now();
    match request("POST", &url, upload, &headers, Some((bytes, 0, to)), left).await {
        Ok(reply) => taken(&reply, begun),
        Err(event) => broken(event, begun),
    }
}

const STREAM: (&str, &str) = ("Content-Type", "application/offset+octet-stream");

/// So much the office has now.
fn taken(reply: &Reply, begun: i64) -> Event {
    reply.number("Upload-Offset").map_or(Event::Clash, |held| Event::Taken { held, ms: since(begun) })
}

/// A piece was on its way.
fn broken(event: Event, begun: i64) -> Event {
    match event {
        Event::Failed { wait_ms, chance, .. } => Event::Failed { wait_ms, chance, ms: since(begun) },
        other => other,
    }
}

/// Milliseconds, at least one.
fn since(begun: i64) -> u32 {
    (time::now() - begun).clamp(1, 600_000) as u32
}

/// Asks how many bytes the office holds.
pub async fn head(upload: &Upload) -> Event {
    match request("HEAD", &url(upload), upload, &[], None, |_| {}).await {
        Ok(reply) => reply.number("Upload-Offset").map_or_else(|| cut(0), Event::Held),
        Err(event) => event,
    }
}

/// Sends a piece.
pub async fn patch(upload: &Upload, bytes: &Bytes, from: u64, to: u64, left: impl FnMut(u64) + 'static) -> Event {
    let begun = time::now();
    let offset = from.to_string();
    let headers = [("Upload-Offset", offset.as_str()), STREAM];
    match request("PATCH", &url(upload), upload, &headers, Some((bytes, from, to)), left).await {
        Ok(reply) => taken(&reply, begun),
        Err(event) => broken(event, begun),
    }
}

fn url(upload: &Upload) -> String {
    [satu_pintu_api::BASE, "/applications/", &upload.number, "/uploads/", &upload.id].concat()
}

async fn request(
    method: &str,
    url: &str,
    upload: &Upload,
    own: &[(&str, &str)],
    body: Option<(&Bytes, u64, u64)>,
    left: impl FnMut(u64) + 'static,
) -> Result<Reply, Event> {
    let key = keyring::get(&upload.number).ok_or(Event::KeyWrong)?;
    let bearer = ["Bearer ", &key.shown()].concat();
    let mut headers = vec![("Tus-Resumable", "1.0.0"), ("Authorization", bearer.as_str())];
    headers.extend(own);
    let sending = sending::start(method, url, &headers, body, WATCHDOG_MS, left);
    let sending = sending.ok_or_else(|| cut(5_000))?;
    drive::under_way(&upload.id, sending.stop());
    let reply = sending.reply().await;
    drive::over(&upload.id);
    let reply = reply.ok_or_else(|| cut(0))?;
    if (200..300).contains(&reply.status) {
        if let Some(file) = reply.header("Upload-File") {
            shelf::also(&upload.id, &file);
        }
        return Ok(reply);
    }
    // A HEAD has no body: its code is in a header.
    let named = reply.header("Upload-Problem").and_then(|n| json::read(&["\"", &n, "\""].concat()));
    let code = json::read::<Problem>(&reply.text).map(|p| p.code).or(named);
    let ours = method == "HEAD" && reply.header("Tus-Resumable").is_some();
    Err(failure(ours, reply.status, code, reply.number("Retry-After")))
}

/// The line was cut.
fn cut(wait_ms: u32) -> Event {
    let [chance] = random::bytes();
    Event::Failed { wait_ms, chance, ms: 0 }
}

/// What a refusal means for the machine. What is not the office's own word is somebody's between us, and passes; an
/// answer to HEAD has no body that could tell, but a header of ours.
fn failure(ours: bool, status: u16, code: Option<Code>, retry_after: Option<u64>) -> Event {
    let wait_ms = (retry_after.unwrap_or(0).min(600) * 1_000) as u32;
    match (status, code) {
        (_, None) if !ours => cut(wait_ms),
        (401 | 403, _) => Event::KeyWrong,
        (404 | 410, _) => Event::Unknown,
        (409, Some(Code::UploadConflict) | None) => Event::Clash,
        (423, _) => Event::Clash,
        (408 | 425 | 429 | 460 | 500.., _) => cut(wait_ms),
        (_, Some(code)) => Event::Refused(code_key(code)),
        _ => cut(wait_ms),
    }
}

/// Standard base64 with padding, as tus wants its metadata.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let n = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            if i <= chunk.len() {
                out.push(char::from(SIGNS[(n >> (18 - 6 * i) & 63) as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_everybody_writes_it() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("KTP.jpg", "S1RQLmpwZw==")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn only_what_is_final_is_refused() {
        assert_eq!(failure(false, 503, Some(Code::Busy), Some(3)), Event::Failed { wait_ms: 3_000, chance: 0, ms: 0 });
        assert_eq!(failure(false, 507, Some(Code::DiskFull), None), Event::Failed { wait_ms: 0, chance: 0, ms: 0 });
        assert_eq!(failure(false, 409, Some(Code::UploadConflict), None), Event::Clash);
        assert_eq!(failure(false, 409, Some(Code::NotNow), None), Event::Refused("not-now".into()));
        assert_eq!(failure(false, 422, Some(Code::FilePassword), None), Event::Refused("file-password".into()));
        assert_eq!(failure(false, 401, Some(Code::KeyMissing), None), Event::KeyWrong);
        assert_eq!(failure(false, 404, Some(Code::NotFound), None), Event::Unknown);
        assert_eq!(failure(true, 404, None, None), Event::Unknown);
        // A page of a proxy.
        for status in [403, 404, 409, 413, 502] {
            assert_eq!(failure(false, status, None, Some(2)), Event::Failed { wait_ms: 2_000, chance: 0, ms: 0 });
        }
    }
}
