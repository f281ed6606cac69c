//! The queue as a page: what lapses first stands first.

use super::clerk::{Clerk, Posted};
use super::page::{self, Page};
use super::wish::{self, STAGES, Wish, here};
use crate::app::Shared;
use crate::contents::Published;
use crate::desk::show;
use crate::http::{Query, secure};
use crate::ledger;
use crate::permit::words;
use crate::problem::Answer;
use crate::staff::queue as list;
use crate::staff::session::Staff;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::staff::QueueItem;
use satu_pintu_domain::application::State as Stage;
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::key;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Rows of a page.
const PAGE: usize = 25;

#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    hal: usize,
    #[serde(default)]
    selesai: String,
}

/// `GET /loket`
pub async fn page(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    headers: HeaderMap,
    Query(options): Query<Options>,
) -> Response {
    // Whoever sees no files has other pages.
    if let Some(own) = page::elsewhere(&staff) {
        return Redirect::to(own).into_response();
    }
    match made(&app, &staff, &Wish::kept(&headers), &options).await {
        Ok(main) => Page { title: "Antrean", staff: Some(&staff), at: "/loket", wide: true, main }.respond(),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

/// `POST /loket/cari`: keeps what is looked for; a whole number leads to its file.
pub async fn search(
    State(app): State<Shared>,
    headers: HeaderMap,
    extensions: Extensions,
    Posted(_, typed): Posted,
) -> Response {
    if let Some(number) = key::parse_number(typed.get("cari")) {
        return Redirect::to(&format!("/loket/berkas/{number}")).into_response();
    }
    let wish = if typed.has("semua") { Wish::default() } else { Wish::of(&typed) };
    let mut response = Redirect::to("/loket").into_response();
    if let Ok(value) = HeaderValue::from_str(&wish::cookie(&wish.written(), secure(&app, &headers, &extensions))) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    sesudah: String,
}

/// `GET /loket/berikut?sesudah={number}`: the file to take up next, among those looked for.
pub async fn next(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Response {
    let wish = Wish::kept(&headers);
    let queue = match list::read(&app, &staff, false).await {
        Ok(queue) => queue,
        Err(fault) => return page::fault(Some(&staff), &fault),
    };
    let ours = |item: &&QueueItem| item.number != after.sesudah && wish.fits(item, &staff) && here(&staff, item);
    match queue.items.iter().find(ours) {
        Some(item) => Redirect::to(&format!("/loket/berkas/{}", item.number)).into_response(),
        None => Redirect::to("/loket?selesai=kosong").into_response(),
    }
}

async fn made(app: &Shared, staff: &Staff, wish: &Wish, options: &Options) -> Answer<Markup> {
    let content = app.content();
    let today = app.today();
    let queue = list::read(app, staff, false).await?;
    let names = names(app).await?;
    let behind = behind(app).await?;
    let found: Vec<&QueueItem> = queue.items.iter().filter(|item| wish.fits(item, staff)).collect();
    let pages = found.len().div_ceil(PAGE).max(1);
    let at = options.hal.clamp(1, pages);
    let late = found.iter().filter(|item| item.overdue).count();
    Ok(html! {
        h1 { "Antrean" }
        @if let Some(newest) = behind {
            div class="alert stop" role="alert" {
                p { strong { "Jam server tertinggal." } " Catatan terakhir kantor ditulis " (words::moment(newest, content.zone()))
                    ", sedangkan jam server sekarang " (words::moment(app.now(), content.zone())) "." }
                p { "Hari pemohon dan hari kantor bisa salah terhitung. Minta pengelola server membetulkan jamnya dulu." }
            }
        }
        @match options.selesai.as_str() {
            "sandi" => p class="alert done" role="status" { "Kata sandi Anda sudah diganti." },
            "kosong" => p class="alert done" role="status" { "Tidak ada berkas lain yang menunggu Anda." },
            _ => {},
        }
        (filter(&content, wish))
        p class="count" role="status" {
            (found.len()) " dari " (queue.items.len()) " berkas terbuka"
            @if late > 0 { " · " strong class="stop" { (late) " lewat batas" } }
        }
        @if found.is_empty() {
            p { "Tidak ada berkas yang cocok." }
        } @else {
            table class="queue" {
                caption class="hidden-text" { "Berkas, yang paling dekat batasnya lebih dulu" }
                thead {
                    tr {
                        th scope="col" { "Batas" } th scope="col" { "Nomor" } th scope="col" { "Pemohon" }
                        th scope="col" { "Layanan" } th scope="col" { "Tahap" } th scope="col" { "Petugas" }
                    }
                }
                tbody {
                    @for item in found.iter().skip((at - 1) * PAGE).take(PAGE) { (row(item, &names, today, content.zone())) }
                }
            }
            @if pages > 1 {
                nav class="pages" aria-label="Halaman antrean" {
                    @if at > 1 { a rel="prev" href=(format!("/loket?hal={}", at - 1)) { "Sebelumnya" } }
                    span { "Halaman " (at) " dari " (pages) }
                    @if at < pages { a rel="next" href=(format!("/loket?hal={}", at + 1)) { "Berikutnya" } }
                }
            }
        }
    })
}

/// Clocks of several servers differ by less.
const SLACK_MS: i64 = 5 * 60_000;

/// The newest line of the ledger, where the clock has not come to it yet: somebody has set it back.
async fn behind(app: &Shared) -> Answer<Option<i64>> {
    let mut conn = app.store.reader().acquire().await?;
    Ok(ledger::newest(&mut conn).await?.filter(|newest| *newest > app.now() + SLACK_MS))
}

/// Names by account.
///
/// # Errors
/// When the database fails.
pub async fn names(app: &Shared) -> Answer<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT account, name FROM staff").fetch_all(app.store.reader()).await?;
    Ok(rows.into_iter().collect())
}

fn filter(content: &Published, wish: &Wish) -> Markup {
    html! {
        form class="filter" method="post" action="/loket/cari" role="search" {
            div { label for="cari" { "Cari nama atau nomor" } input id="cari" name="cari" type="search" value=(wish.text); }
            div {
                label for="tahap" { "Tahap" }
                select id="tahap" name="tahap" {
                    option value="" { "Semua" }
                    @for (id, label) in STAGES { option value=(id) selected[wish.stage == *id] { (label) } }
                }
            }
            div {
                label for="layanan" { "Layanan" }
                select id="layanan" name="layanan" {
                    option value="" { "Semua" }
                    @for service in content.services.iter().filter(|s| s.channel == Channel::Office) {
                        option value=(service.id) selected[wish.service == service.id] { (service.name) }
                    }
                }
            }
            label class="check" { input type="checkbox" name="saya" value="ya" checked[wish.mine]; " Yang saya pegang" }
            button type="submit" class="btn small" { "Tampilkan" }
            @if *wish != Wish::default() { button type="submit" class="plain" name="semua" value="ya" { "Hapus saringan" } }
        }
    }
}

fn row(item: &QueueItem, names: &BTreeMap<String, String>, today: Day, zone: Zone) -> Markup {
    let href = format!("/loket/berkas/{}", item.number);
    html! {
        tr {
            td class="due" { (due(item, today, zone)) }
            th scope="row" { a href=(href) { (item.number) } }
            td { (item.applicant) }
            td { (item.service_name) }
            td { (stage(item)) }
            td { (item.taken_by.as_ref().map_or("", |by| names.get(by).unwrap_or(by))) }
        }
    }
}

/// Where it stands, in words.
fn stage(item: &QueueItem) -> String {
    if item.revoking {
        return "usulan cabut izin, menunggu petugas kedua".to_owned();
    }
    match item.proposed {
        Some(true) => "usulan setuju, menunggu petugas kedua".to_owned(),
        Some(false) => "usulan tolak, menunggu petugas kedua".to_owned(),
        None => show::state(item.state, &item.holder_name),
    }
}

fn due(item: &QueueItem, today: Day, zone: Zone) -> Markup {
    let Some(day) = list::due(item) else {
        return html! { span class="quiet" { @if item.state == Stage::WaitingApplicant { "berhenti" } @else { "–" } } };
    };
    html! {
        @if day < today || (item.overdue && item.until.is_some()) { strong class="mark stop" { "Lewat" } " " }
        @else if day == today { strong class="mark wait" { "Hari ini" } " " }
        @if item.due == Some(day) {
            time datetime=(day.to_string()) { (words::limit(day, item.until, zone)) }
        } @else {
            time datetime=(day.to_string()) { (words::day(day)) } span class="quiet" { " tahap ini" }
        }
    }
}
