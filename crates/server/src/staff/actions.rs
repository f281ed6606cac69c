//! What staff do with an application, one verb a function: take, accept, send back, ask an agency and write
//! down its answer, visit, decide, hand over. Each answers with where the file stands then.

use super::session::Staff;
use crate::app::Shared;
use crate::applications::open::Open;
use crate::applications::view;
use crate::http::{Body, Ids};
use crate::problem::{Answer, Fault};
use axum::extract::State;
use axum::response::IntoResponse;
use satu_pintu_api::application::Tracking;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::staff::{Accept, AgencyAnswer, AskAgency, Decide, HandOver, Return, Visit};
use satu_pintu_domain::application::{self, Returned, What};
use satu_pintu_domain::form::{self, FieldFault};

/// Most characters of what staff write.
const TEXT: usize = 2000;

/// Something the desk has to write differently; `says` is for people.
pub fn fault(field: &str, code: &str, says: &str) -> Fault {
    let faults = vec![FieldFault { field: field.to_owned(), code: code.to_owned() }];
    Fault::new(Code::Invalid).faults(faults).detail(says)
}

/// A text that must be there.
pub fn text(field: &str, typed: &str) -> Answer<String> {
    let text: String = typed.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
    match text.chars().count() {
        0 => Err(fault(field, "required", "Alasan atau keterangan wajib diisi.")),
        n if n > TEXT => Err(fault(field, "too-long", "Tulisan paling banyak 2000 huruf.")),
        _ => Ok(text),
    }
}

/// Takes the file to check it.
#[utoipa::path(post, operation_id = "staff_take", path = "/staff/applications/{number}/take", tag = "staff", params(("number" = String, Path)),
    security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn take(State(app): State<Shared>, staff: Staff, Ids(number): Ids<String>) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    open.add(What::Taken).await?;
    open.done().await
}

/// Accepts items; without any, all that have a paper. When all are accepted the file is complete.
#[utoipa::path(post, operation_id = "staff_accept", path = "/staff/applications/{number}/accept", tag = "staff", params(("number" = String, Path)),
    request_body = Accept, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn accept(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Accept>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    application::may(&open.events, &What::ItemAccepted { item: String::new() })?;
    let mut have: Vec<String> = view::files(&mut open.tx, &open.row.number)
        .await?
        .into_iter()
        .filter(|file| !file.replaced)
        .map(|file| file.item)
        .collect();
    have.dedup();
    if let Some(unknown) = body.items.iter().find(|item| !have.contains(item)) {
        return Err(Fault::new(Code::ItemUnknown).detail(unknown.chars().take(80).collect::<String>()));
    }
    let chosen = if body.items.is_empty() { have.clone() } else { body.items };
    for item in chosen {
        if !open.status().accepted.contains(&item) {
            open.add(What::ItemAccepted { item }).await?;
        }
    }
    let status = open.status();
    let service = open.service()?;
    let mut there = status.accepted.clone();
    there.extend(open.content.cards_without_file(service).map(str::to_owned));
    let missing = form::faults(service, &open.row.fields, &there, open.today());
    let all = have.iter().all(|item| status.accepted.contains(item));
    if !status.complete && all && !missing.iter().any(|fault| fault.field.starts_with("item:")) {
        open.add(What::Complete).await?;
    }
    open.done().await
}

/// Sends items back to the applicant, each with what is wrong with it.
#[utoipa::path(post, operation_id = "staff_send_back", path = "/staff/applications/{number}/return", tag = "staff", params(("number" = String, Path)),
    request_body = Return, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn send_back(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Return>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    if body.items.is_empty() {
        return Err(fault("items", "required", "Sebutkan berkas atau isian yang dikembalikan."));
    }
    let mut items: Vec<Returned> = Vec::new();
    for Returned { item, reason } in body.items {
        let service = open.service()?;
        let known = match item.strip_prefix("field:") {
            Some(field) => {
                service.page.iter().flat_map(|page| &page.field).any(|f| f.id == field)
                    || open.row.fields.contains_key(field)
            }
            None => service.requirement.iter().any(|need| need.card == item),
        };
        if !known {
            return Err(Fault::new(Code::ItemUnknown).detail(item.chars().take(80).collect::<String>()));
        }
        let reason = text(&item, &reason)?;
        match items.iter_mut().find(|known| known.item == item) {
            Some(twice) => twice.reason = reason,
            None => items.push(Returned { item, reason }),
        }
    }
    open.add(What::Returned { items }).await?;
    open.done().await
}

/// Hands the file to an agency with a question.
#[utoipa::path(post, operation_id = "staff_ask_agency", path = "/staff/applications/{number}/ask-agency", tag = "staff",
    params(("number" = String, Path)), request_body = AskAgency, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn ask_agency(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<AskAgency>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    let agency = open.content.office().agency.iter().find(|agency| agency.id == body.agency);
    let agency = agency.ok_or_else(|| fault("agency", "option-unknown", "Dinas itu tidak ada di office.toml."))?;
    let days = body.days.unwrap_or(agency.days).min(365);
    let question = text("question", &body.question)?;
    open.add(What::AgencyAsked { agency: body.agency, days, question }).await?;
    open.done().await
}

/// Writes down what an agency answered.
#[utoipa::path(post, operation_id = "staff_agency_answer", path = "/staff/applications/{number}/agency-answer", tag = "staff",
    params(("number" = String, Path)), request_body = AgencyAnswer, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn agency_answer(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<AgencyAnswer>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    let text = text("text", &body.text)?;
    open.add(What::AgencyAnswered { agency: body.agency, agrees: body.agrees, text }).await?;
    open.done().await
}

/// Writes down a visit on the spot.
#[utoipa::path(post, operation_id = "staff_visit", path = "/staff/applications/{number}/visit", tag = "staff", params(("number" = String, Path)),
    request_body = Visit, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn visit(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Visit>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    if body.on > open.today() {
        return Err(fault("on", "date-none", "Tanggal kunjungan belum tiba."));
    }
    let note = text("note", &body.note)?;
    open.add(What::Visited { on: body.on, note }).await?;
    open.done().await
}

/// The agencies of the service's standard that were never asked, each by its name and id.
fn unasked(open: &Open) -> Vec<String> {
    let asked =
        |id: &str| open.events.iter().any(|e| matches!(&e.what, What::AgencyAsked { agency, .. } if agency == id));
    let named = open.content.service(&open.row.service).map_or(&[][..], |service| &service.agencies);
    let unasked = named.iter().filter(|id| !asked(id));
    unasked.map(|id| format!("{} ({id})", open.content.agency_name(id))).collect()
}

/// Grants, or refuses with a reason. To grant before every agency of the service was asked needs `override`.
#[utoipa::path(post, operation_id = "staff_decide", path = "/staff/applications/{number}/decide", tag = "staff", params(("number" = String, Path)),
    request_body = Decide, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn decide(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<Decide>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    let what = if body.grant { What::Granted } else { What::Refused { reason: text("reason", &body.reason)? } };
    application::may(&open.events, &what)?;
    let unasked = unasked(&open);
    if body.grant && !body.anyway && !unasked.is_empty() {
        return Err(Fault::new(Code::AgencyNotAsked).detail(format!("Belum ditanya: {}.", unasked.join(", "))));
    }
    open.add(what).await?;
    open.done().await
}

/// Writes down how the product reached the applicant.
#[utoipa::path(post, operation_id = "staff_hand_over", path = "/staff/applications/{number}/hand-over", tag = "staff",
    params(("number" = String, Path)), request_body = HandOver, security(("session" = [])),
    responses((status = 200, body = Tracking),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn hand_over(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    Body(body): Body<HandOver>,
) -> Answer<impl IntoResponse> {
    let mut open = Open::by_staff(&app, &staff, &number).await?;
    let how = text("how", &body.how)?;
    open.add(What::HandedOver { how }).await?;
    open.done().await
}
