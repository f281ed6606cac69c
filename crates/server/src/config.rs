//! Where things are kept: what `serve`, `backup`, `staff` and others are told on the command line.

use std::path::PathBuf;

/// Where rows and papers are. Shared by every command that opens the store.
#[derive(Debug, Clone, clap::Args)]
pub struct StoreOptions {
    /// Folder for the database, files and unfinished uploads
    #[arg(long, env = "SATU_PINTU_DATA", default_value = "data")]
    pub data: PathBuf,
    /// PostgreSQL address, as postgres://user:password@host/name; without it SQLite in the data folder
    #[arg(long, env = "SATU_PINTU_DATABASE", default_value = "", hide_default_value = true, hide_env_values = true)]
    pub database: String,
    /// Where papers are kept: a folder, or s3://bucket/prefix (AWS_* or SATU_PINTU_S3_* variables tell how);
    /// without it `files` in the data folder
    #[arg(long, env = "SATU_PINTU_FILES", default_value = "", hide_default_value = true)]
    pub files: String,
}

impl StoreOptions {
    /// The address to give to [`crate::store::Store::open`].
    pub fn database_url(&self) -> Result<String, std::io::Error> {
        if !self.database.is_empty() {
            return Ok(self.database.clone());
        }
        std::fs::create_dir_all(&self.data)?;
        let path = self.data.canonicalize()?.join("satu-pintu.db");
        Ok(crate::store::sqlite_url(&path))
    }

    /// The place to give to [`crate::files::Files::open`].
    pub fn files_place(&self) -> String {
        if self.files.is_empty() { self.data.join("files").to_string_lossy().into_owned() } else { self.files.clone() }
    }

    /// The private key that permits are signed with: SATU_PINTU_PERMIT_KEY, for several servers of one office,
    /// else in the data folder.
    pub fn permit_key(&self) -> PathBuf {
        std::env::var_os("SATU_PINTU_PERMIT_KEY")
            .filter(|path| !path.is_empty())
            .map_or_else(|| self.data.join("permit-key.pk8"), PathBuf::from)
    }

    /// Where the chunks of unfinished uploads are.
    pub fn staging(&self) -> PathBuf {
        self.data.join("staging")
    }
}

/// Reads the address of the site; an empty one, as of a variable that is set to nothing, says nothing.
///
/// # Errors
/// What it has to begin with.
pub fn origin(text: &str) -> Result<String, String> {
    let whole =
        ["https://", "http://"].iter().any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if whole || text.is_empty() {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err("it begins with https:// or http://".to_owned())
    }
}
