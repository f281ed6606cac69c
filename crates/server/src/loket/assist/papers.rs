//! The papers of a draft, scanned or photographed at the counter.

use super::super::clerk::{Clerk, Posted};
use super::super::page;
use super::{Step, address, head, seq, show};
use crate::app::Shared;
use crate::http::Ids;
use crate::problem::{Answer, Fault};
use crate::staff::assist::{self, Assisted};
use crate::staff::session::Staff;
use crate::staff::{origin, verbs};
use crate::uploads::MAX_BYTES;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use satu_pintu_api::application::FileItem;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::content::{Need, Requirement};

/// No form brings more: as many pages as any requirement takes.
pub const MOST: usize = 10 * MAX_BYTES as usize;

/// `GET /loket/bantu/{number}/berkas`
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk, Ids(number): Ids<String>) -> Response {
    show_all(&app, &staff, &number, None).await
}

/// `POST /loket/bantu/{number}/berkas/{item}`: one file or several, in their order.
pub async fn add(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    Ids((number, item)): Ids<(String, String)>,
    request: Request,
) -> Response {
    match added(&app, &staff, &number, &item, request).await {
        Ok(()) => Redirect::to(&format!("{}#syarat-{item}", address(&number, "/berkas"))).into_response(),
        Err(fault) => show_all(&app, &staff, &number, Some(&fault)).await,
    }
}

async fn added(app: &Shared, staff: &Staff, number: &str, item: &str, request: Request) -> Answer<()> {
    origin::check(app, request.method(), request.headers(), request.extensions())?;
    let refused = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::new(Code::FileTooLarge),
        _ => Fault::new(Code::BadRequest),
    };
    let mut form = Multipart::from_request(request, app).await.map_err(|_| Fault::new(Code::BadRequest))?;
    let mut some = false;
    while let Some(part) = form.next_field().await.map_err(refused)? {
        let name = part.file_name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(refused)?;
        if name.is_empty() && bytes.is_empty() {
            continue;
        }
        some = true;
        assist::attach(app, staff, number, item, &name, bytes).await?;
    }
    if some {
        Ok(())
    } else {
        Err(verbs::fault(&format!("item:{item}"), "file-missing", "Pilih atau foto berkasnya dulu."))
    }
}

/// `POST /loket/bantu/{number}/hapus/{id}`
pub async fn remove(
    State(app): State<Shared>,
    Ids((number, id)): Ids<(String, String)>,
    Posted(staff, _): Posted,
) -> Response {
    match assist::detach(&app, &staff, &number, &id).await {
        Ok(()) => Redirect::to(&address(&number, "/berkas")).into_response(),
        Err(fault) => show_all(&app, &staff, &number, Some(&fault)).await,
    }
}

async fn show_all(app: &Shared, staff: &Staff, number: &str, fault: Option<&Fault>) -> Response {
    match made(app, staff, number, fault).await {
        Ok(main) => show(staff, "Berkas", fault, main),
        Err(fault) => page::fault(Some(staff), &fault),
    }
}

async fn made(app: &Shared, staff: &Staff, number: &str, fault: Option<&Fault>) -> Answer<Markup> {
    let draft = assist::read(app, staff, number).await?;
    let content = app.content();
    let service = content.service(&draft.row.service).ok_or(Code::ServiceUnknown)?;
    let cards: Vec<&Requirement> = content.cards_with_file(service).collect();
    let brought: Vec<&str> = content
        .cards_without_file(service)
        .filter_map(|id| content.requirements.get(id))
        .map(|card| card.name.as_str())
        .collect();
    Ok(html! {
        (head(&draft, service, Step::Papers, fault))
        ol class="checklist" {
            @for card in cards {
                @let need = service.requirement.iter().find(|need| need.card == card.id);
                (one(&draft, card, need))
            }
        }
        @if !brought.is_empty() { p class="hint" { "Tidak dikirim sebagai berkas: " (brought.join(", ")) "." } }
        p { a class="btn" href=(address(&draft.row.number, "/kirim")) { "Lanjut: periksa dan kirim" } }
    })
}

fn one(draft: &Assisted, card: &Requirement, need: Option<&Need>) -> Markup {
    let number = &draft.row.number;
    let pages: Vec<&FileItem> = draft.files.iter().filter(|file| file.item == card.id && !file.replaced).collect();
    let most = usize::from(card.pages.max(1));
    let optional = need.is_some_and(|need| need.optional || !need.only_if.is_empty() || !need.when.is_empty());
    let input = format!("berkas-{}", card.id);
    html! {
        li class="item" id=(format!("syarat-{}", card.id)) {
            h2 { (card.name) @if optional { " " small { "(bila perlu)" } } }
            p class="hint" { (card.plain) @if let Some(need) = need { " " (need.only_if) } }
            @if !pages.is_empty() {
                ul class="pages-list" {
                    @for file in &pages {
                        @let paper = format!("/loket/berkas/{number}/kertas/{}", file.id);
                        @let withheld = draft.remarks.iter().find(|remark| remark.file == file.id).and_then(|remark| remark.withheld);
                        li {
                            @if let Some(code) = withheld {
                                "Halaman " (file.page) ": " (file.name)
                                p class="alert stop" { (code.title()) }
                            } @else {
                                a href=(paper) target="_blank" rel="noopener" {
                                    @if file.media_type.starts_with("image/") { img src=(paper) alt="" loading="lazy"; }
                                    "Halaman " (file.page) ": " (file.name)
                                }
                            }
                            form method="post" action=(address(number, &format!("/hapus/{}", file.id))) {
                                input type="hidden" name="seq" value=(seq(draft));
                                button type="submit" class="plain" { "Hapus" span class="hidden-text" { " halaman " (file.page) " dari " (card.name) } }
                            }
                        }
                    }
                }
            }
            @if pages.len() < most {
                form method="post" enctype="multipart/form-data" action=(address(number, &format!("/berkas/{}", card.id))) {
                    label for=(input) { "Pindai, foto atau pilih berkas" span class="hidden-text" { " untuk " (card.name) } }
                    input id=(input) name="berkas" type="file" accept="image/*,application/pdf" multiple[most > 1] required;
                    button type="submit" class="btn quiet" { "Tambahkan" span class="hidden-text" { " " (card.name) } }
                }
            }
        }
    }
}
