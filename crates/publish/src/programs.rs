//! The programs of the browser app (src/program.rs): named by their content, so that a browser may keep them for
//! good, and weighed. `#programs` in index.html says which there are; the build takes the list out of the page into
//! the page's script and into `programs.json`.

use crate::compress::Sized;
use crate::page::one_style;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const BEGIN: &str = "<script type=\"application/json\" id=\"programs\">";
const END: &str = "</script>";

/// Where the build keeps the list.
pub const LIST: &str = "programs.json";

/// The program of the addresses that the list does not name.
pub const REST: &str = "read";

/// What `#programs` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Programs {
    /// Address of the script of each program; its module lies beside it as `..._bg.wasm`.
    pub files: BTreeMap<String, String>,
    /// First words of addresses that belong to a program; all others belong to `read`.
    pub paths: BTreeMap<String, String>,
    /// Address of the whole style sheet.
    pub style: String,
    /// Address of the script for what has time.
    #[serde(default)]
    pub later: String,
    /// Address of the worker that judges photos; its module lies beside it.
    #[serde(default)]
    pub judge: String,
    /// Address of the script that loads them.
    #[serde(default)]
    pub loader: String,
}

impl Programs {
    /// Reads `programs.json`.
    ///
    /// # Errors
    /// In words, when it does not say it.
    pub fn read(json: &str) -> Result<Programs, String> {
        serde_json::from_str(json).map_err(|e| format!("{LIST}: {e}: build the app anew"))
    }

    /// Script and module of the program that shows an address.
    pub fn of(&self, path: &str) -> Option<(&str, String)> {
        let mut words = path.split('/').filter(|word| !word.is_empty());
        let first = words.next().filter(|word| word.len() != 2).or_else(|| words.next()).unwrap_or_default();
        let name = self.paths.get(first).map_or(REST, String::as_str);
        self.files.get(name).map(|script| (script.as_str(), module(script)))
    }
}

fn module(script: &str) -> String {
    script.replace(".js", "_bg.wasm")
}

/// Puts a part of the content's hash into the names of the built programs, of the script that loads them and of the
/// styles, which become one short sheet, in the page and as a file. What has its name already stays.
///
/// `words` is the folder with the words of each language, which the page's scripts say without a program.
///
/// # Errors
/// What the system says, with the path.
pub fn name_by_content(dir: &Path, words: &Path) -> Result<Programs, String> {
    let index = dir.join("index.html");
    let html = read(&index)?;
    let Some((before, rest)) = html.split_once(BEGIN) else { return Programs::read(&read(&dir.join(LIST))?) };
    let (json, after) = rest.split_once(END).ok_or("#programs in index.html has no end")?;
    let mut programs = Programs::read(json)?;
    for (name, script) in &mut programs.files {
        let (js, wasm) = (dir.join(format!("{name}.js")), dir.join(format!("{name}_bg.wasm")));
        let bytes = |path: &Path| std::fs::read(path).map_err(|e| told(path, &e));
        let hash = hash(&[bytes(&js)?, bytes(&wasm)?]);
        for (from, to) in [(&js, format!("{name}-{hash}.js")), (&wasm, format!("{name}-{hash}_bg.wasm"))] {
            std::fs::rename(from, dir.join(to)).map_err(|e| told(from, &e))?;
        }
        *script = format!("/{name}-{hash}.js");
    }
    let (html, css) = one_style(&[before, after.trim_start()].concat());
    let sheet = format!("style-{}.css", hash(&[css.as_bytes().to_vec()]));
    write(&dir.join(&sheet), &css)?;
    programs.style = ["/", &sheet].concat();
    let said = said(words)?;
    programs.later = named(dir, "later", |script| script.replace("WORDS", &said))?;
    programs.judge = judge(dir)?;
    let list = serde_json::to_string(&programs).unwrap_or_default();
    programs.loader = named(dir, "loader", |script| script.replace("PROGRAMS", &list).replace("WORDS", &said))?;
    write(&dir.join(LIST), &serde_json::to_string(&programs).unwrap_or_default())?;
    write(&index, &html.replace("\"/loader.js\"", &format!("\"{}\"", programs.loader)))?;
    Ok(programs)
}

/// `<language>/interface/loader.toml` of each language, as JSON by language.
fn said(words: &Path) -> Result<String, String> {
    let mut all: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for entry in std::fs::read_dir(words).map_err(|e| told(words, &e))? {
        let path = entry.map_err(|e| told(words, &e))?.path();
        let file = path.join("interface/loader.toml");
        let own = toml::from_str(&read(&file)?).map_err(|e| format!("{}: {e}", file.display()))?;
        all.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), own);
    }
    Ok(serde_json::to_string(&all).unwrap_or_default())
}

/// Names the judge's module and the worker that loads it; the worker's address. None where they were not built.
fn judge(dir: &Path) -> Result<String, String> {
    let module = dir.join("judge.wasm");
    if !module.exists() {
        return Ok(String::new());
    }
    let bytes = std::fs::read(&module).map_err(|e| told(&module, &e))?;
    let name = format!("judge-{}.wasm", hash(&[bytes]));
    std::fs::rename(&module, dir.join(&name)).map_err(|e| told(&module, &e))?;
    named(dir, "judge", |script| script.replace("MODULE", &["/", &name].concat()))
}

/// Names one of our own scripts by what it becomes; its address.
fn named(dir: &Path, name: &str, change: impl Fn(String) -> String) -> Result<String, String> {
    let from = dir.join(format!("{name}.js"));
    let script = change(read(&from)?);
    let to = format!("{name}-{}.js", hash(&[script.as_bytes().to_vec()]));
    write(&dir.join(&to), &script)?;
    std::fs::remove_file(&from).map_err(|e| told(&from, &e))?;
    Ok(["/", &to].concat())
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| told(path, &e))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| told(path, &e))
}

/// The first 16 digits of a SHA-256: what a name says about its file.
fn hash(parts: &[Vec<u8>]) -> String {
    let digest = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part)).finalize();
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What the first photo loads: the worker and its module. In bytes, brotli.
pub fn judge_load(files: &[Sized]) -> usize {
    files.iter().filter(|file| file.path.starts_with("judge-")).map(|file| file.brotli).sum()
}

/// What a first visit to a page of each program loads beside the page: script, module, style sheet and the script
/// that loads them. In bytes, brotli.
pub fn first_loads(files: &[Sized], programs: &Programs) -> Vec<(String, usize)> {
    let size = |path: &str| files.iter().find(|f| f.path == path.trim_start_matches('/')).map_or(0, |f| f.brotli);
    let shared = size(&programs.style) + size(&programs.loader);
    let load = |(name, script): (&String, &String)| (name.clone(), shared + size(script) + size(&module(script)));
    programs.files.iter().map(load).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_program() {
        let json = r#"{"files":{"read":"/read-1.js","find":"/find-2.js"},"paths":{"izin":"find"},"style":"/s.css"}"#;
        let programs = Programs::read(json).unwrap();
        let script = |path: &str| programs.of(path).map(|(script, module)| format!("{script} {module}"));
        assert_eq!(script("/izin/hasil").as_deref(), Some("/find-2.js /find-2_bg.wasm"));
        assert_eq!(script("/en/izin"), script("/izin"));
        assert_eq!(script("/"), script("/panduan/x"));
        assert_eq!(script("/en").as_deref(), Some("/read-1.js /read-1_bg.wasm"));
    }
}
