//! Compressed copies beside the built files, made once at the build, so that the server only sends them.
//! The budget of the first load is in `budget.toml`.

use std::io::Write;
use std::path::{Path, PathBuf};

/// Brotli at its highest level, and gzip for the few that know no brotli.
pub fn compress(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    (brotli(bytes, 11), gzip(bytes, flate2::Compression::best()))
}

/// For what is sent once: a tenth larger, in a fiftieth of the time.
pub fn quick(bytes: &[u8], as_brotli: bool) -> Vec<u8> {
    if as_brotli { brotli(bytes, 5) } else { gzip(bytes, flate2::Compression::default()) }
}

fn brotli(bytes: &[u8], quality: i32) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    // Writing into memory does not fail.
    let _ = brotli::BrotliCompress(&mut &bytes[..], &mut out, &params);
    out
}

fn gzip(bytes: &[u8], level: flate2::Compression) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// What gains from compression.
pub fn compressible(path: &str) -> bool {
    let known = ["html", "css", "js", "mjs", "wasm", "svg", "json", "webmanifest", "txt", "xml", "ico"];
    let ending = path.rsplit_once('.').map_or("", |(_, e)| e);
    known.contains(&ending)
}

/// A file of the built app with its sizes in bytes.
pub struct Sized {
    pub path: String,
    pub plain: usize,
    pub brotli: usize,
    pub gzip: usize,
}

/// Writes `.br` and `.gz` beside every file that gains by it, where they are missing or older.
///
/// # Errors
/// What the system says, with the path.
pub fn dist(dir: &Path) -> Result<Vec<Sized>, String> {
    use crate::files::Files;
    let folder = crate::files::Dir(dir.to_path_buf());
    let mut paths = folder.list()?;
    paths.sort();
    let mut out = Vec::new();
    for path in paths.into_iter().filter(|p| compressible(p)) {
        let whole = dir.join(&path);
        let plain = folder.read(&path)?;
        let (br, gz) = match (fresh(&whole, "br"), fresh(&whole, "gz")) {
            (Some(br), Some(gz)) => (br, gz),
            _ => {
                let (br, gz) = compress(&plain);
                for (ending, bytes) in [("br", &br), ("gz", &gz)] {
                    let to = beside(&whole, ending);
                    std::fs::write(&to, bytes).map_err(|e| format!("{}: {e}", to.display()))?;
                }
                (br.len(), gz.len())
            }
        };
        out.push(Sized { path, plain: plain.len(), brotli: br, gzip: gz });
    }
    Ok(out)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// The size of a compressed copy that is not older than its original.
fn fresh(path: &Path, ending: &str) -> Option<usize> {
    let original = path.metadata().ok()?.modified().ok()?;
    let copy = beside(path, ending).metadata().ok()?;
    let current = copy.modified().ok()? >= original;
    current.then_some(usize::try_from(copy.len()).ok()?)
}
