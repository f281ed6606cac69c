//! What waits for a second person or for its day, and what was changed by whom.

use super::super::clerk::{Clerk, Posted};
use super::super::form::Typed;
use super::super::{page, queue};
use super::slots::TOPICS;
use super::{PATH, compared, preview, show};
use crate::app::Shared;
use crate::http::{Ids, Query};
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::changes::{self, Change};
use crate::staff::moved::{Moved, moved};
use crate::staff::session::Staff;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::problem::Code;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    selesai: String,
}

/// `GET /loket/isi`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk, Query(options): Query<Options>) -> Response {
    shown(&app, &staff, &options.selesai, ("", ""), None).await
}

/// `POST /loket/isi/{id}/{verb}`
pub async fn act(
    State(app): State<Shared>,
    Ids((id, verb)): Ids<(String, String)>,
    Posted(staff, typed): Posted,
) -> Response {
    match done(&app, &staff, &id, &verb, &typed).await {
        Ok(what) => Redirect::to(&format!("{PATH}?selesai={what}")).into_response(),
        Err(fault) => shown(&app, &staff, "", (&id, typed.get("teks")), Some(&fault)).await,
    }
}

async fn done(app: &Shared, staff: &Staff, id: &str, verb: &str, typed: &Typed) -> Answer<&'static str> {
    match verb {
        "setuju" => changes::approve(app, staff, id).await.map(|()| "setuju"),
        "tolak" => changes::refuse(app, staff, id, typed.get("teks")).await.map(|()| "tolak"),
        "kembalikan" => changes::undo(app, staff, id).await.map(|_| "kembalikan"),
        _ => Err(Code::NotFound.into()),
    }
}

/// `kept` is a change, and the reason that was typed for it.
async fn shown(app: &Shared, staff: &Staff, done: &str, kept: (&str, &str), fault: Option<&Fault>) -> Response {
    match made(app, staff, done, kept, fault).await {
        Ok(main) => show(staff, "Isi layanan", fault, main),
        Err(fault) => page::fault(Some(staff), &fault),
    }
}

async fn made(app: &Shared, staff: &Staff, done: &str, kept: (&str, &str), fault: Option<&Fault>) -> Answer<Markup> {
    let all = changes::all(app, staff).await?;
    let names = queue::names(app).await?;
    let own = changes::files(app).err();
    let (waiting, past): (Vec<&Change>, Vec<&Change>) =
        all.iter().partition(|change| matches!(change.state.as_str(), "proposed" | "approved"));
    let mut moves: BTreeMap<&str, Moved> = BTreeMap::new();
    for change in &waiting {
        // One that does not pass any more says so when it is agreed to.
        if let Ok(Some(moved)) = moved(app, &change.edits, change.starts).await {
            moves.insert(&change.id, moved);
        }
    }
    let told = match done {
        "usul" => "Usulan tersimpan. Petugas lain memastikannya.",
        "setuju" => "Perubahan disetujui. Perubahan berlaku pada harinya.",
        "tolak" => "Usulan ditolak.",
        "kembalikan" => "Pengembalian diusulkan. Petugas lain memastikannya.",
        _ => "",
    };
    Ok(html! {
        h1 { "Isi layanan" }
        @if let Some(fault) = fault { (page::told(fault)) }
        @if !told.is_empty() { p class="alert done" role="status" id="hasil" tabindex="-1" { (told) } }
        @match own {
            Some(fault) => p class="alert wait" { (fault.detail) },
            None => {
                h2 { "Ubah" }
                ul class="plain-list" {
                    @for (_, id, title) in TOPICS { li { a href=(format!("{PATH}/ubah/{id}")) { (title) } } }
                    li { a href=(format!("{PATH}/libur")) { "Hari libur" } }
                }
            }
        }
        h2 { "Menunggu" }
        @if waiting.is_empty() { p { "Tidak ada usulan yang menunggu." } }
        @for change in &waiting { (waits(app, staff, change, (&names, moves.get(change.id.as_str())), kept)) }
        @if !past.is_empty() { h2 { "Riwayat" } }
        @for change in &past {
            @let back = all.iter().any(|other| other.undoes == change.id && !matches!(other.state.as_str(), "refused" | "failed"));
            (was(app, change, &names, back))
        }
    })
}

fn name<'a>(names: &'a BTreeMap<String, String>, account: &'a str) -> &'a str {
    names.get(account).map_or(account, String::as_str)
}

fn waits(
    app: &Shared,
    staff: &Staff,
    change: &Change,
    (names, moved): (&BTreeMap<String, String>, Option<&Moved>),
    (of, reason): (&str, &str),
) -> Markup {
    let proposed = change.state == "proposed";
    let own = change.account == staff.account;
    let text = format!("alasan-{}", change.id);
    html! {
        section class="slip" {
            h3 { (name(names, &change.account)) " mengusulkan, mulai " (words::day(change.starts)) }
            @if !change.undoes.is_empty() { p { "Mengembalikan perubahan sebelumnya." } }
            (compared(&app.content(), &change.edits))
            @if let Some(moved) = moved { (moves(moved)) }
            (preview::links(&app.content(), change))
            @if !proposed { p { "Disetujui " (name(names, &change.second)) ". Menunggu harinya." } }
            @else if own { p class="hint" { "Petugas lain memastikannya. Anda tidak bisa menyetujui usulan sendiri." } }
            @else {
                form method="post" action=(format!("{PATH}/{}/setuju", change.id)) { button type="submit" class="btn" { "Setujui" } }
            }
            details class="deed" {
                summary { @if own { "Tarik usulan" } @else { "Tolak" } }
                form method="post" action=(format!("{PATH}/{}/tolak", change.id)) {
                    label for=(text) { "Alasan" }
                    textarea id=(text) name="teks" rows="2" { @if of == change.id { (reason) } }
                    button type="submit" class="btn quiet" { @if own { "Tarik" } @else { "Tolak usulan" } }
                }
            }
        }
    }
}

/// The promises that would end on another day.
fn moves(moved: &Moved) -> Markup {
    html! {
        p {
            @if moved.files == 0 { "Tidak ada janji berkas terbuka yang bergeser." }
            @else { strong { (moved.files) " dari " (moved.open) " berkas terbuka" } " bergeser janjinya:" }
        }
        @if moved.files > 0 {
            ul {
                @for (number, before, after) in &moved.first {
                    li { (number) ": dari " (words::day(*before)) " menjadi " (words::day(*after)) }
                }
                @if moved.files > moved.first.len() { li { "dan " (moved.files - moved.first.len()) " berkas lain" } }
            }
        }
    }
}

/// One that is over; `back` when it was or is being taken back.
fn was(app: &Shared, change: &Change, names: &BTreeMap<String, String>, back: bool) -> Markup {
    let state = match change.state.as_str() {
        "applied" => "berlaku",
        "refused" => "ditolak",
        _ => "gagal",
    };
    html! {
        details class="deed" {
            summary {
                (words::moment(change.at, app.content().zone())) ", " (name(names, &change.account)) ": "
                (change.edits.len()) " isi, mulai " (words::day(change.starts)) " (" (state) ")"
            }
            @if change.state == "refused" && !change.approver.is_empty() {
                p { "Disetujui " (name(names, &change.approver)) ", lalu ditarik sebelum harinya." }
            }
            @if !change.second.is_empty() { p { "Diputuskan " (name(names, &change.second)) "." } }
            @if !change.says.is_empty() { p { (change.says) } }
            (compared(&app.content(), &change.edits))
            @if back { p { "Pengembalian ke isi sebelumnya sudah diusulkan atau berlaku." } }
            @else if change.state == "applied" {
                form method="post" action=(format!("{PATH}/{}/kembalikan", change.id)) {
                    button type="submit" class="btn quiet" { "Usulkan kembali ke isi sebelumnya" }
                }
            }
        }
    }
}
