//! Survey slips to hand out at the counter, and answers collected on paper.

use super::client::Client;
use super::options::SurveyVerb;
use crate::Failure;
use crate::clock::Clock;
use crate::permit::{slips, words};
use satu_pintu_api::staff::{BatchTaken, NewBatch, NewSlips, Slips};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::survey::HalfYear;

/// # Errors
/// The problem as a sentence.
pub async fn run(client: &Client, verb: SurveyVerb) -> Result<(), Failure> {
    match verb {
        SurveyVerb::SurveySlips { count, pdf } => {
            let made: Slips = client.post("/staff/survey-slips", &NewSlips { count }).await?;
            let until = made.half.last_day();
            if let Some(file) = pdf {
                let office = client.office().await?;
                let today = Day::at(Clock::System.now(), office.zone);
                let site = std::env::var("SATU_PINTU_URL").ok().filter(|site| !site.is_empty());
                let site = site.unwrap_or_else(|| client.server.clone());
                let bytes = slips::pdf(&office, site.trim_end_matches('/'), &made.codes, until, today)?;
                std::fs::write(&file, bytes).map_err(|e| format!("{} tidak tersimpan: {e}", file.display()))?;
                println!("{} kode survei disimpan di {}.", made.codes.len(), file.display());
            } else {
                for code in &made.codes {
                    println!("{code}");
                }
            }
            println!("Berlaku sampai {}, masing-masing sekali.", words::day(until));
        }
        SurveyVerb::SurveyImport { file, label, half } => {
            let bytes = std::fs::read(&file).map_err(|e| format!("{} tidak terbaca: {e}", file.display()))?;
            let csv = String::from_utf8(bytes).map_err(|_| format!("{} bukan teks UTF-8", file.display()))?;
            let half = match half {
                Some(half) => half,
                None => HalfYear::of(Day::at(Clock::System.now(), client.office().await?.zone)),
            };
            let taken: BatchTaken =
                client.post("/staff/survey-batches", &NewBatch { half, label: label.clone(), csv }).await?;
            println!("{} jawaban diterima untuk {half} dengan label \"{label}\".", taken.answers);
        }
    }
    Ok(())
}
