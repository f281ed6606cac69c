//! Where content comes from: a folder, or the copy built into the binary.
//! Paths inside are relative, with `/`.

use std::path::{Path, PathBuf};

pub trait Files {
    /// Every file below, in any order.
    ///
    /// # Errors
    /// What the system says, with the path.
    fn list(&self) -> Result<Vec<String>, String>;

    /// # Errors
    /// As [`Files::list`].
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// How a file is named to a person.
    fn shown(&self, path: &str) -> String {
        format!("content/{path}")
    }
}

/// A folder on disk. Symbolic links are followed, files with a leading dot left out.
#[derive(Debug, Clone)]
pub struct Dir(pub PathBuf);

impl Files for Dir {
    fn list(&self) -> Result<Vec<String>, String> {
        let mut out = Vec::new();
        below(&self.0, "", 0, &mut out)?;
        Ok(out)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let path = self.0.join(path);
        std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))
    }

    fn shown(&self, path: &str) -> String {
        self.0.join(path).display().to_string()
    }
}

/// Folders of content are a few levels deep; a loop of links is not followed for ever.
const DEEPEST: usize = 8;

fn below(root: &Path, inside: &str, depth: usize, out: &mut Vec<String>) -> Result<(), String> {
    let folder = root.join(inside);
    let told = |e: std::io::Error| format!("{}: {e}", folder.display());
    for entry in std::fs::read_dir(&folder).map_err(told)? {
        let entry = entry.map_err(told)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = match inside {
            "" => name,
            inside => format!("{inside}/{name}"),
        };
        if !entry.path().is_dir() {
            out.push(path);
        } else if depth < DEEPEST {
            below(root, &path, depth + 1, out)?;
        }
    }
    Ok(())
}

/// Files in memory: the default content inside the binary, or a test's.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub Vec<(String, Vec<u8>)>);

impl Memory {
    /// From the list that a build script writes.
    pub fn embedded(files: &[(&str, &[u8])]) -> Memory {
        let own = |(path, bytes): &(&str, &[u8])| (path.to_string(), bytes.to_vec());
        Memory(files.iter().map(own).collect())
    }
}

impl Files for Memory {
    fn list(&self) -> Result<Vec<String>, String> {
        Ok(self.0.iter().map(|(path, _)| path.clone()).collect())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.0.iter().find(|(p, _)| p == path);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| format!("{path}: not there"))
    }
}
