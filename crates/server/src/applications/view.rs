//! Building what is answered: the whole application for its owner, or only where it stands.

use super::access::Row;
use crate::app::App;
use crate::contents::Published;
use crate::ledger;
use crate::problem::Answer;
use crate::store::Conn;
use satu_pintu_api::application::{Application, Entry, FileItem, Tracking};
use satu_pintu_domain::application::{Event, Holder, What};

/// Everything, for the owner. Whether the survey is open is for the reader to say, who holds the key.
///
/// # Errors
/// When the database fails.
pub async fn application(app: &App, conn: &mut Conn, row: Row) -> Answer<Application> {
    let content = app.content();
    let events = ledger::load(conn, &row.number).await?;
    let tracking = tracking(&content, &row.number, &row.service, &events, app.now(), true);
    Ok(Application {
        service_name: tracking.service_name.clone(),
        files: files(conn, &row.number).await?.into_iter().filter(|file| !file.replaced).collect(),
        rules_changed: row.rules != content.rules_version(),
        number: row.number,
        service: row.service,
        fields: row.fields,
        ticks: row.ticks,
        answers: row.answers,
        rules: row.rules,
        tracking,
        survey_open: false,
    })
}

/// State, holder and days. With `owned`, also what was returned and said.
pub fn tracking(content: &Published, number: &str, service: &str, events: &[Event], now: i64, owned: bool) -> Tracking {
    let mut status = ledger::status(content, events, now);
    // What is proposed is the desk's own until a second person has decided.
    let public = |event: &Event| !matches!(event.what, What::Proposed { .. } | What::Objected { .. });
    let lines = events.iter().enumerate().filter(|(_, event)| public(event));
    let timeline = lines.map(|(i, event)| entry(content, event, &events[..=i], owned)).collect();
    let holder_name = holder_name(content, &status.holder);
    if !owned {
        status.returned.clear();
        status.accepted.clear();
        status.refusal = None;
        status.permit = None;
    }
    Tracking {
        number: number.to_owned(),
        service: service.to_owned(),
        service_name: content.service_name(service),
        status,
        holder_name,
        timeline,
    }
}

/// Who has the file, in words.
pub fn holder_name(content: &Published, holder: &Holder) -> String {
    match holder {
        Holder::Applicant => "Pemohon".to_owned(),
        Holder::Office => content.office().name.clone(),
        Holder::Agency(id) => content.agency_name(id),
    }
}

/// The line of the timeline for an event; `so_far` ends with it.
fn entry(content: &Published, event: &Event, so_far: &[Event], owned: bool) -> Entry {
    let code = serde_json::to_value(&event.what)
        .ok()
        .and_then(|value| value.get("kind").and_then(|kind| kind.as_str()).map(str::to_owned))
        .unwrap_or_default();
    let (agency, items, text) = match &event.what {
        What::Returned { items } => (String::new(), items.clone(), String::new()),
        What::Corrected { items } => {
            let items = items.iter().map(|item| returned(item)).collect();
            (String::new(), items, String::new())
        }
        What::ItemAccepted { item } => (String::new(), vec![returned(item)], String::new()),
        What::AgencyAsked { agency, question, .. } => (content.agency_name(agency), Vec::new(), question.clone()),
        What::AgencyAnswered { agency, text, .. } => (content.agency_name(agency), Vec::new(), text.clone()),
        What::Visited { note, .. } => (String::new(), Vec::new(), note.clone()),
        What::Refused { reason } => (String::new(), Vec::new(), reason.clone()),
        What::Issued { number, .. } => (String::new(), Vec::new(), number.clone()),
        What::HandedOver { how } => (String::new(), Vec::new(), how.clone()),
        _ => (String::new(), Vec::new(), String::new()),
    };
    Entry {
        at: event.at,
        code,
        actor: event.actor,
        holder: ledger::status(content, so_far, event.at).holder,
        agency,
        items: if owned { items } else { Vec::new() },
        text: if owned { text } else { String::new() },
    }
}

fn returned(item: &str) -> satu_pintu_domain::application::Returned {
    satu_pintu_domain::application::Returned { item: item.to_owned(), reason: String::new(), mark: None }
}

/// All files of an application, replaced ones too, by item and page.
///
/// # Errors
/// When the database fails.
pub async fn files(conn: &mut Conn, number: &str) -> Answer<Vec<FileItem>> {
    type Columns = (String, String, i64, String, String, i64, String, i64, i64);
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT id, item, page, name, media_type, size, sha256, received, replaced FROM files \
         WHERE number = $1 ORDER BY item, replaced, page, received, id",
    )
    .bind(number)
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, item, page, name, media_type, size, sha256, received, replaced)| FileItem {
            id,
            item,
            page: u32::try_from(page).unwrap_or(0),
            name,
            media_type,
            size: u64::try_from(size).unwrap_or(0),
            sha256,
            received,
            replaced: replaced != 0,
        })
        .collect())
}
