//! Disturbances of the sites that people need: announced on every affected page, and ended.

use super::clerk::{Clerk, Posted};
use super::form::Typed;
use super::page::{self, Page};
use crate::app::Shared;
use crate::desk::show;
use crate::http::Ids;
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::notices;
use crate::staff::session::Staff;
use crate::staff::verbs::fault;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::staff::NewNotice;
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::staff::Deed;

const SITES: [Channel; 4] = [Channel::Oss, Channel::Simbg, Channel::Sihalal, Channel::Office];

/// `GET /loket/gangguan`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk) -> Response {
    show_all(&app, &staff, &Typed::default(), None).await
}

/// `POST /loket/gangguan`
pub async fn begin(State(app): State<Shared>, Posted(staff, typed): Posted) -> Response {
    match new(&app, &staff, &typed).await {
        Ok(()) => Redirect::to("/loket/gangguan").into_response(),
        Err(fault) => show_all(&app, &staff, &typed, Some(&fault)).await,
    }
}

/// `POST /loket/gangguan/{id}`
pub async fn end(State(app): State<Shared>, Ids(id): Ids<String>, Posted(staff, _): Posted) -> Response {
    match notices::over(&app, &staff, id).await {
        Ok(()) => Redirect::to("/loket/telepon").into_response(),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

async fn new(app: &Shared, staff: &Staff, typed: &Typed) -> Answer<()> {
    let channel = SITES.into_iter().find(|site| show::channel(*site) == typed.get("situs"));
    let channel = channel.ok_or_else(|| fault("channel", "required", "Pilih situs yang terganggu."))?;
    let expected = match typed.get("pulih").trim() {
        "" => None,
        text => Some(
            moment(text, app.content().zone())
                .ok_or_else(|| fault("expected", "date-none", "Tulis perkiraan pulih sebagai tanggal dan jam."))?,
        ),
    };
    let body = NewNotice { channel, text: typed.get("teks").to_owned(), since: None, expected };
    notices::new(app, staff, body).await.map(drop)
}

/// `2026-11-22T17:30` in the office's time.
fn moment(text: &str, zone: Zone) -> Option<i64> {
    let (day, clock) = text.split_once('T')?;
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    let valid = (0..24).contains(&hour) && (0..60).contains(&minute);
    valid.then_some(day.parse::<Day>().ok()?.start_ms(zone) + (hour * 60 + minute) * 60_000)
}

async fn show_all(app: &Shared, staff: &Staff, typed: &Typed, fault: Option<&Fault>) -> Response {
    let main = match made(app, staff, typed, fault).await {
        Ok(main) => main,
        Err(fault) => return page::fault(Some(staff), &fault),
    };
    let status = fault.map_or(StatusCode::OK, page::status);
    Page { title: "Gangguan", staff: Some(staff), at: "/loket/gangguan", wide: false, main }.with(status)
}

async fn made(app: &Shared, staff: &Staff, typed: &Typed, fault: Option<&Fault>) -> Answer<Markup> {
    staff.may(Deed::Notices)?;
    let zone = app.content().zone();
    let notices = crate::notices::in_force(app).await?;
    Ok(html! {
        h1 { "Gangguan" }
        @if let Some(fault) = fault { (page::told(fault)) }
        @if notices.is_empty() { p { "Tidak ada gangguan yang diumumkan." } }
        @for notice in &notices {
            div class="alert wait" {
                p { strong { (show::channel(notice.channel)) } " terganggu sejak " (words::moment(notice.since, zone)) ". " (notice.text) }
                @if let Some(back) = notice.expected { p { "Perkiraan pulih: " (words::moment(back, zone)) } }
                form method="post" action=(format!("/loket/gangguan/{}", notice.id)) {
                    button type="submit" class="btn quiet" { "Sudah pulih: akhiri pengumuman " (show::channel(notice.channel)) }
                }
            }
        }
        h2 { "Umumkan gangguan" }
        form method="post" action="/loket/gangguan" {
            label for="situs" { "Situs" }
            select id="situs" name="situs" {
                @for site in SITES { option selected[show::channel(site) == typed.get("situs")] { (show::channel(site)) } }
            }
            label for="teks" { "Keterangan untuk warga" }
            textarea id="teks" name="teks" rows="2" maxlength="500" { (typed.get("teks")) }
            label for="pulih" { "Perkiraan pulih, bila sudah diketahui" }
            input id="pulih" name="pulih" type="datetime-local" value=(typed.get("pulih"));
            button type="submit" class="btn" { "Umumkan" }
        }
    })
}
