//! The desk in the browser, under `/loket`: HTML made here, forms that are posted, and one small script that
//! makes work quicker and is never needed. What staff may do and what follows is in [`crate::staff`]; the pages
//! only ask it.
//!
//! [`page`] is the frame of every page, [`clerk`] says who asks, [`sign`] lets people in, [`queue`] lists files,
//! [`dossier`] shows one and [`act`] does something with it.

mod act;
mod asset;
mod calls;
mod checklist;
mod clerk;
mod deeds;
mod dossier;
mod figures;
mod form;
mod history;
mod notices;
mod page;
mod paper;
mod people;
mod presence;
mod queue;
mod sign;
mod slips;
mod wish;

use crate::app::Shared;
use axum::Router;
use axum::routing::{get, post};

/// `/loket...`
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/loket", get(queue::page))
        .route("/loket/cari", post(queue::search))
        .route("/loket/berikut", get(queue::next))
        .route("/loket/masuk", get(sign::page).post(sign::enter))
        .route("/loket/keluar", post(sign::leave))
        .route("/loket/sandi", get(sign::password_page).post(sign::password))
        .route("/loket/berkas/{number}", get(dossier::page))
        .route("/loket/berkas/{number}/hadir", get(presence::fragment))
        .route("/loket/berkas/{number}/kertas/{id}", get(paper::page))
        .route("/loket/berkas/{number}/izin", get(paper::permit))
        .route("/loket/berkas/{number}/{verb}", post(act::act))
        .route("/loket/telepon", get(calls::page))
        .route("/loket/telepon/{id}", post(calls::rung))
        .route("/loket/gangguan", get(notices::page).post(notices::begin))
        .route("/loket/gangguan/{id}", post(notices::end))
        .route("/loket/survei", get(slips::page).post(slips::make))
        .route("/loket/angka", get(figures::page))
        .route("/loket/akun", get(people::page))
        .route("/loket/akun/{verb}", post(people::act))
        .route("/loket/alat/{file}", get(asset::file))
}
