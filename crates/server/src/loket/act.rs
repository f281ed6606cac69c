//! What is posted on the page of a file: read from the form, done by [`crate::staff`], told on the same page.

use super::clerk::Posted;
use super::dossier::{self, Beside};
use super::form::Typed;
use super::page;
use crate::app::Shared;
use crate::applications::open::Open;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use crate::staff::session::Staff;
use crate::staff::verbs::{self, fault};
use crate::staff::{issue, origin, rekey, told};
use axum::extract::State;
use axum::http::{Extensions, HeaderMap};
use axum::response::{IntoResponse, Redirect, Response};
use satu_pintu_api::problem::Code;
use satu_pintu_api::staff::{AgencyAnswer, AskAgency, Decide, Visit};
use satu_pintu_domain::application::{self, Mark, Returned, What};
use satu_pintu_domain::staff::Deed;
use satu_pintu_domain::validate;

/// `POST /loket/berkas/{number}/{verb}`
pub async fn act(
    State(app): State<Shared>,
    Ids((number, verb)): Ids<(String, String)>,
    headers: HeaderMap,
    extensions: Extensions,
    Posted(staff, typed): Posted,
) -> Response {
    let base = origin::site(&app, &headers, &extensions);
    match done(&app, &staff, &number, &verb, &typed, &base).await {
        Ok(Done { what, key: None }) => Redirect::to(&format!("/loket/berkas/{number}?selesai={what}")).into_response(),
        Ok(Done { what, key }) => {
            dossier::show(&app, &staff, &number, Beside { done: what.to_owned(), key, ..Beside::default() }).await
        }
        Err(fault) if matches!(fault.code, Code::NotFound) => page::fault(Some(&staff), &fault),
        Err(fault) => {
            let beside = Beside { kept: typed, verb, fault: Some(fault.clone()), ..Beside::default() };
            page::with_wait(dossier::show(&app, &staff, &number, beside).await, &fault)
        }
    }
}

/// What was done, as the page says it.
struct Done {
    what: &'static str,
    key: Option<String>,
}

fn plain(what: &'static str) -> Done {
    Done { what, key: None }
}

async fn done(app: &Shared, staff: &Staff, number: &str, verb: &str, typed: &Typed, base: &str) -> Answer<Done> {
    let open = async |deed| Open::by_staff(app, staff, deed, number).await;
    let text = written(typed.get("teks"), typed.get("kalimat"));
    let (open, done) = match verb {
        "ambil" => {
            let mut open = open(Deed::Check).await?;
            open.add(What::Taken).await?;
            (open, plain("ambil"))
        }
        "periksa" => {
            let mut open = open(Deed::Check).await?;
            let done = check(&mut open, typed).await?;
            (open, done)
        }
        "tanya" => {
            let mut open = open(Deed::Ask).await?;
            if !typed.has("dinas") {
                return Err(fault("agency", "required", "Pilih dinas yang ditanya."));
            }
            for agency in typed.all("dinas") {
                let ask = AskAgency { agency: agency.to_owned(), question: text.clone(), days: None };
                verbs::ask(&mut open, ask).await?;
            }
            (open, plain("tanya"))
        }
        "jawab" => {
            let mut open = open(Deed::Answer).await?;
            let agrees = yes(typed.get("setuju"), "ya", "tidak", "Pilih setuju atau tidak setuju.")?;
            let body = AgencyAnswer { agency: typed.get("dinas").to_owned(), agrees, text };
            verbs::answer(&mut open, staff, body).await?;
            (open, plain("jawab"))
        }
        "kunjungan" => {
            let mut open = open(Deed::Visit).await?;
            let on = validate::date(typed.get("hari"));
            let on = on.map_err(|code| fault("on", code, "Tulis tanggal kunjungan, misalnya 30 Maret 2026."))?;
            verbs::visit(&mut open, Visit { on, note: text }).await?;
            (open, plain("kunjungan"))
        }
        "usul" | "pastikan" => {
            let deed = if verb == "usul" { Deed::Propose } else { Deed::Confirm };
            let mut open = open(deed).await?;
            let grant = yes(typed.get("putusan"), "setuju", "tolak", "Pilih setujui atau tolak.")?;
            let body = Decide { grant, reason: text, anyway: typed.get("tetap") == "ya" };
            verbs::decide(&mut open, staff, body).await?;
            let proposed = matches!(open.events.last().map(|event| &event.what), Some(What::Proposed { .. }));
            (open, plain(if proposed { "usul" } else { "pastikan" }))
        }
        "keberatan" => {
            let mut open = open(Deed::Confirm).await?;
            let revoking = application::revocation(&open.events).is_some();
            verbs::object(&mut open, &text).await?;
            (open, plain(if revoking { "keberatan-cabut" } else { "keberatan" }))
        }
        "cabut" => {
            let mut open = open(Deed::Revoke).await?;
            verbs::revoke(&mut open, &text).await?;
            let done = matches!(open.events.last().map(|event| &event.what), Some(What::Revoked { .. }));
            (open, plain(if done { "cabut" } else { "usul-cabut" }))
        }
        "terbit" => {
            issue::sign(app, open(Deed::Issue).await?, base).await?;
            return Ok(plain("terbit"));
        }
        "serah" => {
            let mut open = open(Deed::HandOver).await?;
            verbs::hand_over(&mut open, &text).await?;
            (open, plain("serah"))
        }
        "kabar" => {
            let mut open = open(Deed::Tell).await?;
            told::write(&mut open, &text).await?;
            (open, plain("kabar"))
        }
        "kunci" => {
            let mut open = open(Deed::Assist).await?;
            if typed.get("ktp") != "ya" {
                return Err(fault("seen_ktp", "required", "Lihat KTP pemohon dulu, lalu centang."));
            }
            let key = rekey::renew(&mut open).await?;
            (open, Done { what: "kunci", key: Some(key.shown()) })
        }
        _ => return Err(Code::NotFound.into()),
    };
    open.commit().await?;
    Ok(done)
}

/// What was typed, else the ready sentence that was chosen.
fn written(typed: &str, ready: &str) -> String {
    if typed.trim().is_empty() { ready.to_owned() } else { typed.to_owned() }
}

fn yes(value: &str, yes: &str, no: &str, says: &str) -> Answer<bool> {
    match value {
        value if value == yes => Ok(true),
        value if value == no => Ok(false),
        _ => Err(fault("choice", "required", says)),
    }
}

/// Accepts and sends back in one go: all of it, or nothing.
async fn check(open: &mut Open, typed: &Typed) -> Answer<Done> {
    let accepted = open.status().accepted;
    let chosen = |wanted: &'static str| {
        typed.under("item:").filter(move |(_, choice)| *choice == wanted).map(|(item, _)| item.to_owned())
    };
    if typed.get("semua") == "ya" {
        verbs::accept(open, Vec::new()).await?;
        return Ok(plain("periksa"));
    }
    let accept: Vec<String> = chosen("terima").filter(|item| !accepted.contains(item)).collect();
    let back = chosen("kembali").map(|item| returned(typed, item)).collect::<Answer<Vec<Returned>>>()?;
    if accept.is_empty() && back.is_empty() {
        return Err(fault("items", "required", "Pilih terima atau kembalikan untuk paling sedikit satu syarat."));
    }
    if !accept.is_empty() {
        verbs::accept(open, accept).await?;
    }
    if back.is_empty() {
        return Ok(plain("periksa"));
    }
    verbs::send_back(open, back).await?;
    Ok(plain("kembali"))
}

fn returned(typed: &Typed, item: String) -> Answer<Returned> {
    let reason = written(typed.get(&format!("alasan:{item}")), typed.get(&format!("kalimat:{item}")));
    let mark = mark(typed.get(&format!("tanda:{item}")))?;
    Ok(Returned { item, reason, mark })
}

/// `id x y width height`, as the script writes it.
fn mark(text: &str) -> Answer<Option<Mark>> {
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || Fault::new(Code::BadRequest);
    let mut parts = text.split(' ');
    let file = parts.next().ok_or_else(bad)?.to_owned();
    let mut number = || parts.next().and_then(|part| part.parse().ok()).ok_or_else(bad);
    let (x, y, width, height) = (number()?, number()?, number()?, number()?);
    Ok(Some(Mark { file, x, y, width, height }))
}
