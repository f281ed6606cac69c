//! Answers in the address: `usaha=warung-nasi&surat-lama=iumk.siup`, so that a link is a state and Back works.
//! Keys that begin with `--` are no question: they say what the page should do with the answers.

use crate::i18n::{Lang, lang};
use crate::routes::clean;
use satu_pintu_domain::content::{Activity, RuleWords};
use satu_pintu_domain::rules::{Answers, from_url, to_url};

/// The question whose form was sent; without an answer to it the page says so.
pub const SENT: &str = "--kirim";
/// The question that the person wants to answer again.
pub const CHANGE: &str = "--ganti";
/// An amount typed instead of a band.
pub const TYPED: &str = "--nilai";
/// Words typed into the search of a long list, when the form went without script.
pub const SEARCH: &str = "--cari";

/// No address that a person can use is longer; what is beyond is not read.
const MOST: usize = 64;

/// What stands for an answer with characters that no option has: it is unknown, and the page says so.
const STRANGE: &str = "!";

/// The answers of a query without its `?`. A key may come several times (checkboxes do).
pub fn from_query(query: &str) -> Answers {
    let mut answers = Answers::new();
    for (key, value) in pairs(query) {
        if key.is_empty() || key.len() > MOST || !clean(key) || is_own(key) {
            continue;
        }
        let id = from_url(key);
        let at = match answers.iter().position(|(known, _)| *known == id) {
            Some(at) => at,
            None => {
                answers.push((id, Vec::new()));
                answers.len() - 1
            }
        };
        for value in value.split('.').take(MOST).filter(|v| !v.is_empty()) {
            let value = if clean(value) { from_url(value) } else { STRANGE.to_string() };
            if !answers[at].1.contains(&value) {
                answers[at].1.push(value);
            }
        }
    }
    answers.retain(|(_, values)| !values.is_empty());
    answers
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('=')).take(MOST)
}

fn is_own(key: &str) -> bool {
    [SENT, CHANGE, TYPED, SEARCH].contains(&key)
}

/// What the query says for one of our own keys: an id, or text that was typed.
pub fn extra(query: &str, key: &str) -> Option<String> {
    let (_, value) = pairs(query).find(|(k, _)| *k == key)?;
    let id = matches!(key, SENT | CHANGE);
    let text = if id { from_url(value) } else { decode(value).trim().to_string() };
    (!text.is_empty()).then_some(text)
}

/// Text as a form sends it: `+` for a space, `%C3%A9`.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
                match (digit(), digit()) {
                    (Some(high), Some(low)) => (high * 16 + low) as u8,
                    _ => b'?',
                }
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One answer as key and value of a query or of a hidden input.
pub fn pair(id: &str, values: &[String]) -> (String, String) {
    let values: Vec<String> = values.iter().map(|v| to_url(v)).collect();
    (to_url(id), values.join("."))
}

/// Answers as a query without `?`; empty when there are none.
pub fn to_query(answers: &Answers) -> String {
    let pairs: Vec<String> =
        answers.iter().map(|(id, values)| pair(id, values)).map(|(key, value)| format!("{key}={value}")).collect();
    pairs.join("&")
}

/// A path with the answers behind it, and the question to answer again when there is one.
pub fn address(path: &str, answers: &Answers, change: Option<&str>) -> String {
    let mut query = to_query(answers);
    if let Some(id) = change {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(&format!("{CHANGE}={}", to_url(id)));
    }
    if query.is_empty() { path.to_string() } else { format!("{path}?{query}") }
}

/// The answers with one of them replaced in its place, or added.
pub fn with(answers: &Answers, id: &str, values: Vec<String>) -> Answers {
    let mut out = answers.clone();
    match out.iter_mut().find(|(known, _)| known == id) {
        Some(found) => found.1 = values,
        None => out.push((id.to_string(), values)),
    }
    out
}

/// An answer in words: the question and what was chosen, one line each.
pub struct Told {
    pub id: String,
    pub question: String,
    pub answer: String,
}

/// What the options of a question are called. The first question of the wizard takes the names of activities.
pub fn option_name(words: &RuleWords, activities: &[Activity], question: &str, option: &str) -> String {
    let own = words.question.get(question).and_then(|q| q.option.get(option));
    match (own, activities.iter().find(|a| a.id == option)) {
        (Some(own), _) => own.label.clone(),
        (None, Some(activity)) if lang() == Lang::Id => activity.name.clone(),
        (None, Some(activity)) => activity.en.clone(),
        (None, None) => option.to_string(),
    }
}

/// The answers of a path in words.
pub fn told(words: &RuleWords, activities: &[Activity], path: &Answers) -> Vec<Told> {
    let one = |(id, values): &(String, Vec<String>)| {
        let names: Vec<String> = values.iter().map(|v| option_name(words, activities, id, v)).collect();
        Told {
            id: id.clone(),
            question: words.question.get(id).map_or(id, |q| &q.title).clone(),
            answer: names.join("\n"),
        }
    };
    path.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(list: &[(&str, &[&str])]) -> Answers {
        let owned = |v: &&[&str]| v.iter().map(|s| s.to_string()).collect();
        list.iter().map(|(id, v)| (id.to_string(), owned(v))).collect()
    }

    #[test]
    fn a_query_is_read_and_written() {
        let query = "usaha=warung-nasi&surat-lama=iumk.siup";
        let read = from_query(query);
        assert_eq!(read, answers(&[("usaha", &["warung-nasi"]), ("surat-lama", &["iumk", "siup"])]));
        assert_eq!(to_query(&read), query);
    }

    #[test]
    fn checkboxes_come_as_several_pairs() {
        let read = from_query("surat-lama=iumk&surat-lama=siup&surat-lama=iumk");
        assert_eq!(read, answers(&[("surat-lama", &["iumk", "siup"])]));
    }

    #[test]
    fn odd_ids_survive_the_address() {
        let given = answers(&[("a_b?", &["c_d", "e?"])]);
        let query = to_query(&given);
        assert_eq!(query, "a--ub--q=c--ud.e--q");
        assert_eq!(from_query(&query), given);
    }

    #[test]
    fn what_is_no_answer_is_left_out() {
        assert!(from_query("").is_empty());
        assert!(from_query("--ganti=modal&--kirim=usaha&modal=&=x&modal=..&x&%3Cb%3E=1").is_empty());
    }

    #[test]
    fn a_strange_value_is_an_unknown_answer_and_no_empty_one() {
        assert_eq!(from_query("modal=%3Cscript%3E"), answers(&[("modal", &["!"])]));
    }

    #[test]
    fn a_huge_query_is_cut_and_harmless() {
        let long = "x".repeat(10_000);
        let many: Vec<String> = (0..1_000).map(|n| format!("q{n}={long}")).collect();
        assert_eq!(from_query(&many.join("&")).len(), 64);
        assert!(from_query(&format!("{long}=a")).is_empty());
    }

    #[test]
    fn typed_text_is_decoded() {
        let query = "usaha=kos&--nilai=Rp25+juta&--cari=jus%20alpukat%C3%A9%2&--ganti=papan--unama";
        assert_eq!(extra(query, TYPED).as_deref(), Some("Rp25 juta"));
        assert_eq!(extra(query, SEARCH).as_deref(), Some("jus alpukaté?"));
        assert_eq!(extra(query, CHANGE).as_deref(), Some("papan_nama"));
        assert_eq!(extra(query, SENT), None);
        assert_eq!(extra("--nilai=+", TYPED), None);
    }

    #[test]
    fn an_address_names_the_question_to_change() {
        let given = answers(&[("usaha", &["kos"])]);
        assert_eq!(address("/izin", &Answers::new(), None), "/izin");
        assert_eq!(address("/izin", &given, None), "/izin?usaha=kos");
        assert_eq!(address("/izin", &given, Some("usaha")), "/izin?usaha=kos&--ganti=usaha");
        assert_eq!(address("/izin", &Answers::new(), Some("usaha")), "/izin?--ganti=usaha");
    }

    #[test]
    fn a_changed_answer_keeps_its_place_and_the_others() {
        let given = answers(&[("usaha", &["kos"]), ("badan", &["sendiri"])]);
        let changed = with(&given, "usaha", vec!["jahit".into()]);
        assert_eq!(changed, answers(&[("usaha", &["jahit"]), ("badan", &["sendiri"])]));
        assert_eq!(with(&given, "modal", vec!["mikro".into()]).len(), 3);
    }
}
