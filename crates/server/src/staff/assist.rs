//! Filing at the counter for somebody who cannot do it alone. The rules are those of the applicants' own way; each
//! step is a line of the ledger with the name of who did it.
//!
//! Nobody has the key of such a draft: the first one is forgotten where it is made, and the one on the printed sheet
//! is made while the sheet is. From then on the draft is the applicant's alone.

use super::session::Staff;
use crate::app::{App, Shared};
use crate::applications::create::{self, Draft, check_fields};
use crate::applications::files::{sweep, take_away};
use crate::applications::idempotency::Once;
use crate::applications::open::Open;
use crate::applications::{access, submit, view};
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store;
use crate::uploads;
use axum::http::StatusCode;
use bytes::Bytes;
use satu_pintu_api::application::FileItem;
use satu_pintu_api::problem::Code;
use satu_pintu_api::staff::Remark;
use satu_pintu_domain::application::{Actor, Consent, Event, Giver, What, assisted, keyless, may};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::form::{Fields, applicant};
use satu_pintu_domain::key::{self, Key};
use satu_pintu_domain::rules::Answers;
use satu_pintu_domain::staff::Deed;

/// A draft of the counter that is not finished.
pub struct Unfinished {
    pub number: String,
    pub service: String,
    pub applicant: String,
    /// Who began it.
    pub account: String,
    pub began: i64,
}

/// All of them, the latest first.
///
/// # Errors
/// [`Code::RoleLacks`].
pub async fn unfinished(app: &App, staff: &Staff) -> Answer<Vec<Unfinished>> {
    staff.may(Deed::Assist)?;
    let rows: Vec<(String, String, String, String, i64)> = sqlx::query_as(
        "SELECT a.number, a.service, a.fields, e.account, e.at FROM assisted d JOIN applications a ON a.number = d.number \
         JOIN events e ON e.number = d.number AND e.seq = 1 ORDER BY e.at DESC",
    )
    .fetch_all(app.store.reader())
    .await?;
    let read = |(number, service, fields, account, began): (String, String, String, String, i64)| {
        let fields: Fields = serde_json::from_str(&fields)?;
        let applicant = fields.get(applicant::NAME).map(|name| name.trim().to_owned()).unwrap_or_default();
        Ok(Unfinished { number, service, applicant, account, began })
    };
    rows.into_iter().map(read).collect()
}

/// Begins a draft for somebody who has agreed to be helped. Tells its number; of the same `once` always the same.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::ServiceUnknown`].
pub async fn begin(
    app: &App,
    staff: &Staff,
    service: &str,
    answers: &Answers,
    (how, giver): (Consent, Giver),
    once: &str,
) -> Answer<String> {
    staff.may(Deed::Assist)?;
    let (content, now, today) = (app.content(), app.now(), app.today());
    let service = content.service(service).filter(|s| s.channel == Channel::Office).ok_or(Code::ServiceUnknown)?;
    let answers = create::replay(&content, answers, today);
    let helper = if giver == Giver::Helper { "kuasa" } else { "sendiri" };
    let fields = Fields::from([(applicant::HELPER.to_owned(), helper.to_owned())]);
    let draft = Draft { service: &service.id, fields: &fields, answers: &answers, rules: content.rules_version() };
    let by = (Actor::Staff, staff.account.as_str());
    let mut tx = app.store.begin().await?;
    // Also orders those who begin: a form that is sent twice finds what the first one did.
    let count = store::count(&mut tx, &format!("application-{}", today.year())).await?;
    let once = (!once.is_empty()).then(|| Once::here(format!("loket {} {once}", staff.account), "create", &service.id));
    if let Some(once) = &once
        && let Some(number) = once.begun(&mut tx).await?
    {
        return Ok(number);
    }
    let forgotten = Key::new(secret::random());
    let number = create::begin(&mut tx, count, &draft, &forgotten, by, (now, today)).await?;
    let mut events = crate::ledger::load(&mut tx, &number).await?;
    let consented = What::Consented { how, giver };
    crate::ledger::append(&mut tx, &number, &mut events, by, consented, now).await?;
    if let Some(once) = once {
        once.keep(&mut tx, &number, StatusCode::CREATED, "", now).await?;
    }
    tx.commit().await?;
    Ok(number)
}

/// A draft as the counter reads it.
pub struct Assisted {
    pub row: access::Row,
    pub files: Vec<FileItem>,
    /// What there is to say about them.
    pub remarks: Vec<Remark>,
    pub events: Vec<Event>,
}

/// Reads one that began at the counter and whose key nobody has yet.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::NotFound`].
pub async fn read(app: &App, staff: &Staff, typed: &str) -> Answer<Assisted> {
    staff.may(Deed::Assist)?;
    let number = key::parse_number(typed).ok_or(Code::NotFound)?;
    let mut conn = app.store.reader().acquire().await?;
    let row = access::row(&mut conn, &number).await?;
    let events = crate::ledger::load(&mut conn, &number).await?;
    if !keyless(&events) {
        return Err(Code::NotFound.into());
    }
    let files = view::files(&mut conn, &number).await?;
    let remarks = app.guard.remarks(&mut conn, &number).await?;
    Ok(Assisted { row, files, remarks, events })
}

/// Opens one for a change.
async fn open(app: &App, staff: &Staff, typed: &str, works: fn(&[Event]) -> bool) -> Answer<Open> {
    staff.may(Deed::Assist)?;
    let number = key::parse_number(typed).ok_or(Code::NotFound)?;
    let open = Open::begin(app, &number, Actor::Staff, &staff.account).await?;
    if !works(&open.events) {
        return Err(Code::NotFound.into());
    }
    if staff.seen.is_some() && staff.seen != open.events.last().map(|event| event.seq) {
        return Err(Code::Stale.into());
    }
    Ok(open)
}

/// Keeps what was typed, right or not: what is wrong is told beside it.
///
/// # Errors
/// [`Code::FieldUnknown`], [`Code::Invalid`], [`Code::Stale`].
pub async fn fill(app: &App, staff: &Staff, number: &str, typed: Fields) -> Answer<()> {
    let mut open = open(app, staff, number, assisted).await?;
    let content = open.content.clone();
    let service = content.service(&open.row.service).ok_or(Code::ServiceUnknown)?;
    check_fields(service, typed.iter().map(|(id, value)| (id.as_str(), value.as_str())))?;
    let known = open.row.fields.clone();
    let changed = |(id, value): &(String, String)| known.get(id).map_or("", String::as_str) != value;
    let changes: Vec<(String, String)> = typed.into_iter().filter(changed).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let fields = changes.iter().map(|(id, _)| id.clone()).collect();
    open.row.fields.extend(changes);
    write(&mut open).await?;
    open.add(What::Filled { fields }).await?;
    open.commit().await
}

async fn write(open: &mut Open) -> Answer<()> {
    sqlx::query("UPDATE applications SET fields = $1, saved = $2 WHERE number = $3")
        .bind(serde_json::to_string(&open.row.fields)?)
        .bind(open.now)
        .bind(open.row.number.clone())
        .execute(&mut *open.tx)
        .await?;
    Ok(())
}

/// Adds a page that was scanned or photographed.
///
/// # Errors
/// What is wrong with the file, or why it may not be added now.
pub async fn attach(app: &Shared, staff: &Staff, number: &str, item: &str, name: &str, bytes: Bytes) -> Answer<()> {
    let what = What::Attached { item: item.to_owned() };
    let number = {
        let open = open(app, staff, number, assisted).await?;
        may(&open.events, &what)?;
        open.row.number.clone()
    };
    uploads::whole(app, &staff.account, (&number, item), name, bytes).await
}

/// Takes a page away.
///
/// # Errors
/// [`Code::NotFound`], [`Code::Stale`].
pub async fn detach(app: &App, staff: &Staff, number: &str, id: &str) -> Answer<()> {
    let mut open = open(app, staff, number, assisted).await?;
    let gone = take_away(&mut open, id.to_owned()).await?;
    open.add(What::Detached { item: gone.item.clone() }).await?;
    open.commit().await?;
    sweep(app, gone).await;
    Ok(())
}

/// Hands the draft in, agreed to as it is.
///
/// # Errors
/// [`Code::Incomplete`] with what is missing, [`Code::Stale`].
pub async fn send(app: &App, staff: &Staff, number: &str, (how, giver): (Consent, Giver)) -> Answer<()> {
    let mut open = open(app, staff, number, assisted).await?;
    open.row.fields.insert(applicant::CONSENT.to_owned(), "ya".to_owned());
    write(&mut open).await?;
    open.add(What::Consented { how, giver }).await?;
    submit::hand_in(&mut open).await?;
    open.commit().await
}

/// Makes the key that the applicant is given. It holds once the returned change is committed, and nobody can ask for
/// it again.
///
/// # Errors
/// [`Code::NotNow`] when it was given before.
pub async fn make_key(app: &App, staff: &Staff, number: &str) -> Answer<(Open, Key)> {
    let once = |fault: Fault| if fault.code == Code::NotFound { Code::NotNow.into() } else { fault };
    let mut open = open(app, staff, number, keyless).await.map_err(once)?;
    let key = super::rekey::renew(&mut open).await?;
    Ok((open, key))
}
