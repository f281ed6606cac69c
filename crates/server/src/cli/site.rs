//! `satu-pintu site DIR`: the pages that are the same for everybody as plain files.

use crate::Failure;
use crate::cli::ContentOptions;
use crate::http::shell;
use satu_pintu_publish::site::{Site, plain};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Folder to write to
    pub folder: PathBuf,
    #[command(flatten)]
    pub content: ContentOptions,
    /// Address of the site, like https://izin.example.go.id: for sitemap.xml and search engines
    #[arg(long, env = "SATU_PINTU_URL", value_parser = crate::config::origin)]
    pub origin: Option<String>,
}

/// # Errors
/// A sentence when content or folder will not do.
pub fn run(options: &Options) -> Result<(), Failure> {
    let clock = crate::clock::Clock::System;
    let today = super::today();
    let content = Arc::new(options.content.load(today)?);
    let origin = options.origin.clone().filter(|origin| !origin.is_empty());
    let site = Site::new(shell::text, origin.clone())?;
    let hashed = shell::hashed_bytes().map(|(name, bytes)| (name, bytes.into_owned())).collect();
    let other = shell::other_bytes().map(|(name, bytes)| (name, bytes.into_owned())).collect();
    let built = plain::Built { hashed, other };
    let pages = plain::write(&options.folder, &site, &content, &built, (today, clock.now()), origin.as_deref())?;
    println!("{pages} pages in {}", options.folder.display());
    Ok(())
}
