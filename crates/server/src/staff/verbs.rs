//! What staff do with an application they have opened, one verb a function. The API and the pages of the desk
//! both come here: a rule lives once.

use super::session::Staff;
use crate::applications::open::Open;
use crate::applications::view;
use crate::problem::{Answer, Fault};
use satu_pintu_api::problem::Code;
use satu_pintu_api::staff::{AgencyAnswer, AskAgency, Decide, Visit};
use satu_pintu_domain::application::{self, Returned, Second, State, What};
use satu_pintu_domain::form::{self, FieldFault, applicant};
use satu_pintu_domain::staff::Deed;

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

/// Accepts items; without any, all that have a paper. When all are accepted the file is complete.
///
/// # Errors
/// [`Code::NotNow`], [`Code::ItemUnknown`].
pub async fn accept(open: &mut Open, items: Vec<String>) -> Answer<()> {
    application::may(&open.events, &What::ItemAccepted { item: String::new() })?;
    let mut have: Vec<String> = view::files(&mut open.tx, &open.row.number)
        .await?
        .into_iter()
        .filter(|file| !file.replaced)
        .map(|file| file.item)
        .collect();
    have.dedup();
    if let Some(unknown) = items.iter().find(|item| !have.contains(item)) {
        return Err(Fault::new(Code::ItemUnknown).detail(unknown.chars().take(80).collect::<String>()));
    }
    let chosen = if items.is_empty() { have.clone() } else { items };
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
    Ok(())
}

/// Sends items back to the applicant, each with what is wrong with it.
///
/// # Errors
/// [`Code::Invalid`], [`Code::ItemUnknown`], [`Code::NotNow`].
pub async fn send_back(open: &mut Open, asked: Vec<Returned>) -> Answer<()> {
    if asked.is_empty() {
        return Err(fault("items", "required", "Sebutkan berkas atau isian yang dikembalikan."));
    }
    let files = view::files(&mut open.tx, &open.row.number).await?;
    let mut items: Vec<Returned> = Vec::new();
    for Returned { item, reason, mark } in asked {
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
        let on_picture = |id: &str| files.iter().any(|file| file.id == id && file.item == item && !file.replaced);
        if mark.as_ref().is_some_and(|mark| !mark.fits() || !on_picture(&mark.file)) {
            return Err(fault(&item, "option-unknown", "Tanda itu tidak ada pada gambar berkas ini. Tandai lagi."));
        }
        match items.iter_mut().find(|known| known.item == item) {
            Some(twice) => *twice = Returned { item, reason, mark },
            None => items.push(Returned { item, reason, mark }),
        }
    }
    open.add(What::Returned { items }).await
}

/// Hands the file to an agency with a question.
///
/// # Errors
/// [`Code::Invalid`], [`Code::NotNow`].
pub async fn ask(open: &mut Open, body: AskAgency) -> Answer<()> {
    let agency = open.content.office().agency.iter().find(|agency| agency.id == body.agency);
    let agency = agency.ok_or_else(|| fault("agency", "option-unknown", "Dinas itu tidak ada di office.toml."))?;
    let days = body.days.unwrap_or(agency.days).min(365);
    let question = text("question", &body.question)?;
    open.add(What::AgencyAsked { agency: body.agency, days, question }).await
}

/// Writes down what an agency answered. Somebody of an agency answers for that one only.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::Invalid`], [`Code::NotNow`].
pub async fn answer(open: &mut Open, staff: &Staff, body: AgencyAnswer) -> Answer<()> {
    if staff.roles.for_agency(Deed::Answer) && staff.agency != body.agency {
        return Err(Code::RoleLacks.into());
    }
    let text = text("text", &body.text)?;
    open.add(What::AgencyAnswered { agency: body.agency, agrees: body.agrees, text }).await
}

/// Writes down a visit on the spot.
///
/// # Errors
/// [`Code::Invalid`], [`Code::NotNow`].
pub async fn visit(open: &mut Open, body: Visit) -> Answer<()> {
    if body.on > open.today() {
        return Err(fault("on", "date-none", "Tanggal kunjungan belum tiba."));
    }
    let note = text("note", &body.note)?;
    open.add(What::Visited { on: body.on, note }).await
}

/// The agencies of the service's standard that were never asked.
fn unasked(open: &Open) -> impl Iterator<Item = &str> {
    let asked =
        |id: &str| open.events.iter().any(|e| matches!(&e.what, What::AgencyAsked { agency, .. } if agency == id));
    let named = open.content.service(&open.row.service).map_or(&[][..], |service| &service.agencies);
    named.iter().map(String::as_str).filter(move |id| !asked(id))
}

/// The reason that two people have seen: the second one leaves it as it is.
fn agreed(proposed: String, typed: &str) -> Answer<String> {
    let same = typed.trim().is_empty() || typed.trim().replace("\r\n", "\n") == proposed;
    let says = "Alasan lain belum dibaca petugas kedua. Setujui alasan yang diusulkan, atau tolak usulan itu dulu.";
    if same { Ok(proposed) } else { Err(fault("reason", "option-unknown", says)) }
}

/// Grants or refuses; under double control the first person proposes and the second decides.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::SecondNeeded`], [`Code::AgencyNotAsked`], [`Code::Invalid`], [`Code::NotNow`].
pub async fn decide(open: &mut Open, staff: &Staff, body: Decide) -> Answer<()> {
    let second = if open.content.desk.two_people {
        application::second(&open.events, &open.account, body.grant)
    } else {
        Second::Confirm
    };
    let proposed = application::proposal(&open.events).filter(|p| p.grant == body.grant).map(|p| p.reason.to_owned());
    let reason = match (body.grant, proposed) {
        (true, _) => String::new(),
        (false, Some(proposed)) => agreed(proposed, &body.reason)?,
        (false, None) => text("reason", &body.reason)?,
    };
    let what = match second {
        Second::Propose => What::Proposed { grant: body.grant, reason },
        Second::Confirm | Second::Alone if body.grant => What::Granted,
        Second::Confirm | Second::Alone => What::Refused { reason },
    };
    application::may(&open.events, &what)?;
    match second {
        Second::Propose => staff.may(Deed::Propose)?,
        Second::Confirm => staff.may(Deed::Confirm)?,
        Second::Alone => return Err(Code::SecondNeeded.into()),
    }
    let unasked: Vec<String> = unasked(open).map(|id| format!("{} ({id})", open.content.agency_name(id))).collect();
    if body.grant && !body.anyway && !unasked.is_empty() {
        return Err(Fault::new(Code::AgencyNotAsked).detail(format!("Belum ditanya: {}.", unasked.join(", "))));
    }
    open.add(what).await
}

/// A second person does not agree: the file goes on being worked on, the permit stays.
///
/// # Errors
/// [`Code::Invalid`], [`Code::NotNow`].
pub async fn object(open: &mut Open, reason: &str) -> Answer<()> {
    let reason = text("reason", reason)?;
    open.add(What::Objected { reason }).await?;
    if open.status().state == State::HandedOver {
        open.leave_queue().await?;
    }
    Ok(())
}

/// Takes back an issued permit: the first person's wish is a proposal, another person's confirms it, always. The
/// second may leave the reason to the first.
///
/// # Errors
/// [`Code::SecondNeeded`], [`Code::Invalid`], [`Code::NotNow`].
pub async fn revoke(open: &mut Open, reason: &str) -> Answer<()> {
    let proposed = application::revocation(&open.events).map(|(reason, by)| (reason.to_owned(), by.to_owned()));
    let reason = match proposed {
        None => {
            let reason = text("reason", reason)?;
            return open.add(What::RevocationProposed { reason }).await;
        }
        Some((_, by)) if by == open.account => return Err(Code::SecondNeeded.into()),
        Some((proposed, _)) => agreed(proposed, reason)?,
    };
    open.add(What::Revoked { reason }).await?;
    sqlx::query("UPDATE permits SET revoked = 1 WHERE application = $1")
        .bind(open.row.number.clone())
        .execute(&mut *open.tx)
        .await?;
    // Nobody is told who tracks alone, so nothing is left to do.
    if open.row.fields.get(applicant::TELL).is_some_and(|tell| tell.trim() == "sendiri") {
        open.leave_queue().await?;
    }
    Ok(())
}

/// Writes down how the product reached the applicant.
///
/// # Errors
/// [`Code::Invalid`], [`Code::NotNow`].
pub async fn hand_over(open: &mut Open, how: &str) -> Answer<()> {
    let how = text("how", how)?;
    open.add(What::HandedOver { how }).await
}
