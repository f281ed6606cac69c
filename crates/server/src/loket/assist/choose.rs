//! Which service: by its name, or by the questions of the wizard, walked by the same rules.

use super::super::clerk::Clerk;
use super::super::page;
use super::{PATH, show};
use crate::app::Shared;
use crate::contents::Published;
use crate::permit::words;
use crate::problem::{Answer, Fault};
use crate::staff::assist::{Unfinished, unfinished};
use crate::staff::session::Staff;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use maud::{Markup, html};
use satu_pintu_app::answers::{from_query, option_name, pair, to_query, told};
use satu_pintu_domain::content::{Channel, RuleWords, Service};
use satu_pintu_domain::rules::{self, Ask, Done, Kind, Step};
use satu_pintu_domain::staff::Deed;

/// More options than this are a list to choose from, where typing finds one.
const FEW: usize = 12;

/// `GET /loket/bantu`: what is not finished, and the services to begin with.
pub async fn page(State(app): State<Shared>, Clerk(staff): Clerk) -> Response {
    match unfinished(&app, &staff).await {
        Ok(drafts) => show(&staff, "Bantu pemohon", None, list(&app, &drafts)),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

fn list(app: &Shared, drafts: &[Unfinished]) -> Markup {
    let content = app.content();
    html! {
        h1 { "Bantu pemohon" }
        p { "Untuk pemohon yang tidak bisa mengajukan sendiri. Anda mengisi, pemohon menyetujui, kuncinya milik pemohon." }
        h2 { "Mulai permohonan" }
        p { a class="btn quiet" href=(format!("{PATH}/cari")) { "Belum tahu izinnya? Jawab pertanyaan" } }
        ul class="plain-list" {
            @for service in content.services.iter().filter(|s| s.channel == Channel::Office) {
                li { (begin(service, "")) }
            }
        }
        @if !drafts.is_empty() {
            h2 { "Belum selesai" }
            table {
                thead { tr { th scope="col" { "Nomor" } th scope="col" { "Pemohon" } th scope="col" { "Layanan" } th scope="col" { "Mulai" } } }
                tbody {
                    @for draft in drafts {
                        tr {
                            th scope="row" { a href=(super::address(&draft.number, "")) { (draft.number) } }
                            td { (draft.applicant) }
                            td { (content.service_name(&draft.service)) }
                            td { (words::moment(draft.began, content.zone())) " (" (draft.account) ")" }
                        }
                    }
                }
            }
        }
    }
}

fn begin(service: &Service, query: &str) -> Markup {
    html! { a href=(format!("{PATH}/mulai/{}{query}", service.id)) { (service.name) } }
}

/// `GET /loket/bantu/cari?usaha=...`: the next question, or what the business needs.
pub async fn wizard(State(app): State<Shared>, Clerk(staff): Clerk, RawQuery(query): RawQuery) -> Response {
    match walked(&app, &staff, &query.unwrap_or_default()) {
        Ok(main) => show(&staff, "Cari izin", None, main),
        Err(fault) => page::fault(Some(&staff), &fault),
    }
}

fn walked(app: &Shared, staff: &Staff, query: &str) -> Answer<Markup> {
    staff.may(Deed::Assist)?;
    let content = app.content();
    let words = content.words("id").and_then(|words| words.rules.get(&content.rules().id));
    let words = words.ok_or_else(|| Fault::broken("the wizard has no words"))?;
    let step = rules::resolve(content.rules(), &from_query(query), app.today());
    let (path, part) = match step.map_err(|error| Fault::broken(format!("{error:?}")))? {
        Step::Ask(ask) => (ask.path.clone(), question(&content, words, &ask)),
        Step::Done(done) => (done.path.clone(), result(&content, words, &done)),
    };
    Ok(html! {
        h1 { "Cari izin" }
        (part)
        @if !path.is_empty() {
            h2 { "Jawaban sejauh ini" }
            dl class="answers" {
                @for answer in told(words, &content.activities, &path) { div { dt { (answer.question) } dd { (answer.answer) } } }
            }
            p { a href=(format!("{PATH}/cari")) { "Mulai lagi dari awal" } }
        }
    })
}

fn question(content: &Published, words: &RuleWords, ask: &Ask) -> Markup {
    let id = ask.question.id.as_str();
    let own = words.question.get(id);
    let (title, hint) = own.map_or((id, ""), |own| (own.title.as_str(), own.hint.as_str()));
    let name = |option: &str| option_name(words, &content.activities, id, option);
    let mut options: Vec<(&str, String)> = ask.question.options.iter().map(|o| (o.id(), name(o.id()))).collect();
    let many = options.len() > FEW;
    if many {
        options.sort_by_key(|(_, name)| name.to_lowercase());
    }
    html! {
        form method="get" action=(format!("{PATH}/cari")) {
            @for (id, values) in &ask.path {
                @let (key, value) = pair(id, values);
                input type="hidden" name=(key) value=(value);
            }
            @if many {
                h2 { label for="pilihan" { (title) } }
                select id="pilihan" name=(id) required {
                    option value="" { "Pilih, atau ketik huruf awalnya" }
                    @for (option, name) in &options { option value=(option) { (name) } }
                }
            } @else {
                fieldset {
                    legend { h2 { (title) } }
                    @if !hint.is_empty() { p class="hint" { (hint) } }
                    @for (option, name) in &options {
                        label class="check" {
                            @if ask.question.many { input type="checkbox" name=(id) value=(option); }
                            @else { input type="radio" name=(id) value=(option) required; }
                            " " (name)
                        }
                    }
                }
            }
            button type="submit" class="btn" { "Lanjut" }
        }
    }
}

fn result(content: &Published, words: &RuleWords, done: &Done) -> Markup {
    let query = format!("?{}", to_query(&done.path));
    let outcome = words.outcome.get(&done.outcome);
    html! {
        @if let Some(outcome) = outcome { h2 { (outcome.title) } p { (outcome.text) } }
        ul class="plain-list" {
            @for hit in done.of(Kind::Permit) {
                @match content.service(&hit.item) {
                    Some(service) if service.channel == Channel::Office => {
                        li { "Ajukan di sini: " (begin(service, &query)) }
                    }
                    Some(service) => li { (service.name) ": lewat situs lain, " a href=(service.site) rel="noopener" { (service.site) } },
                    None => {}
                }
            }
        }
    }
}
