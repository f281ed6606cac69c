//! What waits on this phone for a network: that there is something, for every page to see, and the answers to the
//! survey, which belong to no application. Drafts and files wait where they are kept (`desk`, `upload`); the
//! program for applying sends all of it, and a page of another program starts it when something waits
//! (`shell/later.js`).

use super::{Call, Failure, json};
use crate::platform::storage::database::{self, Store};
use crate::platform::storage::{local, sealed};
use crate::platform::{locks, random};
use serde::{Deserialize, Serialize};

/// Stands in the short texts while something waits.
const WAITS: &str = "sp-menunggu";
/// Changes when what is kept has changed: other tabs hear of it.
const RANG: &str = "sp-kabar";
const ANSWER: &str = "survei:";

/// Whether something waits, as far as is known without looking.
pub fn waits() -> bool {
    local::get(WAITS).is_some()
}

/// Something has to be sent.
pub fn mark() {
    local::set(WAITS, "1");
}

/// Nothing waits any more.
pub fn clear() {
    local::remove(WAITS);
}

/// Other tabs are to look at what is kept.
pub fn rang() {
    local::set(RANG, &random::token());
}

/// Answers to the survey that wait to be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// Made here: sending twice is sending once.
    pub token: String,
    /// JSON, as it is sent.
    pub body: String,
    /// Code of the reason why the office does not take them.
    pub refused: Option<String>,
}

fn place(token: &str) -> String {
    [ANSWER, token].concat()
}

/// Keeps answers until a network returns; false when the phone refuses.
pub async fn keep_answers(token: &str, body: String) -> bool {
    let kept = keep(&Answers { token: token.into(), body, refused: None }).await;
    if kept {
        mark();
    }
    kept
}

async fn keep(answers: &Answers) -> bool {
    match serde_json::to_string(answers) {
        Ok(text) => sealed::put_text(&place(&answers.token), "", &text).await,
        Err(_) => false,
    }
}

pub async fn answers() -> Vec<Answers> {
    let mut found = Vec::new();
    for key in database::keys(Store::Texts, ANSWER).await {
        let text = sealed::get_text(&key).await;
        found.extend(text.and_then(|text| json::read::<Answers>(&text)));
    }
    found
}

pub async fn forget_answers(token: &str) {
    database::remove(Store::Texts, &place(token)).await;
}

/// Sends answers (JSON) once, however often it is called.
///
/// # Errors
/// As [`Call::send`].
pub async fn send(token: &str, body: String) -> Result<(), Failure> {
    Call::post("/survey/answers").once(token).text(Some(body)).await.map(drop)
}

/// Sends the answers that wait. One tab does it, and tells how many wait still.
pub async fn send_answers() -> usize {
    if !waits() {
        return 0;
    }
    let _held = locks::alone("satu-pintu-survei").await;
    let mut left = 0;
    for mut answers in answers().await.into_iter().filter(|a| a.refused.is_none()) {
        match send(&answers.token, answers.body.clone()).await {
            Ok(()) => forget_answers(&answers.token).await,
            Err(f) if f.passing() => left += 1,
            Err(f) => {
                answers.refused = Some(f.code().map_or_else(|| "broken".into(), super::code_key));
                keep(&answers).await;
            }
        }
    }
    left
}
