//! The survey while it is answered: what has been said, which page comes next, what may be sent.
//! Kept as JSON in the session until the server has it. Pure; numbers of the results are in `figures.rs`.

use satu_pintu_api::survey::{NewAnswer, Profile};
use satu_pintu_domain::survey::Element;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Ages that are believed; anything else is a slip of the thumb.
pub const AGES: std::ops::RangeInclusive<u8> = 10..=110;

/// What has been answered so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The one-time code, accepted by the server or not looked at yet.
    pub code: String,
    /// Made here: sending twice is sending once.
    #[serde(default)]
    pub token: String,
    #[serde(default)]
    pub scores: BTreeMap<Element, u8>,
    #[serde(default)]
    pub profile: Profile,
    /// The profile page was seen; it is offered once and never forced.
    #[serde(default)]
    pub asked: bool,
}

/// A page of the survey, named in the address so that Back works: `?langkah=3`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Step {
    /// Period, who may answer, code.
    #[default]
    Start,
    /// From 0.
    Question(usize),
    Profile,
    Check,
    Thanks,
}

impl Step {
    pub fn parse(text: &str) -> Step {
        match text {
            "profil" => Step::Profile,
            "periksa" => Step::Check,
            "selesai" => Step::Thanks,
            _ => match text.parse::<usize>() {
                Ok(n @ 1..=9) => Step::Question(n - 1),
                _ => Step::Start,
            },
        }
    }

    /// As it stands in the address; empty for the start.
    pub fn name(self) -> String {
        match self {
            Step::Start => String::new(),
            Step::Question(at) => (at + 1).to_string(),
            Step::Profile => "profil".to_string(),
            Step::Check => "periksa".to_string(),
            Step::Thanks => "selesai".to_string(),
        }
    }

    pub fn after(self) -> Step {
        match self {
            Step::Start => Step::Question(0),
            Step::Question(at) if at + 1 < Element::ALL.len() => Step::Question(at + 1),
            Step::Question(_) => Step::Profile,
            Step::Profile => Step::Check,
            Step::Check | Step::Thanks => Step::Thanks,
        }
    }

    pub fn before(self) -> Step {
        match self {
            Step::Start | Step::Thanks | Step::Question(0) => Step::Start,
            Step::Question(at) => Step::Question(at - 1),
            Step::Profile => Step::Question(Element::ALL.len() - 1),
            Step::Check => Step::Profile,
        }
    }
}

impl Draft {
    pub fn begun(code: String) -> Draft {
        Draft { code, token: crate::platform::random::token(), ..Draft::default() }
    }

    /// Reads what the session kept; what cannot be true is dropped.
    pub fn read(text: &str) -> Option<Draft> {
        let mut draft: Draft = crate::client::json::read(text)?;
        draft.scores.retain(|_, score| (1..=4).contains(score));
        if draft.profile.age.is_some_and(|age| !AGES.contains(&age)) {
            draft.profile.age = None;
        }
        (!draft.code.is_empty()).then_some(draft)
    }

    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn score(&self, at: usize) -> Option<u8> {
        Element::ALL.get(at).and_then(|element| self.scores.get(element)).copied()
    }

    /// Takes an answer; a score outside 1 to 4 is none.
    pub fn answer(&mut self, at: usize, score: u8) {
        if let (Some(element), 1..=4) = (Element::ALL.get(at), score) {
            self.scores.insert(*element, score);
        }
    }

    pub fn answered(&self) -> usize {
        self.scores.len()
    }

    /// The first question without an answer.
    pub fn open(&self) -> Option<usize> {
        Element::ALL.iter().position(|element| !self.scores.contains_key(element))
    }

    /// The page that may be shown when `wanted` stands in the address: nobody skips a question, and what was
    /// answered stays open to be changed.
    pub fn nearest(&self, wanted: Step) -> Step {
        match (wanted, self.open()) {
            (Step::Start | Step::Thanks, _) => wanted,
            (Step::Question(at), Some(open)) if at > open => Step::Question(open),
            (Step::Profile | Step::Check, Some(open)) => Step::Question(open),
            _ => wanted,
        }
    }

    /// Where "Lanjut" leads: a question opened from the check page leads back there.
    pub fn onward(&self, from: Step) -> Step {
        match from {
            Step::Question(_) if self.asked && self.open().is_none() => Step::Check,
            _ => from.after(),
        }
    }

    /// What is sent, once all nine are answered.
    pub fn ready(&self) -> Option<NewAnswer> {
        self.open().is_none().then(|| NewAnswer {
            code: self.code.clone(),
            scores: self.scores.clone(),
            profile: self.profile.clone(),
        })
    }

    /// The same as JSON.
    pub fn body(&self) -> Option<String> {
        serde_json::to_string(&self.ready()?).ok()
    }
}

/// An age as typed. Nothing typed is an answer too.
///
/// # Errors
/// `()` when it is no age.
pub fn age(typed: &str) -> Result<Option<u8>, ()> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    match typed.parse::<u8>() {
        Ok(age) if AGES.contains(&age) => Ok(Some(age)),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(n: usize) -> Draft {
        let mut draft = Draft::begun("CODE".to_string());
        for at in 0..n {
            draft.answer(at, 3);
        }
        draft
    }

    #[test]
    fn forward_from_the_start_meets_nine_questions_once() {
        let mut step = Step::Start;
        let mut seen = 0;
        while step != Step::Thanks {
            step = step.after();
            if let Step::Question(at) = step {
                assert_eq!(at, seen);
                seen += 1;
            }
        }
        assert_eq!(seen, 9);
    }

    #[test]
    fn back_undoes_forward() {
        let mut step = Step::Start;
        while step != Step::Check {
            let next = step.after();
            assert_eq!(next.before(), step);
            step = next;
        }
    }

    #[test]
    fn the_address_names_every_page() {
        for step in [Step::Start, Step::Question(0), Step::Question(8), Step::Profile, Step::Check, Step::Thanks] {
            assert_eq!(Step::parse(&step.name()), step);
        }
        for odd in ["0", "10", "-1", "x", "99999999999999999999"] {
            assert_eq!(Step::parse(odd), Step::Start);
        }
    }

    #[test]
    fn nobody_skips_a_question() {
        assert_eq!(answered(0).nearest(Step::Question(5)), Step::Question(0));
        assert_eq!(answered(4).nearest(Step::Check), Step::Question(4));
        assert_eq!(answered(4).nearest(Step::Question(2)), Step::Question(2));
        assert_eq!(answered(9).nearest(Step::Check), Step::Check);
    }

    #[test]
    fn a_question_opened_from_the_check_page_leads_back() {
        let mut draft = answered(9);
        assert_eq!(draft.onward(Step::Question(2)), Step::Question(3));
        draft.asked = true;
        assert_eq!(draft.onward(Step::Question(2)), Step::Check);
        assert_eq!(draft.onward(Step::Profile), Step::Check);
    }

    #[test]
    fn only_nine_answers_are_sent() {
        assert!(answered(8).ready().is_none());
        let ready = answered(9).ready().unwrap();
        assert_eq!(ready.scores.len(), 9);
        let mut draft = answered(8);
        draft.answer(8, 5);
        draft.answer(9, 3);
        assert_eq!(draft.answered(), 8);
    }

    #[test]
    fn the_session_is_read_back_and_distrusted() {
        let mut draft = answered(5);
        draft.profile.age = Some(40);
        assert_eq!(Draft::read(&draft.write()), Some(draft));
        let odd = r#"{"code":"X","scores":{"waktu":9,"biaya":2},"profile":{"age":3}}"#;
        let read = Draft::read(odd).unwrap();
        assert_eq!((read.answered(), read.profile.age), (1, None));
        assert_eq!(Draft::read("{"), None);
        assert_eq!(Draft::read(r#"{"code":""}"#), None);
    }

    #[test]
    fn ages() {
        assert_eq!(age(" "), Ok(None));
        assert_eq!(age("34 "), Ok(Some(34)));
        for odd in ["9", "111", "tua", "-5", "3.5"] {
            assert_eq!(age(odd), Err(()));
        }
    }
}
