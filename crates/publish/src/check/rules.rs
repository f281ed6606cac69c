//! Rule sets: each by itself as the domain checks it, then what it names outside itself.

use super::Desk;
use crate::content::WIZARD;
use crate::document::Document;
use crate::finding::Finding;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{self, Certificate, Guard, Kind, RuleSet};

/// A rule set by itself.
///
/// # Errors
/// The domain's findings with their lines.
pub fn rule_set(document: &Document, rules: &RuleSet, today: Day) -> Result<Certificate, Vec<Finding>> {
    rules::check(rules, today).map_err(|findings| located(document, findings))
}

/// Findings of the domain at their lines.
pub fn located(document: &Document, findings: Vec<rules::Finding>) -> Vec<Finding> {
    let place = |f: rules::Finding| document.finding(f.code, &f.subject, f.text);
    findings.into_iter().map(place).collect()
}

pub fn check(desk: &mut Desk) {
    let content = desk.content;
    for (id, rules) in &content.rules {
        let path = format!("rules/{id}.toml");
        let found = match desk.document(&path) {
            Some(document) => rule_set(document, rules, desk.today).err(),
            None => None,
        };
        desk.findings.extend(found.into_iter().flatten());
        for (q, question) in rules.questions.iter().enumerate() {
            for (o, option) in question.options.iter().enumerate() {
                if let Some(help) = option.help().filter(|help| content.guide(help).is_none()) {
                    desk.unknown(&path, &format!("question/{q}/options/{o}"), "guide", help);
                }
            }
        }
        for (at, param) in rules.params.iter().enumerate() {
            if content.source(&param.source).is_none() {
                desk.unknown(&path, &format!("param/{at}/source"), "source", &param.source);
            }
        }
        needs(desk, rules, &path);
    }
    requirement_conditions(desk);
    params(desk);
}

/// A permit needs a service to explain it, anything else needs words.
fn needs(desk: &mut Desk, rules: &RuleSet, path: &str) {
    let content = desk.content;
    for (at, need) in rules.needs.iter().enumerate() {
        let item = &need.item;
        let place = format!("need/{at}/item");
        if content.service(item).is_some() {
            continue;
        }
        if need.kind == Kind::Permit {
            let text = format!("{item} is a permit, but there is no services/{item}.toml");
            desk.tell("need-without-guidance", path, &place, text);
            continue;
        }
        for lang in &content.langs {
            let words = content.words.get(lang).and_then(|w| w.rules.get(&rules.id));
            if words.is_some_and(|w| !w.item.contains_key(item)) {
                let text = format!("{item} has no [item.{item}] in words/{lang}/rules/{}.toml", rules.id);
                desk.tell("need-without-guidance", path, &place, text);
            }
        }
    }
}

/// `when` of a service's requirement speaks of facts of the wizard.
fn requirement_conditions(desk: &mut Desk) {
    let content = desk.content;
    let Some(wizard) = content.rules.get(WIZARD) else {
        return;
    };
    for service in &content.services {
        let path = format!("services/{}.toml", service.id);
        for (at, need) in service.requirement.iter().enumerate() {
            for text in misfits(wizard, &need.when) {
                desk.tell("unknown-value", &path, &format!("requirement/{at}/when"), text);
            }
        }
    }
}

fn misfits(wizard: &RuleSet, guard: &Guard) -> Vec<String> {
    let mut out = Vec::new();
    for (fact, wanted) in &guard.0 {
        let mut known = false;
        let mut values: Vec<&str> = Vec::new();
        for question in &wizard.questions {
            if question.id == *fact {
                known = true;
                values.extend(question.options.iter().map(|o| o.id()));
            } else if question.class.as_deref() == Some(fact) {
                known = true;
                values.extend(question.options.iter().filter_map(|o| o.class()));
            }
        }
        if !known {
            out.push(format!("the wizard has no fact {fact}"));
            continue;
        }
        let strange = wanted.values().iter().filter(|v| !values.contains(&v.as_str()));
        out.extend(strange.map(|value| format!("{fact} is never {value}")));
    }
    out
}

/// Dated values of params.toml, and those of rule sets against them.
fn params(desk: &mut Desk) {
    let content = desk.content;
    let path = "params.toml";
    let of_rules: usize = content.rules.values().map(|r| r.params.len()).sum();
    let own = content.params.len() - of_rules;
    for finding in rules::check_params(&content.params, desk.today) {
        let at = finding.subject.strip_prefix("param/").and_then(|n| n.parse::<usize>().ok());
        // Faults within a rule set's own params were told with it; across files the office's file is told.
        let inside = at.is_some_and(|at| at < own);
        let place = if inside { finding.subject } else { String::new() };
        if inside || finding.code == "param-overlap" {
            desk.tell(finding.code, path, &place, finding.text);
        }
    }
    for (at, param) in content.params[..own].iter().enumerate() {
        if content.source(&param.source).is_none() {
            desk.unknown(path, &format!("param/{at}/source"), "source", &param.source);
        }
    }
}
