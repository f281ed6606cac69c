//! New values, shown beside the old ones before anything is proposed.

use super::super::clerk::{Clerk, Posted};
use super::super::form::Typed;
use super::super::page;
use super::slots::{self, Slot, Target, Topic, plain, slots, topic, with_sentences};
use super::{PATH, compared, preview as look, show};
use crate::app::Shared;
use crate::http::{Ids, Query};
use crate::pages::Pages;
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::changes;
use crate::staff::session::Staff;
use crate::staff::verbs::fault;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::FieldFault;
use satu_pintu_domain::staff::Deed;
use satu_pintu_domain::validate;
use satu_pintu_publish::edit::Edit;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    berkas: String,
}

/// `GET /loket/isi/ubah/{topic}?berkas=services/reklame.toml`
pub async fn page(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    Ids(id): Ids<String>,
    Query(options): Query<Options>,
) -> Response {
    shown(&app, &staff, &id, &Typed(vec![("berkas".to_owned(), options.berkas)]), None)
}

/// `POST /loket/isi/ubah/{topic}`: shows what would change and where it is read, or proposes it.
pub async fn send(
    State(app): State<Shared>,
    Extension(pages): Extension<Arc<Pages>>,
    Ids(id): Ids<String>,
    Posted(staff, typed): Posted,
) -> Response {
    if typed.get("langkah") == "ubah-lagi" {
        return shown(&app, &staff, &id, &typed, None);
    }
    match sent(&app, pages, &staff, &id, &typed).await {
        Ok(response) => response,
        Err(fault) => shown(&app, &staff, &id, &typed, Some(&fault)),
    }
}

async fn sent(app: &Shared, pages: Arc<Pages>, staff: &Staff, id: &str, typed: &Typed) -> Answer<Response> {
    staff.may(Deed::Content)?;
    let (edits, starts) = read(app, id, typed)?;
    if let Some(at) = typed.get("langkah").strip_prefix(look::STEP) {
        return look::made(app, pages, &edits, starts, at).await;
    }
    if typed.get("langkah") == "usul" {
        changes::propose(app, staff, &edits, starts, "").await?;
        return Ok(Redirect::to(&format!("{PATH}?selesai=usul")).into_response());
    }
    changes::check(app, &edits, starts).await?;
    Ok(preview(app, staff, id, typed, &edits, starts))
}

/// What was typed as edits, and the day they start.
fn read(app: &Shared, id: &str, typed: &Typed) -> Answer<(Vec<Edit>, Day)> {
    let (topic, _) = topic(id).ok_or(Code::NotFound)?;
    let content = app.content();
    let starts = starts(app, typed)?;
    let slots = slots(&content, &changes::files(app)?, topic, typed.get("berkas"), app.today());
    let (mut edits, mut faults) = (Vec::new(), Vec::new());
    for slot in &slots {
        let field = slot.field();
        if !typed.has(&field) {
            continue;
        }
        match slot.edit(&content, typed.get(&field), shown_before(slot, typed), starts) {
            Ok(edit) => edits.extend(edit),
            Err(code) => faults.push(FieldFault { field, code: code.to_owned() }),
        }
    }
    if faults.iter().any(|fault| fault.code == slots::STALE) {
        let says = "Petugas lain sudah mengubah isian yang ditandai. Baca isi sekarang, lalu putuskan lagi.";
        return Err(Fault::new(Code::Invalid).faults(faults).detail(says));
    }
    if !faults.is_empty() {
        return Err(Fault::new(Code::Invalid).faults(faults).detail("Perbaiki isian yang ditandai."));
    }
    if edits.is_empty() {
        return Err(fault("content", "required", "Belum ada yang diubah. Ubah paling sedikit satu isian."));
    }
    Ok((slots::together(edits), starts))
}

/// What the page showed before it was typed over.
fn shown_before<'a>(slot: &'a Slot, typed: &'a Typed) -> &'a str {
    let name = before(&slot.field());
    if typed.has(&name) { typed.get(&name) } else { &slot.now }
}

/// The hidden field beside a field.
fn before(field: &str) -> String {
    format!("{BEFORE}{field}")
}

/// Names of hidden fields begin with this.
pub const BEFORE: &str = "semula-";

pub fn starts(app: &Shared, typed: &Typed) -> Answer<Day> {
    let wrong = || fault("starts", "date-none", "Tulis hari mulai sebagai tanggal, hari ini atau sesudahnya.");
    validate::date(typed.get("mulai")).ok().filter(|day| *day >= app.today()).ok_or_else(wrong)
}

fn preview(app: &Shared, staff: &Staff, id: &str, typed: &Typed, edits: &[Edit], starts: Day) -> Response {
    let action = format!("{PATH}/ubah/{id}");
    let fields = html! {
        @for (name, value) in typed.0.iter().filter(|(name, _)| name != "langkah") {
            input type="hidden" name=(name) value=(value);
        }
    };
    let beside = html! { form id="lihat" method="post" action=(action) target="lihat" { (fields) } };
    show(
        staff,
        "Periksa perubahan",
        None,
        html! {
            h1 { "Periksa perubahan" }
            p { "Lolos pemeriksaan isi. Mulai berlaku: " strong { (words::day(starts)) } "." }
            (compared(&app.content(), edits))
            (look::frame(&app.content(), edits, &beside))
            form method="post" action=(action) {
                (fields)
                p { "Petugas lain dengan hak yang sama memastikan usulan ini." }
                div class="buttons" {
                    button type="submit" class="btn" name="langkah" value="usul" { "Usulkan perubahan" }
                    button type="submit" class="btn quiet" name="langkah" value="ubah-lagi" { "Ubah lagi" }
                }
            }
        },
    )
}

fn shown(app: &Shared, staff: &Staff, id: &str, typed: &Typed, fault: Option<&Fault>) -> Response {
    match made(app, staff, id, typed, fault) {
        Ok((title, main)) => show(staff, title, fault, main),
        Err(fault) => page::fault(Some(staff), &fault),
    }
}

fn made(app: &Shared, staff: &Staff, id: &str, typed: &Typed, fault: Option<&Fault>) -> Answer<(&'static str, Markup)> {
    staff.may(Deed::Content)?;
    let (topic, title) = topic(id).ok_or(Code::NotFound)?;
    let (content, file) = (app.content(), typed.get("berkas"));
    let slots = slots(&content, &changes::files(app)?, topic, file, app.today());
    let faults = fault.map_or(&[][..], |fault| fault.faults.as_slice());
    let today = app.today().to_string();
    let starts = if typed.has("mulai") { typed.get("mulai") } else { &today };
    let main = html! {
        h1 { (title) }
        @if let Some(fault) = fault { (page::told(fault)) }
        @if topic == Topic::Sentences {
            form method="get" action=(format!("{PATH}/ubah/{id}")) {
                label for="berkas" { "Kalimat tentang apa" }
                select id="berkas" name="berkas" {
                    option value="" { "Pilih" }
                    @for (known, name) in with_sentences(&content) { option value=(known) selected[known == file] { (name) } }
                }
                button type="submit" class="btn quiet" { "Tampilkan" }
            }
        }
        @if !slots.is_empty() {
            form method="post" action=(format!("{PATH}/ubah/{id}")) class="long" {
                input type="hidden" name="berkas" value=(file);
                @for slot in &slots { (one(app, slot, typed, faults)) }
                label for="mulai" { "Mulai berlaku" }
                input id="mulai" name="mulai" type="date" min=(today) value=(starts) required;
                button type="submit" class="btn" name="langkah" value="periksa" { "Periksa perubahan" }
            }
        }
        p { a href=(PATH) { "Batal" } }
    };
    Ok((title, main))
}

fn one(app: &Shared, slot: &Slot, typed: &Typed, faults: &[FieldFault]) -> Markup {
    let name = &slot.field();
    // What nobody touched follows the file; what was typed stays, beside what others have made of it.
    let shown = shown_before(slot, typed);
    let touched = typed.has(name) && plain(typed.get(name)) != plain(shown);
    let value = if touched { typed.get(name) } else { &slot.now };
    let other = touched && plain(shown) != plain(&slot.now);
    let content = app.content();
    let fault = faults.iter().find(|fault| fault.field == *name);
    let says = match fault {
        _ if other => Some(format!("Petugas lain mengubahnya menjadi: {}", slot.now)),
        Some(fault) => content.word("id", &format!("fault.{}", fault.code)).map(str::to_owned),
        None => None,
    };
    let id = name.replace(['.', '/'], "-");
    let beside = format!("kata-{id}");
    let told = says.as_ref().map(|_| beside.as_str());
    let short = !matches!(slot.target, Target::Text { .. }) || slot.now.chars().count() < slots::SHORT;
    html! {
        div class=[says.as_ref().map(|_| "wrong")] {
            input type="hidden" name=(before(name)) value=(slot.now);
            label for=(id) { (slot.label) }
            @if let Some(says) = says { p class="stop" id=(beside) { (says) } }
            @if short { input type="text" id=(id) name=(name) value=(value) autocomplete="off" aria-describedby=[told]; }
            @else { textarea id=(id) name=(name) rows="3" aria-describedby=[told] { (value) } }
        }
    }
}
