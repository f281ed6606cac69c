//! The checklist: each item accepted, or sent back with what is wrong with it; and what the applicant typed.

use super::dossier::View;
use crate::permit::words;
use maud::{Markup, html};
use satu_pintu_domain::application::{self, What};
use satu_pintu_domain::content::{Purpose, Requirement};
use satu_pintu_domain::form::{self, applicant};
use satu_pintu_domain::staff::Deed;

pub fn list(view: &View) -> Markup {
    let Some(service) = view.service() else { return html! {} };
    let status = &view.dossier.tracking.status;
    let probe = What::ItemAccepted { item: String::new() };
    let open = view.staff.roles.may(Deed::Check) && application::may(&view.dossier.events, &probe).is_ok();
    let papers = view.papers();
    let sent = |card: &&Requirement| papers.iter().any(|file| file.item == card.id);
    let cards: Vec<&Requirement> =
        service.requirement.iter().filter_map(|need| view.content.requirements.get(&need.card)).collect();
    let body = html! {
        ol class="checklist" {
            @for card in cards.iter().filter(|card| sent(card)) { (item(view, card, open)) }
        }
        @let needed: Vec<&str> = form::required_cards(service).collect();
        @let unsent: Vec<&&Requirement> =
            cards.iter().filter(|card| !sent(card) && needed.contains(&card.id.as_str())).collect();
        @if !unsent.is_empty() {
            p class="hint" {
                "Tidak dikirim sebagai berkas, periksa sendiri: "
                (unsent.iter().map(|card| card.name.as_str()).collect::<Vec<_>>().join(", ")) "."
            }
        }
        (fields(view, open))
    };
    html! {
        section aria-labelledby="periksa-judul" {
            h2 id="periksa-judul" {
                "Periksa " small { (status.accepted.len()) " diterima" @if status.complete { ", berkas lengkap" } }
            }
            @if open {
                form method="post" action=(view.address("/periksa")) id="periksa" {
                    input type="hidden" name="seq" value=(view.seq());
                    (body)
                    div class="buttons" {
                        button type="submit" class="btn" { "Simpan pemeriksaan" }
                        button type="submit" class="btn quiet" name="semua" value="ya" { "Terima semua berkas" }
                    }
                }
            } @else { (body) }
        }
    }
}

fn item(view: &View, card: &Requirement, open: bool) -> Markup {
    let id = card.id.as_str();
    let status = &view.dossier.tracking.status;
    let accepted = status.accepted.iter().any(|known| known == id);
    let returned = status.returned.iter().find(|known| known.item == id);
    let papers: Vec<_> = view.papers().into_iter().filter(|file| file.item == id).collect();
    let choice = format!("item:{id}");
    let kept = view.kept("periksa", &choice);
    let says = format!("alasan-{id}");
    html! {
        li class="item" id=(format!("item-{id}")) data-item=(id) tabindex="-1" {
            h3 {
                @if let Some(first) = papers.first() { a href=(format!("#kertas-{}", first.id)) { (card.name) } }
            }
            p class="state" {
                @if accepted { span class="mark done" { "Diterima" } }
                @else if returned.is_some() { span class="mark stop" { "Dikembalikan" } }
                @else { span class="mark" { "Belum diperiksa" } }
                " " (papers.len()) " halaman"
            }
            @if let Some(returned) = returned { p class="hint" { (returned.reason) } }
            @if open {
                div class="choice" role="radiogroup" aria-label=(format!("Putusan untuk {}", card.name)) {
                    label {
                        input type="radio" name=(choice) value="terima" data-key="a"
                            checked[kept == "terima" || (kept.is_empty() && accepted)];
                        " Terima"
                    }
                    label { input type="radio" name=(choice) value="kembali" data-key="x" checked[kept == "kembali"]; " Kembalikan" }
                }
                div class="fault" {
                    (view.sentences(Purpose::Return, id, &format!("kalimat:{id}"), &says))
                    label for=(says) { "Apa yang salah, dan apa yang harus dilakukan pemohon" }
                    textarea id=(says) name=(format!("alasan:{id}")) rows="2" { (view.kept("periksa", &format!("alasan:{id}"))) }
                    input type="hidden" name=(format!("tanda:{id}")) value=(view.kept("periksa", &format!("tanda:{id}")));
                    p class="hint marked" { "Tempat yang salah sudah ditandai. " button type="button" class="plain" data-unmark=(id) { "Hapus tanda" } }
                }
                details class="hint" {
                    summary { "Yang benar" }
                    p { strong { (card.sample.title) } }
                    ul { @for line in &card.sample.lines { li { (line) } } }
                    @if !card.sample.note.is_empty() { p { (card.sample.note) } }
                    p { "Kesalahan umum: " (card.mistake) }
                }
            }
        }
    }
}

fn fields(view: &View, open: bool) -> Markup {
    let typed = &view.dossier.fields;
    let own = [applicant::NAME, applicant::NIK, applicant::ADDRESS, applicant::PHONE, applicant::HELPER_NAME];
    let asked = view.service().into_iter().flat_map(|s| &s.page).flat_map(|p| &p.field);
    let mut rows: Vec<(String, String, String)> = own
        .iter()
        .filter_map(|id| {
            let value = typed.get(*id).filter(|value| !value.trim().is_empty())?;
            Some(((*id).to_owned(), view.field_name(id), value.clone()))
        })
        .collect();
    rows.extend(asked.filter_map(|field| {
        let value = typed.get(&field.id).filter(|value| !value.trim().is_empty())?;
        Some((field.id.clone(), field.label.clone(), words::value(field, value)))
    }));
    let kept = view.beside.verb == "periksa" && view.beside.kept.under("item:field:").next().is_some();
    html! {
        details class="typed" open[kept] {
            summary { "Isian pemohon" }
            dl {
                @for (id, label, value) in &rows {
                    @let choice = format!("item:field:{id}");
                    @let says = format!("alasan-field-{id}");
                    div {
                        dt { (label) }
                        dd {
                            (value)
                            @if open {
                                label class="check" {
                                    input type="checkbox" name=(choice) value="kembali" checked[view.kept("periksa", &choice) == "kembali"];
                                    " Kembalikan " span class="hidden-text" { (label) }
                                }
                                div class="fault" {
                                    label for=(says) { "Apa yang harus diperbaiki" }
                                    textarea id=(says) name=(format!("alasan:field:{id}")) rows="2" {
                                        (view.kept("periksa", &format!("alasan:field:{id}")))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
