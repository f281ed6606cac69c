//! Findings that need no walk: ids, references, forms. The walk itself is in [`super::states`].
//! A guard may test a question's answer, or its class where the options have classes.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a guard may test: the values of each fact, and whether its question is `many`.
struct Known<'a> {
    values: BTreeMap<&'a str, BTreeSet<&'a str>>,
    many: BTreeSet<&'a str>,
    /// Questions with classes, and the fact to be tested in their place.
    classed: BTreeMap<&'a str, &'a str>,
}

impl<'a> Known<'a> {
    fn of(rules: &'a RuleSet) -> Known<'a> {
        let mut known = Known { values: BTreeMap::new(), many: BTreeSet::new(), classed: BTreeMap::new() };
        for question in &rules.questions {
            let options = question.options.iter().map(Choice::id).collect();
            known.values.insert(&question.id, options);
            let fact = match &question.class {
                Some(class) => {
                    let classes = question.options.iter().filter_map(Choice::class);
                    known.values.entry(class).or_default().extend(classes);
                    known.classed.insert(&question.id, class);
                    class
                }
                None => &question.id,
            };
            if question.many {
                known.many.insert(fact);
            }
        }
        known
    }

    /// `place` is the guard's own place in the document.
    fn guard(&self, guard: &Guard, place: &str, in_next: bool, out: &mut Vec<Finding>) {
        for (fact, wanted) in &guard.0 {
            let place = format!("{place}/{fact}");
            let Some(values) = self.values.get(fact.as_str()) else {
                let text = format!("no question or class is called {fact}");
                out.push(Finding::new("unknown-value", place, text));
                continue;
            };
            if let Some(class) = self.classed.get(fact.as_str()) {
                let text = format!("{fact} has classes: test {class}, not the option itself");
                out.push(Finding::new("unknown-value", place, text));
                continue;
            }
            if in_next && self.many.contains(fact.as_str()) {
                let text = format!("{fact} may have several answers and cannot choose the way");
                out.push(Finding::new("parse", place.clone(), text));
            }
            for value in wanted.values() {
                if !values.contains(value.as_str()) {
                    let text = format!("{fact} is never {value}");
                    out.push(Finding::new("unknown-value", place.clone(), text));
                }
            }
        }
    }
}

/// 1 to 64 of `a-z 0-9 - _ ?`, without `--`.
pub fn is_id(text: &str) -> bool {
    let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'?');
    (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.contains("--")
}

/// With `declared`, an end has to be one of the outcomes, as `check` requires; otherwise only when there
/// are outcomes at all.
pub(super) fn structure(rules: &RuleSet, declared: bool) -> Vec<Finding> {
    let mut out = Vec::new();
    let known = Known::of(rules);
    ids(rules, &mut out);
    if rules.question(&rules.start).is_none() {
        let text = format!("start goes to {}, which is no question", rules.start);
        out.push(Finding::new("unknown-target", "start".into(), text));
    }
    for (at, question) in rules.questions.iter().enumerate() {
        let place = format!("question/{at}");
        options(question, &place, &mut out);
        band(question, &place, &mut out);
        for (row, next) in question.next.iter().enumerate() {
            let place = format!("{place}/next/{row}");
            known.guard(&next.when, &format!("{place}/when"), true, &mut out);
            target(rules, question, next, &place, declared, &mut out);
        }
    }
    for (at, need) in rules.needs.iter().enumerate() {
        let place = format!("need/{at}");
        known.guard(&need.when, &format!("{place}/when"), false, &mut out);
        if let (Some(from), Some(until)) = (need.from, need.until)
            && from > until
        {
            let text = format!("{}: from {from} is after until {until}", need.item);
            out.push(Finding::new("need-never", place, text));
        }
    }
    out
}

/// Every id well formed and used once in its own kind. A fact has one source: a question or a class.
fn ids(rules: &RuleSet, out: &mut Vec<Finding>) {
    let mut all = vec![("id".to_string(), rules.id.as_str())];
    let mut facts: BTreeSet<&str> = BTreeSet::new();
    let mut unique = |set: &mut BTreeSet<&'_ str>, id: &'_ str, place: &str, kind: &str| {
        // Lifetimes are one: both belong to `rules`.
        if set.contains(id) {
            let text = format!("{kind} {id} is there twice");
            out.push(Finding::new("duplicate-id", place.to_string(), text));
            false
        } else {
            true
        }
    };
    for (at, question) in rules.questions.iter().enumerate() {
        let place = format!("question/{at}");
        if unique(&mut facts, &question.id, &place, "question") {
            facts.insert(&question.id);
        }
        all.push((format!("{place}/id"), &question.id));
        let mut options: BTreeSet<&str> = BTreeSet::new();
        for (o, option) in question.options.iter().enumerate() {
            let place = format!("{place}/options/{o}");
            if unique(&mut options, option.id(), &place, "option") {
                options.insert(option.id());
            }
            all.push((place.clone(), option.id()));
            all.extend(option.class().map(|class| (place, class)));
        }
    }
    for (at, question) in rules.questions.iter().enumerate() {
        let Some(class) = &question.class else {
            continue;
        };
        let place = format!("question/{at}/class");
        if unique(&mut facts, class, &place, "fact") {
            facts.insert(class);
        }
        all.push((place, class));
    }
    let mut outcomes: BTreeSet<&str> = BTreeSet::new();
    for (at, outcome) in rules.outcomes.iter().enumerate() {
        let place = format!("outcome/{at}");
        if unique(&mut outcomes, &outcome.id, &place, "outcome") {
            outcomes.insert(&outcome.id);
        }
        all.push((place, &outcome.id));
    }
    for (at, need) in rules.needs.iter().enumerate() {
        all.push((format!("need/{at}/item"), &need.item));
    }
    for (place, id) in all {
        if !is_id(id) {
            let text = format!("{id:?} is no id: 1 to 64 of a-z 0-9 - _ ? without --");
            out.push(Finding::new("parse", place, text));
        }
    }
}

fn options(question: &Question, place: &str, out: &mut Vec<Finding>) {
    let id = &question.id;
    let mut parse = |part: &str, text: String| {
        out.push(Finding::new("parse", format!("{place}/{part}"), text));
    };
    if question.options.is_empty() {
        parse("options", format!("{id} has no options"));
    }
    let classes = question.options.iter().filter_map(Choice::class).count();
    match question.class {
        None if classes > 0 => {
            parse("options", format!("options of {id} have classes, but {id} has no class fact"));
        }
        Some(_) if classes == 0 => {
            parse("class", format!("{id} has a class fact, but no option has a class"));
        }
        _ => {}
    }
    if !question.many && !question.alone.is_empty() {
        parse("alone", format!("{id} has only one answer anyway: alone needs many = true"));
    }
    for (at, alone) in question.alone.iter().enumerate() {
        if !question.options.iter().any(|o| o.id() == alone) {
            let text = format!("alone names {alone}, which is no option of {id}");
            out.push(Finding::new("unknown-value", format!("{place}/alone/{at}"), text));
        }
    }
}

/// Bounds ascend in the order of the options; only the last may be open.
fn band(question: &Question, place: &str, out: &mut Vec<Finding>) {
    let Some(band) = &question.band else {
        return;
    };
    for option in band.bounds.keys() {
        if !question.options.iter().any(|o| o.id() == option) {
            let text = format!("band names {option}, which is no option of {}", question.id);
            let place = format!("{place}/band/{option}");
            out.push(Finding::new("unknown-value", place, text));
        }
    }
    let mut below: Option<(&str, Option<i64>)> = None;
    for option in question.options.iter().map(Choice::id) {
        let Some(bound) = band.bounds.get(option) else {
            continue;
        };
        let ascends = match (below, bound.max) {
            (None, _) => true,
            (Some((_, None)), _) => false,
            (Some((_, Some(_))), None) => true,
            (Some((_, Some(low))), Some(high)) => low < high,
        };
        if let (false, Some((earlier, _))) = (ascends, below) {
            let text = format!("band: {option} does not lie above {earlier}");
            let place = format!("{place}/band/{option}");
            out.push(Finding::new("parse", place, text));
        }
        below = Some((option, bound.max));
    }
}

fn target(rules: &RuleSet, question: &Question, next: &Next, place: &str, declared: bool, out: &mut Vec<Finding>) {
    let id = &question.id;
    match (&next.go, &next.end) {
        (Some(go), None) => {
            if rules.question(go).is_none() {
                let text = format!("{id} goes to {go}, which is no question");
                out.push(Finding::new("unknown-target", format!("{place}/go"), text));
            }
        }
        (None, Some(end)) => {
            let asked = declared || !rules.outcomes.is_empty();
            if asked && !rules.outcomes.iter().any(|o| o.id == *end) {
                let text = format!("{id} ends at {end}, which is no outcome");
                out.push(Finding::new("unknown-target", format!("{place}/end"), text));
            }
        }
        _ => {
            let text = format!("a row of {id} needs exactly one of go and end");
            out.push(Finding::new("parse", place.to_string(), text));
        }
    }
}

/// Dated values: one value a day and id, and a value in force today.
pub fn params(params: &[crate::content::Param], today: Day) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut seen: BTreeSet<(&str, Day)> = BTreeSet::new();
    for (at, param) in params.iter().enumerate() {
        if !seen.insert((&param.id, param.from)) {
            let text = format!("{} has two values from {}", param.id, param.from);
            out.push(Finding::new("param-overlap", format!("param/{at}"), text));
        }
    }
    let mut first: BTreeMap<&str, (Day, usize)> = BTreeMap::new();
    for (at, param) in params.iter().enumerate() {
        let earliest = first.entry(&param.id).or_insert((param.from, at));
        *earliest = (*earliest).min((param.from, at));
    }
    for (id, (from, at)) in first {
        if from > today {
            let text = format!("{id} has no value from {today} to the day before {from}");
            out.push(Finding::new("param-gap", format!("param/{at}"), text));
        }
    }
    out
}
