//! A virus scanner that runs as a service: clamd, asked with INSTREAM over TCP (clamd(8)).

use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long one paper may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of a piece; what clamd takes of a whole is in its own configuration, 25 MB where nothing is said.
const PIECE: usize = 64 << 10;

/// What the virus scanner said of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    Clean,
    Infected,
    /// It did not answer and is asked again.
    Failed,
}

impl Scan {
    /// As the database has it.
    pub fn code(self) -> &'static str {
        match self {
            Scan::Clean => "clean",
            Scan::Infected => "infected",
            Scan::Failed => "failed",
        }
    }
}

/// Has bytes scanned.
///
/// # Errors
/// When it does not answer, or answers that it could not look.
pub async fn scan(address: &str, bytes: &[u8]) -> io::Result<Scan> {
    let answer = tokio::time::timeout(PATIENCE, ask(address, bytes)).await??;
    match answer.trim_end_matches(['\0', '\n']) {
        "stream: OK" => Ok(Scan::Clean),
        found if found.ends_with(" FOUND") => Ok(Scan::Infected),
        other => Err(io::Error::other(other.to_owned())),
    }
}

async fn ask(address: &str, bytes: &[u8]) -> io::Result<String> {
    let mut line = TcpStream::connect(address).await?;
    line.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE) {
        line.write_all(&(piece.len() as u32).to_be_bytes()).await?;
        line.write_all(piece).await?;
    }
    line.write_all(&[0; 4]).await?;
    let mut answer = String::new();
    line.take(1_000).read_to_string(&mut answer).await?;
    Ok(answer)
}
