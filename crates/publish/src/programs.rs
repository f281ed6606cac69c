//! The programs of the browser app (src/program.rs): named by their content, so that a browser may keep them for
//! good, and weighed. `#programs` in index.html says which there are.

use crate::compress::Sized;
use crate::page::compact_styles;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const BEGIN: &str = "<script type=\"application/json\" id=\"programs\">";

/// What `#programs` says.
#[derive(Debug, Deserialize)]
pub struct Programs {
    /// Address of the script of each program; its module lies beside it as `..._bg.wasm`.
    pub files: BTreeMap<String, String>,
    /// First words of addresses that belong to a program; all others belong to `read`.
    pub paths: BTreeMap<String, String>,
}

impl Programs {
    /// # Errors
    /// In words, when the page does not say it.
    pub fn read(index_html: &str) -> Result<Programs, String> {
        let (_, rest) = index_html.split_once(BEGIN).ok_or("index.html has no #programs")?;
        let (json, _) = rest.split_once("</script>").ok_or("#programs in index.html has no end")?;
        serde_json::from_str(json).map_err(|e| format!("#programs in index.html: {e}"))
    }
}

fn module(script: &str) -> String {
    script.replace(".js", "_bg.wasm")
}

/// Puts a part of the content's hash into the names of the built programs, in the folder and in `index.html`, whose
/// styles it makes short. What has its name already stays.
///
/// # Errors
/// What the system says, with the path.
pub fn name_by_content(dir: &Path) -> Result<(), String> {
    let index = dir.join("index.html");
    let told = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    let mut html = std::fs::read_to_string(&index).map_err(|e| told(&index, e))?;
    for (name, script) in Programs::read(&html)?.files {
        if script != format!("/{name}.js") {
            continue;
        }
        let (js, wasm) = (dir.join(format!("{name}.js")), dir.join(format!("{name}_bg.wasm")));
        let read = |path: &Path| std::fs::read(path).map_err(|e| told(path, e));
        let digest = Sha256::new().chain_update(read(&js)?).chain_update(read(&wasm)?).finalize();
        let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        for (from, to) in [(&js, format!("{name}-{hash}.js")), (&wasm, format!("{name}-{hash}_bg.wasm"))] {
            std::fs::rename(from, dir.join(to)).map_err(|e| told(from, e))?;
        }
        html = html.replace(&format!("\"{script}\""), &format!("\"/{name}-{hash}.js\""));
    }
    std::fs::write(&index, compact_styles(&html)).map_err(|e| told(&index, e))
}

/// What a first visit to a page of each program loads: the page, the script and the module. In bytes, brotli.
///
/// # Errors
/// When the page does not say which programs there are.
pub fn first_loads(files: &[Sized], index_html: &str) -> Result<Vec<(String, usize)>, String> {
    let size = |path: &str| files.iter().find(|f| f.path == path).map_or(0, |f| f.brotli);
    let load = |(name, script): (String, String)| {
        let script = script.trim_start_matches('/');
        let all = size("index.html") + size(script) + size(&module(script));
        (name, all)
    };
    Ok(Programs::read(index_html)?.files.into_iter().map(load).collect())
}
