//! The kept session: one cookie a server, in a file only its owner can read.

use crate::Failure;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// `SATU_PINTU_SESSION`, else `satu-pintu/desk.json` in the user's configuration folder.
fn file() -> Result<PathBuf, Failure> {
    let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(file) = var("SATU_PINTU_SESSION") {
        return Ok(file);
    }
    let folder =
        var("XDG_CONFIG_HOME").or_else(|| var("APPDATA")).or_else(|| var("HOME").map(|home| home.join(".config")));
    let folder = folder.ok_or("tidak ada folder konfigurasi; isi HOME atau SATU_PINTU_SESSION")?;
    Ok(folder.join("satu-pintu").join("desk.json"))
}

fn all() -> Result<BTreeMap<String, String>, Failure> {
    match std::fs::read(file()?) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(e) => Err(format!("sesi tidak terbaca: {e}").into()),
    }
}

/// # Errors
/// When the file cannot be read.
pub fn load(server: &str) -> Result<Option<String>, Failure> {
    Ok(all()?.remove(server))
}

/// Keeps the cookie of a server, or forgets it.
///
/// # Errors
/// When the file cannot be written.
pub fn save(server: &str, cookie: Option<&str>) -> Result<(), Failure> {
    let mut sessions = all()?;
    match cookie {
        Some(cookie) => sessions.insert(server.to_owned(), cookie.to_owned()),
        None => sessions.remove(server),
    };
    let file = file()?;
    let folder = file.parent().map(PathBuf::from).unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    // A new file by this name: never readable to others, never half written. Temporary files have mode 600.
    let mut fresh = tempfile::NamedTempFile::new_in(if folder.as_os_str().is_empty() { ".".into() } else { folder })?;
    fresh.write_all(&serde_json::to_vec_pretty(&sessions)?)?;
    fresh.as_file().sync_all()?;
    fresh.persist(&file).map_err(|e| format!("sesi tidak tersimpan: {e}"))?;
    Ok(())
}
