//! Beginning an application: a number and a key, told once.
//!
//! With an `Idempotency-Key` it is begun once however often it is asked. The key is kept nowhere, so that it
//! could not be told again: such a caller makes it and sends it along, and a repetition must show the same.

use super::idempotency::Once;
use super::{access, view};
use crate::app::Shared;
use crate::contents::Published;
use crate::http::{Body, Caller, bearer};
use crate::ledger;
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store::{self, Tx};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use satu_pintu_api::application::{Application, Created, NewApplication};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::{Actor, What};
use satu_pintu_domain::content::{Channel, Service};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{FieldFault, Fields, applicant};
use satu_pintu_domain::key::{self, Key};
use satu_pintu_domain::rules::{self, Answers, Step};

/// The most characters of one field, whatever it is.
const LONGEST: usize = 4000;

/// Begins a draft. The same `Idempotency-Key` always names the same one; it needs a key that the caller made.
#[utoipa::path(post, path = "/applications", tag = "applications", request_body = NewApplication,
    params(("Idempotency-Key" = Option<String>, Header)), security((), ("key" = [])),
    responses((status = 201, body = Created, headers(("Location" = String))),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn create(
    State(app): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
    Body(new): Body<NewApplication>,
) -> Answer<impl IntoResponse> {
    let content = app.content();
    let service = content.service(&new.service).filter(|s| s.channel == Channel::Office).ok_or(Code::ServiceUnknown)?;
    check_fields(service, new.fields.iter().map(|(id, value)| (id.as_str(), value.as_str())))?;
    let now = app.now();
    let today = Day::at(now, content.zone());
    let (once, key) = once(&headers, &new)?;
    let answers = replay(&content, &new.answers, today);
    let rules = if plausible(&new.rules) { new.rules } else { content.rules_version().to_owned() };

    let mut tx = app.store.begin().await?;
    // Also orders those who begin: a repetition sees what the first one did.
    let count = store::count(&mut tx, &format!("application-{}", today.year())).await?;
    if let Some(once) = &once
        && let Some(number) = once.begun(&mut tx).await?
    {
        drop(tx);
        let owner = access::owner(&app, caller, &headers, &number).await?;
        let mut conn = app.store.reader().acquire().await?;
        let row = access::row(&mut conn, &owner.number).await?;
        return Ok(created(&owner.key, view::application(&app, &mut conn, row).await?));
    }
    let draft = Draft { service: &new.service, fields: &new.fields, answers: &answers, rules: &rules };
    let number = begin(&mut tx, count, &draft, &key, (Actor::Applicant, ""), (now, today)).await?;
    if let Some(once) = once {
        once.keep(&mut tx, &number, StatusCode::CREATED, "", now).await?;
    }
    let row = access::row(&mut tx, &number).await?;
    let application = view::application(&app, &mut tx, row).await?;
    tx.commit().await?;
    Ok(created(&key, application))
}

/// What a draft begins with.
pub struct Draft<'a> {
    pub service: &'a str,
    pub fields: &'a Fields,
    pub answers: &'a Answers,
    /// Version.
    pub rules: &'a str,
}

/// Writes a draft down, its row and the first line of its ledger, and tells its number. `count` is the next of the
/// year's.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    tx: &mut Tx,
    count: i64,
    draft: &Draft<'_>,
    key: &Key,
    by: (Actor, &str),
    (now, today): (i64, Day),
) -> Answer<String> {
    let number = key::number(today.year(), u32::try_from(count).map_err(Fault::broken)?, secret::random());
    sqlx::query(
        "INSERT INTO applications (number, service, key_hash, view_hash, fields, ticks, answers, rules, created, saved) \
         VALUES ($1, $2, $3, $4, $5, '[]', $6, $7, $8, $8)",
    )
    .bind(number.clone())
    .bind(draft.service.to_owned())
    .bind(key.hash())
    .bind(key.view().hash())
    .bind(serde_json::to_string(draft.fields)?)
    .bind(serde_json::to_string(draft.answers)?)
    .bind(draft.rules.to_owned())
    .bind(now)
    .execute(&mut **tx)
    .await?;
    ledger::append(tx, &number, &mut Vec::new(), by, What::Drafted, now).await?;
    Ok(number)
}

/// Whether this may be a repetition, and the key: the caller's own, or a new one.
///
/// # Errors
/// [`Code::KeyMissing`] or [`Code::BadRequest`] when a caller who may repeat made no key.
fn once(headers: &HeaderMap, new: &NewApplication) -> Answer<(Option<Once>, Key)> {
    if !headers.contains_key("idempotency-key") {
        return Ok((None, Key::new(secret::random())));
    }
    let says = "with an Idempotency-Key, make the key and send it as Authorization: Bearer";
    let own = bearer(headers).ok_or_else(|| Fault::new(Code::KeyMissing).detail(says))?;
    let key = Key::parse(own).map_err(|_| Fault::new(Code::BadRequest).detail(says))?;
    Ok((Some(Once::of(headers, "create", &serde_json::to_vec(new)?)?), key))
}

fn created(key: &Key, application: Application) -> impl IntoResponse + use<> {
    let location = format!("{}/applications/{}", satu_pintu_api::BASE, application.number);
    let head = [(header::LOCATION, location), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::CREATED, head, Json(Created { key: key.shown(), application }))
}

/// Refuses fields the form does not have and values no form would take.
///
/// # Errors
/// [`Code::FieldUnknown`] or [`Code::Invalid`], naming the fields.
pub fn check_fields<'a>(service: &Service, fields: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Answer<()> {
    let fault = |id: &str, code: &str| FieldFault { field: id.chars().take(100).collect(), code: code.to_owned() };
    let unknown: Vec<_> = fields
        .clone()
        .filter(|(id, _)| !known_field(service, id))
        .map(|(id, _)| fault(id, "field-unknown"))
        .take(20)
        .collect();
    if !unknown.is_empty() {
        return Err(Fault::new(Code::FieldUnknown).faults(unknown));
    }
    let long: Vec<_> = fields
        .filter(|(_, value)| value.chars().count() > LONGEST || value.contains('\0'))
        .map(|(id, _)| fault(id, "too-long"))
        .collect();
    if long.is_empty() { Ok(()) } else { Err(Fault::new(Code::Invalid).faults(long)) }
}

/// Whether the form of the service has this field.
pub fn known_field(service: &Service, id: &str) -> bool {
    const APPLICANT: [&str; 10] = [
        applicant::NAME,
        applicant::NIK,
        applicant::PHONE,
        applicant::ADDRESS,
        applicant::TELL,
        applicant::HELPER,
        applicant::HELPER_NAME,
        applicant::HELPER_PHONE,
        applicant::TELL_WHOM,
        applicant::CONSENT,
    ];
    APPLICANT.contains(&id) || service.page.iter().flat_map(|page| &page.field).any(|field| field.id == id)
}

/// What of the answers counts under the rules of today. Those made with older rules keep what still fits.
pub fn replay(content: &Published, answers: &Answers, today: Day) -> Answers {
    match rules::resolve(content.rules(), answers, today) {
        Ok(Step::Ask(ask)) => ask.path,
        Ok(Step::Done(done)) => done.path,
        Err(_) => Answers::new(),
    }
}

/// SHA-256 in hex.
fn plausible(version: &str) -> bool {
    version.len() == 64 && version.bytes().all(|b| b.is_ascii_hexdigit())
}
