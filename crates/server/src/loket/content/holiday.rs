//! Days off: a new one, or one that is none after all.

use super::super::clerk::{Clerk, Posted};
use super::super::form::Typed;
use super::super::page;
use super::{PATH, off, show};
use crate::app::Shared;
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::changes;
use crate::staff::session::Staff;
use crate::staff::verbs::{fault, text};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_domain::content::{Holiday, HolidayKind};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::staff::Deed;
use satu_pintu_domain::validate;
use satu_pintu_publish::edit::{DayOff, Edit};

/// `GET /loket/isi/libur`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk) -> Response {
    shown(&app, &staff, &Typed::default(), None)
}

/// `POST /loket/isi/libur`
pub async fn send(State(app): State<Shared>, Posted(staff, typed): Posted) -> Response {
    match sent(&app, &staff, &typed).await {
        Ok(()) => Redirect::to(&format!("{PATH}?selesai=usul")).into_response(),
        Err(fault) => shown(&app, &staff, &typed, Some(&fault)),
    }
}

async fn sent(app: &Shared, staff: &Staff, typed: &Typed) -> Answer<()> {
    staff.may(Deed::Content)?;
    let edit = match typed.get("langkah") {
        "hapus" => {
            let day = typed.get("hari-kerja").parse().ok();
            let known = day.and_then(|day: Day| known(app).into_iter().find(|holiday| holiday.date == day));
            let known = known.ok_or_else(|| fault("date", "date-none", "Pilih hari libur yang dihapus."))?;
            Edit::Holiday { date: known.date, old: Some(as_off(&known)), new: None }
        }
        _ => {
            let date = validate::date(typed.get("tanggal")).ok().filter(|day| *day > app.today());
            let date = date.ok_or_else(|| fault("date", "date-none", "Tulis tanggal libur yang belum lewat."))?;
            let kind = if typed.get("jenis") == "cuti" { HolidayKind::CutiBersama } else { HolidayKind::LiburNasional };
            let name = text("name", typed.get("nama"))?;
            let en = Some(typed.get("en").trim()).filter(|en| !en.is_empty()).unwrap_or(&name).to_owned();
            let old = known(app).iter().find(|holiday| holiday.date == date).map(as_off);
            Edit::Holiday { date, old, new: Some(DayOff { kind, name, en }) }
        }
    };
    // A day off counts from when it is known: deadlines move at once.
    changes::propose(app, staff, &[edit], app.today(), "").await.map(drop)
}

/// Days off to come.
fn known(app: &Shared) -> Vec<Holiday> {
    let content = app.content();
    let days = content.years.iter().flat_map(|year| &year.day);
    days.filter(|holiday| holiday.date > app.today()).cloned().collect()
}

fn as_off(holiday: &Holiday) -> DayOff {
    DayOff { kind: holiday.kind, name: holiday.name.clone(), en: holiday.en.clone() }
}

fn shown(app: &Shared, staff: &Staff, typed: &Typed, fault: Option<&Fault>) -> Response {
    match made(app, staff, typed, fault) {
        Ok(main) => show(staff, "Hari libur", fault, main),
        Err(fault) => page::fault(Some(staff), &fault),
    }
}

fn made(app: &Shared, staff: &Staff, typed: &Typed, fault: Option<&Fault>) -> Answer<Markup> {
    staff.may(Deed::Content)?;
    changes::files(app)?;
    let known = known(app);
    Ok(html! {
        h1 { "Hari libur" }
        @if let Some(fault) = fault { (page::told(fault)) }
        p { "Libur menggeser semua batas waktu. Petugas lain memastikan usulan Anda." }
        h2 { "Tambah libur" }
        form method="post" action=(format!("{PATH}/libur")) {
            label for="tanggal" { "Tanggal" }
            input id="tanggal" name="tanggal" type="date" value=(typed.get("tanggal")) required;
            label for="nama" { "Nama libur" }
            input type="text" id="nama" name="nama" value=(typed.get("nama")) required;
            label for="en" { "Nama dalam bahasa Inggris, bila ada" }
            input type="text" id="en" name="en" value=(typed.get("en"));
            label for="jenis" { "Jenis" }
            select id="jenis" name="jenis" {
                option value="nasional" { "Libur nasional" }
                option value="cuti" selected[typed.get("jenis") == "cuti"] { "Cuti bersama" }
            }
            button type="submit" class="btn" name="langkah" value="tambah" { "Usulkan libur" }
        }
        @if !known.is_empty() {
            h2 { "Hapus libur" }
            form method="post" action=(format!("{PATH}/libur")) {
                label for="hari-kerja" { "Libur yang ternyata hari kerja" }
                select id="hari-kerja" name="hari-kerja" {
                    option value="" { "Pilih" }
                    @for holiday in &known {
                        option value=(holiday.date.to_string()) { (words::day(holiday.date)) ": " (off(&as_off(holiday))) }
                    }
                }
                button type="submit" class="btn quiet" name="langkah" value="hapus" { "Usulkan penghapusan" }
            }
        }
        p { a href=(PATH) { "Batal" } }
    })
}
