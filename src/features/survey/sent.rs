//! The survey without script: each page is sent with all that was said before in hidden fields, and nothing of it
//! stands in an address. What a sent page means is decided here, by the rules of `state`.

use super::flow::End;
use super::state::{self, Draft, Step};
use crate::client::Failure;
use crate::client::sent::{Ask, Sent, sent};
use leptos::prelude::*;
use satu_pintu_api::problem::Code;
use satu_pintu_api::survey::{CodeCheck, Profile};
use satu_pintu_domain::key::Key;
use satu_pintu_domain::survey::Element;
use serde::Serialize;

pub const CODE: &str = "kode";
pub const ANSWER: &str = "jawaban";
pub const GENDER: &str = "jenis-kelamin";
pub const AGE: &str = "usia";
pub const EDUCATION: &str = "pendidikan";
pub const OCCUPATION: &str = "pekerjaan";
/// For whoever does not want to say.
pub const NONE: &str = "tidak-menyebut";
/// The page that was sent.
const FROM: &str = "dari";
/// Another page than the next one.
pub const TO: &str = "ke";
/// The profile page was seen.
const ASKED: &str = "profil";

/// What a sent page means.
#[derive(Default)]
pub struct Turn {
    /// Nothing until the code is accepted.
    pub draft: Option<Draft>,
    pub step: Step,
    /// The code as it was typed.
    pub typed: String,
    pub fault: Option<Fault>,
    pub end: Option<End>,
    pub trouble: Option<Failure>,
    ask: Option<Ask>,
}

/// What is wrong on the page that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    CodeEmpty,
    CodeWrong,
    Unanswered,
    /// As it was typed.
    Age(String),
}

/// What the sent page of this answer means.
pub fn turn() -> Option<Turn> {
    sent().map(|sent| read(&sent))
}

/// What the API is asked: whether the code can be used, or to take the answers.
pub fn ask(sent: &Sent) -> Option<Ask> {
    read(sent).ask.filter(|_| sent.answers.is_empty())
}

fn read(sent: &Sent) -> Turn {
    let from = Step::parse(sent.field(FROM));
    let draft = draft(sent);
    let to = Some(sent.field(TO)).filter(|name| !name.is_empty()).map(Step::parse);
    match from {
        Step::Start | Step::Thanks => begin(sent, draft.code),
        Step::Question(at) => {
            let unanswered = draft.score(at).is_none() && to.is_none();
            let next = if unanswered { from } else { to.unwrap_or(draft.onward(from)) };
            Turn { fault: unanswered.then_some(Fault::Unanswered), ..page(draft, next) }
        }
        Step::Profile => match (state::age(sent.field(AGE)), to) {
            (Err(()), None) => {
                Turn { fault: Some(Fault::Age(sent.field(AGE).to_string())), ..page(draft, Step::Profile) }
            }
            (_, to) => page(draft, to.unwrap_or(Step::Check)),
        },
        Step::Check => match to {
            Some(to) => page(draft, to),
            None => send(sent, draft),
        },
    }
}

fn page(draft: Draft, wanted: Step) -> Turn {
    let step = draft.nearest(wanted);
    Turn { step, typed: draft.code.clone(), draft: Some(draft), ..Turn::default() }
}

fn begin(sent: &Sent, typed: String) -> Turn {
    let fault = match Key::parse(&typed) {
        Ok(code) => {
            let code = code.shown();
            let draft = Draft::begun(code.clone());
            return match (sent.answers.is_empty(), sent.refused()) {
                (false, None) => page(draft, Step::Question(0)),
                (_, refused) => Turn {
                    typed,
                    ask: Some(post("/survey/codes", &CodeCheck { code })),
                    ..refused.map(stopped).unwrap_or_default()
                },
            };
        }
        Err(_) if typed.trim().is_empty() => Fault::CodeEmpty,
        Err(_) => Fault::CodeWrong,
    };
    Turn { typed, fault: Some(fault), ..Turn::default() }
}

fn send(sent: &Sent, draft: Draft) -> Turn {
    let Some(ready) = draft.ready() else { return page(draft, Step::Check) };
    let ask = Some(post("/survey/answers", &ready));
    match (sent.answers.is_empty(), sent.refused()) {
        (false, None) => Turn { step: Step::Thanks, ..Turn::default() },
        (_, None) => Turn { ask, ..page(draft, Step::Check) },
        (_, Some(refused)) => {
            let stopped = stopped(refused);
            let over = stopped.end.is_some();
            let unknown = stopped.trouble.as_ref().is_some_and(|f| f.code() == Some(Code::SurveyCode));
            if over || unknown {
                return Turn { typed: draft.code, ..stopped };
            }
            Turn { trouble: stopped.trouble, ..page(draft, Step::Check) }
        }
    }
}

/// Why the API does not go along.
fn stopped(failure: Failure) -> Turn {
    let end = match failure.code() {
        Some(Code::SurveyDone) => Some(End::Done),
        Some(Code::SurveyClosed) => Some(End::Closed),
        _ => None,
    };
    Turn { end, trouble: Some(failure).filter(|_| end.is_none()), ..Turn::default() }
}

fn post(path: &str, body: &impl Serialize) -> Ask {
    Ask { body: serde_json::to_string(body).ok(), ..Ask::post(path.to_string()) }
}

/// All that was said up to here.
fn draft(sent: &Sent) -> Draft {
    let from = Step::parse(sent.field(FROM));
    let mut draft = Draft::begun(sent.field(CODE).to_string());
    for (at, element) in Element::ALL.iter().enumerate() {
        let said = if from == Step::Question(at) { sent.field(ANSWER) } else { "" };
        let said = if said.is_empty() { sent.field(&name(*element)) } else { said };
        draft.answer(at, said.parse().unwrap_or(0));
    }
    let said = |name: &str| Some(sent.field(name).to_string()).filter(|value| !value.is_empty() && value != NONE);
    draft.asked = from == Step::Profile || !sent.field(ASKED).is_empty();
    draft.profile = Profile {
        gender: said(GENDER),
        age: state::age(sent.field(AGE)).unwrap_or_default(),
        education: said(EDUCATION),
        occupation: said(OCCUPATION),
    };
    draft
}

/// An element as a field is named.
fn name(element: Element) -> String {
    serde_json::to_string(&element).unwrap_or_default().trim_matches('"').to_string()
}

/// All that was said, for the form of a page.
pub fn hidden(draft: Option<Draft>, step: Step) -> Option<AnyView> {
    let draft = draft.filter(|_| sent().is_some())?;
    let mut fields = vec![(FROM.to_string(), step.name()), (CODE.to_string(), draft.code.clone())];
    for (at, element) in Element::ALL.iter().enumerate() {
        if let Some(score) = draft.score(at).filter(|_| step != Step::Question(at)) {
            fields.push((name(*element), score.to_string()));
        }
    }
    if step != Step::Profile {
        let profile = draft.profile;
        let age = profile.age.map(|age| age.to_string());
        let said =
            [(GENDER, profile.gender), (AGE, age), (EDUCATION, profile.education), (OCCUPATION, profile.occupation)];
        fields.extend(said.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))));
        if draft.asked {
            fields.push((ASKED.to_string(), "ya".to_string()));
        }
    }
    let input = |(name, value): (String, String)| view! { <input type="hidden" name=name value=value /> };
    Some(fields.into_iter().map(input).collect_view().into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::resource::Given;

    const SLIP: &str = "0000-0000-0000-0000-0";

    fn form(fields: &[(&str, &str)]) -> Sent {
        Sent::new(fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect())
    }

    fn answered(sent: Sent, status: u16, text: &str) -> Sent {
        let mut sent = sent;
        sent.answers.push(Given { status, text: text.to_string() });
        sent
    }

    fn all_nine(from: &str) -> Vec<(String, String)> {
        let mut fields = vec![("dari".to_string(), from.to_string()), ("kode".to_string(), SLIP.to_string())];
        fields.extend(Element::ALL.iter().map(|element| (name(*element), "3".to_string())));
        fields
    }

    #[test]
    fn a_code_is_asked_for_before_the_first_question() {
        assert!(read(&form(&[])).fault == Some(Fault::CodeEmpty));
        assert!(read(&form(&[("kode", "ABCD")])).fault == Some(Fault::CodeWrong));
        let sent = form(&[("kode", " 0000 0000 0000 0000 0 ")]);
        let asked = ask(&sent).unwrap();
        assert_eq!(
            (asked.path.as_str(), asked.body.as_deref()),
            ("/survey/codes", Some("{\"code\":\"0000-0000-0000-0000-0\"}"))
        );
        let sent = answered(sent, 204, "");
        assert!(ask(&sent).is_none());
        assert_eq!(read(&sent).step, Step::Question(0));
    }

    #[test]
    fn an_answer_leads_on_and_none_stays() {
        let first = [("dari", "1"), ("kode", SLIP)];
        let turn = read(&form(&first));
        assert!(turn.step == Step::Question(0) && turn.fault == Some(Fault::Unanswered));
        let turn = read(&form(&[first[0], first[1], ("jawaban", "4")]));
        assert_eq!((turn.step, turn.draft.unwrap().score(0)), (Step::Question(1), Some(4)));
        for odd in ["0", "5", "x", "-1"] {
            assert!(read(&form(&[first[0], first[1], ("jawaban", odd)])).fault == Some(Fault::Unanswered), "{odd}");
        }
        // Nobody skips a question by its name.
        assert_eq!(read(&form(&[first[0], first[1], ("ke", "periksa")])).step, Step::Question(0));
    }

    #[test]
    fn all_nine_are_sent_once() {
        let sent = Sent::new(all_nine("periksa"));
        assert_eq!(ask(&sent).unwrap().path, "/survey/answers");
        assert_eq!(read(&answered(Sent::new(all_nine("periksa")), 204, "")).step, Step::Thanks);
        let busy = answered(Sent::new(all_nine("periksa")), 503, "");
        let turn = read(&busy);
        assert!(ask(&busy).is_none() && turn.step == Step::Check && turn.trouble.is_some());
        assert_eq!(turn.draft.unwrap().answered(), 9);
        let mut eight = all_nine("periksa");
        eight.remove(2);
        assert_eq!(read(&Sent::new(eight)).step, Step::Question(0));
    }

    #[test]
    fn an_odd_age_stays_to_be_mended() {
        let mut fields = all_nine("profil");
        fields.push(("usia".to_string(), "tua".to_string()));
        fields.push(("jenis-kelamin".to_string(), "Perempuan".to_string()));
        let turn = read(&Sent::new(fields));
        assert!(turn.step == Step::Profile && turn.fault == Some(Fault::Age("tua".to_string())));
        assert_eq!(turn.draft.unwrap().profile.gender.as_deref(), Some("Perempuan"));
    }
}
