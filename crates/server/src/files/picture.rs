//! Pictures: how many points they have, and opening them in a process of their own, so that one made to break the
//! opener breaks nothing else.

use super::sniff::{Kind, sniff};
use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use std::io::{self, Cursor, Read, Seek, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The most points of a side, and of a whole picture: 50 million are more than phones make.
const MOST_SIDE: u32 = 16_000;
const MOST_POINTS: u64 = 50_000_000;

/// What the process may take: bytes of memory, seconds of work, and seconds by the clock.
const MEMORY: u64 = 768 << 20;
const WORK: u64 = 10;
const PATIENCE: Duration = Duration::from_secs(20);

/// How the process ends when it has looked and the picture does not open. Any other end than this and success says
/// nothing of the picture: the process could not look.
const DOES_NOT_OPEN: u8 = 86;

/// Whether a picture says that it has more points than are opened.
pub fn too_large(kind: Kind, bytes: &[u8]) -> bool {
    let side = |side: u32| side > MOST_SIDE;
    size(kind, bytes).is_some_and(|(width, height)| {
        side(width) || side(height) || u64::from(width) * u64::from(height) > MOST_POINTS
    })
}

/// Width and height as the head of the file says them.
fn size(kind: Kind, bytes: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize, count: usize| {
        bytes.get(at..at + count).map(|part| part.iter().fold(0, |n, b| n << 8 | u32::from(*b)))
    };
    let little = |at: usize, count: usize| {
        bytes.get(at..at + count).map(|part| part.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b)))
    };
    match kind {
        Kind::Pdf => None,
        Kind::Png => Some((big(16, 4)?, big(20, 4)?)),
        Kind::Webp => match bytes.get(12..16)? {
            b"VP8X" => Some((little(24, 3)? + 1, little(27, 3)? + 1)),
            b"VP8L" => little(21, 4).map(|bits| ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)),
            b"VP8 " => Some((little(26, 2)? & 0x3FFF, little(28, 2)? & 0x3FFF)),
            _ => None,
        },
        Kind::Jpeg => {
            let mut at = 2;
            loop {
                while bytes.get(at + 1) == Some(&0xFF) {
                    at += 1;
                }
                let marker = *bytes.get(at + 1)?;
                match marker {
                    0x01 | 0xD0..=0xD7 => at += 2,
                    0xC4 | 0xC8 | 0xCC => at += 2 + big(at + 2, 2)? as usize,
                    0xC0..=0xCF => return Some((big(at + 7, 2)?, big(at + 5, 2)?)),
                    0xDA => return None,
                    _ => at += 2 + big(at + 2, 2)? as usize,
                }
            }
        }
    }
}

/// Whether a picture can be opened whole. `program` is this program.
///
/// # Errors
/// When no process can be had, it could not look, or it got nothing done in time.
pub async fn opens(program: &Path, bytes: bytes::Bytes) -> io::Result<bool> {
    let program = program.to_owned();
    tokio::task::spawn_blocking(move || run(&program, &bytes)).await?
}

fn run(program: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    file.rewind()?;
    let mut process = Command::new(program)
        .arg("open-picture")
        // What the server knows is not for it.
        .env_clear()
        .stdin(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(ended) = process.try_wait()? {
            return verdict(ended);
        }
        if Instant::now() > until {
            process.kill()?;
            process.wait()?;
            // It took no work, or it would have been ended for that: the machine is busy.
            return Err(io::ErrorKind::TimedOut.into());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What the end of the process says of the picture.
fn verdict(ended: ExitStatus) -> io::Result<bool> {
    // The limits on work and memory are its own; whoever is short of memory beside it kills it with another signal.
    let own = [Signal::XCPU, Signal::ABORT].map(|signal| Some(signal.as_raw()));
    if ended.success() {
        Ok(true)
    } else if ended.code() == Some(DOES_NOT_OPEN.into()) || own.contains(&ended.signal()) {
        Ok(false)
    } else {
        Err(io::Error::other(ended.to_string()))
    }
}

/// Opens the picture on standard input, within limits that the system holds this process to.
pub fn open_here() -> ExitCode {
    // At the upper limit of work it is killed as by anybody; at the lower one by a signal that says why.
    let limits = [
        (Resource::As, MEMORY, MEMORY),
        (Resource::Cpu, WORK, WORK + 1),
        (Resource::Fsize, 0, 0),
        (Resource::Core, 0, 0),
    ];
    let bound = limits.into_iter().all(|(resource, current, maximum)| {
        setrlimit(resource, Rlimit { current: Some(current), maximum: Some(maximum) }).is_ok()
    });
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(crate::uploads::MAX_BYTES).read_to_end(&mut bytes);
    if !bound || read.is_err() {
        return ExitCode::FAILURE;
    }
    // A decoder that gives up in a panic has looked.
    match std::panic::catch_unwind(|| whole(&bytes)) {
        Ok(Some(())) => ExitCode::SUCCESS,
        _ => ExitCode::from(DOES_NOT_OPEN),
    }
}

/// Decodes every point; none where one is missing.
fn whole(bytes: &[u8]) -> Option<()> {
    match sniff(bytes).ok()? {
        Kind::Pdf => None,
        Kind::Jpeg => {
            let options =
                DecoderOptions::default().set_max_width(MOST_SIDE as usize).set_max_height(MOST_SIDE as usize);
            JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().ok().map(drop)
        }
        Kind::Png => {
            let limits = png::Limits { bytes: MEMORY as usize / 2 };
            let mut reader = png::Decoder::new_with_limits(Cursor::new(bytes), limits).read_info().ok()?;
            while reader.next_row().ok()?.is_some() {}
            Some(())
        }
        Kind::Webp => {
            let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).ok()?;
            decoder.set_memory_limit(MEMORY as usize / 2);
            let mut points = vec![0; decoder.output_buffer_size()?];
            decoder.read_image(&mut points).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let jpeg =
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 11, 8, 0x27, 0x10, 0x4E, 0x20, 1, 1, 0x11, 0];
        assert_eq!(size(Kind::Jpeg, &jpeg), Some((20_000, 10_000)));
        assert_eq!(size(Kind::Jpeg, &jpeg[..14]), None);
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        assert_eq!(size(Kind::Png, &png), Some((60_000, 60_000)));
        assert!(too_large(Kind::Png, &png));
        let webp = |kind: &[u8], rest: &[u8]| [b"RIFF\0\0\0\0WEBP", kind, b"\0\0\0\0", rest].concat();
        assert_eq!(size(Kind::Webp, &webp(b"VP8X", &[0, 0, 0, 0, 9, 0, 0, 19, 0, 0])), Some((10, 20)));
        assert_eq!(size(Kind::Webp, &webp(b"VP8L", &[0x2F, 9, 0x40, 2, 0])), Some((10, 10)));
        assert_eq!(size(Kind::Webp, &webp(b"VP8 ", &[0; 3])), None);
    }
}
