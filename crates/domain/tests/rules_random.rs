//! Chance makes small rule sets, and every one is walked twice: by the check, which merges states, and here
//! one answer after the other without any cleverness. Both have to see the same.
#![allow(clippy::unwrap_used)]

mod common;
use common::{Chance, day, each_seed};
use satu_pintu_domain::rules::*;
use std::collections::{BTreeMap, BTreeSet};

type Said = BTreeSet<(&'static str, String)>;

fn random(chance: &mut Chance) -> RuleSet {
    let count = 2 + chance.below(5);
    let mut questions: Vec<Question> = Vec::new();
    for at in 0..count {
        let classed = chance.below(4) == 0;
        let options = (0..2 + chance.below(3)).map(|o| {
            let id = format!("o{o}");
            if classed && chance.below(5) > 0 {
                let class = Some(format!("c{}", chance.below(2)));
                Choice::Table(ChoiceTable { id, class, help: None })
            } else {
                Choice::Id(id)
            }
        });
        let options: Vec<Choice> = options.collect();
        let classed = options.iter().any(|o| o.class().is_some());
        questions.push(Question {
            id: format!("q{at}"),
            class: classed.then(|| format!("k{at}")),
            many: chance.below(6) == 0,
            alone: Vec::new(),
            options,
            next: Vec::new(),
            band: None,
        });
    }
    for at in 0..count {
        let mut next = Vec::new();
        for _ in 0..chance.below(3) {
            let when = guard(chance, &questions, false);
            next.push(row(chance, at, count, when));
        }
        if chance.below(8) > 0 {
            next.push(row(chance, at, count, Guard::default()));
        }
        questions[at].next = next;
    }
    let needs = (0..chance.below(6)).map(|_| Need {
        item: format!("i{}", chance.below(3)),
        kind: Kind::Permit,
        when: guard(chance, &questions, true),
        why: format!("need.w{}", chance.below(2)),
        from: None,
        until: None,
    });
    RuleSet {
        id: "acak".into(),
        start: "q0".into(),
        needs: needs.collect(),
        questions,
        outcomes: (0..2).map(|e| Outcome { id: format!("e{e}") }).collect(),
        params: Vec::new(),
    }
}

/// Mostly forward, sometimes anywhere.
fn row(chance: &mut Chance, at: usize, count: usize, when: Guard) -> Next {
    let to = if chance.below(12) == 0 { chance.below(count) } else { at + 1 + chance.below(2) };
    let end = to >= count;
    Next { when, go: (!end).then(|| format!("q{to}")), end: end.then(|| format!("e{}", chance.below(2))) }
}

fn guard(chance: &mut Chance, questions: &[Question], many: bool) -> Guard {
    let mut entries = BTreeMap::new();
    for _ in 0..chance.below(3) {
        let question = chance.one(questions);
        if question.many && !many {
            continue;
        }
        let values: Vec<String> = match &question.class {
            Some(_) => question.options.iter().filter_map(|o| o.class()).map(str::to_string).collect(),
            None => question.options.iter().map(|o| o.id().to_string()).collect(),
        };
        let fact = question.class.clone().unwrap_or(question.id.clone());
        let picked = (0..1 + chance.below(2)).map(|_| chance.one(&values).clone()).collect();
        entries.insert(fact, OneOrMany::Many(picked));
    }
    Guard(entries)
}

/// The slow walk.
#[derive(Default)]
struct Slow {
    asked: BTreeSet<usize>,
    known: BTreeMap<usize, BTreeSet<String>>,
    taken: BTreeSet<(usize, usize)>,
    options: BTreeSet<(usize, usize)>,
    ended: BTreeSet<(usize, usize)>,
    used: BTreeSet<usize>,
    held: BTreeSet<usize>,
    ends: BTreeSet<String>,
    results: BTreeSet<String>,
    broken: Said,
    paths: Vec<Path>,
    longest: usize,
}

impl Slow {
    /// What follows from here, as text; and whether it comes to an end somewhere.
    fn ask(&mut self, rules: &RuleSet, at: usize, facts: &Facts, path: &[(usize, usize)]) -> (String, bool) {
        let question = &rules.questions[at];
        self.asked.insert(at);
        let mut follows = Vec::new();
        let mut any = false;
        let mut classes = BTreeSet::new();
        for (o, option) in question.options.iter().enumerate() {
            if option.class().is_some_and(|c| !classes.insert(c)) {
                continue;
            }
            let mut facts = facts.clone();
            facts.insert(question.id.clone(), vec![option.id().to_string()]);
            if let (Some(fact), Some(class)) = (&question.class, option.class()) {
                facts.insert(fact.clone(), vec![class.to_string()]);
            }
            let known = self.known.entry(at).or_default();
            known.extend(path.iter().map(|(q, _)| *q).chain([at]).flat_map(|q| {
                let q = &rules.questions[q];
                [Some(q.id.clone()), q.class.clone()].into_iter().flatten()
            }));
            let mut path = path.to_vec();
            path.push((at, o));
            self.longest = self.longest.max(path.len());
            self.options.insert((at, o));
            let (text, ends) = self.answer(rules, at, o, &facts, &path);
            if ends {
                self.ended.insert((at, o));
                any = true;
            }
            follows.push(text);
        }
        if follows.iter().any(|f| *f != follows[0]) {
            self.used.insert(at);
        }
        (format!("{at}({})", follows.join(";")), any)
    }

    fn answer(
        &mut self,
        rules: &RuleSet,
        at: usize,
        option: usize,
        facts: &Facts,
        path: &[(usize, usize)],
    ) -> (String, bool) {
        let question = &rules.questions[at];
        let Some(row) = question.next.iter().position(|r| r.when.holds(facts)) else {
            self.broken.insert(("no-rule", format!("question/{at}/options/{option}")));
            return ("no-rule".into(), false);
        };
        self.taken.insert((at, row));
        if let Some(go) = &question.next[row].go {
            let to = rules.questions.iter().position(|q| q.id == *go).unwrap();
            if path.iter().any(|(asked, _)| *asked == to) {
                self.broken.insert(("cycle", format!("question/{at}/next/{row}")));
                return ("cycle".into(), false);
            }
            return self.ask(rules, to, facts, path);
        }
        let end = question.next[row].end.clone().unwrap();
        self.ends.insert(end.clone());
        let mut items: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut needs: Vec<String> = Vec::new();
        for (n, need) in rules.needs.iter().enumerate().filter(|(_, n)| n.when.holds(facts)) {
            self.held.insert(n);
            items.entry(&need.item).or_default().insert(&need.why);
            if !needs.contains(&need.item) {
                needs.push(need.item.clone());
            }
        }
        let answers = path.iter().map(|(q, o)| {
            let q = &rules.questions[*q];
            (q.id.clone(), q.options[*o].id().to_string())
        });
        let result = format!("{end} {items:?}");
        self.results.insert(result.clone());
        self.paths.push(Path { answers: answers.collect(), end, needs });
        (result, true)
    }

    fn findings(&self, rules: &RuleSet) -> Said {
        let mut said = self.broken.clone();
        for (at, question) in rules.questions.iter().enumerate() {
            if !self.asked.contains(&at) {
                said.insert(("dead-question", format!("question/{at}")));
                continue;
            }
            if !self.used.contains(&at) {
                said.insert(("unused-fact", format!("question/{at}")));
            }
            for row in 0..question.next.len() {
                let place = format!("question/{at}/next/{row}");
                let known = |fact: &&String| self.known[&at].contains(*fact);
                match question.next[row].when.0.keys().all(|f| known(&f)) {
                    _ if self.taken.contains(&(at, row)) => {}
                    true => drop(said.insert(("shadowed-rule", place))),
                    false => drop(said.insert(("asked-too-late", place))),
                }
            }
        }
        for (at, option) in self.options.difference(&self.ended) {
            said.insert(("dead-option", format!("question/{at}/options/{option}")));
        }
        for (at, outcome) in rules.outcomes.iter().enumerate() {
            if !self.ends.contains(&outcome.id) {
                said.insert(("dead-outcome", format!("outcome/{at}")));
            }
        }
        for at in (0..rules.needs.len()).filter(|at| !self.held.contains(at)) {
            said.insert(("need-never", format!("need/{at}")));
        }
        said
    }
}

#[test]
fn the_check_sees_what_a_slow_walk_sees() {
    let today = day("2026-11-22");
    let faultless = std::cell::Cell::new(0);
    each_seed(12_000, |chance| {
        let rules = random(chance);
        let mut slow = Slow::default();
        slow.ask(&rules, 0, &Facts::new(), &[]);
        let wanted = slow.findings(&rules);
        match check(&rules, today) {
            Ok(certificate) => {
                faultless.set(faultless.get() + 1);
                assert_eq!(wanted, Said::new(), "{rules:#?}");
                assert_eq!(certificate.paths, slow.paths.len() as u64);
                assert_eq!(certificate.longest, slow.longest);
                assert_eq!(certificate.outcomes, slow.results.len(), "{rules:#?}");
            }
            Err(findings) => {
                let got: Said = findings.into_iter().map(|f| (f.code, f.subject)).collect();
                assert_eq!(got, wanted, "{rules:#?}");
            }
        }
        let walkable = slow.broken.is_empty();
        match paths(&rules, today) {
            Ok(paths) => {
                assert!(walkable);
                assert_eq!(paths, slow.paths);
            }
            Err(findings) => {
                assert!(!walkable);
                assert!(findings.iter().all(|f| matches!(f.code, "cycle" | "no-rule")));
            }
        }
    });
    assert!(std::env::var("SEED").is_ok() || faultless.get() > 5, "{}", faultless.get());
}

/// Any answers to any rules give a step or an error, and every path replays to its own end.
#[test]
fn resolving_is_total_and_agrees_with_the_paths() {
    let today = day("2026-11-22");
    each_seed(2_000, |chance| {
        let rules = random(chance);
        for path in paths(&rules, today).unwrap_or_default() {
            let answers: Answers = path.answers.iter().map(|(q, v)| (q.clone(), vec![v.clone()])).collect();
            let Ok(Step::Done(done)) = resolve(&rules, &answers, today) else {
                panic!("{path:?}");
            };
            let needs: Vec<String> = done.of(Kind::Permit).map(|h| h.item.clone()).collect();
            assert_eq!((done.outcome, needs, done.path), (path.end, path.needs, answers));
        }
        let values: Vec<String> = ["o0", "o1", "o2", "o3", "x", ""].map(String::from).to_vec();
        let mut answers = Answers::new();
        for _ in 0..chance.below(8) {
            let question = format!("q{}", chance.below(8));
            let given = (0..chance.below(3)).map(|_| chance.one(&values).clone()).collect();
            answers.push((question, given));
        }
        let _ = resolve(&rules, &answers, today);
    });
}
