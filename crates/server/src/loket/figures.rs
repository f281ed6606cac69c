//! What the office did, day by day for a week: counted from the ledger.

use super::clerk::Clerk;
use super::page::{self, Page};
use crate::app::Shared;
use crate::permit::words;
use crate::problem::Answer;
use crate::staff::session::Staff;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::staff::Deed;
use std::collections::BTreeMap;

const DAYS: i64 = 7;

/// Lines of the ledger that are counted, and what they are called.
const KINDS: [(&str, &str); 7] = [
    ("submitted", "Masuk"),
    ("returned", "Dikembalikan"),
    ("agency-asked", "Ditanyakan ke dinas"),
    ("granted", "Disetujui"),
    ("refused", "Ditolak"),
    ("issued", "Izin terbit"),
    ("handed-over", "Diserahkan"),
];

/// `GET /loket/angka`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk) -> Response {
    match made(&app, &staff).await {
        Ok(main) => Page { title: "Angka", staff: Some(&staff), at: "/loket/angka", wide: false, main }.respond(),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

async fn made(app: &Shared, staff: &Staff) -> Answer<Markup> {
    staff.may(Deed::Figures)?;
    let (content, today) = (app.content(), app.today());
    let from = today.start_ms(content.zone()) - (DAYS - 1) * 86_400_000;
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT kind, at FROM events WHERE at >= $1 AND kind IN \
        ('submitted', 'returned', 'agency-asked', 'granted', 'refused', 'issued', 'handed-over')",
    )
    .bind(from)
    .fetch_all(app.store.reader())
    .await?;
    let mut counts: BTreeMap<(Day, String), u32> = BTreeMap::new();
    for (kind, at) in rows {
        *counts.entry((Day::at(at, content.zone()), kind)).or_default() += 1;
    }
    let open: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM open_applications").fetch_one(app.store.reader()).await?;
    let days: Vec<Day> =
        (0..DAYS).rev().map(|n| Day::at(today.start_ms(content.zone()) - n * 86_400_000, content.zone())).collect();
    Ok(html! {
        h1 { "Angka harian" }
        p { "Berkas terbuka sekarang: " strong { (open) } }
        section class="aside" tabindex="0" aria-label="Tujuh hari terakhir" {
            table class="numbers" {
                caption class="hidden-text" { "Tujuh hari terakhir" }
                thead { tr { th scope="col" { "Hari" } @for (_, label) in KINDS { th scope="col" { (label) } } } }
                tbody {
                    @for day in days.iter().rev() {
                        tr {
                            th scope="row" { (words::day(*day)) }
                            @for (kind, _) in KINDS { td class="number" { (counts.get(&(*day, kind.to_owned())).unwrap_or(&0)) } }
                        }
                    }
                }
            }
        }
    })
}
