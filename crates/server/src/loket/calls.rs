//! Whom to call: applicants who wait to hear something, and people who asked to be rung when a site is back, in
//! the order of their tickets.

use super::clerk::{Clerk, Posted};
use super::page::{self, Page};
use crate::app::Shared;
use crate::desk::show;
use crate::http::Ids;
use crate::permit::words;
use crate::problem::Answer;
use crate::staff::session::Staff;
use crate::staff::{callbacks, queue};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

/// `GET /loket/telepon`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk) -> Response {
    match made(&app, &staff).await {
        Ok(main) => Page { title: "Telepon", staff: Some(&staff), at: "/loket/telepon", wide: true, main }.respond(),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

async fn made(app: &Shared, staff: &Staff) -> Answer<Markup> {
    let queue = queue::read(app, staff, true).await?;
    let zone = app.content().zone();
    Ok(html! {
        h1 { "Telepon" }
        h2 { "Minta ditelepon karena gangguan, menurut urutan" }
        @if queue.callbacks.is_empty() { p { "Tidak ada yang menunggu." } } @else {
            table {
                thead { tr { th scope="col" { "Urutan" } th scope="col" { "Diminta" } th scope="col" { "Nama" } th scope="col" { "Telepon" } th scope="col" { "Situs" } th scope="col" { "Tindakan" } } }
                tbody {
                    @for call in &queue.callbacks {
                        tr {
                            th scope="row" { (call.place) }
                            td { (words::moment(call.asked, zone)) }
                            td { (call.name) }
                            td { (call.phone) }
                            td { (show::channel(call.channel)) }
                            td {
                                form method="post" action=(format!("/loket/telepon/{}", call.id)) {
                                    button type="submit" class="plain" { "Sudah ditelepon" span class="hidden-text" { ": " (call.phone) } }
                                }
                            }
                        }
                    }
                }
            }
        }
        h2 { "Pemohon yang perlu dikabari" }
        @if queue.items.is_empty() { p { "Semua pemohon sudah dikabari." } } @else {
            table {
                thead { tr { th scope="col" { "Nomor" } th scope="col" { "Pemohon" } th scope="col" { "Tahap" } th scope="col" { "Lewat" } th scope="col" { "Telepon" } } }
                tbody {
                    @for item in &queue.items {
                        tr {
                            th scope="row" { a href=(format!("/loket/berkas/{}#kabar", item.number)) { (item.number) } }
                            td { (item.applicant) }
                            td { (show::state(item.state, &item.holder_name)) }
                            td { (item.tell) }
                            td { (item.phone) }
                        }
                    }
                }
            }
        }
    })
}

/// `POST /loket/telepon/{id}`
pub async fn rung(State(app): State<Shared>, Ids(id): Ids<String>, Posted(staff, _): Posted) -> Response {
    match callbacks::rung(&app, &staff, id).await {
        Ok(()) => Redirect::to("/loket/telepon").into_response(),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}
