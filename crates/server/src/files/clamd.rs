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

/// Has bytes scanned. [`Scan::Failed`] where it answers that it could not look at these.
///
/// # Errors
/// When it does not answer.
pub async fn scan(address: &str, bytes: &[u8]) -> io::Result<Scan> {
    let answer = tokio::time::timeout(PATIENCE, ask(address, bytes)).await??;
    Ok(match answer.trim_end_matches(['\0', '\n']) {
        "stream: OK" => Scan::Clean,
        found if found.ends_with(" FOUND") => Scan::Infected,
        answer => {
            tracing::warn!(answer, "the virus scanner could not look at a paper");
            Scan::Failed
        }
    })
}

async fn ask(address: &str, bytes: &[u8]) -> io::Result<String> {
    let mut line = TcpStream::connect(address).await?;
    let sent = send(&mut line, bytes).await;
    let mut answer = String::new();
    let read = line.take(1_000).read_to_string(&mut answer).await;
    // One that takes no more of a paper says why before it hangs up.
    if answer.is_empty() {
        sent?;
        read?;
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(answer)
}

async fn send(line: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    line.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE) {
        line.write_all(&(piece.len() as u32).to_be_bytes()).await?;
        line.write_all(piece).await?;
    }
    line.write_all(&[0; 4]).await
}
