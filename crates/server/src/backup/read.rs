//! Bringing an archive back: checked whole before anything is written, and only onto an empty place.

use super::manifest::{FORMAT, Manifest, NAME, object_entry, table_entry};
use super::{TABLES, Told};
use crate::Failure;
use crate::files::Files;
use crate::secret::hex;
use crate::store::{Backend, Store, Tx};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Reads an archive into an empty store.
///
/// # Errors
/// A sentence for the terminal; then nothing of the rows was written.
pub async fn read(store: &Store, files: &Files, archive: &Path) -> Result<Told, Failure> {
    let manifest = verify(archive)?;
    let steps: Vec<String> =
        sqlx::query_scalar("SELECT name FROM migrations ORDER BY step").fetch_all(store.reader()).await?;
    if steps != manifest.steps {
        return Err(format!(
            "cadangan dibuat oleh versi {} dengan susunan tabel lain; pakai versi itu",
            manifest.program
        )
        .into());
    }
    let mut tx = store.begin().await?;
    empty(&mut tx).await?;
    let mut told = Told { rows: 0, objects: 0 };
    // Papers first: a paper without a row is only waste, a row without its paper would be a loss. They come
    // first in the archive too.
    let mut tar = tar::Archive::new(BufReader::new(File::open(archive)?));
    let mut tables: BTreeMap<String, tempfile::NamedTempFile> = BTreeMap::new();
    for entry in tar.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if let Some(object) = name.strip_prefix("objects/") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.put(object, bytes.into()).await?;
            told.objects += 1;
        } else if let Some(table) = name.strip_prefix("tables/").and_then(|n| n.strip_suffix(".jsonl")) {
            let mut lines = tempfile::NamedTempFile::new()?;
            std::io::copy(&mut entry, &mut lines)?;
            tables.insert(table.to_owned(), lines);
        }
    }
    for table in TABLES {
        let Some(lines) = tables.get(*table) else { continue };
        let mut count = 0;
        for line in BufReader::new(lines.reopen()?).lines() {
            insert(&mut tx, table, &serde_json::from_str(&line?)?).await?;
            count += 1;
        }
        let kept: i64 =
            sqlx::query_scalar(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"))).fetch_one(&mut *tx).await?;
        if u64::try_from(kept).ok() != Some(count) {
            return Err(format!("tabel {table} tidak utuh: {kept} dari {count} baris").into());
        }
        told.rows += count;
    }
    tx.commit().await?;
    if store.backend() == Backend::Postgres {
        // Written line by line in one go, the list of open applications is mostly holes, which every look at the
        // queue would read.
        sqlx::query("VACUUM (FULL, ANALYZE) open_applications").execute(store.reader()).await?;
    }
    Ok(told)
}

/// Reads the whole archive once and compares every entry with the manifest.
fn verify(archive: &Path) -> Result<Manifest, Failure> {
    let file = File::open(archive).map_err(|e| format!("{} tidak terbaca: {e}", archive.display()))?;
    let broken = |what: &str| format!("{} rusak atau bukan cadangan: {what}", archive.display());
    let mut seen: BTreeMap<String, (u64, String)> = BTreeMap::new();
    let mut manifest: Option<Manifest> = None;
    let mut tar = tar::Archive::new(BufReader::new(file));
    for entry in tar.entries().map_err(|e| broken(&e.to_string()))? {
        let mut entry = entry.map_err(|e| broken(&e.to_string()))?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if name == NAME {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            manifest = Some(serde_json::from_slice(&bytes).map_err(|e| broken(&e.to_string()))?);
            continue;
        }
        let (mut hash, mut buffer, mut size) = (Sha256::new(), vec![0; 65_536], 0);
        loop {
            let n = entry.read(&mut buffer).map_err(|e| broken(&e.to_string()))?;
            if n == 0 {
                break;
            }
            hash.update(&buffer[..n]);
            size += n as u64;
        }
        if seen.insert(name.clone(), (size, hex(&hash.finalize()))).is_some() {
            return Err(broken(&format!("{name} ada dua kali")).into());
        }
    }
    let manifest = manifest.ok_or_else(|| broken("tidak ada manifest.json; penulisannya terputus"))?;
    if manifest.format != FORMAT {
        return Err(broken("susunannya dari versi lain").into());
    }
    for (table, told) in &manifest.tables {
        let name = table_entry(table);
        let (_, hash) = seen.remove(&name).ok_or_else(|| broken(&format!("{name} tidak ada")))?;
        if hash != told.sha256 || !TABLES.contains(&table.as_str()) {
            return Err(broken(&format!("{name} berubah")).into());
        }
    }
    for (object, told) in &manifest.objects {
        let name = object_entry(object);
        let found = seen.remove(&name).ok_or_else(|| broken(&format!("{name} tidak ada")))?;
        if found != (told.size, told.sha256.clone()) {
            return Err(broken(&format!("{name} berubah")).into());
        }
    }
    match seen.into_keys().next() {
        Some(stray) => Err(broken(&format!("{stray} tidak ada di manifest")).into()),
        None => Ok(manifest),
    }
}

async fn empty(tx: &mut Tx) -> Result<(), Failure> {
    for table in TABLES {
        let rows: i64 =
            sqlx::query_scalar(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"))).fetch_one(&mut **tx).await?;
        if rows > 0 {
            return Err(
                format!("tempat ini tidak kosong (tabel {table}); pulihkan ke folder atau basis data baru").into()
            );
        }
    }
    Ok(())
}

async fn insert(tx: &mut Tx, table: &str, row: &Map<String, Value>) -> Result<(), Failure> {
    // Names go into the SQL text: only those a table of ours can have.
    let fits = |name: &String| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
    };
    if !row.keys().all(fits) {
        return Err(format!("tabel {table}: nama kolom tidak dikenal").into());
    }
    let names: BTreeSet<&str> = row.keys().map(String::as_str).collect();
    let places: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
    let columns: Vec<&str> = names.iter().copied().collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for name in names {
        query = match row.get(name) {
            Some(Value::Number(n)) => query.bind(n.as_i64()),
            Some(Value::String(text)) => query.bind(text.clone()),
            _ => return Err(format!("tabel {table}: isi kolom {name} tidak dikenal").into()),
        };
    }
    query.execute(&mut **tx).await?;
    Ok(())
}
