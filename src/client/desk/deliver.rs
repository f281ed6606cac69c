//! How each step of a draft is told to the office. Each may be told again: a token, a key made here, or versions
//! make the second time the first.

use super::open::key_missing;
use crate::client::draft::{Changes, Draft, Next, Told, Wish};
use crate::client::{Call, Failure, keyring, ticks};
use satu_pintu_api::application::{Application, Created, NewApplication, Receipt, Save};
use satu_pintu_api::problem::Code;
use satu_pintu_domain::form::Fields;
use std::collections::BTreeMap;

/// Tells the office what comes next; `save` is what [`Draft::trying`] gave.
///
/// # Errors
/// As [`Call::send_json`]; [`Code::KeyMissing`] when this phone has no key.
pub async fn deliver(draft: &Draft, next: Next, save: (Changes, BTreeMap<String, u64>)) -> Result<Told, Failure> {
    match next {
        Next::Begin => begin(draft).await.map(|application| Told::Began(Box::new(application))),
        Next::TakeAway => take_away(draft).await,
        Next::HandIn(wish) => hand_in(draft, wish).await.map(|receipt| Told::HandedIn(wish, receipt)),
        _ => {
            let (fields, seen) = save;
            let body = Save { fields: fields.clone(), seen, ticks: None };
            patch(&draft.number, &body).await.map(|application| Told::Saved(fields, Box::new(application)))
        }
    }
}

/// The body is always the same, so that it can be repeated; what was typed goes as a save once there is a number.
async fn begin(draft: &Draft) -> Result<Application, Failure> {
    let new = NewApplication {
        service: draft.service.clone(),
        answers: draft.answers.clone(),
        rules: draft.rules.clone(),
        fields: Fields::new(),
    };
    let created: Created =
        Call::post("/applications").key(&draft.key).once(&draft.begin_token()).send_json(&new).await?;
    Ok(created.application)
}

async fn take_away(draft: &Draft) -> Result<Told, Failure> {
    let key = keyring::get(&draft.number).ok_or_else(key_missing)?.shown();
    for gone in &draft.gone {
        let path = ["/applications/", &draft.number, gone].concat();
        match Call::delete(&path).key(&key).send::<()>().await {
            Err(f) if f.code() != Some(Code::NotFound) => return Err(f),
            _ => {}
        }
    }
    Ok(Told::TakenAway(draft.gone.clone()))
}

async fn patch(number: &str, save: &Save) -> Result<Application, Failure> {
    let key = keyring::get(number).ok_or_else(key_missing)?;
    let path = ["/applications/", number].concat();
    Call::patch(&path).key(&key.shown()).send_json(save).await
}

async fn hand_in(draft: &Draft, wish: Wish) -> Result<Receipt, Failure> {
    let number = &draft.number;
    let key = keyring::get(number).ok_or_else(key_missing)?.shown();
    let (verb, token) = match wish {
        Wish::Submit => ("/submit", &draft.submit_token),
        Wish::Correct => ("/correct", &draft.correct_token),
    };
    let ticked = ticks::kept();
    if wish == Wish::Submit && !ticked.is_empty() {
        // They help the front office; an application goes without them too.
        _ = patch(number, &Save { ticks: Some(ticked), ..Save::default() }).await;
    }
    let path = ["/applications/", number, verb].concat();
    match Call::post(&path).key(&key).once(token).send::<Receipt>().await {
        // It arrived earlier, under another token: the receipt is the same.
        Err(f) if f.code() == Some(Code::AlreadySubmitted) => receipt(number, &key).await,
        answer => answer,
    }
}

pub async fn receipt(number: &str, key: &str) -> Result<Receipt, Failure> {
    Call::get(&["/applications/", number, "/receipt"].concat()).key(key).send().await
}
