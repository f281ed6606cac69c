//! One file: the checklist and what can be done on the left, the papers on the right.

use super::clerk::Clerk;
use super::form::Typed;
use super::page::{self, Page};
use super::{checklist, deeds, history, paper, presence, queue};
use crate::app::Shared;
use crate::contents::Published;
use crate::desk::show as said;
use crate::http::{Ids, Query};
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::dossier as store;
use crate::staff::session::Staff;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::{Markup, html};
use satu_pintu_api::application::FileItem;
use satu_pintu_api::problem::Code;
use satu_pintu_api::staff::Dossier;
use satu_pintu_domain::application::{self, Measure, Proposal};
use satu_pintu_domain::content::{Purpose, Service};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::applicant;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands on the page besides the file.
#[derive(Default)]
pub struct Beside {
    /// What was typed before it was refused or interrupted.
    pub kept: Typed,
    /// Whose form it was typed in.
    pub verb: String,
    pub fault: Option<Fault>,
    /// What was done, by its name.
    pub done: String,
    /// Told once and never again.
    pub key: Option<String>,
}

impl Beside {
    /// After signing in again.
    pub fn back() -> Beside {
        Beside { done: "masuk-lagi".to_owned(), ..Beside::default() }
    }
}

/// Everything the parts of the page look at.
pub struct View<'a> {
    pub staff: &'a Staff,
    pub content: Arc<Published>,
    pub dossier: Dossier,
    pub names: BTreeMap<String, String>,
    pub today: Day,
    pub beside: Beside,
}

impl View<'_> {
    pub fn number(&self) -> &str {
        &self.dossier.tracking.number
    }
    pub fn address(&self, rest: &str) -> String {
        format!("/loket/berkas/{}{rest}", self.number())
    }
    pub fn seq(&self) -> u32 {
        self.dossier.events.last().map_or(0, |event| event.seq)
    }
    pub fn service(&self) -> Option<&Service> {
        self.content.service(&self.dossier.tracking.service)
    }
    /// What was typed in a form of this verb.
    pub fn kept(&self, verb: &str, field: &str) -> &str {
        if self.beside.verb == verb { self.beside.kept.get(field) } else { "" }
    }
    pub fn proposal(&self) -> Option<Proposal<'_>> {
        application::proposal(&self.dossier.events)
    }
    pub fn name<'n>(&'n self, account: &'n str) -> &'n str {
        self.names.get(account).map_or(account, String::as_str)
    }
    pub fn card_name(&self, item: &str) -> String {
        if let Some(field) = item.strip_prefix("field:") {
            return self.field_name(field);
        }
        self.content.requirements.get(item).map_or_else(|| item.to_owned(), |card| card.name.clone())
    }
    pub fn field_name(&self, field: &str) -> String {
        let own = own_field(field);
        let asked = self.service().into_iter().flat_map(|s| &s.page).flat_map(|p| &p.field).find(|f| f.id == field);
        match asked {
            Some(asked) => asked.label.clone(),
            None if own.is_empty() => field.to_owned(),
            None => own.to_owned(),
        }
    }
    /// Papers that count, in the order of the checklist.
    pub fn papers(&self) -> Vec<&FileItem> {
        let needs = self.service().map_or(&[][..], |service| &service.requirement);
        let order = |file: &&FileItem| needs.iter().position(|need| need.card == file.item).unwrap_or(needs.len());
        let mut papers: Vec<&FileItem> = self.dossier.files.iter().filter(|file| !file.replaced).collect();
        papers.sort_by_key(order);
        papers
    }
    /// A choice of ready sentences; the script puts the chosen one into the text beside it.
    pub fn sentences(&self, purpose: Purpose, card: &str, name: &str, target: &str) -> Markup {
        let fits = |cards: &[String]| cards.is_empty() || cards.iter().any(|known| known == card);
        let ready: Vec<&str> = self
            .content
            .desk
            .sentence
            .iter()
            .filter(|sentence| sentence.purpose == purpose && fits(&sentence.cards))
            .map(|sentence| sentence.text.as_str())
            .collect();
        html! {
            @if !ready.is_empty() {
                select name=(name) data-into=(target) aria-label="Kalimat siap pakai" {
                    option value="" { "Pilih kalimat siap pakai …" }
                    @for text in ready { option { (text) } }
                }
            }
        }
    }
}

/// What a field of the applicant's own is called; empty for others.
pub fn own_field(field: &str) -> &'static str {
    match field {
        applicant::NAME => "Nama pemohon",
        applicant::NIK => "NIK (nomor induk kependudukan)",
        applicant::PHONE => "Telepon",
        applicant::ADDRESS => "Alamat",
        applicant::TELL => "Cara dikabari",
        applicant::HELPER => "Pengurus",
        applicant::HELPER_NAME => "Nama kuasa",
        applicant::HELPER_PHONE => "Telepon kuasa",
        applicant::TELL_WHOM => "Yang dikabari",
        applicant::CONSENT => "Persetujuan",
        _ => "",
    }
}

#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    selesai: String,
}

/// `GET /loket/berkas/{number}`
pub async fn page(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    Ids(number): Ids<String>,
    Query(options): Query<Options>,
) -> Response {
    show(&app, &staff, &number, Beside { done: options.selesai, ..Beside::default() }).await
}

/// The page of a file.
pub async fn show(app: &Shared, staff: &Staff, number: &str, beside: Beside) -> Response {
    let status = beside.fault.as_ref().map_or(StatusCode::OK, page::status);
    let mut response = match made(app, staff, number, beside).await {
        Ok((title, main)) => Page { title: &title, staff: Some(staff), at: "/loket", wide: true, main }.with(status),
        Err(fault) => page::fault(Some(staff), &fault),
    };
    // What is told once is not to be read over somebody's shoulder later.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn made(app: &Shared, staff: &Staff, number: &str, beside: Beside) -> Answer<(String, Markup)> {
    let dossier = store::read(app, staff, number).await?;
    presence::look(app, &dossier.tracking.number, &staff.account).await?;
    let others = presence::others(app, &dossier.tracking.number, &staff.account).await?;
    let names = queue::names(app).await?;
    let view = View { staff, content: app.content(), dossier, names, today: app.today(), beside };
    let title = format!("Berkas {}", view.number());
    let work = html! { (checklist::list(&view)) (deeds::all(&view)) };
    let main = html! {
        (head(&view, &others))
        (told(&view, &work))
        div class="desk" {
            div class="work" {
                (work)
                (history::list(&view))
            }
            (paper::viewer(&view))
        }
    };
    Ok((title, main))
}

fn head(view: &View, others: &[String]) -> Markup {
    let tracking = &view.dossier.tracking;
    let status = &tracking.status;
    let name = view.dossier.fields.get(applicant::NAME).map_or("", String::as_str);
    let due = match (status.intake_due, status.due) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let account = status.account();
    let used = match account.measure {
        Measure::WorkingDay => account.counted().to_string(),
        Measure::Minute => words::amount(account.measure, account.counted()),
    };
    let until = status.time.as_ref().and_then(|time| time.due);
    let late = due.is_some_and(|day| day < view.today) || (status.overdue && until.is_some());
    html! {
        div class="file-head" {
            div {
                h1 { (tracking.number) " " small { (name) } }
                p class="facts" {
                    span { (tracking.service_name) }
                    span { strong { (sentence(&said::state(status.state, &tracking.holder_name))) } }
                    @if let Some(day) = due {
                        span class=[late.then_some("stop")] {
                            @if late { "Lewat batas " } @else { "Batas " }
                            (words::limit(day, until, view.content.zone()))
                        }
                    }
                    @if status.submitted.is_some() {
                        span { "Terpakai " (used) " dari " (words::amount(account.measure, account.total)) }
                    }
                    @if let Some(year) = status.calendar_missing {
                        span class="stop" { "Hari kerja belum bisa dihitung: libur tahun " (year) " belum diumumkan." }
                    }
                    @if status.revoked.is_some() { span class="stop" { "Izin sudah dicabut" } }
                    span {
                        @match &status.taken_by {
                            Some(by) if *by == view.staff.account => { "Anda memegang berkas ini" }
                            Some(by) => { (view.name(by)) " memegang berkas ini" }
                            None => { "Belum ada yang memegang" }
                        }
                    }
                }
                div id="hadir" aria-live="polite" data-look=(view.address(&format!("/hadir?seq={}", view.seq()))) {
                    (presence::told(others, false, view.number()))
                }
            }
            div class="file-go" {
                a href="/loket" data-key="u" { "Antrean" }
                a href=(format!("/loket/berikut?sesudah={}", view.number())) { "Berkas berikutnya" }
            }
        }
    }
}

/// With a capital letter.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What was typed in a form that the file, as it stands now, has no place for.
fn homeless<'a>(view: &'a View, work: &Markup) -> Vec<&'a str> {
    let typed = view.beside.kept.0.iter().filter(|(name, _)| name == "teks" || name.starts_with("alasan:"));
    let texts = typed.map(|(_, text)| text.trim()).filter(|text| !text.is_empty());
    texts.filter(|text| !work.0.contains(&html! { (text) }.0)).collect()
}

fn told(view: &View, work: &Markup) -> Markup {
    let done = match view.beside.done.as_str() {
        "ambil" => "Berkas ini sekarang Anda pegang.",
        "periksa" => "Pemeriksaan tersimpan.",
        "kembali" => "Berkas dikembalikan kepada pemohon. Kabari pemohon bila belum.",
        "tanya" => "Pertanyaan dikirim ke dinas.",
        "jawab" => "Jawaban dinas tercatat.",
        "kunjungan" => "Kunjungan tercatat.",
        "usul" => "Usulan tercatat. Petugas lain memastikannya.",
        "pastikan" => "Keputusan tercatat.",
        "keberatan" => "Keberatan tercatat. Berkas kembali diperiksa.",
        "keberatan-cabut" => "Keberatan tercatat. Izin tetap berlaku.",
        "terbit" => "Izin terbit. Cetak atau kabari pemohon.",
        "usul-cabut" => "Usulan pencabutan tercatat. Petugas lain memastikannya.",
        "cabut" => "Izin dicabut. Kode pada surat izin sekarang menunjukkan izin itu tidak berlaku. Kabari pemohon.",
        "serah" => "Penyerahan tercatat.",
        "kabar" => "Tercatat: pemohon sudah dikabari.",
        "kunci" => "Kunci baru dibuat. Kunci lama tidak berlaku lagi.",
        "masuk-lagi" => "Anda sudah masuk lagi. Tulisan Anda masih ada. Periksa, lalu kirim.",
        _ => "",
    };
    html! {
        @if let Some(fault) = &view.beside.fault {
            (page::told(fault))
            @let homeless = homeless(view, work);
            @if !homeless.is_empty() {
                div class="alert wait" {
                    p { "Di bawah ini keadaan terbaru. Isian tadi sudah tidak ada di sana. Salin tulisan Anda bila masih perlu:" }
                    @for text in homeless { blockquote { (text) } }
                }
            } @else if matches!(fault.code, Code::Stale | Code::NotNow) {
                p class="alert wait" { "Di bawah ini keadaan terbaru. Tulisan Anda tetap ada di isiannya." }
            }
        }
        @if !done.is_empty() {
            div class="alert done" role="status" tabindex="-1" id="hasil" {
                p { (done) }
                @if let Some(key) = &view.beside.key {
                    p class="key" { "Kunci urus: " strong { (key) } }
                    p { "Kunci ini hanya tampil sekali. Cetak atau salin untuk pemohon sekarang." }
                }
                @if view.beside.done != "masuk-lagi" {
                    p { a href=(format!("/loket/berikut?sesudah={}", view.number())) { "Buka berkas berikutnya" } }
                }
            }
        }
    }
}
