//! The ledger of a file in words, with names: what staff read, never citizens.

use super::dossier::View;
use crate::permit::words;
use maud::{Markup, html};
use satu_pintu_domain::application::{Actor, Event, Measure, What};

pub fn list(view: &View) -> Markup {
    html! {
        section aria-labelledby="riwayat-judul" {
            h2 id="riwayat-judul" { "Riwayat" }
            ol class="history" {
                @for event in view.dossier.events.iter().rev() {
                    li {
                        time { (words::moment(event.at, view.content.zone())) }
                        " " strong { (who(view, event)) } " " (what(view, event))
                    }
                }
            }
        }
    }
}

fn who<'a>(view: &'a View, event: &'a Event) -> &'a str {
    match event.actor {
        Actor::Applicant => "Pemohon",
        Actor::System => "Sistem",
        Actor::Staff => view.name(&event.by),
    }
}

fn what(view: &View, event: &Event) -> String {
    let agency = |id: &str| view.content.agency_name(id);
    match &event.what {
        What::Drafted => "membuat draf".into(),
        What::Consented { how, giver } => format!("mencatat persetujuan {}: {}", giver.title(), how.title()),
        What::Filled { fields } => {
            let fields = fields.iter().map(|field| view.field_name(field)).collect::<Vec<_>>();
            format!("mengisikan {}", fields.join(", "))
        }
        What::Attached { item } => format!("memindai {}", view.card_name(item)),
        What::Detached { item } => format!("menghapus pindaian {}", view.card_name(item)),
        What::Submitted { service_minutes: minutes @ 1.., .. } => {
            format!("mengirim permohonan: layanan {}", words::amount(Measure::Minute, *minutes))
        }
        What::Submitted { intake_days, service_days, .. } => {
            format!("mengirim permohonan: periksa {intake_days} hari kerja, layanan {service_days} hari kerja")
        }
        What::Taken => "memegang berkas".into(),
        What::ItemAccepted { item } => format!("menerima {}", view.card_name(item)),
        What::Complete => "menyatakan berkas lengkap".into(),
        What::Returned { items } => {
            let items = items.iter().map(|i| format!("{}: {}", view.card_name(&i.item), i.reason));
            format!("mengembalikan {}", items.collect::<Vec<_>>().join("; "))
        }
        What::Corrected { items } => {
            let items = items.iter().map(|item| view.card_name(item)).collect::<Vec<_>>();
            format!("memperbaiki {}", items.join(", "))
        }
        What::AgencyAsked { agency: id, days, question } => {
            format!("bertanya ke {} ({days} hari kerja): {question}", agency(id))
        }
        What::AgencyAnswered { agency: id, agrees, text } => {
            format!("mencatat jawaban {}: {}. {text}", agency(id), if *agrees { "setuju" } else { "tidak setuju" })
        }
        What::Visited { on, note } => format!("mencatat kunjungan {}: {note}", words::day(*on)),
        What::Proposed { grant: true, .. } => "mengusulkan persetujuan".into(),
        What::Proposed { grant: false, reason } => format!("mengusulkan penolakan: {reason}"),
        What::Objected { reason } => format!("tidak sependapat dengan usulan: {reason}"),
        What::Granted => "memastikan persetujuan".into(),
        What::Refused { reason } => format!("memastikan penolakan: {reason}"),
        What::Issued { number, .. } => format!("menerbitkan izin {number}"),
        What::HandedOver { how } => format!("menyerahkan: {how}"),
        What::Withdrawn => "menarik permohonan".into(),
        What::Rekeyed => "mengganti kunci pemohon".into(),
        What::RevocationProposed { reason } => format!("mengusulkan pencabutan izin: {reason}"),
        What::Revoked { reason } => format!("mencabut izin: {reason}"),
    }
}
