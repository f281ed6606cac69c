//! `publish dist DIR`: names the built programs by their content, compresses them and holds the first load of
//! each to the budget.
//! Part of the build; the office never runs it.

use satu_pintu_publish::compress::dist;
use satu_pintu_publish::programs::{first_loads, judge_load, name_by_content};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: publish dist DIR [BUDGET.toml]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["dist", dir] => run(Path::new(dir), Path::new("budget.toml")),
        ["dist", dir, budget] => run(Path::new(dir), Path::new(budget)),
        _ => Err(USAGE.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn run(dir: &Path, budget: &Path) -> Result<(), String> {
    let limits = limits(budget)?;
    let programs = name_by_content(dir, Path::new("content/words"))?;
    let files = dist(dir)?;
    let mut by_size: Vec<_> = files.iter().collect();
    by_size.sort_by_key(|f| std::cmp::Reverse(f.brotli));
    println!("{:>10} {:>10} {:>10}  file (bytes: plain, brotli, gzip)", "plain", "brotli", "gzip");
    for file in by_size {
        println!("{:>10} {:>10} {:>10}  {}", file.plain, file.brotli, file.gzip, file.path);
    }
    let mut over = Vec::new();
    let mut loads = first_loads(&files, &programs);
    loads.push(("judge".to_string(), judge_load(&files)));
    for (name, bytes) in loads {
        let limit = *limits.get(&name).ok_or_else(|| format!("{}: {name} is missing", budget.display()))?;
        println!("load of {name}: {bytes} bytes, budget {limit} bytes");
        if bytes > limit {
            over.push(format!("the load of {name} is {} bytes over the budget", bytes - limit));
        }
    }
    if over.is_empty() { Ok(()) } else { Err(over.join("\n")) }
}

/// Bytes of each program. What was built with `ORDINARY` may be heavier (script/lib).
fn limits(budget: &Path) -> Result<BTreeMap<String, usize>, String> {
    #[derive(serde::Deserialize)]
    struct Budget {
        ordinary_percent: usize,
        first_load_kb: BTreeMap<String, usize>,
    }
    let told = |e: &dyn std::fmt::Display| format!("{}: {e}", budget.display());
    let text = std::fs::read_to_string(budget).map_err(|e| told(&e))?;
    let budget: Budget = toml::from_str(&text).map_err(|e| told(&e))?;
    let ordinary = std::env::var_os("ORDINARY").is_some_and(|set| !set.is_empty());
    let percent = if ordinary { budget.ordinary_percent } else { 100 };
    Ok(budget.first_load_kb.into_iter().map(|(name, kb)| (name, kb * 10 * percent)).collect())
}
