//! `text-missing`: whatever a person can meet has words in every language, and no words are left over.
//! Options that are activities have their names in activities.toml.

use super::Desk;
use crate::content::{FIRST_LANGUAGE, WIZARD, Words};
use satu_pintu_domain::content::*;
use satu_pintu_domain::rules::{Kind, RuleSet};
use std::collections::BTreeSet;

pub fn check(desk: &mut Desk) {
    let content = desk.content;
    for lang in &content.langs {
        let Some(words) = content.words.get(lang) else {
            continue;
        };
        for rules in content.rules.values() {
            rule_words(desk, lang, words, rules);
        }
        for id in words.rules.keys().filter(|id| !content.rules.contains_key(*id)) {
            let path = format!("words/{lang}/rules/{id}.toml");
            desk.unknown(&path, "", "rule set", id);
        }
        if lang != FIRST_LANGUAGE {
            services(desk, lang, words);
            interface(desk, lang, words);
        }
    }
    known_codes(desk);
}

fn rule_words(desk: &mut Desk, lang: &str, words: &Words, rules: &RuleSet) {
    let path = format!("words/{lang}/rules/{}.toml", rules.id);
    let Some(own) = words.rules.get(&rules.id) else {
        let text = format!("the rule set {} has no words in {lang}", rules.id);
        desk.tell("text-missing", &path, "", text);
        return;
    };
    desk.filled("text-missing", &path, "title", &own.title);
    questions(desk, &path, own, rules);
    reasons(desk, &path, own, rules);
    outcomes(desk, &path, own, rules);
}

fn questions(desk: &mut Desk, path: &str, own: &RuleWords, rules: &RuleSet) {
    let content = desk.content;
    for question in &rules.questions {
        let id = &question.id;
        let place = format!("question/{id}");
        let Some(said) = own.question.get(id) else {
            desk.tell("text-missing", path, &place, format!("the question {id} has no words"));
            continue;
        };
        desk.filled("text-missing", path, &format!("{place}/title"), &said.title);
        // Only the wizard's activities have their names elsewhere.
        let activity = |option: &str| {
            let named = content.activities.iter().any(|a| a.id == option);
            rules.id == WIZARD && question.class.is_some() && named
        };
        for option in question.options.iter().map(|o| o.id()) {
            let place = format!("{place}/option/{option}");
            match said.option.get(option) {
                Some(words) => desk.filled("text-missing", path, &format!("{place}/label"), &words.label),
                None if activity(option) => {}
                None => {
                    let text = format!("the option {option} of {id} has no words");
                    desk.tell("text-missing", path, &place, text);
                }
            }
        }
        let known: BTreeSet<&str> = question.options.iter().map(|o| o.id()).collect();
        left_over(desk, path, &format!("{place}/option"), said.option.keys(), &known, "option");
    }
    let known = rules.questions.iter().map(|q| q.id.as_str()).collect();
    left_over(desk, path, "question", own.question.keys(), &known, "question");
}

fn reasons(desk: &mut Desk, path: &str, own: &RuleWords, rules: &RuleSet) {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let rules_path = format!("rules/{}.toml", rules.id);
    for (at, need) in rules.needs.iter().enumerate() {
        let place = format!("need/{at}/why");
        let Some(key) = need.why.strip_prefix("need.") else {
            let text = format!("why of {} has to be need.<id>, a key of the words", need.item);
            desk.tell("text-missing", &rules_path, &place, text);
            continue;
        };
        known.insert(key);
        let said = own.need.get(key).map(|w| w.text.as_str()).unwrap_or_default();
        if said.trim().is_empty() {
            let text = format!("the reason {key} has no words");
            desk.tell("text-missing", path, &format!("need/{key}"), text);
        }
    }
    left_over(desk, path, "need", own.need.keys(), &known, "need");
    for (item, said) in &own.item {
        desk.filled("text-missing", path, &format!("item/{item}/name"), &said.name);
    }
    let items = rules.needs.iter().filter(|n| n.kind != Kind::Permit);
    let known = items.map(|n| n.item.as_str()).collect();
    left_over(desk, path, "item", own.item.keys(), &known, "item");
}

fn outcomes(desk: &mut Desk, path: &str, own: &RuleWords, rules: &RuleSet) {
    for outcome in &rules.outcomes {
        let id = &outcome.id;
        let place = format!("outcome/{id}");
        let Some(said) = own.outcome.get(id) else {
            desk.tell("text-missing", path, &place, format!("the outcome {id} has no words"));
            continue;
        };
        desk.filled("text-missing", path, &format!("{place}/title"), &said.title);
        if let Some(next) = &said.next {
            desk.go(path, &format!("{place}/next/go"), &next.go);
            desk.filled("text-missing", path, &format!("{place}/next/label"), &next.label);
        }
        if rules.id == WIZARD {
            continue;
        }
        // "Bolehkah saya?" always ends with an answer and something to do.
        if said.verdict.is_none() || said.next.is_none() {
            let text = format!("the outcome {id} needs a verdict and a next step");
            desk.tell("text-missing", path, &place, text);
        }
        if matches!(said.verdict, Some(Verdict::NotYet | Verdict::No)) {
            desk.filled("text-missing", path, &format!("{place}/change"), &said.change);
        }
    }
    let known = rules.outcomes.iter().map(|o| o.id.as_str()).collect();
    left_over(desk, path, "outcome", own.outcome.keys(), &known, "outcome");
}

/// Words that nothing asks for: mostly a slip in an id.
fn left_over<'a>(
    desk: &mut Desk,
    path: &str,
    place: &str,
    ids: impl Iterator<Item = &'a String>,
    known: &BTreeSet<&str>,
    what: &str,
) {
    for id in ids.filter(|id| !known.contains(id.as_str())) {
        desk.unknown(path, &format!("{place}/{id}"), what, id);
    }
}

fn services(desk: &mut Desk, lang: &str, words: &Words) {
    let content = desk.content;
    let path = format!("words/{lang}/services.toml");
    for service in &content.services {
        let id = &service.id;
        let Some(said) = words.services.get(id) else {
            desk.tell("text-missing", &path, id, format!("the service {id} has no words in {lang}"));
            continue;
        };
        let texts = [
            ("name", &said.name),
            ("plain", &said.plain),
            ("who", &said.who),
            ("product", &said.product),
            ("validity", &said.validity),
        ];
        for (field, text) in texts {
            desk.filled("text-missing", &path, &format!("{id}/{field}"), text);
        }
    }
    let known = content.services.iter().map(|s| s.id.as_str()).collect();
    left_over(desk, &path, "", words.services.keys(), &known, "service");
}

/// A language has the same keys as Indonesian, with the same places to fill in.
fn interface(desk: &mut Desk, lang: &str, words: &Words) {
    let Some(first) = desk.content.words.get(FIRST_LANGUAGE) else {
        return;
    };
    let keys: BTreeSet<&String> = first.interface.keys().chain(words.interface.keys()).collect();
    for key in keys {
        let Some((section, name)) = key.split_once('.') else {
            continue;
        };
        let path = |lang: &str| format!("words/{lang}/interface/{section}.toml");
        match (first.interface.get(key), words.interface.get(key)) {
            (Some(_), None) => {
                let text = format!("{name} is missing, words/id has it");
                desk.tell("text-missing", &path(lang), "", text);
            }
            (None, Some(_)) => {
                let text = format!("{name} is missing, words/{lang} has it");
                desk.tell("text-missing", &path(FIRST_LANGUAGE), "", text);
            }
            (Some(own), Some(theirs)) if holes(own) != holes(theirs) => {
                let text = format!("{name} has other {{places}} than in Indonesian");
                desk.tell("text-missing", &path(lang), name, text);
            }
            _ => {}
        }
    }
}

/// The `{name}` of a text.
fn holes(text: &str) -> BTreeSet<&str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

/// Every fault and problem that the program can tell has words.
fn known_codes(desk: &mut Desk) {
    let Some(first) = desk.content.words.get(FIRST_LANGUAGE) else {
        return;
    };
    let problems = satu_pintu_api::problem::Code::ALL.iter().filter_map(|code| {
        let name = serde_json::to_value(code).ok()?;
        Some(("problem", name.as_str()?.to_string()))
    });
    let faults = satu_pintu_domain::validate::ALL_FAULTS.iter().map(|code| {
        let section = if code.starts_with("phone-") { "phone" } else { "fault" };
        (section, code.to_string())
    });
    for (section, code) in faults.chain(problems) {
        if !first.interface.contains_key(&format!("{section}.{code}")) {
            let path = format!("words/{FIRST_LANGUAGE}/interface/{section}.toml");
            desk.tell("text-missing", &path, "", format!("{code} has no words"));
        }
    }
}
