//! A field of the form, with its fault beside it.

use super::says;
use crate::contents::Published;
use maud::{Markup, html};
use satu_pintu_domain::content::{Field, FieldKind};
use satu_pintu_domain::form::{FieldFault, Fields, applicant};

/// What fields are shown with.
pub struct Form<'a> {
    pub content: &'a Published,
    pub fields: &'a Fields,
    /// What is kept, where the form shows what was typed over something older.
    pub stored: Option<&'a Fields>,
    pub faults: &'a [FieldFault],
}

/// How something is typed or chosen.
enum Entry<'a> {
    Text(&'static str),
    Long,
    Choice(Vec<(&'a str, &'a str)>),
}

impl Form<'_> {
    /// The applicant's own fields, the same for every service.
    pub fn own(&self) -> Markup {
        let tell = vec![("whatsapp", "WhatsApp"), ("telepon", "Telepon"), ("sendiri", "Pemohon melacak sendiri")];
        let who = vec![("sendiri", "Pemohon sendiri"), ("kuasa", "Kuasa pemohon (pakai surat kuasa)")];
        let whom = vec![("pemohon", "Pemohon"), ("kuasa", "Kuasa pemohon")];
        html! {
            fieldset {
                legend { h2 { "Pemohon" } }
                (self.one(applicant::NAME, "Nama lengkap, seperti di KTP", "", Entry::Text("text")))
                (self.one(applicant::NIK, "NIK (nomor induk kependudukan)", "16 angka di KTP", Entry::Text("numeric")))
                (self.one(applicant::PHONE, "Nomor HP", "", Entry::Text("tel")))
                (self.one(applicant::ADDRESS, "Alamat", "Jalan, nomor, desa atau kelurahan", Entry::Long))
                (self.one(applicant::HELPER, "Yang mengurus", "", Entry::Choice(who)))
                (self.one(applicant::HELPER_NAME, "Nama kuasa, bila dikuasakan", "", Entry::Text("text")))
                (self.one(applicant::HELPER_PHONE, "Nomor HP kuasa, bila dikuasakan", "", Entry::Text("tel")))
                (self.one(applicant::TELL, "Cara memberi kabar", "", Entry::Choice(tell)))
                (self.one(applicant::TELL_WHOM, "Yang diberi kabar, bila dikuasakan", "", Entry::Choice(whom)))
            }
        }
    }

    /// A field of the service.
    pub fn asked(&self, field: &Field) -> Markup {
        let entry = match field.kind {
            FieldKind::Choice => {
                Entry::Choice(field.options.iter().map(|o| (o.id.as_str(), o.label.as_str())).collect())
            }
            FieldKind::Yesno => Entry::Choice(vec![("ya", "Ya"), ("tidak", "Tidak")]),
            FieldKind::Longtext => Entry::Long,
            FieldKind::Phone => Entry::Text("tel"),
            FieldKind::Number | FieldKind::Money => Entry::Text("decimal"),
            FieldKind::Nik | FieldKind::Nib | FieldKind::Npwp => Entry::Text("numeric"),
            FieldKind::Text | FieldKind::Name | FieldKind::Reference | FieldKind::Date => Entry::Text("text"),
        };
        let optional = if field.required { "" } else { " (boleh kosong)" };
        let unit = if field.unit.is_empty() { String::new() } else { format!(", dalam {}", field.unit) };
        self.one(&field.id, &format!("{}{unit}{optional}", field.label), &field.hint, entry)
    }

    fn one(&self, id: &str, label: &str, hint: &str, entry: Entry) -> Markup {
        let value = self.fields.get(id).map_or("", String::as_str);
        let fault = self.faults.iter().find(|fault| fault.field == id);
        let (own, beside) = (format!("isi-{id}"), format!("kata-{id}"));
        let stored = self.stored.map(|stored| stored.get(id).map_or("", String::as_str)).filter(|kept| *kept != value);
        let kept = stored.map(|kept| match &entry {
            _ if kept.is_empty() => "kosong",
            Entry::Choice(options) => options.iter().find(|(option, _)| *option == kept).map_or(kept, |(_, name)| name),
            _ => kept,
        });
        let told = (fault.is_some() || kept.is_some() || !hint.is_empty()).then_some(beside.as_str());
        let wrong = fault.map(|_| "true");
        html! {
            div class=[fault.map(|_| "wrong")] {
                label for=(own) { (label) }
                @if let Some(beside) = told {
                    div id=(beside) {
                        @if !hint.is_empty() { p class="hint" { (hint) } }
                        @if let Some(fault) = fault { p class="stop" { (says(self.content, &fault.code)) } }
                        @if let Some(kept) = kept { p class="stop" { "Petugas lain menyimpan: " (kept) } }
                    }
                }
                @match entry {
                    Entry::Text(mode) => {
                        input type="text" id=(own) name=(id) value=(value) inputmode=(mode) autocomplete="off"
                            aria-describedby=[told] aria-invalid=[wrong];
                    }
                    Entry::Long => {
                        textarea id=(own) name=(id) rows="2" autocomplete="off" aria-describedby=[told] aria-invalid=[wrong] { (value) }
                    }
                    Entry::Choice(options) => {
                        select id=(own) name=(id) aria-describedby=[told] aria-invalid=[wrong] {
                            option value="" { "Pilih" }
                            @for (option, label) in options { option value=(option) selected[option == value] { (label) } }
                        }
                    }
                }
            }
        }
    }
}
