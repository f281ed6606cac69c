//! Saving fields and ticks, merged field by field. Who saves may say which version of a field they saw: what was
//! changed elsewhere since is never overwritten.

use super::access::Owner;
use super::create::check_fields;
use super::open::Open;
use crate::app::Shared;
use crate::http::Body;
use crate::problem::{Answer, Fault};
use axum::extract::State;
use axum::response::IntoResponse;
use satu_pintu_api::application::{Application, Save};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::application::State as Stage;
use satu_pintu_domain::form::FieldFault;

/// Merges fields and sets ticks. `clashes` of the answer names fields that were changed elsewhere. While the file waits for the applicant, only returned fields may change.
#[utoipa::path(patch, path = "/applications/{number}", tag = "applications", params(("number" = String, Path)),
    security(("key" = [])), request_body = Save,
    responses((status = 200, body = Application),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn save(State(app): State<Shared>, owner: Owner, Body(save): Body<Save>) -> Answer<impl IntoResponse> {
    let mut open = Open::by_owner(&app, &owner).await?;
    let content = open.content.clone();
    let service = content.service(&open.row.service).ok_or(Code::ServiceUnknown)?;
    check_fields(service, save.fields.iter().map(|(id, value)| (id.as_str(), value.as_deref().unwrap_or_default())))?;
    let status = open.status();
    let may_change = |field: &str| match status.state {
        Stage::Draft => true,
        Stage::WaitingApplicant => status.returned.iter().any(|r| r.item.strip_prefix("field:") == Some(field)),
        _ => false,
    };
    if !matches!(status.state, Stage::Draft | Stage::WaitingApplicant) {
        return Err(Code::NotNow.into());
    }
    let row = &mut open.row;
    let fixed: Vec<FieldFault> = save
        .fields
        .iter()
        .filter(|(id, value)| row.fields.get(*id) != value.as_ref() && !may_change(id))
        .map(|(id, _)| FieldFault { field: id.clone(), code: "not-returned".to_owned() })
        .collect();
    if !fixed.is_empty() {
        return Err(Fault::new(Code::NotReturned).faults(fixed));
    }
    let mut clashes = Vec::new();
    for (id, value) in save.fields {
        if row.fields.get(&id) == value.as_ref() {
            continue;
        }
        let version = row.versions.get(&id).copied().unwrap_or(0);
        if save.seen.get(&id).is_some_and(|seen| *seen != version) {
            clashes.push(id);
            continue;
        }
        row.versions.insert(id.clone(), version + 1);
        match value {
            Some(value) => row.fields.insert(id, value),
            None => row.fields.remove(&id),
        };
    }
    if let Some(mut ticks) = save.ticks {
        ticks.sort();
        ticks.dedup();
        if ticks.iter().any(|tick| !service.requirement.iter().any(|need| need.card == *tick)) {
            return Err(Code::ItemUnknown.into());
        }
        row.ticks = ticks;
    }
    sqlx::query("UPDATE applications SET fields = $1, versions = $2, ticks = $3, saved = $4 WHERE number = $5")
        .bind(serde_json::to_string(&row.fields)?)
        .bind(serde_json::to_string(&row.versions)?)
        .bind(serde_json::to_string(&row.ticks)?)
        .bind(open.now)
        .bind(owner.number)
        .execute(&mut *open.tx)
        .await?;
    open.saved(&app, clashes).await
}
