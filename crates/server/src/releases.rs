//! Hashed files of the last releases, in the data folder: a page or a service worker that an older program sent goes
//! on until it is left.

use crate::http::cached::{Coding, matches};
use crate::http::shell;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How many are kept: this one and the two before.
const KEPT: usize = 3;

/// The kept files of older releases by their names.
#[derive(Debug, Default)]
pub struct Releases {
    files: HashMap<String, PathBuf>,
}

impl Releases {
    /// Copies the hashed files of this program below a folder, and lets go what is older than the last releases. A
    /// folder that takes nothing is only warned of.
    pub fn keep(folder: &Path) -> Releases {
        let files: Vec<_> = shell::hashed_bytes().collect();
        if let Err(error) = write(folder, &files) {
            tracing::warn!("{}: the app's files are not kept for older pages: {error}", folder.display());
        }
        Releases::open(folder)
    }

    /// Those that are there.
    pub fn open(folder: &Path) -> Releases {
        let mut files = HashMap::new();
        for (_, release) in releases(folder) {
            for entry in release.read_dir().into_iter().flatten().flatten() {
                if let Some(name) = entry.file_name().to_str() {
                    files.entry(name.to_owned()).or_insert(entry.path());
                }
            }
        }
        Releases { files }
    }

    /// The file of a path, as this program sends its own.
    pub async fn file(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let name = path.trim_start_matches('/');
        let plain =
            self.files.get(name).filter(|_| shell::hashed(name) && !name.ends_with(".br") && !name.ends_with(".gz"))?;
        let etag = format!("\"{name}\"");
        let always = [
            (header::ETAG, etag.clone()),
            (header::CACHE_CONTROL, shell::FOR_GOOD.to_owned()),
            (header::VARY, "accept-encoding".to_owned()),
        ];
        if matches(headers, &etag) {
            return Some((axum::http::StatusCode::NOT_MODIFIED, always).into_response());
        }
        let coding = match Coding::wanted(headers) {
            Coding::Brotli => self.files.get(&[name, ".br"].concat()).map(|path| ("br", path)),
            Coding::Gzip => self.files.get(&[name, ".gz"].concat()).map(|path| ("gzip", path)),
            Coding::Plain => None,
        };
        let bytes = tokio::fs::read(coding.map_or(plain, |(_, path)| path)).await.ok()?;
        let head =
            [(header::CONTENT_TYPE, shell::media_type(name)), (header::CONTENT_SECURITY_POLICY, shell::policy(name))];
        let mut response = (always, head, Body::from(bytes)).into_response();
        if let Some((coding, _)) = coding {
            response.headers_mut().insert(header::CONTENT_ENCODING, axum::http::HeaderValue::from_static(coding));
        }
        Some(response)
    }
}

/// Writes the files as one release, whole or not at all, and takes the oldest away.
fn write(folder: &Path, files: &[(String, impl AsRef<[u8]>)]) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let mut names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let release = folder.join(&crate::secret::sha256(names.join(" ").as_bytes())[..16]);
    if !release.is_dir() {
        let unfinished = folder.join(["unfinished-", &crate::secret::id()].concat());
        std::fs::create_dir_all(&unfinished)?;
        let written = files.iter().try_for_each(|(name, bytes)| std::fs::write(unfinished.join(name), bytes));
        if let Err(error) = written.and_then(|()| std::fs::rename(&unfinished, &release)) {
            let _ = std::fs::remove_dir_all(&unfinished);
            return Err(error);
        }
    }
    // The last start counts: whoever goes back to an older program keeps its files.
    std::fs::write(release.join(USED), b"")?;
    for (_, old) in releases(folder).into_iter().skip(KEPT) {
        std::fs::remove_dir_all(old)?;
    }
    Ok(())
}

/// Says by its time when a release was started last.
const USED: &str = "used";

/// The latest first.
fn releases(folder: &Path) -> Vec<(SystemTime, PathBuf)> {
    let entries = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let used = |path: PathBuf| Some((path.join(USED).metadata().ok()?.modified().ok()?, path));
    let mut found: Vec<_> = entries.filter_map(used).collect();
    found.sort_by(|a, b| b.cmp(a));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(folder: &Path, name: &str) {
        write(folder, &[(format!("{name}-0123456789abcdef.js"), name.as_bytes())]).expect("it is written");
    }

    #[tokio::test]
    async fn the_last_three_are_kept_and_sent() {
        let folder = tempfile::tempdir().expect("folder");
        for name in ["one", "two", "three", "two", "four"] {
            release(folder.path(), name);
        }
        let kept = Releases::open(folder.path());
        let plain = HeaderMap::new();
        for (name, there) in [("one", false), ("two", true), ("three", true), ("four", true)] {
            let answer = kept.file(&format!("/{name}-0123456789abcdef.js"), &plain).await;
            assert_eq!(answer.is_some(), there, "{name}");
            let Some(answer) = answer else { continue };
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
            assert!(answer.headers()[header::CACHE_CONTROL].to_str().expect("text").contains("immutable"));
        }
        assert!(kept.file("/used", &plain).await.is_none());
        assert!(kept.file("/../two-0123456789abcdef.js", &plain).await.is_none());
    }

    #[test]
    fn what_was_cut_off_is_no_release() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::create_dir(folder.path().join("unfinished-x")).expect("folder");
        std::fs::write(folder.path().join("unfinished-x/a-0123456789abcdef.js"), "half").expect("file");
        assert!(Releases::open(folder.path()).files.is_empty());
        let file = folder.path().join("no-folder");
        std::fs::write(&file, "").expect("file");
        assert!(write(&file, &[("a".to_owned(), b"a")]).is_err());
        assert!(Releases::keep(&file).files.is_empty());
    }
}
