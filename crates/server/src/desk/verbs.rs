//! What the desk does: signing in, saving papers, notices, and one call to the API for each act.

use super::client::Client;
use super::options::{Act, NoticeVerb};
use super::{prompt, show};
use crate::Failure;
use crate::clock::Clock;
use crate::files::name::clean;
use crate::permit::words;
use reqwest::Method;
use satu_pintu_api::application::Tracking;
use satu_pintu_api::notice::Notice;
use satu_pintu_api::staff::*;
use satu_pintu_domain::application::Returned;
use satu_pintu_domain::date::{Day, Zone};
use serde_json::json;
use std::path::Path;

/// Nothing to send.
const NOTHING: Option<&()> = None;

/// # Errors
/// The problem as a sentence.
pub async fn sign_in(client: &mut Client, account: &str, stdin: bool, new_stdin: bool) -> Result<(), Failure> {
    let password = if stdin { prompt::line()? } else { prompt::ask("Kata sandi")? };
    let body = SignIn { account: account.to_owned(), password: password.clone() };
    let session: StaffSession = client.sign_in(&body).await?;
    println!("Masuk sebagai {} ({}).", session.name, session.account);
    if session.must_change_password {
        let new = if new_stdin {
            prompt::line()?
        } else if stdin {
            return Err("kata sandi ini sekali pakai; ganti dengan --new-password-stdin".into());
        } else {
            let new = prompt::ask("Kata sandi baru, paling sedikit 12 huruf")?;
            if new != prompt::ask("Ulangi kata sandi baru")? {
                return Err("kata sandi baru tidak sama; ulangi sign-in".into());
            }
            new
        };
        client.tell(Method::PUT, "/staff/password", Some(&ChangePassword { old: password, new })).await?;
        println!("Kata sandi sudah diganti.");
    }
    Ok(())
}

/// # Errors
/// The problem as a sentence.
pub async fn sign_out(client: &mut Client) -> Result<(), Failure> {
    let told = client.tell(Method::DELETE, "/staff/session", NOTHING).await;
    client.forget()?;
    told?;
    println!("Sudah keluar.");
    Ok(())
}

/// # Errors
/// The problem as a sentence.
pub async fn files(client: &Client, number: &str, to: &Path) -> Result<(), Failure> {
    let dossier: Dossier = client.get(&format!("/staff/applications/{number}")).await?;
    std::fs::create_dir_all(to).map_err(|e| format!("folder {} tidak bisa dibuat: {e}", to.display()))?;
    let mut saved = 0;
    for file in dossier.files.iter().filter(|file| !file.replaced) {
        let bytes = client.bytes(&format!("/staff/applications/{number}/files/{}", file.id)).await?;
        if crate::secret::sha256(&bytes) != file.sha256 {
            return Err(format!("berkas {} rusak di jalan; coba lagi", file.name).into());
        }
        let ending = file.name.rsplit('.').next().unwrap_or("bin");
        let name = clean(&format!("{}-{}-{}", file.item, file.page, file.name), ending);
        std::fs::write(to.join(&name), &bytes).map_err(|e| format!("{name} tidak tersimpan: {e}"))?;
        println!("{}", to.join(name).display());
        saved += 1;
    }
    println!("{saved} berkas disimpan.");
    Ok(())
}

/// # Errors
/// The problem as a sentence.
pub async fn called(client: &Client, id: &str) -> Result<(), Failure> {
    client.tell(Method::POST, &format!("/staff/callbacks/{id}/done"), NOTHING).await?;
    println!("Tercatat sudah ditelepon.");
    Ok(())
}

/// # Errors
/// The problem as a sentence.
pub async fn notice(client: &Client, verb: NoticeVerb) -> Result<(), Failure> {
    match verb {
        NoticeVerb::Add { channel, text, expected } => {
            let zone = client.office().await?.zone;
            let expected = expected.map(|typed| moment(&typed, zone, Clock::System.now())).transpose()?;
            let body = NewNotice { channel, text, since: None, expected };
            let notice: Notice = client.post("/staff/notices", &body).await?;
            println!("Pengumuman gangguan {} dipasang: {}", show::channel(notice.channel), notice.id);
        }
        NoticeVerb::End { id } => {
            client.tell(Method::DELETE, &format!("/staff/notices/{id}"), NOTHING).await?;
            println!("Pengumuman diakhiri. Lihat yang minta ditelepon: satu-pintu desk list --to-call");
        }
        NoticeVerb::List => {
            let notices: Vec<Notice> = client.get("/notices").await?;
            let zone = client.office().await?.zone;
            if notices.is_empty() {
                println!("Tidak ada gangguan yang diumumkan.");
                return Ok(());
            }
            let at = |ms| words::moment(ms, zone);
            let rows = notices.iter().map(|n| {
                let back = n.expected.map_or_else(|| "-".to_owned(), at);
                vec![show::channel(n.channel).into(), at(n.since), back, n.id.clone(), n.text.clone()]
            });
            show::table(&["SITUS", "SEJAK", "PERKIRAAN PULIH", "ID", "KETERANGAN"], &rows.collect::<Vec<_>>());
        }
    }
    Ok(())
}

/// A moment to come: `17.30` or `17:30` today, or `2026-11-22 17.30`, in the office's time.
fn moment(typed: &str, zone: Zone, now: i64) -> Result<i64, Failure> {
    let today = Day::at(now, zone);
    let forms = format!("17.30 atau 17:30, atau dengan tanggal: \"{} 17.30\"", today.next());
    let wrong = || format!("--expected {typed:?} tidak terbaca. Tulis jam kantor seperti {forms}.");
    let (day, clock) = match typed.trim().rsplit_once([' ', 'T']) {
        Some((day, clock)) => (satu_pintu_domain::validate::date(day).map_err(|_| wrong())?, clock),
        None => (today, typed.trim()),
    };
    let number = |text: &str, below: i64| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|n| digits && (0..below).contains(n))
    };
    let (hour, minute) = clock.split_once(['.', ':']).filter(|(_, minute)| minute.len() == 2).ok_or_else(wrong)?;
    let (hour, minute) = number(hour, 24).zip(number(minute, 60)).ok_or_else(wrong)?;
    let at = day.start_ms(zone) + (hour * 60 + minute) * 60_000;
    if at <= now {
        let clock = words::moment(now, zone);
        return Err(format!("--expected {typed:?} sudah lewat: di kantor sekarang {clock}. Tulis {forms}.").into());
    }
    Ok(at)
}

/// # Errors
/// The problem as a sentence.
pub async fn act(client: &Client, act: Act) -> Result<(), Failure> {
    let path = |number: &str, verb: &str| format!("/staff/applications/{number}/{verb}");
    let tracking: Tracking = match act {
        Act::Take { number } => client.post(&path(&number, "take"), &json!({})).await?,
        Act::Accept { number, items } => client.post(&path(&number, "accept"), &Accept { items }).await?,
        Act::Return { number, items, reasons } => {
            if items.len() != reasons.len() {
                return Err("setiap --item perlu satu --reason".into());
            }
            let items =
                items.into_iter().zip(reasons).map(|(item, reason)| Returned { item, reason, mark: None }).collect();
            client.post(&path(&number, "return"), &Return { items }).await?
        }
        Act::AskAgency { number, agency, question, days } => {
            client.post(&path(&number, "ask-agency"), &AskAgency { agency, question, days }).await?
        }
        Act::AgencyAnswer { number, agency, agree, disagree: _, text } => {
            client.post(&path(&number, "agency-answer"), &AgencyAnswer { agency, agrees: agree, text }).await?
        }
        Act::Visit { number, on, note } => client.post(&path(&number, "visit"), &Visit { on, note }).await?,
        Act::Decide { number, grant, anyway, refuse } => {
            let body = Decide { grant, reason: refuse.unwrap_or_default(), anyway };
            let tracking: Tracking = client.post(&path(&number, "decide"), &body).await?;
            if !tracking.status.state.decided() {
                println!("{number}: Usulan tercatat. Petugas lain memastikannya dengan perintah yang sama.");
                return Ok(());
            }
            tracking
        }
        Act::Object { number, reason } => client.post(&path(&number, "object"), &Object { reason }).await?,
        Act::HandOver { number, how } => client.post(&path(&number, "hand-over"), &HandOver { how }).await?,
        Act::Issue { number, to } => return issue(client, &number, to.as_deref()).await,
        Act::Rekey { number, seen_ktp } => {
            let key: NewKey = client.post(&path(&number, "rekey"), &Rekey { seen_ktp }).await?;
            println!("Kunci baru {number}: {}", key.key);
            println!("Kunci lama tidak berlaku lagi. Kunci ini hanya tampil sekali.");
            return Ok(());
        }
        Act::Told { number, how } => {
            client.tell(Method::POST, &path(&number, "told"), Some(&Told { how })).await?;
            println!("{number}: tercatat sudah dikabari.");
            return Ok(());
        }
    };
    let status = &tracking.status;
    let due = status.due.map(|day| format!(", batas {}", words::day(day))).unwrap_or_default();
    println!("{}: {}{due}.", tracking.number, show::state(status.state, &tracking.holder_name));
    Ok(())
}

async fn issue(client: &Client, number: &str, to: Option<&Path>) -> Result<(), Failure> {
    let issued: Issued = client.post(&format!("/staff/applications/{number}/issue"), &json!({})).await?;
    println!("Izin {} terbit, kode {}.", issued.number, crate::permit::paper::grouped(&issued.code));
    if let Some(day) = issued.valid_until {
        println!("Berlaku sampai {}.", words::day(day));
    }
    if let Some(to) = to {
        let pdf = client.bytes(&format!("/staff/applications/{number}/permit")).await?;
        std::fs::write(to, pdf).map_err(|e| format!("{} tidak tersimpan: {e}", to.display()))?;
        println!("PDF disimpan di {}. Cetak, tandatangani dan cap.", to.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_to_come() {
        let at = |time: &str| crate::clock::parse(time).unwrap();
        let now = at("2026-11-22T16:00:00+08:00");
        let read = |typed: &str| moment(typed, Zone::Wita, now).map_err(|e| e.to_string());
        for typed in ["17.30", "17:30", " 17.30 ", "2026-11-22 17.30", "2026-11-22 17:30", "22 November 2026 17.30"] {
            assert_eq!(read(typed), Ok(at("2026-11-22T17:30:00+08:00")), "{typed}");
        }
        assert_eq!(read("2026-11-23 08.00"), Ok(at("2026-11-23T08:00:00+08:00")));
        for typed in ["", "17", "17.3", "24.00", "17.60", "+7.30", "sore", "17.30 WITA", "2026-11-31 17.30", "1730"] {
            let said = read(typed).unwrap_err();
            assert!(said.contains("tidak terbaca") && said.contains("17.30 atau 17:30"), "{typed}: {said}");
            assert!(said.contains("\"2026-11-23 17.30\""), "{said}");
        }
        for typed in ["15.59", "16.00", "2026-11-21 17.30"] {
            let said = read(typed).unwrap_err();
            assert!(said.contains("sudah lewat") && said.contains("16.00"), "{typed}: {said}");
        }
    }
}
