//! The frame of every page of the desk: head, who is signed in, where one can go, and its headers.

use super::asset;
use crate::problem::{self, Fault};
use crate::staff::session::Staff;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use satu_pintu_domain::staff::Deed;

/// Own style, own script, own pictures and papers; forms go nowhere else and nobody frames the desk.
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
     frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page of somebody, or of nobody who has signed in.
pub struct Page<'a> {
    pub title: &'a str,
    pub staff: Option<&'a Staff>,
    /// The address of the menu's entry that this belongs to.
    pub at: &'a str,
    /// Takes the whole width.
    pub wide: bool,
    pub main: Markup,
}

/// Where one can go, and with which right.
const MENU: &[(&str, &str, Deed)] = &[
    ("/loket", "Antrean", Deed::Read),
    ("/loket/bantu", "Bantu pemohon", Deed::Assist),
    ("/loket/telepon", "Telepon", Deed::Tell),
    ("/loket/gangguan", "Gangguan", Deed::Notices),
    ("/loket/survei", "Kode survei", Deed::Slips),
    ("/loket/angka", "Angka", Deed::Figures),
    ("/loket/isi", "Isi layanan", Deed::Content),
    ("/loket/akun", "Akun", Deed::Accounts),
];

/// The first page of somebody who does not read files.
pub fn elsewhere(staff: &Staff) -> Option<&'static str> {
    let mut own = MENU.iter().filter(|(_, _, deed)| staff.roles.may(*deed));
    own.next().map(|(href, _, _)| *href).filter(|href| *href != "/loket")
}

impl Page<'_> {
    pub fn respond(self) -> Response {
        self.with(StatusCode::OK)
    }

    pub fn with(self, status: StatusCode) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang="id" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · Loket Satu Pintu" }
                    link rel="stylesheet" href=(asset::style());
                    link rel="icon" href="/icon.svg";
                    script defer src=(asset::script()) {}
                }
                body {
                    a class="skip" href="#isi" { "Langsung ke isi" }
                    header class="top" {
                        p class="name" { "Loket " strong { "Satu Pintu" } }
                        @if let Some(staff) = self.staff {
                            nav aria-label="Menu" {
                                @for (href, label, deed) in MENU {
                                    @if staff.roles.may(*deed) {
                                        a href=(href) aria-current=[(*href == self.at).then_some("page")] { (label) }
                                    }
                                }
                            }
                            p class="who" { (staff.name) }
                            a href="/loket/sandi" { "Kata sandi" }
                            form method="post" action="/loket/keluar" { button type="submit" class="plain" { "Keluar" } }
                        }
                    }
                    main id="isi" class=[self.wide.then_some("wide")] { (self.main) }
                    @if self.staff.is_some() { (keys()) }
                }
            }
        };
        let head = [
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, CSP),
            // Forms say where they come from; other sites learn nothing.
            (header::REFERRER_POLICY, "same-origin"),
        ];
        (status, head, page).into_response()
    }
}

/// The keys, and the switch that turns them off. The script fills and opens it.
fn keys() -> Markup {
    let keys = [
        ("/", "cari di antrean"),
        ("j atau ↓, k atau ↑", "baris berikut, baris sebelum"),
        ("Enter", "buka berkas"),
        ("a", "terima syarat yang dipilih"),
        ("x", "kembalikan syarat yang dipilih"),
        ("n, p", "halaman berikut, halaman sebelum"),
        ("r", "putar gambar"),
        ("+, -", "perbesar, perkecil"),
        ("m", "tandai tempat yang salah; panah menggeser, Shift dan panah mengubah ukuran"),
        ("Ctrl + Enter", "kirim isian"),
        ("u", "kembali ke antrean"),
        ("?", "daftar ini"),
    ];
    html! {
        dialog id="keys" aria-labelledby="keys-title" {
            h2 id="keys-title" { "Tombol pintas" }
            dl { @for (key, what) in keys { div { dt { kbd { (key) } } dd { (what) } } } }
            label { input type="checkbox" id="keys-on" checked; " Pakai tombol pintas di komputer ini" }
            form method="dialog" { button type="submit" class="btn" { "Tutup" } }
        }
    }
}

/// What went wrong, in words and at the top.
pub fn told(fault: &Fault) -> Markup {
    html! {
        div class="alert stop" role="alert" tabindex="-1" id="salah" {
            p { strong { (fault.code.title()) } }
            @if !fault.detail.is_empty() { p { (fault.detail) } }
        }
    }
}

/// A page that says only what went wrong.
pub fn fault(staff: Option<&Staff>, fault: &Fault) -> Response {
    let main = html! {
        h1 { "Ini tidak berhasil" }
        (told(fault))
        p { a class="btn" href="/loket" { "Kembali ke antrean" } }
    };
    let page = Page { title: "Tidak berhasil", staff, at: "", wide: false, main };
    with_wait(page.with(status(fault)), fault)
}

/// The status of a page that says what went wrong.
pub fn status(fault: &Fault) -> StatusCode {
    let status = fault.status.unwrap_or(fault.code.status());
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

pub fn with_wait(mut response: Response, fault: &Fault) -> Response {
    if let Some(seconds) = fault.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Ok(code) = HeaderValue::from_str(&problem::name(fault.code)) {
        response.headers_mut().insert("x-problem", code);
    }
    response
}
