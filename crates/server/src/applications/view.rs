//! Building what is answered: the whole application for its owner, or only where it stands.

use super::access::Row;
use super::letter;
use crate::app::App;
use crate::contents::Published;
use crate::figures::usual;
use crate::ledger;
use crate::problem::Answer;
use crate::store::Conn;
use satu_pintu_api::application::{Application, Entry, FileItem, Holding, Tracking};
use satu_pintu_domain::application::{self, Event, Holder, Turn, What};

/// Everything, for the owner. Whether the survey is open is for the reader to say, who holds the key.
///
/// # Errors
/// When the database fails.
pub async fn application(app: &App, conn: &mut Conn, row: Row) -> Answer<Application> {
    let content = app.content();
    let events = ledger::load(conn, &row.number).await?;
    let mut tracking = tracking(&content, &row.number, &row.service, &events, app.now(), true);
    usual::told(conn, &mut tracking, app.today()).await?;
    tracking.letter = letter::text(&content, &tracking, &events, &row.fields, app.today());
    Ok(Application {
        service_name: tracking.service_name.clone(),
        files: files(conn, &row.number).await?.into_iter().filter(|file| !file.replaced).collect(),
        rules_changed: row.rules != content.rules_version(),
        number: row.number,
        service: row.service,
        fields: row.fields,
        versions: row.versions,
        clashes: Vec::new(),
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
    // What is proposed is the desk's own until a second person has decided; what was done at the counter field by
    // field the applicant saw.
    let own =
        |what: &What| matches!(what, What::Proposed { .. } | What::Objected { .. } | What::RevocationProposed { .. });
    let at_counter = |what: &What| matches!(what, What::Filled { .. } | What::Attached { .. } | What::Detached { .. });
    let public = |event: &Event| !own(&event.what) && !at_counter(&event.what);
    let passes = application::passes(events, ledger::clock(content));
    let lines = events.iter().zip(passes).filter(|(event, _)| public(event));
    let timeline = lines.map(|(event, pass)| entry(content, event, pass, owned)).collect();
    let holding = holding(content, events, now);
    let holder_name = match holding.as_slice() {
        [one] => one.name.clone(),
        several => several.iter().map(|holding| short(&holding.name)).collect::<Vec<_>>().join(" & "),
    };
    if !owned {
        status.returned.clear();
        status.accepted.clear();
        status.refusal = None;
        status.permit = None;
        status.revoked = None;
    }
    Tracking {
        number: number.to_owned(),
        service: service.to_owned(),
        service_name: content.service_name(service),
        status,
        holder_name,
        holding,
        letter: String::new(),
        timeline,
    }
}

/// Who has the file now. Before it is submitted and after its end nobody has a clock.
fn holding(content: &Published, events: &[Event], now: i64) -> Vec<Holding> {
    let standings = application::standings(events, now, ledger::clock(content)).unwrap_or_default();
    let turns = application::turns(events).into_iter().filter(|turn| turn.to.is_none());
    let holding = |turn: Turn| {
        let own = standings.iter().find(|standing| standing.now && standing.holder == turn.holder);
        Holding {
            name: holder_name(content, &turn.holder),
            since: turn.from,
            due: own.and_then(|standing| standing.due),
            late: own.is_some_and(|standing| standing.late),
            usual: None,
            holder: turn.holder,
        }
    };
    turns.map(holding).collect()
}

/// `Dinas PUPR` of `Dinas PUPR (Pekerjaan Umum dan Penataan Ruang)`.
pub fn short(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

/// A holder in words.
pub fn holder_name(content: &Published, holder: &Holder) -> String {
    match holder {
        Holder::Applicant => "Pemohon".to_owned(),
        Holder::FrontOffice => content.office().unit.front.clone(),
        Holder::BackOffice => content.office().unit.back.clone(),
        Holder::Signer => content.office().head.title.clone(),
        Holder::Agency(id) => content.agency_name(id),
    }
}

/// The line of the timeline for an event, after which these hold the file.
fn entry(content: &Published, event: &Event, (holders, last_day): (Vec<Holder>, bool), owned: bool) -> Entry {
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
        What::Refused { reason } | What::Revoked { reason } => (String::new(), Vec::new(), reason.clone()),
        What::Issued { number, .. } => (String::new(), Vec::new(), number.clone()),
        What::HandedOver { how } => (String::new(), Vec::new(), how.clone()),
        _ => (String::new(), Vec::new(), String::new()),
    };
    Entry {
        at: event.at,
        code: event.what.code().to_owned(),
        actor: event.actor,
        holder: holders.into_iter().next().unwrap_or(Holder::Applicant),
        last_day,
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
