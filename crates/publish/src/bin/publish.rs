//! `publish dist DIR`: names the built programs by their content, compresses them and holds the first load of
//! each to the budget.
//! Part of the build; the office never runs it.

use satu_pintu_publish::compress::dist;
use satu_pintu_publish::programs::{first_loads, name_by_content};
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
    let limit = limit(budget)?;
    let programs = name_by_content(dir)?;
    let files = dist(dir)?;
    let mut by_size: Vec<_> = files.iter().collect();
    by_size.sort_by_key(|f| std::cmp::Reverse(f.brotli));
    println!("{:>10} {:>10} {:>10}  file (bytes: plain, brotli, gzip)", "plain", "brotli", "gzip");
    for file in by_size {
        println!("{:>10} {:>10} {:>10}  {}", file.plain, file.brotli, file.gzip, file.path);
    }
    let mut over = Vec::new();
    for (name, bytes) in first_loads(&files, &programs) {
        println!("first load of {name}: {bytes} bytes, budget {limit} bytes");
        if bytes > limit {
            over.push(format!("the first load of {name} is {} bytes over the budget", bytes - limit));
        }
    }
    if over.is_empty() { Ok(()) } else { Err(over.join("\n")) }
}

/// In bytes; the file says it in kilobytes of 1,000.
fn limit(budget: &Path) -> Result<usize, String> {
    let told = |e: &dyn std::fmt::Display| format!("{}: {e}", budget.display());
    let text = std::fs::read_to_string(budget).map_err(|e| told(&e))?;
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| told(&e))?;
    table
        .get("first_load_kb")
        .and_then(|v| v.as_integer())
        .and_then(|kb| usize::try_from(kb).ok())
        .map(|kb| kb * 1_000)
        .ok_or_else(|| told(&"first_load_kb is missing"))
}
