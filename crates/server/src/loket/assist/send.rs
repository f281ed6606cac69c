//! What was filled in, read aloud and agreed to; sending it; and the sheet with the key.

use super::super::clerk::{Clerk, Posted};
use super::super::form::Typed;
use super::super::page;
use super::sheet::Sheet;
use super::{PATH, Step, address, consent, head, says, seq, show};
use crate::app::Shared;
use crate::applications::submit;
use crate::contents::Published;
use crate::http::Ids;
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::assist::{self, Assisted};
use crate::staff::origin;
use crate::staff::session::Staff;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::application::Receipt;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::application::assisted;
use satu_pintu_domain::content::Service;
use satu_pintu_domain::form::{self, FieldFault, applicant};

/// The browser's own PDF reader shows it; it is kept nowhere.
const CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// `GET /loket/bantu/{number}/kirim`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk, Ids(number): Ids<String>) -> Response {
    show_all(&app, &staff, &number, &Typed::default(), None).await
}

/// `POST /loket/bantu/{number}/kirim`
pub async fn send(State(app): State<Shared>, Ids(number): Ids<String>, Posted(staff, typed): Posted) -> Response {
    match sent(&app, &staff, &number, &typed).await {
        Ok(()) => Redirect::to(&address(&number, "/selesai")).into_response(),
        Err(fault) => show_all(&app, &staff, &number, &typed, Some(&fault)).await,
    }
}

async fn sent(app: &Shared, staff: &Staff, number: &str, typed: &Typed) -> Answer<()> {
    assist::send(app, staff, number, consent::read(typed)?).await
}

async fn show_all(app: &Shared, staff: &Staff, number: &str, typed: &Typed, fault: Option<&Fault>) -> Response {
    match made(app, staff, number, typed, fault).await {
        // Sent already: what is left is the key.
        Ok(None) => Redirect::to(&address(number, "/selesai")).into_response(),
        Ok(Some(main)) => show(staff, "Periksa dan kirim", fault, main),
        Err(fault) => page::fault(Some(staff), &fault),
    }
}

async fn made(
    app: &Shared,
    staff: &Staff,
    number: &str,
    typed: &Typed,
    fault: Option<&Fault>,
) -> Answer<Option<Markup>> {
    let draft = assist::read(app, staff, number).await?;
    if !assisted(&draft.events) {
        return Ok(None);
    }
    let content = app.content();
    let service = content.service(&draft.row.service).ok_or(Code::ServiceUnknown)?;
    let have = submit::have(&content, service, &draft.files);
    let mut missing = form::faults(service, &draft.row.fields, &have, app.today());
    missing.retain(|fault| fault.field != applicant::CONSENT);
    Ok(Some(html! {
        (head(&draft, service, Step::Send, fault))
        @if !missing.is_empty() { (lacks(&content, &draft, service, &missing)) }
        h2 { "Bacakan kepada pemohon" }
        blockquote {
            dl class="answers" { @for (label, value) in rows(service, &draft) { div { dt { (label) } dd { (value) } } } }
            p { (papers(&content, &draft)) }
            p { strong { (consent::messages(&draft.row.fields)) } }
            p { "Kami memproses data ini untuk permohonan ini saja. Apakah Bapak atau Ibu setuju permohonan ini dikirim?" }
        }
        @if missing.is_empty() {
            form method="post" action=(address(&draft.row.number, "/kirim")) {
                input type="hidden" name="seq" value=(seq(&draft));
                (consent::form(typed))
                button type="submit" class="btn" { "Catat persetujuan dan kirim" }
            }
        }
        h2 { "Pemohon ingin melanjutkan sendiri?" }
        p { "Cetak lembar kunci. Sesudah itu hanya pemohon yang bisa membuka draf ini." }
        (print(&draft))
    }))
}

fn lacks(content: &Published, draft: &Assisted, service: &Service, missing: &[FieldFault]) -> Markup {
    html! {
        div class="alert wait" {
            p { strong { "Belum bisa dikirim. Lengkapi dulu:" } }
            ul {
                @for fault in missing {
                    @match fault.field.strip_prefix("item:") {
                        Some(card) => {
                            @let name = content.requirements.get(card).map_or(card, |card| card.name.as_str());
                            li { a href=(format!("{}#syarat-{card}", address(&draft.row.number, "/berkas"))) { (name) } }
                        }
                        None => {
                            li {
                                a href=(format!("{}#isi-{}", address(&draft.row.number, ""), fault.field)) { (label(service, &fault.field)) }
                                ": " (says(content, &fault.code))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn label(service: &Service, field: &str) -> String {
    let asked = service.page.iter().flat_map(|page| &page.field).find(|asked| asked.id == field);
    asked.map_or_else(|| super::super::dossier::own_field(field).to_owned(), |asked| asked.label.clone())
}

fn rows(service: &Service, draft: &Assisted) -> Vec<(String, String)> {
    let typed = &draft.row.fields;
    let there = |id: &str| typed.get(id).map(|value| value.trim()).filter(|value| !value.is_empty());
    let own = [applicant::NAME, applicant::NIK, applicant::PHONE, applicant::ADDRESS, applicant::HELPER_NAME];
    let own = own.iter().filter_map(|id| Some((label(service, id), there(id)?.to_owned())));
    let asked = service.page.iter().flat_map(|page| &page.field);
    own.chain(asked.filter_map(|field| Some((field.label.clone(), words::value(field, there(&field.id)?))))).collect()
}

fn papers(content: &Published, draft: &Assisted) -> String {
    let mut names: Vec<&str> = Vec::new();
    for file in draft.files.iter().filter(|file| !file.replaced) {
        let name = content.requirements.get(&file.item).map_or(file.item.as_str(), |card| card.name.as_str());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { "Belum ada berkas.".to_owned() } else { format!("Berkas: {}.", names.join(", ")) }
}

fn print(draft: &Assisted) -> Markup {
    html! {
        form method="post" action=(address(&draft.row.number, "/lembar")) target="_blank" {
            button type="submit" class="btn quiet" { "Cetak lembar kunci" }
        }
    }
}

/// `GET /loket/bantu/{number}/selesai`: after sending, who hears from us, and the sheet.
pub async fn done(State(app): State<Shared>, Clerk(staff): Clerk, Ids(number): Ids<String>) -> Response {
    let draft = match assist::read(&app, &staff, &number).await {
        Ok(draft) if assisted(&draft.events) => return Redirect::to(&address(&number, "")).into_response(),
        Ok(draft) => draft,
        Err(fault) => return page::fault(Some(&staff), &fault),
    };
    let zone = app.content().zone();
    let receipt: Option<Receipt> = draft.row.receipt.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let main = html! {
        h1 { "Permohonan terkirim " small { (draft.row.number) } }
        div class="alert done" role="status" {
            p { (consent::messages(&draft.row.fields)) }
            @if let Some((due, until)) = receipt.and_then(|receipt| Some((receipt.due?, receipt.until))) {
                p { "Bila berkasnya lengkap, selesai paling lambat " (words::limit(due, until, zone)) "." }
            }
        }
        h2 { "Berikan kuncinya kepada pemohon" }
        p { "Lembar ini memuat nomor, kunci dan kode QR (gambar kotak yang dipindai HP) untuk melacak." }
        p { "Kunci hanya dicetak sekali dan tidak tampil di layar loket lagi." }
        (print(&draft))
        p { a href=(PATH) { "Bantu pemohon berikutnya" } }
    };
    show(&staff, "Permohonan terkirim", None, main)
}

/// `POST /loket/bantu/{number}/lembar`
pub async fn sheet(
    State(app): State<Shared>,
    headers: HeaderMap,
    extensions: Extensions,
    Ids(number): Ids<String>,
    Posted(staff, _): Posted,
) -> Response {
    let base = origin::site(&app, &headers, &extensions);
    match printed(&app, &staff, &number, base).await {
        Ok(pdf) => {
            let head = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "inline; filename=\"kunci-permohonan.pdf\""),
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_SECURITY_POLICY, CSP),
            ];
            (head, pdf).into_response()
        }
        Err(fault) if fault.code == Code::NotNow => {
            let says = "Lembar kunci sudah dicetak. Bila hilang, buat kunci baru di halaman berkas.";
            page::fault(Some(&staff), &fault.detail(says))
        }
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

/// The sheet; the key holds only once the sheet is drawn.
async fn printed(app: &Shared, staff: &Staff, number: &str, base: String) -> Answer<Vec<u8>> {
    let (open, key) = assist::make_key(app, staff, number).await?;
    let sheet = Sheet::of(&open, &key, base).pdf().await?;
    open.commit().await?;
    Ok(sheet)
}
