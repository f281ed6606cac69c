//! The content in force: read and checked at the start, and again when the folder changes. Content that does
//! not pass never replaces content that did.

use crate::http::cached::Cached;
use crate::{Failure, clock::Clock};
use rust_embed::RustEmbed;
use satu_pintu_app::client::resource::Given;
use satu_pintu_domain::content::Office;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::rules::RuleSet;
use satu_pintu_domain::workdays::Calendar;
use satu_pintu_publish::site::published;
use satu_pintu_publish::{Content, Dir, Files, Finding, Memory};
use std::collections::HashMap;
use std::io::Write;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

/// The content inside the binary.
#[derive(RustEmbed)]
#[folder = "../../content"]
#[exclude = ".*"]
#[exclude = "**/.*"]
struct Embedded;

/// The day they are made for, and the answers by address.
type Answers = (Option<Day>, HashMap<String, Arc<Cached>>);

/// The day they are made for, and what the API says by path.
type Texts = (Option<Day>, HashMap<String, Given>);

/// Content as the server uses it; everything of [`Content`] is there too.
pub struct Published {
    content: Content,
    wizard: RuleSet,
    rules_version: String,
    /// Answers made of it, by address and day.
    answers: Mutex<Answers>,
    /// The same as texts, for pages.
    texts: Mutex<Texts>,
}

impl Deref for Published {
    type Target = Content;
    fn deref(&self) -> &Content {
        &self.content
    }
}

impl Published {
    /// Nothing where the wizard's rules are missing.
    pub fn new(content: Content) -> Option<Published> {
        let wizard = content.wizard()?.clone();
        let rules_version = content.rules_version();
        Some(Published { content, wizard, rules_version, answers: Mutex::default(), texts: Mutex::default() })
    }

    pub fn office(&self) -> &Office {
        &self.content.office
    }

    pub fn zone(&self) -> Zone {
        self.content.office.zone
    }

    pub fn calendar(&self) -> &Calendar {
        &self.content.calendar
    }

    /// The wizard's rules.
    pub fn rules(&self) -> &RuleSet {
        &self.wizard
    }

    pub fn rules_version(&self) -> &str {
        &self.rules_version
    }

    /// The name of a service, or its id when it is no longer published.
    pub fn service_name(&self, id: &str) -> String {
        self.service(id).map_or_else(|| id.to_owned(), |service| service.name.clone())
    }

    /// The name of an agency, or its id when it is no longer there.
    pub fn agency_name(&self, id: &str) -> String {
        self.agency(id).map_or_else(|| id.to_owned(), |agency| agency.name.clone())
    }

    /// An answer that was made already.
    pub fn known(&self, address: &str, today: Day) -> Option<Arc<Cached>> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        (answers.0 == Some(today)).then(|| answers.1.get(address).cloned()).flatten()
    }

    /// What the API says about this content, for a page; made once where there is such a thing.
    pub fn given(&self, path: &str, today: Day) -> Option<Given> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if texts.0 != Some(today) {
            *texts = (Some(today), HashMap::new());
        }
        if let Some(given) = texts.1.get(path) {
            return Some(given.clone());
        }
        let given = published(&self.content, today, path)?;
        if given.status == 200 {
            texts.1.insert(path.to_owned(), given.clone());
        }
        Some(given)
    }

    /// An answer made of this content on a day, made once.
    pub fn answer(&self, address: &str, today: Day, make: impl FnOnce() -> Option<Cached>) -> Option<Arc<Cached>> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.0 != Some(today) {
            *answers = (Some(today), HashMap::new());
        }
        if let Some(answer) = answers.1.get(address) {
            return Some(answer.clone());
        }
        let answer = Arc::new(make()?);
        answers.1.insert(address.to_owned(), answer.clone());
        Some(answer)
    }
}

/// The content in force and where it comes from.
pub struct Contents {
    folder: Option<PathBuf>,
    current: RwLock<Arc<Published>>,
    changed: tokio::sync::Notify,
    /// Held by whoever writes into the folder.
    pub writing: tokio::sync::Mutex<()>,
}

impl Contents {
    /// Reads the folder, or the content inside the binary.
    ///
    /// # Errors
    /// All findings, one a line.
    pub fn open(folder: Option<PathBuf>, today: Day) -> Result<Contents, Failure> {
        let published = read(folder.as_deref(), today)?;
        Ok(Contents {
            folder,
            current: RwLock::new(Arc::new(published)),
            changed: tokio::sync::Notify::new(),
            writing: tokio::sync::Mutex::default(),
        })
    }

    /// Content read elsewhere: tests share one.
    pub fn of(published: Arc<Published>) -> Contents {
        Contents {
            folder: None,
            current: RwLock::new(published),
            changed: tokio::sync::Notify::new(),
            writing: tokio::sync::Mutex::default(),
        }
    }

    /// The files of the folder; nothing when the content is the program's own.
    ///
    /// # Errors
    /// What the system says.
    pub fn files(&self) -> Result<Option<Memory>, Failure> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let folder = Dir(folder.clone());
        let read = |path: String| folder.read(&path).map(|bytes| (path, bytes));
        let files: Result<Vec<_>, String> = folder.list()?.into_iter().map(read).collect();
        Ok(Some(Memory(files?)))
    }

    /// Writes changed files into the folder, each whole or not at all, and takes them over. Call with
    /// [`Contents::writing`] held.
    ///
    /// # Errors
    /// What the system says, or all findings.
    pub fn write(&self, files: &Memory, changed: &[String], today: Day) -> Result<(), Failure> {
        let folder = self.folder.as_deref().ok_or("the content is inside the program")?;
        for path in changed {
            replace(&folder.join(path), &files.read(path)?)?;
        }
        self.reload(today)
    }

    /// The content in force.
    pub fn current(&self) -> Arc<Published> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the folder again. What does not pass changes nothing.
    ///
    /// # Errors
    /// All findings, one a line.
    pub fn reload(&self, today: Day) -> Result<(), Failure> {
        let published = read(self.folder.as_deref(), today)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(published);
        self.changed.notify_one();
        Ok(())
    }

    /// Waits until other content is in force; for one who waits.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Looks at the folder every few seconds and takes changes over.
    pub async fn watch(&self, clock: &Clock) {
        let Some(folder) = self.folder.clone() else { return };
        let mut seen = newest(&folder);
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            let found = newest(&folder);
            if found == seen {
                continue;
            }
            // An editor or a copy may still be writing: wait until two looks agree.
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            if newest(&folder) != found {
                continue;
            }
            seen = found;
            match self.reload(clock.today(self.current().zone())) {
                Ok(()) => tracing::info!("the changed content is in force"),
                Err(findings) => tracing::warn!("the changed content does not pass, the old one stays: {findings}"),
            }
        }
    }
}

fn read(folder: Option<&Path>, today: Day) -> Result<Published, Failure> {
    Published::new(load(folder, today)?).ok_or_else(|| "the content has no rules/izin-usaha.toml".into())
}

/// Reads and checks a folder, or the content inside the binary.
///
/// # Errors
/// All findings, one a line.
pub fn load(folder: Option<&Path>, today: Day) -> Result<Content, Failure> {
    let loaded = match folder {
        Some(folder) => satu_pintu_publish::load(&Dir(folder.to_owned()), today),
        None => {
            let files = Embedded::iter()
                .filter_map(|path| Embedded::get(&path).map(|file| (path.into_owned(), file.data.into_owned())));
            satu_pintu_publish::load(&Memory(files.collect()), today)
        }
    };
    loaded.map_err(|findings| told(&findings))
}

/// Puts other bytes in the place of a file; after a power cut there are the old ones or the new ones.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let folder = path.parent().ok_or("a file outside of every folder")?;
    let mut new = tempfile::Builder::new().prefix(".isi-").tempfile_in(folder).map_err(told)?;
    new.write_all(bytes).map_err(told)?;
    new.as_file().set_permissions(std::fs::metadata(path).map_err(told)?.permissions()).map_err(told)?;
    new.as_file().sync_all().map_err(told)?;
    new.persist(path).map_err(|error| told(error.error))?;
    Ok(std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(told)?)
}

fn told(findings: &[Finding]) -> Failure {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    format!("the content has {} findings:\n{}", lines.len(), lines.join("\n")).into()
}

/// The number of files below and the time of the latest change.
fn newest(folder: &Path) -> (usize, Option<SystemTime>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return (0, None) };
    entries.flatten().fold((0, None), |(count, latest), entry| {
        let changed = entry.metadata().and_then(|m| m.modified()).ok();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                let (more, inner) = newest(&entry.path());
                (count + more, latest.max(inner).max(changed))
            }
            _ => (count + 1, latest.max(changed)),
        }
    })
}
