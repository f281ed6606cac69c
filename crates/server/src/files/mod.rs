//! Papers: a folder by default, S3 by an address. Names of objects are ours, never what a phone sent.
//!
//! [`sniff`] tells what bytes are, [`pdf`] what is inside a PDF, [`name`] cleans what a file is called, [`tickets`]
//! lets one be downloaded. Once a paper is there, [`guard`] has it opened ([`picture`]) and scanned ([`clamd`]).

mod clamd;
pub mod guard;
pub mod name;
mod pdf;
pub mod picture;
pub mod sniff;
pub mod tickets;
pub mod verify;

use crate::Failure;
use crate::problem::{Answer, Fault};
use crate::store::Tx;
use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetResult, ObjectStore, ObjectStoreExt, RetryConfig};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::{State, Status};
use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// An S3 server that fails is tried again for so long: a phone that waits for it asks again by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where papers are kept.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    prefix: String,
    /// Where they are, if it is a folder.
    folder: Option<PathBuf>,
}

/// How to reach S3, where the variables AWS_* do not say it.
#[derive(Debug, Clone, Default)]
pub struct S3 {
    pub endpoint: Option<String>,
    pub region: Option<String>,
    pub access_key_id: Option<String>,
    pub secret_access_key: Option<String>,
}

impl S3 {
    /// SATU_PINTU_S3_ENDPOINT, _REGION, _ACCESS_KEY_ID and _SECRET_ACCESS_KEY.
    pub fn from_env() -> S3 {
        let own = |name: &str| std::env::var(format!("SATU_PINTU_S3_{name}")).ok().filter(|v| !v.is_empty());
        S3 {
            endpoint: own("ENDPOINT"),
            region: own("REGION"),
            access_key_id: own("ACCESS_KEY_ID"),
            secret_access_key: own("SECRET_ACCESS_KEY"),
        }
    }
}

impl Files {
    /// Opens a folder, or `s3://bucket/prefix` with [`S3::from_env`] before the variables AWS_*.
    ///
    /// # Errors
    /// A sentence when the place cannot be used.
    pub async fn open(place: &str) -> Result<Files, Failure> {
        Files::open_with(place, S3::from_env()).await
    }

    /// As [`Files::open`], told how to reach S3.
    ///
    /// # Errors
    /// A sentence when the place cannot be used.
    pub async fn open_with(place: &str, s3: S3) -> Result<Files, Failure> {
        let Some(address) = place.strip_prefix("s3://") else {
            std::fs::create_dir_all(place).map_err(|e| format!("the folder {place} for files cannot be made: {e}"))?;
            let store = LocalFileSystem::new_with_prefix(place)?.with_fsync(true);
            return Ok(Files { store: Arc::new(store), prefix: String::new(), folder: Some(place.into()) });
        };
        // Fails only when one is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
        let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retry);
        if let Some(endpoint) = s3.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some(region) = s3.region {
            builder = builder.with_region(region);
        }
        if let Some(id) = s3.access_key_id {
            builder = builder.with_access_key_id(id);
        }
        if let Some(secret) = s3.secret_access_key {
            builder = builder.with_secret_access_key(secret);
        }
        let endpoint = builder.get_config_value(&object_store::aws::AmazonS3ConfigKey::Endpoint);
        if endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")) {
            builder = builder.with_allow_http(true);
        }
        let files = Files {
            store: Arc::new(builder.build().map_err(|e| format!("{place} cannot be used: {e}"))?),
            prefix: prefix.trim_matches('/').to_owned(),
            folder: None,
        };
        match files.get("satu-pintu-probe").await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(files),
            Err(e) => Err(format!("{place} does not answer: {e}").into()),
        }
    }

    fn path(&self, object: &str) -> Path {
        if self.prefix.is_empty() { Path::from(object) } else { Path::from(format!("{}/{object}", self.prefix)) }
    }

    /// Stores an object; once this returns it survives a power cut.
    ///
    /// # Errors
    /// When the place is full or does not answer.
    pub async fn put(&self, object: &str, bytes: Bytes) -> Result<(), object_store::Error> {
        self.store.put(&self.path(object), bytes.into()).await.map(|_| ())
    }

    /// As [`Files::put`] for bytes that a staged file has: in a folder on the same disk it gets a second name instead
    /// of being written again.
    ///
    /// # Errors
    /// As [`Files::put`].
    pub async fn put_staged(&self, object: &str, staged: &FilePath, bytes: Bytes) -> Result<(), Fault> {
        if let Some(folder) = self.folder.clone() {
            let (from, to) = (staged.to_owned(), folder.join(object));
            let linked = tokio::task::spawn_blocking(move || link(&from, &to, &folder)).await.map_err(Fault::broken)?;
            if linked.is_ok() {
                return Ok(());
            }
        }
        Ok(self.put(object, bytes).await?)
    }

    /// # Errors
    /// When it is not there or the place does not answer.
    pub async fn get(&self, object: &str) -> Result<GetResult, object_store::Error> {
        self.store.get(&self.path(object)).await
    }

    /// A whole object.
    ///
    /// # Errors
    /// As [`Files::get`].
    pub async fn bytes(&self, object: &str) -> Result<Bytes, object_store::Error> {
        self.get(object).await?.bytes().await
    }

    /// Takes an object away; one that is not there is fine.
    ///
    /// # Errors
    /// When the place does not answer.
    pub async fn delete(&self, object: &str) -> Result<(), object_store::Error> {
        match self.store.delete(&self.path(object)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            other => other,
        }
    }
}

/// Gives a file a second name below a folder; once this returns it survives a power cut.
fn link(from: &FilePath, to: &FilePath, folder: &FilePath) -> io::Result<()> {
    let parent = to.parent().unwrap_or(folder);
    if !parent.exists() {
        std::fs::create_dir_all(parent)?;
        std::fs::File::open(folder)?.sync_all()?;
    }
    std::fs::hard_link(from, to)?;
    // After the link: then one commit of the disk's journal has bytes and name.
    std::fs::File::open(to)?.sync_all()?;
    std::fs::File::open(parent)?.sync_all()
}

/// Whether files of an item may change now.
///
/// # Errors
/// [`Code::NotReturned`] when something else was sent back, [`Code::NotNow`] when nothing may change.
pub fn open_items(status: &Status, item: &str) -> Answer<()> {
    match status.state {
        State::Draft => Ok(()),
        State::WaitingApplicant if status.returned.iter().any(|r| r.item == item) => Ok(()),
        State::WaitingApplicant => Err(Code::NotReturned.into()),
        _ => Err(Code::NotNow.into()),
    }
}

/// Numbers the pages of an item from 1 again, in the order they have.
///
/// # Errors
/// When the database fails.
pub async fn renumber(tx: &mut Tx, number: &str, item: &str) -> Answer<()> {
    let pages: Vec<(String, i64)> = sqlx::query_as(
        "SELECT id, page FROM files WHERE number = $1 AND item = $2 AND replaced = 0 ORDER BY page, received, id",
    )
    .bind(number.to_owned())
    .bind(item.to_owned())
    .fetch_all(&mut **tx)
    .await?;
    for ((id, page), wanted) in pages.into_iter().zip(1_i64..) {
        if page != wanted {
            sqlx::query("UPDATE files SET page = $1 WHERE id = $2").bind(wanted).bind(id).execute(&mut **tx).await?;
        }
    }
    Ok(())
}
