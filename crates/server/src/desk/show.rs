//! What the desk reads: the queue as a table, one application as a page of text.

use super::client::Client;
use crate::Failure;
use crate::permit::words;
use crate::staff::queue;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_api::staff::{Dossier, Queue, QueueItem};
use satu_pintu_domain::application::{Actor, Event, Measure, State, What};
use satu_pintu_domain::content::{Channel, Evidence, Office, Requirement, Service};
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::form::{applicant, required_cards};

pub fn state(state: State, holder: &str) -> String {
    match state {
        State::Draft => "draf".into(),
        State::Submitted => "baru masuk".into(),
        State::Checking => "diperiksa".into(),
        State::WaitingApplicant => "menunggu pemohon".into(),
        State::WithAgency => format!("di {holder}"),
        State::Granted => "disetujui".into(),
        State::Refused => "ditolak".into(),
        State::HandedOver => "diserahkan".into(),
        State::Withdrawn => "ditarik pemohon".into(),
    }
}

pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Office => "kantor ini",
        Channel::Oss => "OSS",
        Channel::Simbg => "SIMBG",
        Channel::Sihalal => "SIHALAL",
    }
}

/// Columns as wide as their widest cell; the last one as long as it is.
pub fn table(head: &[&str], rows: &[Vec<String>]) {
    let long = |text: &str| text.chars().count();
    let mut wide: Vec<usize> = head.iter().map(|h| long(h)).collect();
    for row in rows {
        for (width, cell) in wide.iter_mut().zip(row) {
            *width = (*width).max(long(cell));
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut text = String::new();
        for (cell, width) in cells.zip(&wide) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', width - long(cell) + 2));
        }
        println!("{}", text.trim_end());
    };
    line(&mut head.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
}

fn short(text: &str, most: usize) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if clean.chars().count() <= most { clean } else { clean.chars().take(most - 1).chain(['…']).collect() }
}

/// The day that comes first, with what it is.
fn due(item: &QueueItem) -> String {
    match (queue::due(item), item.overdue) {
        (Some(day), true) => format!("{day} LEWAT"),
        (Some(day), false) => day.to_string(),
        (None, true) => "LEWAT".into(),
        (None, false) => "-".into(),
    }
}

/// # Errors
/// The problem as a sentence.
pub async fn list(client: &Client, to_call: bool) -> Result<(), Failure> {
    let queue: Queue =
        client.get(if to_call { "/staff/applications?to_call=true" } else { "/staff/applications" }).await?;
    if queue.items.is_empty() {
        println!(
            "{}",
            if to_call { "Tidak ada pemohon yang menunggu kabar." } else { "Tidak ada permohonan terbuka." }
        );
    } else if to_call {
        let rows = queue.items.iter().map(|item| {
            let cells = [&item.number, &item.tell, &item.phone];
            let mut row: Vec<String> = cells.map(|cell| short(cell, 24)).to_vec();
            row.extend([
                short(&item.applicant, 30),
                short(&item.service_name, 30),
                state(item.state, &item.holder_name),
            ]);
            row
        });
        table(&["NOMOR", "KABARI", "TELEPON", "PEMOHON", "LAYANAN", "TAHAP"], &rows.collect::<Vec<_>>());
    } else {
        let rows = queue.items.iter().map(|item| {
            vec![
                due(item),
                item.number.clone(),
                short(&item.service_name, 30),
                short(&item.applicant, 28),
                state(item.state, &item.holder_name),
                item.taken_by.clone().unwrap_or_else(|| "-".into()),
                if item.to_call { "kabari".into() } else { String::new() },
            ]
        });
        let head = ["BATAS", "NOMOR", "LAYANAN", "PEMOHON", "TAHAP", "PETUGAS", ""];
        table(&head, &rows.collect::<Vec<_>>());
    }
    if !queue.callbacks.is_empty() {
        println!("\nMinta ditelepon:");
        let rows = queue.callbacks.iter().map(|callback| {
            let phone = if callback.phone.is_empty() { "(sesudah pulih: --to-call)" } else { &callback.phone };
            vec![channel(callback.channel).into(), phone.to_owned(), short(&callback.name, 30), callback.id.clone()]
        });
        table(&["SITUS", "TELEPON", "NAMA", "ID"], &rows.collect::<Vec<_>>());
    }
    Ok(())
}

/// # Errors
/// The problem as a sentence.
pub async fn dossier(client: &Client, number: &str) -> Result<(), Failure> {
    let dossier: Dossier = client.get(&format!("/staff/applications/{number}")).await?;
    let office = client.office().await?;
    // A service that is no longer published leaves the fields under their ids.
    let detail: Option<ServiceDetail> =
        client.get(&format!("/catalog/services/{}", dossier.tracking.service)).await.ok();
    let service = detail.as_ref().map(|detail| &detail.service);
    head(&dossier, office.zone);
    form(&dossier, service);
    papers(&dossier, detail.as_ref());
    println!("\nRiwayat");
    for event in &dossier.events {
        let by = match event.actor {
            Actor::Applicant => "pemohon",
            Actor::System => "sistem",
            Actor::Staff => &event.by,
        };
        println!("  {}  {by:<16}  {}", words::moment(event.at, office.zone), said(event, &office));
    }
    Ok(())
}

fn head(dossier: &Dossier, zone: Zone) {
    let (tracking, status) = (&dossier.tracking, &dossier.tracking.status);
    let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), words::day);
    println!("{}  {}", tracking.number, tracking.service_name);
    println!("  Tahap      {}", state(status.state, &tracking.holder_name));
    println!("  Pemegang   {} sejak {}", tracking.holder_name, words::moment(status.since, zone));
    if let Some(submitted) = status.submitted {
        println!("  Masuk      {}", words::moment(submitted, zone));
    }
    if status.intake_due.is_some() {
        println!("  Periksa    paling lambat {}", day(status.intake_due));
    }
    let late = if status.overdue { "  LEWAT BATAS" } else { "" };
    let until = status.time.as_ref().and_then(|time| time.due);
    let last = status.due.map_or_else(|| "-".to_owned(), |day| words::limit(day, until, zone));
    println!("  Batas      {last}{late}");
    let account = status.account();
    let amount = |n| match account.measure {
        Measure::WorkingDay => format!("{n}"),
        Measure::Minute => words::amount(account.measure, n),
    };
    println!(
        "  {} {} dari {} (kantor {}, dinas {}; pemohon {} tidak dihitung)",
        if account.measure == Measure::WorkingDay { "Hari kerja" } else { "Terpakai  " },
        amount(account.counted()),
        amount(account.total),
        amount(account.office),
        amount(account.agency),
        amount(account.applicant)
    );
    if let Some(year) = status.calendar_missing {
        println!("  Kalender {year} belum ada: hari belum bisa dihitung");
    }
    if let Some(permit) = &status.permit {
        println!("  Izin       {permit}, berlaku sampai {}", day(status.valid_until));
    }
    for returned in &status.returned {
        println!("  Dikembalikan  {}: {}", returned.item, short(&returned.reason, 200));
    }
}

fn form(dossier: &Dossier, service: Option<&Service>) {
    println!("\nIsian");
    let label = |id: &str| match id {
        applicant::NAME => "Nama",
        applicant::NIK => "NIK",
        applicant::PHONE => "Telepon",
        applicant::ADDRESS => "Alamat",
        applicant::TELL => "Kabar lewat",
        applicant::HELPER => "Diurus oleh",
        applicant::HELPER_NAME => "Nama kuasa",
        applicant::HELPER_PHONE => "Telepon kuasa",
        applicant::TELL_WHOM => "Kabari",
        applicant::CONSENT => "Persetujuan",
        _ => "",
    };
    for (id, typed) in &dossier.fields {
        if !label(id).is_empty() {
            println!("  {:<16} {}", label(id), short(typed, 300));
        }
    }
    let fields = service.iter().flat_map(|s| &s.page).flat_map(|page| &page.field);
    let mut known = Vec::new();
    for field in fields {
        if let Some(typed) = dossier.fields.get(&field.id) {
            println!("  field:{:<18} {}: {}", field.id, field.label, short(&words::value(field, typed), 300));
        }
        known.push(field.id.as_str());
    }
    for (id, typed) in &dossier.fields {
        if label(id).is_empty() && !known.contains(&id.as_str()) {
            println!("  field:{id:<18} {}", short(typed, 300));
        }
    }
}

fn papers(dossier: &Dossier, detail: Option<&ServiceDetail>) {
    println!("\nBerkas");
    let accepted = &dossier.tracking.status.accepted;
    let rows: Vec<Vec<String>> = dossier
        .files
        .iter()
        .map(|file| {
            let mark = if file.replaced {
                "diganti"
            } else if accepted.contains(&file.item) {
                "diterima"
            } else {
                "belum diperiksa"
            };
            let name = detail.and_then(|d| d.cards.iter().find(|card| card.id == file.item));
            vec![
                format!("  {}", file.item),
                file.page.to_string(),
                mark.to_owned(),
                format!("{} KB", words::thousands(i64::try_from(file.size.div_ceil(1024)).unwrap_or(0))),
                short(&file.name, 40),
                name.map(|card| card.name.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    if rows.is_empty() {
        println!("  (tidak ada)");
    } else {
        table(&["  SYARAT", "HAL", "PERIKSA", "UKURAN", "BERKAS", "NAMA SYARAT"], &rows);
    }
    // Nothing kept these from being handed in: whoever decides looks at them.
    for card in detail.into_iter().flat_map(without_file) {
        println!("  {:<18} {}: tidak dikirim sebagai berkas, periksa sendiri", card.id, card.name);
    }
}

/// What everybody needs for the service, but brings along or does elsewhere.
fn without_file(detail: &ServiceDetail) -> impl Iterator<Item = &Requirement> {
    required_cards(&detail.service)
        .filter_map(|id| detail.cards.iter().find(|card| card.id == id))
        .filter(|card| matches!(card.evidence, Evidence::Online | Evidence::None))
}

fn said(event: &Event, office: &Office) -> String {
    let agency = |id: &str| office.agency.iter().find(|a| a.id == id).map_or(id.to_owned(), |a| a.name.clone());
    let text = match &event.what {
        What::Drafted => "membuat draf".into(),
        What::Consented { how, giver } => format!("mencatat persetujuan {}: {}", giver.title(), how.title()),
        What::Filled { fields } => format!("mengisikan {}", fields.join(", ")),
        What::Attached { item } => format!("memindai {item}"),
        What::Detached { item } => format!("menghapus pindaian {item}"),
        What::Submitted { service_minutes: minutes @ 1.., .. } => {
            format!("mengirim permohonan (layanan {})", words::amount(Measure::Minute, *minutes))
        }
        What::Submitted { intake_days, service_days, .. } => {
            format!("mengirim permohonan (periksa {intake_days} hari, layanan {service_days} hari)")
        }
        What::Taken => "mengambil berkas".into(),
        What::ItemAccepted { item } => format!("menerima {item}"),
        What::Complete => "berkas lengkap".into(),
        What::Returned { items } => {
            let items: Vec<String> = items.iter().map(|i| format!("{} ({})", i.item, i.reason)).collect();
            format!("mengembalikan {}", items.join("; "))
        }
        What::Corrected { items } => format!("memperbaiki {}", items.join(", ")),
        What::AgencyAsked { agency: id, days, question } => {
            format!("bertanya ke {} ({days} hari): {question}", agency(id))
        }
        What::AgencyAnswered { agency: id, agrees, text } => {
            format!("{} {}: {text}", agency(id), if *agrees { "setuju" } else { "tidak setuju" })
        }
        What::Visited { on, note } => format!("berkunjung {}: {note}", words::day(*on)),
        What::Proposed { grant: true, .. } => "mengusulkan persetujuan".into(),
        What::Proposed { grant: false, reason } => format!("mengusulkan penolakan: {reason}"),
        What::Objected { reason } => format!("tidak sependapat dengan usulan: {reason}"),
        What::Granted => "menyetujui".into(),
        What::Refused { reason } => format!("menolak: {reason}"),
        What::Issued { number, valid_until } => {
            let until = valid_until.map(|day| format!(", berlaku sampai {}", words::day(day))).unwrap_or_default();
            format!("menerbitkan {number}{until}")
        }
        What::HandedOver { how } => format!("menyerahkan: {how}"),
        What::Withdrawn => "menarik permohonan".into(),
        What::Rekeyed => "mengganti kunci".into(),
        What::RevocationProposed { reason } => format!("mengusulkan pencabutan izin: {reason}"),
        What::Revoked { reason } => format!("mencabut izin: {reason}"),
    };
    short(&text, 400)
}
