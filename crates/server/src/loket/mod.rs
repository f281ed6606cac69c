//! The desk in the browser, under `/loket`: HTML made here, forms that are posted, and one small script that
//! makes work quicker and is never needed. What staff may do and what follows is in [`crate::staff`]; the pages
//! only ask it.
//!
//! [`page`] is the frame of every page, [`clerk`] says who asks, [`sign`] lets people in, [`queue`] lists files,
//! [`dossier`] shows one and [`act`] does something with it.

mod act;
mod asset;
mod assist;
mod calls;
mod checklist;
mod clerk;
mod content;
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
use axum::extract::DefaultBodyLimit;
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
        .merge(assist())
        .merge(contents())
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

/// `/loket/bantu...`
fn assist() -> Router<Shared> {
    use assist::{begin, choose, fill, papers, send};
    Router::new()
        .route("/loket/bantu", get(choose::page))
        .route("/loket/bantu/cari", get(choose::wizard))
        .route("/loket/bantu/mulai/{service}", get(begin::page).post(begin::begin))
        .route("/loket/bantu/{number}", get(fill::page).post(fill::save))
        .route("/loket/bantu/{number}/berkas", get(papers::page))
        .route("/loket/bantu/{number}/berkas/{item}", post(papers::add).layer(DefaultBodyLimit::max(papers::MOST)))
        .route("/loket/bantu/{number}/hapus/{id}", post(papers::remove))
        .route("/loket/bantu/{number}/kirim", get(send::page).post(send::send))
        .route("/loket/bantu/{number}/selesai", get(send::done))
        .route("/loket/bantu/{number}/lembar", post(send::sheet))
}

/// `/loket/isi...`
fn contents() -> Router<Shared> {
    use content::{form, holiday, list, preview};
    Router::new()
        .route("/loket/isi", get(list::page))
        .route("/loket/isi/libur", get(holiday::page).post(holiday::send))
        .route("/loket/isi/ubah/{topic}", get(form::page).post(form::send))
        .route("/loket/isi/{id}/lihat/{at}", get(preview::page))
        .route("/loket/isi/{id}/{verb}", post(list::act))
}
