//! Signing in and out, and the password. Whoever has to sign in again in the middle of a form keeps what was
//! typed: it travels through the sign-in as hidden fields and is stored nowhere.

use super::assist;
use super::content::form::BEFORE;
use super::dossier::{self, Beside};
use super::form::Typed;
use super::page::{self, Page};
use super::wish;
use crate::app::Shared;
use crate::http::{Caller, Query, secure};
use crate::problem::{Answer, Fault};
use crate::staff::origin;
use crate::staff::session::{self, Signed, set_cookie};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::problem::Code;
use satu_pintu_api::staff::{ChangePassword, SignIn};
use serde::Deserialize;

/// Where the cookie of the pages is sent.
const PATH: &str = "/loket";

/// Marks what was typed before somebody had to sign in again.
const KEPT: &str = "isi.";

#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    ke: String,
}

/// The address of the sign-in that leads on to a page.
pub fn leading_to(path: &str) -> String {
    match ours(path) {
        Some("/loket") | None => "/loket/masuk".to_owned(),
        Some(path) => format!("/loket/masuk?ke={path}"),
    }
}

/// A path of the desk, and nothing else.
fn ours(path: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_".contains(c);
    let inside = path == PATH || path.strip_prefix("/loket/").is_some_and(|rest| !rest.starts_with("masuk"));
    (inside && path.chars().all(plain)).then_some(path)
}

/// `GET /loket/masuk`
pub async fn page(State(app): State<Shared>, headers: HeaderMap, Query(options): Query<Options>) -> Response {
    let onward = ours(&options.ke).unwrap_or(PATH).to_owned();
    if Signed::by_cookie(&app, &headers).await.is_ok() {
        return Redirect::to(&onward).into_response();
    }
    form(&onward, &Typed::default(), "", None)
}

/// The sign-in in the middle of a form that was posted to `path`.
pub fn again(path: &str, typed: &Typed, account: &str, fault: Option<&Fault>) -> Response {
    form(path, typed, account, fault)
}

fn form(onward: &str, kept: &Typed, account: &str, fault: Option<&Fault>) -> Response {
    let again = !kept.0.is_empty();
    let main = html! {
        div class="narrow" {
            h1 { @if again { "Masuk lagi" } @else { "Masuk ke loket" } }
            @if let Some(fault) = fault { (page::told(fault)) }
            @if again {
                div class="alert wait" role="status" {
                    p { strong { "Sesi Anda sudah berakhir." } " Tulisan Anda masih ada. Masuk lagi, lalu lanjutkan." }
                }
            }
            form method="post" action="/loket/masuk" {
                (carried(onward, kept))
                label for="akun" { "Akun" }
                input type="text" id="akun" name="akun" value=(account) required autocomplete="username" autocapitalize="none"
                    spellcheck="false" autofocus[account.is_empty()];
                label for="sandi" { "Kata sandi" }
                input id="sandi" name="sandi" type="password" required autocomplete="current-password"
                    autofocus[!account.is_empty()];
                button type="submit" class="btn" { "Masuk" }
            }
            p class="hint" { "Belum punya akun atau lupa kata sandi? Minta kepada pengelola akun di kantor Anda." }
        }
    };
    let status = match fault {
        Some(fault) => page::status(fault),
        None if again => StatusCode::UNAUTHORIZED,
        None => StatusCode::OK,
    };
    let page = Page { title: "Masuk", staff: None, at: "", wide: false, main }.with(status);
    match fault {
        Some(fault) => page::with_wait(page, fault),
        None => page,
    }
}

/// `POST /loket/masuk`
pub async fn enter(State(app): State<Shared>, caller: Caller, request: Request) -> Response {
    let (parts, typed) = match Typed::posted(&app, request).await {
        Ok(posted) => posted,
        Err(fault) => return page::fault(None, &fault),
    };
    let onward = ours(typed.get("ke")).unwrap_or(PATH).to_owned();
    let kept = kept(&typed);
    let body = SignIn { account: typed.get("akun").to_owned(), password: typed.get("sandi").to_owned() };
    let (secret, signed) = match session::enter(&app, caller, &body).await {
        Ok(entered) => entered,
        Err(fault) if kept.0.is_empty() => return form(&onward, &kept, &body.account, Some(&fault)),
        Err(fault) => return again(&onward, &kept, &body.account, Some(&fault)),
    };
    let cookie = set_cookie(&secret, PATH, secure(&app, &parts.headers, &parts.extensions));
    let mut response = if signed.must_change && kept.0.is_empty() {
        Redirect::to("/loket/sandi").into_response()
    } else if signed.must_change {
        change(signed, &onward, &kept, None)
    } else if kept.0.is_empty() {
        Redirect::to(&onward).into_response()
    } else {
        match signed.staff(None) {
            Ok(staff) => resume(&app, &staff, &onward, kept).await,
            Err(fault) => page::fault(None, &fault),
        }
    };
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// The page of the form again, with what was typed.
async fn resume(app: &Shared, staff: &session::Staff, path: &str, kept: Typed) -> Response {
    let number = path.strip_prefix("/loket/berkas/").and_then(|rest| rest.split('/').next());
    if let Some(number) = number {
        let verb = path.rsplit('/').next().unwrap_or_default();
        return dossier::show(app, staff, number, Beside { kept, verb: verb.to_owned(), ..Beside::back() }).await;
    }
    let draft = path.strip_prefix("/loket/bantu/").filter(|rest| !rest.contains('/'));
    if let Some(number) = draft {
        return assist::fill::again(app, staff, number, &kept, None).await;
    }
    let hidden = |name: &str| ["seq", "jawaban", "sekali"].contains(&name) || name.starts_with(BEFORE);
    let main = html! {
        h1 { "Tulisan Anda masih ada" }
        p { "Anda sudah masuk lagi. Periksa isian ini, lalu kirim." }
        form method="post" action=(path) {
            @for (at, (name, value)) in kept.0.iter().enumerate() {
                @if hidden(name) { input type="hidden" name=(name) value=(value); } @else {
                    label for=(format!("isi-{at}")) { (name) }
                    textarea id=(format!("isi-{at}")) name=(name) rows="2" { (value) }
                }
            }
            button type="submit" class="btn" { "Kirim sekarang" }
        }
    };
    Page { title: "Lanjutkan", staff: Some(staff), at: "", wide: false, main }.respond()
}

/// `POST /loket/keluar`
pub async fn leave(State(app): State<Shared>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if let Err(fault) = origin::check(&app, &parts.method, &parts.headers, &parts.extensions) {
        return page::fault(None, &fault);
    }
    if let Ok(signed) = Signed::by_cookie(&app, &parts.headers).await
        && let Err(fault) = session::leave(&app, &signed).await
    {
        return page::fault(None, &fault);
    }
    let secure = secure(&app, &parts.headers, &parts.extensions);
    let mut response = Redirect::to("/loket/masuk").into_response();
    for cookie in [set_cookie("", PATH, secure), wish::cookie("", secure)] {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// `GET /loket/sandi`
pub async fn password_page(State(app): State<Shared>, headers: HeaderMap) -> Response {
    match Signed::by_cookie(&app, &headers).await {
        Ok(signed) => change(signed, PATH, &Typed::default(), None),
        Err(_) => Redirect::to(&leading_to("/loket/sandi")).into_response(),
    }
}

/// `POST /loket/sandi`
pub async fn password(State(app): State<Shared>, caller: Caller, request: Request) -> Response {
    let (parts, typed) = match Typed::posted(&app, request).await {
        Ok(posted) => posted,
        Err(fault) => return page::fault(None, &fault),
    };
    let onward = ours(typed.get("ke")).unwrap_or(PATH).to_owned();
    let kept = kept(&typed);
    let Ok(mut signed) = Signed::by_cookie(&app, &parts.headers).await else {
        return if kept.0.is_empty() {
            Redirect::to(&leading_to("/loket/sandi")).into_response()
        } else {
            again(&onward, &kept, "", None)
        };
    };
    if let Err(fault) = renew(&app, caller, &signed, &typed).await {
        return change(signed, &onward, &kept, Some(&fault));
    }
    if kept.0.is_empty() {
        return Redirect::to("/loket?selesai=sandi").into_response();
    }
    signed.must_change = false;
    match signed.staff(None) {
        Ok(staff) => resume(&app, &staff, &onward, kept).await,
        Err(fault) => page::fault(None, &fault),
    }
}

/// What was typed before the sign-in.
fn kept(typed: &Typed) -> Typed {
    Typed(typed.under(KEPT).map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// Where it leads to and what was typed, to travel on through a form.
fn carried(onward: &str, kept: &Typed) -> Markup {
    html! {
        input type="hidden" name="ke" value=(onward);
        @for (name, value) in &kept.0 { input type="hidden" name=(format!("{KEPT}{name}")) value=(value); }
    }
}

async fn renew(app: &Shared, caller: Caller, signed: &Signed, typed: &Typed) -> Answer<()> {
    if typed.get("baru") != typed.get("ulang") {
        return Err(Fault::new(Code::Invalid).detail("Kedua tulisan kata sandi baru berbeda. Tulis lagi."));
    }
    let body = ChangePassword { old: typed.get("lama").to_owned(), new: typed.get("baru").to_owned() };
    session::renew_password(app, caller, signed, &body).await
}

fn change(signed: Signed, onward: &str, kept: &Typed, fault: Option<&Fault>) -> Response {
    let once = signed.must_change;
    let staff = signed.staff(None).ok();
    let field = |id: &str, label: &str, autocomplete: &str| -> Markup {
        html! {
            label for=(id) { (label) }
            input id=(id) name=(id) type="password" required autocomplete=(autocomplete);
        }
    };
    let main = html! {
        div class="narrow" {
            h1 { "Ganti kata sandi" }
            @if let Some(fault) = fault { (page::told(fault)) }
            @if !kept.0.is_empty() { p class="alert wait" role="status" { "Tulisan Anda masih ada. Buat kata sandi, lalu lanjutkan." } }
            @if once { p { "Kata sandi sekali pakai hanya untuk masuk pertama kali. Buat kata sandi Anda sendiri." } }
            form method="post" action="/loket/sandi" {
                (carried(onward, kept))
                (field("lama", "Kata sandi sekarang", "current-password"))
                p class="hint" { "Kata sandi baru paling sedikit 12 huruf. Kalimat pendek mudah diingat." }
                (field("baru", "Kata sandi baru", "new-password"))
                (field("ulang", "Kata sandi baru sekali lagi", "new-password"))
                button type="submit" class="btn" { "Simpan" }
            }
        }
    };
    let status = fault.map_or(StatusCode::OK, page::status);
    Page { title: "Kata sandi", staff: staff.as_ref(), at: "", wide: false, main }.with(status)
}
