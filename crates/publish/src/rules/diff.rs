//! What a change of the rules does to people: how many of how many situations get another result.
//! Options that both versions treat alike are asked once and counted as many as they are.

use super::read;
use crate::finding::Finding;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{Answers, Done, Question, RuleSet, Step, resolve, version};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// More examples than this are not read.
const EXAMPLES: usize = 5;

/// Compares two versions of a rules file, in sentences.
///
/// # Errors
/// `parse` or `unknown-key` of either file.
pub fn rules_diff(old: &Path, new: &Path, today: Day) -> Result<String, Vec<Finding>> {
    let (_, old) = read(old).map_err(|finding| vec![finding])?;
    let (_, new) = read(new).map_err(|finding| vec![finding])?;
    Ok(diff(&old, &new, today))
}

#[derive(Default)]
struct Tally {
    all: u64,
    same_questions: u64,
    other_questions: u64,
    /// By item: in how many situations it comes in and drops out.
    items: BTreeMap<String, (u64, u64)>,
    ends: u64,
    examples: Vec<String>,
}

impl Tally {
    fn changed(&self) -> u64 {
        self.same_questions + self.other_questions
    }
}

/// The same, of rules already read.
pub fn diff(old: &RuleSet, new: &RuleSet, today: Day) -> String {
    let (before, after) = (version(old), version(new));
    if before == after {
        return format!("The rules are the same: version {before}.\n");
    }
    let mut tally = Tally::default();
    walk(old, new, today, &mut |weight, answers, done| {
        compare(&mut tally, weight, answers, done, resolve(new, answers, today).ok());
    });
    let mut fresh = 0;
    let mut of_new = 0;
    walk(new, old, today, &mut |weight, answers, done| {
        of_new += weight;
        let known = resolve(old, answers, today).ok();
        let met = matches!(known, Some(Step::Done(was)) if was.path == done.path);
        fresh += if met { 0 } else { weight };
    });
    say(&tally, fresh, of_new, &before, &after)
}

fn compare(tally: &mut Tally, weight: u64, answers: &Answers, was: &Done, now: Option<Step<'_>>) {
    tally.all += weight;
    let Some(Step::Done(now)) = now.filter(|now| matches!(now, Step::Done(d) if d.path == was.path)) else {
        tally.other_questions += weight;
        return example(tally, answers, "other questions follow");
    };
    let items = |done: &Done| -> BTreeSet<String> {
        let named = |hit: &satu_pintu_domain::rules::Hit| match hit.kind {
            satu_pintu_domain::rules::Kind::Permit => hit.item.clone(),
            satu_pintu_domain::rules::Kind::NotNeeded => format!("{} (not needed)", hit.item),
            satu_pintu_domain::rules::Kind::Note => format!("{} (note)", hit.item),
        };
        done.needs.iter().map(named).collect()
    };
    let (had, has) = (items(was), items(&now));
    if had == has && was.outcome == now.outcome {
        return;
    }
    tally.same_questions += weight;
    let mut said = Vec::new();
    if was.outcome != now.outcome {
        tally.ends += weight;
        said.push(format!("{} becomes {}", was.outcome, now.outcome));
    }
    for item in has.difference(&had) {
        tally.items.entry(item.clone()).or_default().0 += weight;
        said.push(format!("{item} comes in"));
    }
    for item in had.difference(&has) {
        tally.items.entry(item.clone()).or_default().1 += weight;
        said.push(format!("{item} drops out"));
    }
    example(tally, answers, &said.join(", "));
}

fn example(tally: &mut Tally, answers: &Answers, text: &str) {
    if tally.examples.len() < EXAMPLES {
        let steps = answers.iter().map(|(q, v)| format!("{q} = {}", v.join(" + ")));
        let steps: Vec<String> = steps.collect();
        tally.examples.push(format!("{}: {text}.", steps.join(", ")));
    }
}

fn say(tally: &Tally, fresh: u64, of_new: u64, before: &str, after: &str) -> String {
    let mut out = String::new();
    let short = |version: &str| version.chars().take(12).collect::<String>();
    let _ = writeln!(out, "From version {} to version {}.", short(before), short(after));
    let _ = writeln!(out, "{} of {} situations change.", tally.changed(), tally.all);
    if tally.other_questions > 0 {
        let _ = writeln!(out, "In {} of them other questions are asked.", tally.other_questions);
    }
    if tally.ends > 0 {
        let _ = writeln!(out, "In {} of them the outcome is another one.", tally.ends);
    }
    for (item, (more, less)) in &tally.items {
        if *more > 0 {
            let _ = writeln!(out, "{item} comes in for {more} situations.");
        }
        if *less > 0 {
            let _ = writeln!(out, "{item} drops out for {less} situations.");
        }
    }
    let _ = writeln!(out, "{fresh} of {of_new} situations of the new rules were not there before.");
    if !tally.examples.is_empty() {
        let _ = writeln!(out, "For example:");
    }
    for example in &tally.examples {
        let _ = writeln!(out, "  {example}");
    }
    out
}

/// Every situation of `rules`, with how many it stands for. Options are told apart by their class here
/// and in the `other` version.
fn walk(rules: &RuleSet, other: &RuleSet, today: Day, with: &mut dyn FnMut(u64, &Answers, &Done)) {
    let mut todo: Vec<(u64, Answers)> = vec![(1, Answers::new())];
    while let Some((weight, answers)) = todo.pop() {
        match resolve(rules, &answers, today) {
            Ok(Step::Ask(ask)) if !ask.invalid => {
                let groups = groups(ask.question, other.question(&ask.question.id));
                for (value, size) in groups.into_iter().rev() {
                    let mut answers = answers.clone();
                    answers.push((ask.question.id.clone(), vec![value]));
                    todo.push((weight * size, answers));
                }
            }
            Ok(Step::Done(done)) => with(weight, &answers, &done),
            // Rules that do not pass the check are counted as far as they go.
            _ => {}
        }
    }
}

fn groups(question: &Question, other: Option<&Question>) -> Vec<(String, u64)> {
    let mut seen: Vec<((String, Option<String>), String, u64)> = Vec::new();
    for option in &question.options {
        let id = option.id().to_string();
        let here = option.class().map_or(format!("={id}"), str::to_string);
        let there = other.and_then(|q| q.options.iter().find(|o| o.id() == id));
        let there = there.map(|o| o.class().map_or(format!("={id}"), str::to_string));
        let key = (here, there);
        match seen.iter_mut().find(|(k, _, _)| *k == key) {
            Some((_, _, size)) => *size += 1,
            None => seen.push((key, id, 1)),
        }
    }
    seen.into_iter().map(|(_, id, size)| (id, size)).collect()
}
