//! What an archive says about itself: counts and hashes of every entry. It is the last entry.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const NAME: &str = "manifest.json";
pub const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// Milliseconds since 1970 UTC.
    pub made: i64,
    /// Steps of the tables, by name: the program that restores must have the same.
    pub steps: Vec<String>,
    pub tables: BTreeMap<String, Table>,
    pub objects: BTreeMap<String, Object>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub rows: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    pub size: u64,
    pub sha256: String,
}

pub fn table_entry(table: &str) -> String {
    format!("tables/{table}.jsonl")
}
pub fn object_entry(object: &str) -> String {
    format!("objects/{object}")
}
