//! The papers of a file beside its checklist: pictures that turn and grow, PDFs as the browser shows them.

use super::clerk::Clerk;
use super::dossier::View;
use super::page;
use crate::app::Shared;
use crate::files::name::disposition;
use crate::http::Ids;
use crate::problem::Answer;
use crate::staff::session::Staff;
use crate::staff::{files, issue};
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// A picture runs nothing; the browser's PDF reader needs its own page not to be sandboxed. Only the desk
/// frames it.
const CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Kinds that are shown in the browser; whatever else there is goes down as a file.
const SHOWN: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

/// `GET /loket/berkas/{number}/kertas/{id}`
pub async fn page(
    State(app): State<Shared>,
    Clerk(staff): Clerk,
    Ids((number, id)): Ids<(String, String)>,
) -> Response {
    open(&app, &staff, &number, &id).await.unwrap_or_else(|fault| page::fault(Some(&staff), &fault))
}

async fn open(app: &Shared, staff: &Staff, number: &str, id: &str) -> Answer<Response> {
    let (object, name, media_type) = files::find(app, staff, number, id).await?;
    if !SHOWN.contains(&media_type.as_str()) {
        return files::stream(app, &object, &name, media_type).await;
    }
    let file = app.files.get(&object).await?;
    let head = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_LENGTH, file.meta.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&name).replacen("attachment", "inline", 1)),
        // Papers do not change; they stay in the memory of this browser while the file is worked on.
        (header::CACHE_CONTROL, "private, max-age=600".to_owned()),
        (header::CONTENT_SECURITY_POLICY, CSP.to_owned()),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN".to_owned()),
    ];
    Ok((head, Body::from_stream(file.into_stream())).into_response())
}

/// `GET /loket/berkas/{number}/izin`
pub async fn permit(State(app): State<Shared>, Clerk(staff): Clerk, Ids(number): Ids<String>) -> Response {
    let paper = issue::paper(&app, &staff, &number).await;
    paper.unwrap_or_else(|fault| page::fault(Some(&staff), &fault))
}

/// All pages one below the other; the script shows one at a time, with its tools.
pub fn viewer(view: &View) -> Markup {
    let papers = view.papers();
    html! {
        section class="viewer" aria-label="Berkas pemohon" {
            div class="tools" hidden {
                button type="button" data-tool="before" { "Sebelumnya" }
                output id="mana" aria-live="polite" {}
                button type="button" data-tool="after" { "Berikutnya" }
                button type="button" data-tool="turn" { "Putar" }
                button type="button" data-tool="smaller" aria-label="Perkecil" { "−" }
                button type="button" data-tool="larger" aria-label="Perbesar" { "+" }
                button type="button" data-tool="mark" aria-pressed="false" { "Tandai" }
            }
            @if papers.is_empty() { p { "Tidak ada berkas." } }
            @for file in &papers {
                @let address = view.address(&format!("/kertas/{}", file.id));
                @let card = view.card_name(&file.item);
                figure class="sheet" id=(format!("kertas-{}", file.id)) data-id=(file.id) data-of=(file.item) tabindex="-1" {
                    figcaption { (card) ", halaman " (file.page) " " a href=(address) target="_blank" rel="noopener" { "Buka di tab baru" } }
                    @let remark = view.dossier.remarks.iter().find(|remark| remark.file == file.id);
                    @if let Some(said) = remark.and_then(|remark| judged(&remark.judged)) { p class="hint" { (said) } }
                    @if let Some(code) = remark.and_then(|remark| remark.withheld) {
                        p class="alert stop" { (code.title()) }
                    } @else if file.media_type.starts_with("image/") {
                        div class="stage" tabindex="0" role="group" aria-label=(format!("Gambar {card}, halaman {}", file.page)) {
                            div class="turn" {
                                img src=(address) alt=(format!("{card}, halaman {}", file.page)) loading="lazy";
                                svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true" { rect hidden {} }
                            }
                        }
                    } @else if file.media_type == "application/pdf" {
                        iframe src=(address) title=(format!("{card}, halaman {}", file.page)) loading="lazy" {}
                    } @else {
                        p { a href=(address) { "Unduh " (file.name) } }
                    }
                }
            }
        }
    }
}

/// What staff are told of a photo that the applicant's phone advised against.
fn judged(codes: &[String]) -> Option<String> {
    let word = |code: &String| match code.as_str() {
        "blank" => Some("tampak kosong"),
        "dark" => Some("gelap"),
        "glare" => Some("kena pantulan cahaya"),
        "cropped" => Some("terpotong"),
        "tilted" => Some("miring"),
        "small" => Some("hurufnya terlalu kecil"),
        "blur" => Some("buram"),
        "twice" => Some("sama dengan foto lain"),
        _ => None,
    };
    let words: Vec<&str> = codes.iter().filter_map(word).collect();
    (!words.is_empty()).then(|| format!("Pemohon memakai foto ini walau {}.", words.join(" dan ")))
}
