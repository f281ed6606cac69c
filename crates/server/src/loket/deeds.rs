//! What this person may do with the file as it stands, one form each. What may not be done is not shown.

use super::dossier::View;
use maud::{Markup, html};
use satu_pintu_domain::application::{self, State, What};
use satu_pintu_domain::content::Purpose;
use satu_pintu_domain::staff::Deed;

pub fn all(view: &View) -> Markup {
    let may =
        |deed: Deed, what: &What| view.staff.roles.may(deed) && application::may(&view.dossier.events, what).is_ok();
    let status = &view.dossier.tracking.status;
    let mine = status.taken_by.as_deref() == Some(view.staff.account.as_str());
    let waiting = waiting(view);
    let refuse = What::Refused { reason: String::new() };
    html! {
        section class="deeds" aria-labelledby="tindakan-judul" {
            h2 id="tindakan-judul" { "Tindakan" }
            @if may(Deed::Check, &What::Taken) && !mine {
                form method="post" action=(view.address("/ambil")) {
                    input type="hidden" name="seq" value=(view.seq());
                    button type="submit" class="btn quiet" { "Ambil berkas ini" }
                }
            }
            @if let Some(proposal) = view.proposal() {
                (proposed(view, proposal.grant, proposal.reason, proposal.by))
            }
            @if may(Deed::Issue, &What::Issued { number: String::new(), valid_until: None }) {
                (deed(view, "terbit", "Tanda tangani dan terbitkan izin", true, html! {
                    p { "Nomor, PDF (berkas cetak) dan kode pemeriksaan dibuat sekarang. Ini tidak bisa dibatalkan." }
                }, "Terbitkan izin"))
            }
            (revocation(view))
            @if status.permit.is_some() {
                p { a class="btn quiet" href=(view.address("/izin")) { "Unduh PDF izin" } }
            }
            @if may(Deed::HandOver, &What::HandedOver { how: String::new() }) {
                (deed(view, "serah", "Serahkan kepada pemohon", false, html! {
                    (view.sentences(Purpose::HandOver, "", "kalimat", "serah-teks"))
                    label for="serah-teks" { "Bagaimana diserahkan" }
                    textarea id="serah-teks" name="teks" rows="2" { (view.kept("serah", "teks")) }
                }, "Catat penyerahan"))
            }
            @for agency in &waiting {
                @if view.staff.roles.may(Deed::Answer)
                    && (!view.staff.roles.for_agency(Deed::Answer) || view.staff.agency == *agency) {
                    (answer(view, agency))
                }
            }
            @if may(Deed::Propose, &refuse) && view.proposal().is_none() { (propose(view)) }
            @if asks(view) { (ask(view)) }
            @if may(Deed::Visit, &What::Visited { on: view.today, note: String::new() }) {
                (deed(view, "kunjungan", "Catat kunjungan lapangan", false, html! {
                    label for="kunjungan-hari" { "Tanggal kunjungan" }
                    input id="kunjungan-hari" name="hari" type="date" max=(view.today.to_string())
                        value=(or(view.kept("kunjungan", "hari"), &view.today.to_string()));
                    (view.sentences(Purpose::Visit, "", "kalimat", "kunjungan-teks"))
                    label for="kunjungan-teks" { "Hasil kunjungan" }
                    textarea id="kunjungan-teks" name="teks" rows="3" { (view.kept("kunjungan", "teks")) }
                }, "Catat kunjungan"))
            }
            @if view.staff.roles.may(Deed::Tell) && status.state != State::Withdrawn {
                (deed(view, "kabar", "Catat bahwa pemohon sudah dikabari", false, html! {
                    (view.sentences(Purpose::Tell, "", "kalimat", "kabar-teks"))
                    label for="kabar-teks" { "Lewat apa" }
                    input type="text" id="kabar-teks" name="teks" value=(view.kept("kabar", "teks"));
                }, "Catat"))
            }
            @if view.staff.roles.may(Deed::Assist) {
                (deed(view, "kunci", "Ganti kunci pemohon", false, html! {
                    p { "Pemohon yang kehilangan kunci mendapat kunci baru. Kunci lama langsung tidak berlaku." }
                    label class="check" {
                        input type="checkbox" name="ktp" value="ya"; " Saya sudah melihat KTP (kartu tanda penduduk) pemohon."
                    }
                }, "Buat kunci baru"))
            }
        }
    }
}

fn or<'a>(kept: &'a str, spare: &'a str) -> &'a str {
    if kept.is_empty() { spare } else { kept }
}

/// A form of its own, closed until it is wanted; open when something was typed into it or it is what comes next.
fn deed(view: &View, verb: &str, title: &str, first: bool, fields: Markup, button: &str) -> Markup {
    html! {
        details class="deed" id=(verb) open[first || view.beside.verb == verb] {
            summary { (title) }
            form method="post" action=(view.address(&format!("/{verb}"))) {
                input type="hidden" name="seq" value=(view.seq());
                (fields)
                button type="submit" class="btn" { (button) }
            }
        }
    }
}

/// Agencies that were asked and have not answered.
fn waiting(view: &View) -> Vec<String> {
    let mut waiting: Vec<String> = Vec::new();
    for event in &view.dossier.events {
        match &event.what {
            What::AgencyAsked { agency, .. } if !waiting.contains(agency) => waiting.push(agency.clone()),
            What::AgencyAnswered { agency, .. } => waiting.retain(|known| known != agency),
            What::Withdrawn | What::Granted | What::Refused { .. } => waiting.clear(),
            _ => {}
        }
    }
    waiting
}

/// Agencies that may be asked now.
fn askable(view: &View) -> Vec<(String, String, bool)> {
    let asked = |id: &str| {
        view.dossier.events.iter().any(|e| matches!(&e.what, What::AgencyAsked { agency, .. } if agency == id))
    };
    let named = |id: &str| view.service().is_some_and(|service| service.agencies.iter().any(|known| known == id));
    let may = |id: &str| {
        let what = What::AgencyAsked { agency: id.to_owned(), days: 1, question: String::new() };
        application::may(&view.dossier.events, &what).is_ok()
    };
    let mut agencies: Vec<(String, String, bool)> = view
        .content
        .office()
        .agency
        .iter()
        .filter(|agency| may(&agency.id))
        .map(|agency| (agency.id.clone(), agency.name.clone(), named(&agency.id) && !asked(&agency.id)))
        .collect();
    // Those of the service's standard first.
    agencies.sort_by_key(|(_, _, due)| !due);
    agencies
}

fn asks(view: &View) -> bool {
    view.staff.roles.may(Deed::Ask) && !askable(view).is_empty()
}

fn ask(view: &View) -> Markup {
    let kept: Vec<&str> =
        if view.beside.verb == "tanya" { view.beside.kept.all("dinas").collect() } else { Vec::new() };
    deed(
        view,
        "tanya",
        "Tanya dinas teknis",
        false,
        html! {
            fieldset {
                legend { "Dinas" }
                @for (id, name, due) in askable(view) {
                    label class="check" {
                        input type="checkbox" name="dinas" value=(id) checked[kept.contains(&id.as_str())];
                        " " (name) @if due { " " small { "(perlu ditanya menurut standar layanan ini)" } }
                    }
                }
            }
            (view.sentences(Purpose::Ask, "", "kalimat", "tanya-teks"))
            label for="tanya-teks" { "Pertanyaan" }
            textarea id="tanya-teks" name="teks" rows="3" { (view.kept("tanya", "teks")) }
        },
        "Kirim pertanyaan",
    )
}

fn answer(view: &View, agency: &str) -> Markup {
    let question = view.dossier.events.iter().rev().find_map(|event| match &event.what {
        What::AgencyAsked { agency: asked, question, .. } if asked == agency => Some(question.as_str()),
        _ => None,
    });
    let here = view.kept("jawab", "dinas") == agency;
    let kept = |field: &str| if here { view.kept("jawab", field) } else { "" };
    let text = format!("jawab-{agency}");
    html! {
        details class="deed" id=(format!("jawab-untuk-{agency}")) open[here || view.staff.agency == agency] {
            summary { "Jawaban " (view.content.agency_name(agency)) }
            form method="post" action=(view.address("/jawab")) {
                input type="hidden" name="seq" value=(view.seq());
                input type="hidden" name="dinas" value=(agency);
                @if let Some(question) = question { p class="hint" { "Pertanyaan: " (question) } }
                div class="choice" role="radiogroup" aria-label="Jawaban" {
                    label { input type="radio" name="setuju" value="ya" required checked[kept("setuju") == "ya"]; " Setuju" }
                    label { input type="radio" name="setuju" value="tidak" checked[kept("setuju") == "tidak"]; " Tidak setuju" }
                }
                (view.sentences(Purpose::Answer, "", "kalimat", &text))
                label for=(text) { "Penjelasan" }
                textarea id=(text) name="teks" rows="3" { (kept("teks")) }
                button type="submit" class="btn" { "Simpan jawaban" }
            }
        }
    }
}

/// Agencies of the service's standard that nobody has asked.
fn unasked(view: &View) -> Vec<String> {
    askable(view).into_iter().filter(|(_, _, due)| *due).map(|(_, name, _)| name).collect()
}

fn anyway(view: &View, verb: &str) -> Markup {
    let unasked = unasked(view);
    html! {
        @if !unasked.is_empty() {
            label class="check" {
                input type="checkbox" name="tetap" value="ya" checked[view.kept(verb, "tetap") == "ya"];
                " Setujui tanpa bertanya ke " (unasked.join(", "))
            }
        }
    }
}

fn propose(view: &View) -> Markup {
    let two = view.content.desk.two_people;
    let kept = view.kept("usul", "putusan");
    let title = if two { "Usulkan keputusan" } else { "Putuskan" };
    deed(
        view,
        "usul",
        title,
        false,
        html! {
            @if two { p class="hint" { "Petugas lain memastikan usulan Anda. Pemohon baru tahu setelah itu." } }
            div class="choice" role="radiogroup" aria-label="Keputusan" {
                label { input type="radio" name="putusan" value="setuju" required checked[kept == "setuju"]; " Setujui" }
                label { input type="radio" name="putusan" value="tolak" checked[kept == "tolak"]; " Tolak" }
            }
            (anyway(view, "usul"))
            div class="refusal" {
                (view.sentences(Purpose::Refuse, "", "kalimat", "usul-teks"))
                label for="usul-teks" { "Alasan bila ditolak. Pemohon membacanya." }
                textarea id="usul-teks" name="teks" rows="3" { (view.kept("usul", "teks")) }
            }
        },
        if two { "Kirim usulan" } else { "Simpan keputusan" },
    )
}

/// Taking an issued permit back: proposed by one, confirmed or refused by another.
fn revocation(view: &View) -> Markup {
    let events = &view.dossier.events;
    if !view.staff.roles.may(Deed::Revoke) {
        return html! {};
    }
    let Some((reason, by)) = application::revocation(events) else {
        let may = application::may(events, &What::RevocationProposed { reason: String::new() }).is_ok();
        return html! {
            @if may {
                (deed(view, "cabut", "Usulkan pencabutan izin", false, html! {
                    p class="hint" { "Petugas lain memastikan usulan Anda. Pemohon membaca alasannya." }
                    label for="cabut-teks" { "Alasan pencabutan" }
                    textarea id="cabut-teks" name="teks" rows="3" { (view.kept("cabut", "teks")) }
                }, "Kirim usulan pencabutan"))
            }
        };
    };
    html! {
        div class="alert wait" {
            p { strong { (view.name(by)) " mengusulkan pencabutan izin." } " Alasan: " (reason) }
            @if by == view.staff.account { p { "Usulan ini menunggu petugas lain. Anda tidak bisa memastikannya sendiri." } }
        }
        @if by != view.staff.account {
            form method="post" action=(view.address("/cabut")) {
                input type="hidden" name="seq" value=(view.seq());
                button type="submit" class="btn danger" { "Pastikan pencabutan izin" }
            }
            (deed(view, "keberatan", "Tidak sependapat dengan pencabutan", false, html! {
                label for="keberatan-teks" { "Mengapa izin tidak perlu dicabut" }
                textarea id="keberatan-teks" name="teks" rows="3" { (view.kept("keberatan", "teks")) }
            }, "Tolak usulan pencabutan"))
        }
    }
}

fn object(view: &View) -> Markup {
    deed(
        view,
        "keberatan",
        "Tidak sependapat",
        false,
        html! {
            (view.sentences(Purpose::Object, "", "kalimat", "keberatan-teks"))
            label for="keberatan-teks" { "Apa yang harus diperbaiki petugas" }
            textarea id="keberatan-teks" name="teks" rows="3" { (view.kept("keberatan", "teks")) }
        },
        "Kembalikan ke pemroses",
    )
}

fn proposed(view: &View, grant: bool, reason: &str, by: &str) -> Markup {
    let mine = by == view.staff.account;
    html! {
        div class="alert wait" {
            p {
                strong { (view.name(by)) " mengusulkan " @if grant { "persetujuan." } @else { "penolakan." } }
                @if !reason.is_empty() { " Alasan: " (reason) }
            }
            @if mine { p { "Usulan ini menunggu petugas lain. Anda tidak bisa memastikannya sendiri." } }
        }
        @if !mine && view.staff.roles.may(Deed::Confirm) {
            form method="post" action=(view.address("/pastikan")) {
                input type="hidden" name="seq" value=(view.seq());
                input type="hidden" name="putusan" value=(if grant { "setuju" } else { "tolak" });
                @if grant { (anyway(view, "pastikan")) }
                button type="submit" class="btn" { @if grant { "Pastikan persetujuan" } @else { "Pastikan penolakan" } }
            }
            (object(view))
        }
    }
}
