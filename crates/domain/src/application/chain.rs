//! The chain of an application's lines: each has a hash over itself and the hash before it, so that a line that
//! was changed, taken out or put in shows.

use sha2::{Digest, Sha256};

/// What the first line of an application follows.
pub const GENESIS: [u8; 32] = [0; 32];

/// What the hash is for; another layout of the fields takes another number.
const DOMAIN: &[u8] = b"satu-pintu/ledger/1\0";

/// A line as the table keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub number: &'a str,
    pub seq: i64,
    pub at: i64,
    pub actor: &'a str,
    pub account: &'a str,
    pub kind: &'a str,
    /// The JSON text, byte by byte.
    pub what: &'a str,
}

/// SHA-256 of the domain, the hash before, `seq` and `at` (64 bits, big-endian) and each text with its length
/// before it (bytes, 64 bits, big-endian): number, actor, account, kind, what.
pub fn link(before: &[u8; 32], row: &Row) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    hash.update(before);
    hash.update(row.seq.to_be_bytes());
    hash.update(row.at.to_be_bytes());
    for text in [row.number, row.actor, row.account, row.kind, row.what] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}
