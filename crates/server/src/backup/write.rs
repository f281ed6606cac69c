//! Writing an archive: rows from one moment, then the papers they speak of.

use super::manifest::{FORMAT, Manifest, NAME, Object, Table, object_entry, table_entry};
use super::{TABLES, Told};
use crate::Failure;
use crate::files::Files;
use crate::secret::{hex, sha256};
use crate::store::{Backend, Store, Tx};
use futures_util::TryStreamExt;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AssertSqlSafe, Column, Row, ValueRef};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// Objects that rows speak of: name and the hash the row tells.
type Wanted = BTreeMap<String, String>;

/// Writes an archive while the server may go on working.
///
/// # Errors
/// A sentence for the terminal.
pub async fn write(store: &Store, files: &Files, to: &Path, now: i64) -> Result<Told, Failure> {
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fresh = tempfile::NamedTempFile::new_in(folder)
        .map_err(|e| format!("tidak bisa menulis di {}: {e}", folder.display()))?;
    let mut archive = tar::Builder::new(BufWriter::new(fresh.reopen()?));

    let mut tx = match store.backend() {
        // The first read fixes the moment.
        Backend::Sqlite => store.reader().begin().await?,
        Backend::Postgres => store.reader().begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
    };
    let steps: Vec<String> =
        sqlx::query_scalar("SELECT name FROM migrations ORDER BY step").fetch_all(&mut *tx).await?;
    let wanted = wanted(&mut tx).await?;
    let (objects, gone) = objects(store, files, &mut archive, wanted).await?;
    let mut tables = BTreeMap::new();
    for table in TABLES {
        tables.insert((*table).to_owned(), rows(&mut tx, &mut archive, table, &gone).await?);
    }
    drop(tx);

    let told = Told { rows: tables.values().map(|t| t.rows).sum(), objects: objects.len() as u64 };
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { format: FORMAT, program, made: now, steps, tables, objects };
    let bytes = serde_json::to_vec_pretty(&manifest)?;
    append(&mut archive, NAME, bytes.len() as u64, &mut bytes.as_slice())?;
    let mut file = archive.into_inner()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    fresh.persist(to).map_err(|e| format!("{} tidak bisa ditulis: {e}", to.display()))?;
    Ok(told)
}

fn append(
    archive: &mut tar::Builder<BufWriter<File>>,
    name: &str,
    size: u64,
    bytes: &mut dyn std::io::Read,
) -> Result<(), Failure> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(0);
    Ok(archive.append_data(&mut header, name, bytes)?)
}

async fn wanted(tx: &mut Tx) -> Result<Wanted, Failure> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT object, sha256 FROM files UNION ALL SELECT object, sha256 FROM permits")
            .fetch_all(&mut **tx)
            .await?;
    Ok(rows.into_iter().collect())
}

/// Copies the papers. One that an applicant took away in the meantime takes its row along.
async fn objects(
    store: &Store,
    files: &Files,
    archive: &mut tar::Builder<BufWriter<File>>,
    wanted: Wanted,
) -> Result<(BTreeMap<String, Object>, BTreeSet<String>), Failure> {
    let (mut objects, mut gone) = (BTreeMap::new(), BTreeSet::new());
    for (object, told) in wanted {
        let bytes = match files.bytes(&object).await {
            Ok(bytes) => bytes,
            Err(object_store::Error::NotFound { .. }) => {
                let still: Option<(String,)> = sqlx::query_as(
                    "SELECT object FROM files WHERE object = $1 UNION ALL SELECT object FROM permits WHERE object = $1",
                )
                .bind(object.clone())
                .fetch_optional(store.reader())
                .await?;
                if still.is_some() {
                    return Err(format!("berkas {object} hilang dari penyimpanan; cadangan tidak dibuat").into());
                }
                gone.insert(object);
                continue;
            }
            Err(e) => return Err(format!("berkas {object} tidak terbaca: {e}").into()),
        };
        let hash = sha256(&bytes);
        if hash != told {
            eprintln!("perhatian: isi berkas {object} berbeda dari catatan");
        }
        append(archive, &object_entry(&object), bytes.len() as u64, &mut &bytes[..])?;
        objects.insert(object, Object { size: bytes.len() as u64, sha256: hash });
    }
    Ok((objects, gone))
}

/// One table as lines of JSON. Bytes of unfinished uploads are not in the archive, so neither are their rows.
async fn rows(
    tx: &mut Tx,
    archive: &mut tar::Builder<BufWriter<File>>,
    table: &str,
    gone: &BTreeSet<String>,
) -> Result<Table, Failure> {
    let condition = if table == "uploads" { " WHERE file IS NOT NULL OR problem IS NOT NULL" } else { "" };
    let sql = format!("SELECT * FROM {table}{condition} ORDER BY 1, 2");
    let mut lines = tempfile::tempfile()?;
    let (mut count, mut size, mut hash) = (0, 0, Sha256::new());
    {
        let mut out = BufWriter::new(&mut lines);
        let mut stream = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
        while let Some(row) = stream.try_next().await? {
            let row = json(&row)?;
            if row.get("object").and_then(Value::as_str).is_some_and(|object| gone.contains(object)) {
                continue;
            }
            let mut line = serde_json::to_vec(&row)?;
            line.push(b'\n');
            hash.update(&line);
            out.write_all(&line)?;
            size += line.len() as u64;
            count += 1;
        }
        out.flush()?;
    }
    lines.seek(SeekFrom::Start(0))?;
    append(archive, &table_entry(table), size, &mut lines)?;
    Ok(Table { rows: count, sha256: hex(&hash.finalize()) })
}

/// A row as an object; our tables hold text and whole numbers only. NULL is left out.
fn json(row: &AnyRow) -> Result<Map<String, Value>, Failure> {
    let mut object = Map::new();
    for (index, column) in row.columns().iter().enumerate() {
        let raw = row.try_get_raw(index)?;
        if raw.is_null() {
            continue;
        }
        let value = match raw.type_info().kind() {
            AnyTypeInfoKind::SmallInt | AnyTypeInfoKind::Integer | AnyTypeInfoKind::BigInt => {
                Value::from(row.try_get::<i64, _>(index)?)
            }
            _ => Value::from(row.try_get::<String, _>(index)?),
        };
        object.insert(column.name().to_owned(), value);
    }
    Ok(object)
}
