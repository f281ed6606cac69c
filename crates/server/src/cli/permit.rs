//! `satu-pintu permit verify`: whether a permit was signed by the office, without a network.

use super::today;
use crate::Failure;
use crate::permit::seal;
use crate::permit::words;
use std::path::PathBuf;

/// `satu-pintu permit ...`
#[derive(clap::Subcommand)]
pub enum Command {
    /// Checks the signature of a permit: its PDF, or a text file with what its QR code says
    Verify {
        file: PathBuf,
        /// The office's published keys, saved from /.well-known/satu-pintu-permit.json
        #[arg(long)]
        keys: PathBuf,
    },
}

/// # Errors
/// A sentence when the signature does not fit, or a file cannot be read.
pub fn run(command: &Command) -> Result<(), Failure> {
    let Command::Verify { file, keys } = command;
    let read = |path: &PathBuf| std::fs::read(path).map_err(|e| format!("{} tidak terbaca: {e}", path.display()));
    let published = serde_json::from_slice(&read(keys)?).map_err(|_| "berkas kunci bukan JSON dari kantor")?;
    let token = seal::find(&read(file)?).ok_or("tidak ada tanda tangan elektronik di berkas ini")?;
    let claims = seal::verify(&token, &published)
        .ok_or("tanda tangan tidak cocok: izin ini bukan dari kantor itu, atau diubah")?;
    println!("Tanda tangan cocok. Bandingkan dengan yang tercetak:");
    println!("  Nomor     {}", claims.number);
    println!("  Pemegang  {}", claims.holder);
    println!("  Terbit    {}", words::day(claims.issued));
    match claims.until {
        Some(day) if day < today() => println!("  Sudah habis masa berlakunya: {}", words::day(day)),
        Some(day) => println!("  Berlaku sampai {}", words::day(day)),
        None => {}
    }
    println!(
        "Apakah izin dicabut hanya terlihat di halaman pemeriksaan, kode {}.",
        crate::permit::paper::grouped(&claims.code)
    );
    Ok(())
}
