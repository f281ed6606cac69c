//! The REST client: typed calls over `satu_pintu_api`, one core that is not generic, problems as values.
//! `resource` reads published things through the phone's cache, `catalog` holds the catalog for the whole app.

pub mod backoff;
pub mod catalog;
pub mod desk;
pub mod draft;
pub mod json;
pub mod keyring;
pub mod notices;
pub mod outbox;
pub mod parcel;
pub mod resource;
pub mod sent;
pub mod ticks;
pub mod transfer;
pub mod upload;

use crate::i18n::t;
use crate::platform::{self, network::Deadline, time::sleep};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::form::FieldFault;
use serde::{Serialize, de::DeserializeOwned};

/// Why a call did not do what it should.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// No answer: no network, or the server is not there.
    Offline,
    /// The server says what is wrong.
    Problem(Box<Problem>),
    /// An answer that nobody can read; the HTTP status.
    Strange(u16),
}

impl Failure {
    pub fn code(&self) -> Option<Code> {
        match self {
            Failure::Problem(p) => Some(p.code),
            _ => None,
        }
    }

    /// What an answer says that is no success.
    pub fn read(status: u16, text: &str) -> Failure {
        match json::read::<Problem>(text) {
            Some(problem) => Failure::Problem(Box::new(problem)),
            None => Failure::Strange(status),
        }
    }

    /// What to tell a person: one or two sentences that say what to do.
    pub fn words(&self) -> String {
        match self {
            Failure::Offline => t().problem().offline.into(),
            Failure::Strange(_) => t().problem().broken.into(),
            Failure::Problem(p) => {
                let text = t().problem().get(&code_key(p.code)).unwrap_or(&p.title);
                text.to_string()
            }
        }
    }

    pub fn faults(&self) -> &[FieldFault] {
        match self {
            Failure::Problem(p) => &p.faults,
            _ => &[],
        }
    }

    /// Whether the same call may work a moment later.
    pub fn passing(&self) -> bool {
        match self {
            // What is not the office's own word is somebody's between us: a proxy, or the page of a public network.
            Failure::Offline | Failure::Strange(_) => true,
            Failure::Problem(p) => matches!(p.code, Code::Busy | Code::Slow | Code::Broken | Code::DiskFull),
        }
    }

    /// Whether it may work within seconds.
    fn soon(&self) -> bool {
        match self {
            Failure::Offline => true,
            Failure::Strange(status) => *status >= 500,
            Failure::Problem(p) => matches!(p.code, Code::Busy | Code::Broken),
        }
    }

    /// How long to stay away at least, in milliseconds.
    pub fn rest_ms(&self) -> u32 {
        if self.code() == Some(Code::Slow) { 10_000 } else { 0 }
    }
}

/// `key-wrong` for `Code::KeyWrong`.
pub fn code_key(code: Code) -> String {
    serde_json::to_string(&code).unwrap_or_default().trim_matches('"').to_string()
}

/// Words of a fault's code, with a general sentence for one that is not known.
pub fn fault_words(code: &str) -> &'static str {
    t().phone().get(code).or_else(|| t().fault().get(code)).unwrap_or(t().fault().unknown)
}

/// One call. `path` begins after `/api/v1`, with its slash.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub method: &'a str,
    pub path: &'a str,
    /// Secret key of an application, sent as `Authorization: Bearer`.
    pub key: Option<&'a str>,
    /// `Idempotency-Key`: the same for every try of the same thing.
    pub once: Option<&'a str>,
}

impl<'a> Call<'a> {
    pub fn get(path: &'a str) -> Call<'a> {
        Call { method: "GET", path, key: None, once: None }
    }
    pub fn post(path: &'a str) -> Call<'a> {
        Call { method: "POST", ..Call::get(path) }
    }
    pub fn patch(path: &'a str) -> Call<'a> {
        Call { method: "PATCH", ..Call::get(path) }
    }
    pub fn put(path: &'a str) -> Call<'a> {
        Call { method: "PUT", ..Call::get(path) }
    }
    pub fn delete(path: &'a str) -> Call<'a> {
        Call { method: "DELETE", ..Call::get(path) }
    }
    pub fn key(self, key: &'a str) -> Call<'a> {
        Call { key: Some(key), ..self }
    }
    pub fn once(self, token: &'a str) -> Call<'a> {
        Call { once: Some(token), ..self }
    }

    /// Sends it without a body. `T` may be `()` where the answer is empty.
    pub async fn send<T: DeserializeOwned>(self) -> Result<T, Failure> {
        read(&self.text(None).await?)
    }

    /// Sends it with a JSON body.
    pub async fn send_json<B: Serialize, T: DeserializeOwned>(self, body: &B) -> Result<T, Failure> {
        let body = serde_json::to_string(body).map_err(|_| Failure::Strange(0))?;
        read(&self.text(Some(body)).await?)
    }

    /// The text of the answer. A GET, and anything with an idempotency token, is tried three times.
    pub async fn text(self, body: Option<String>) -> Result<String, Failure> {
        if self.method == "GET"
            && let Some(text) = platform::network::early(self.path).await
        {
            return Ok(text);
        }
        let mut wait = 500;
        loop {
            let answer = self.try_once(body.clone()).await;
            let again = self.method == "GET" || self.once.is_some();
            match answer {
                Err(f) if again && f.soon() && wait < 4000 && platform::network::online() => {
                    sleep(wait).await;
                    wait *= 3;
                }
                answer => return answer,
            }
        }
    }

    async fn try_once(self, body: Option<String>) -> Result<String, Failure> {
        if !platform::BROWSER {
            return Err(Failure::Offline);
        }
        let url = [satu_pintu_api::BASE, self.path].concat();
        // A line on which no answer begins is dead; an answer that has begun may be long.
        let mut deadline = Deadline::new(transfer::WATCHDOG_MS as i32);
        let method = match self.method {
            "POST" => gloo_net::http::Method::POST,
            "PATCH" => gloo_net::http::Method::PATCH,
            "PUT" => gloo_net::http::Method::PUT,
            "DELETE" => gloo_net::http::Method::DELETE,
            _ => gloo_net::http::Method::GET,
        };
        let mut request =
            gloo_net::http::RequestBuilder::new(&url).method(method).abort_signal(deadline.signal().as_ref());
        if let Some(key) = self.key {
            request = request.header("Authorization", &["Bearer ", key].concat());
        }
        if let Some(token) = self.once {
            request = request.header("Idempotency-Key", token);
        }
        let sent = match body {
            Some(json) => match request.header("Content-Type", "application/json").body(json) {
                Ok(request) => request.send().await,
                Err(_) => return Err(Failure::Strange(0)),
            },
            None => request.send().await,
        };
        let answer = sent.map_err(|_| Failure::Offline)?;
        deadline.put_off(30_000);
        let text = answer.text().await.map_err(|_| Failure::Offline)?;
        if answer.ok() {
            return Ok(text);
        }
        Err(Failure::read(answer.status(), &text))
    }
}

/// Reads an answer; an empty one is `null`.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    json::read(if text.is_empty() { "null" } else { text }).ok_or(Failure::Strange(200))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_code_has_words_in_every_language() {
        for lang in Lang::ALL {
            for code in Code::ALL {
                let key = code_key(*code);
                assert!(lang.words().problem().get(&key).is_some(), "problem.{key} in {}", lang.code());
            }
        }
    }

    #[test]
    fn an_empty_answer_is_nothing() {
        assert_eq!(read::<()>(""), Ok(()));
        assert_eq!(read::<u8>("x"), Err(Failure::Strange(200)));
    }

    #[test]
    fn only_the_office_says_no() {
        let says =
            |code: &str| Failure::read(422, &format!(r#"{{"type":"","title":"","status":422,"code":"{code}"}}"#));
        for passing in [
            Failure::Offline,
            Failure::read(404, "<h1>nginx</h1>"),
            Failure::Strange(200),
            says("disk-full"),
            says("slow"),
        ] {
            assert!(passing.passing(), "{passing:?}");
        }
        for final_one in [says("invalid"), says("not-now"), says("key-wrong")] {
            assert!(!final_one.passing(), "{final_one:?}");
        }
        assert!(says("slow").rest_ms() > 0);
    }
}
