//! Staff accounts: who there is, with which roles; a new one, another password, no more access.

use super::clerk::{Clerk, Posted};
use super::form::Typed;
use super::page::{self, Page};
use crate::Failure;
use crate::app::Shared;
use crate::http::Ids;
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::accounts::{self, Known, Post};
use crate::staff::deeds::{self, Done};
use crate::staff::session::Staff;
use crate::staff::verbs::fault;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::date::Zone;
use satu_pintu_domain::staff::{Deed, Role, Roles};

/// So many deeds are shown.
const LATEST: i64 = 100;

/// What the page says besides the accounts.
#[derive(Default)]
struct Told {
    fault: Option<Fault>,
    done: String,
    /// Of whom, told once.
    password: Option<String>,
}

/// `GET /loket/akun`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk) -> Response {
    show(&app, &staff, &Typed::default(), Told::default()).await
}

/// `POST /loket/akun/{verb}`
pub async fn act(State(app): State<Shared>, Ids(verb): Ids<String>, Posted(staff, typed): Posted) -> Response {
    match done(&app, &staff, &verb, &typed).await {
        Ok(told) => show(&app, &staff, &Typed::default(), told).await,
        Err(fault) => show(&app, &staff, &typed, Told { fault: Some(fault), ..Told::default() }).await,
    }
}

/// What the accounts refuse is a sentence for whoever reads it.
fn said(failure: Failure) -> Fault {
    fault("account", "option-unknown", &format!("{failure}."))
}

async fn done(app: &Shared, staff: &Staff, verb: &str, typed: &Typed) -> Answer<Told> {
    staff.may(Deed::Accounts)?;
    let account = typed.get("akun").trim().to_lowercase();
    let roles = Roles(typed.all("peran").filter_map(|role| role.parse().ok()).collect());
    let post = Post { roles, agency: typed.get("dinas").to_owned() };
    let own = account == staff.account;
    let by = staff.account.as_str();
    let (done, password) = match verb {
        "tambah" => {
            let password =
                accounts::add(&app.store, by, &account, typed.get("nama"), &post, app.now()).await.map_err(said)?;
            (format!("Akun {account} dibuat."), Some(password))
        }
        "peran" if own && !post.roles.0.contains(&Role::Administrator) => {
            return Err(fault(
                "roles",
                "option-unknown",
                "Peran pengelola akun Anda sendiri hanya bisa dilepas pengelola lain.",
            ));
        }
        "peran" => {
            accounts::give(&app.store, by, &account, &post, app.now()).await.map_err(said)?;
            (format!("Peran akun {account} diganti."), None)
        }
        "nonaktif" if own => {
            return Err(fault(
                "account",
                "option-unknown",
                "Akun Anda sendiri hanya bisa dinonaktifkan pengelola lain.",
            ));
        }
        "nonaktif" => {
            accounts::disable(&app.store, by, &account, app.now()).await.map_err(said)?;
            (format!("Akun {account} dinonaktifkan dan dikeluarkan."), None)
        }
        "sandi" => {
            let password = accounts::renew(&app.store, by, &account, app.now()).await.map_err(said)?;
            (format!("Kata sandi akun {account} diganti."), Some(password))
        }
        _ => return Err(Code::NotFound.into()),
    };
    Ok(Told { done, password, fault: None })
}

async fn show(app: &Shared, staff: &Staff, typed: &Typed, told: Told) -> Response {
    if let Err(fault) = staff.may(Deed::Accounts) {
        return page::fault(Some(staff), &fault);
    }
    let known = match accounts::all(&app.store).await {
        Ok(known) => known,
        Err(failure) => return page::fault(Some(staff), &Fault::broken(failure)),
    };
    let done = match deeds::latest(&app.store, LATEST).await {
        Ok(done) => done,
        Err(fault) => return page::fault(Some(staff), &fault),
    };
    let content = app.content();
    let agencies: Vec<(&str, &str)> =
        content.office().agency.iter().map(|agency| (agency.id.as_str(), agency.name.as_str())).collect();
    let main = html! {
        h1 { "Akun petugas" }
        @if let Some(fault) = &told.fault { (page::told(fault)) }
        @if !told.done.is_empty() {
            div class="alert done" role="status" tabindex="-1" id="hasil" {
                p { (told.done) }
                @if let Some(password) = &told.password {
                    p class="key" { "Kata sandi sekali pakai: " strong { (password) } }
                    p { "Berikan langsung kepada orangnya. Kata sandi ini tidak ditampilkan lagi." }
                }
            }
        }
        @for known in &known { (one(known, &agencies)) }
        h2 { "Akun baru" }
        form method="post" action="/loket/akun/tambah" {
            label for="akun-baru" { "Nama akun: huruf kecil, angka, titik atau tanda hubung" }
            input type="text" id="akun-baru" name="akun" required autocapitalize="none" spellcheck="false" value=(typed.get("akun"));
            label for="nama-baru" { "Nama petugas" }
            input type="text" id="nama-baru" name="nama" required value=(typed.get("nama"));
            (roles("baru", &typed.all("peran").filter_map(|role| role.parse().ok()).collect::<Vec<_>>(), typed.get("dinas"), &agencies))
            button type="submit" class="btn" { "Buat akun" }
        }
        (did(&done, &known, content.zone()))
    };
    let status = told.fault.as_ref().map_or(StatusCode::OK, page::status);
    Page { title: "Akun petugas", staff: Some(staff), at: "/loket/akun", wide: false, main }.with(status)
}

/// What was done beside the files: those have a history of their own.
fn did(done: &[Done], known: &[Known], zone: Zone) -> Markup {
    let name = |account: &str| match known.iter().find(|one| one.account == account) {
        Some(one) => one.name.clone(),
        None if account == deeds::CONSOLE => "Komputer kantor".to_owned(),
        None => account.to_owned(),
    };
    html! {
        h2 { "Siapa melakukan apa" }
        @if done.is_empty() { p { "Belum ada." } } @else {
            p class="hint" { "Tindakan di luar berkas, yang terbaru lebih dulu. Riwayat berkas ada di berkasnya." }
            table {
                thead { tr { th scope="col" { "Kapan" } th scope="col" { "Siapa" } th scope="col" { "Apa" } } }
                tbody {
                    @for one in done {
                        tr { td { (words::moment(one.at, zone)) } td { (name(&one.account)) } td { (one.deed.words()) " " (one.about) } }
                    }
                }
            }
        }
    }
}

fn one(known: &Known, agencies: &[(&str, &str)]) -> Markup {
    let button = |verb: &str, label: &str| {
        html! {
            form method="post" action=(format!("/loket/akun/{verb}")) {
                input type="hidden" name="akun" value=(known.account);
                button type="submit" class="plain" { (label) span class="hidden-text" { " untuk " (known.account) } }
            }
        }
    };
    html! {
        details class="deed" {
            summary { (known.name) " (" (known.account) "), " (known.state) }
            form method="post" action="/loket/akun/peran" {
                input type="hidden" name="akun" value=(known.account);
                (roles(&known.account, &known.post.roles.0, &known.post.agency, agencies))
                button type="submit" class="btn" { "Simpan peran" span class="hidden-text" { " untuk " (known.account) } }
            }
            div class="buttons" { (button("sandi", "Beri kata sandi baru")) (button("nonaktif", "Nonaktifkan")) }
        }
    }
}

fn roles(of: &str, has: &[Role], agency: &str, agencies: &[(&str, &str)]) -> Markup {
    let id = format!("dinas-{of}");
    html! {
        fieldset {
            legend { "Peran" }
            @for role in Role::ALL {
                label class="check" { input type="checkbox" name="peran" value=(role.id()) checked[has.contains(role)]; " " (role.title()) }
            }
        }
        label for=(id) { "Dinas, untuk peran dinas teknis" }
        select id=(id) name="dinas" {
            option value="" { "Tidak ada" }
            @for (id, name) in agencies { option value=(id) selected[*id == agency] { (name) } }
        }
    }
}
