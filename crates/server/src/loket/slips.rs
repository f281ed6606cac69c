//! Survey slips to print and cut.

use super::clerk::{Clerk, Posted};
use super::page::{self, Page};
use crate::app::Shared;
use crate::permit::slips as sheet;
use crate::problem::{Answer, Fault};
use crate::staff::session::Staff;
use crate::staff::verbs::fault;
use crate::staff::{origin, slips};
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use satu_pintu_domain::staff::Deed;

/// `GET /loket/survei`
pub async fn page(State(_): State<Shared>, Clerk(staff): Clerk) -> Response {
    match staff.may(Deed::Slips) {
        Ok(()) => form(&staff, None),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

fn form(staff: &Staff, fault: Option<&Fault>) -> Response {
    let main = html! {
        h1 { "Kode survei" }
        @if let Some(fault) = fault { (page::told(fault)) }
        p { "Setiap kode dipakai sekali untuk menilai pelayanan. Kode tidak memuat nama. Satu lembar berisi 12 kode." }
        form method="post" action="/loket/survei" {
            label for="jumlah" { "Jumlah kode" }
            input id="jumlah" name="jumlah" type="number" min="1" max="600" value="12" required;
            button type="submit" class="btn" { "Buat lembar untuk dicetak" }
        }
    };
    let status = fault.map_or(StatusCode::OK, page::status);
    Page { title: "Kode survei", staff: Some(staff), at: "/loket/survei", wide: false, main }.with(status)
}

/// `POST /loket/survei`
pub async fn make(
    State(app): State<Shared>,
    headers: HeaderMap,
    extensions: Extensions,
    Posted(staff, typed): Posted,
) -> Response {
    let base = origin::site(&app, &headers, &extensions);
    made(&app, &staff, typed.get("jumlah"), base).await.unwrap_or_else(|fault| form(&staff, Some(&fault)))
}

async fn made(app: &Shared, staff: &Staff, count: &str, base: String) -> Answer<Response> {
    let count = count.trim().parse().map_err(|_| fault("count", "option-unknown", "Jumlah kode 1 sampai 600."))?;
    let slips = slips::new(app, staff, count).await?;
    let (office, today) = (app.content().office().clone(), app.today());
    let drawn =
        tokio::task::spawn_blocking(move || sheet::pdf(&office, &base, &slips.codes, slips.half.last_day(), today));
    let pdf = drawn.await.map_err(Fault::broken)?.map_err(|error| Fault::broken(error.to_string()))?;
    let head = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"kode-survei.pdf\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((head, pdf).into_response())
}
