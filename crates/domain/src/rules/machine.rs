//! A rule set made ready for walking: questions by number, guards as sets of atoms.
//! The walk itself is in [`super::states`].

use super::bits::Bits;
use super::*;
use std::collections::HashMap;

/// A rule set made ready for walking.
pub(super) struct Machine<'a> {
    pub rules: &'a RuleSet,
    pub by_id: HashMap<&'a str, usize>,
    pub atoms: usize,
    /// Per question and option that is walked: the option and the atoms it makes true.
    pub answers: Vec<Vec<(usize, Bits)>>,
    /// Per question: the atoms of each row of `next`.
    pub rows: Vec<Vec<Bits>>,
    /// The rows of the collect table that are looked at, with their atoms.
    pub needs: Vec<(usize, Bits)>,
    /// Per question: guards that may still be looked at from here on.
    guards: Vec<Vec<Bits>>,
    /// Per question: atoms whose fact may still be learnt from here on.
    open: Vec<Bits>,
}

/// The options that are walked: one a class, the first, and each that has no class.
pub(super) fn walked(question: &Question) -> Vec<usize> {
    let mut classes: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for (at, option) in question.options.iter().enumerate() {
        match option.class() {
            Some(class) if classes.contains(&class) => {}
            class => {
                classes.extend(class);
                out.push(at);
            }
        }
    }
    out
}

impl<'a> Machine<'a> {
    /// `needs` are the rows of the collect table to look at. What only other rows look at is not told apart.
    pub fn new(rules: &'a RuleSet, needs: &[usize]) -> Machine<'a> {
        let mut by_id = HashMap::new();
        for (at, question) in rules.questions.iter().enumerate() {
            by_id.entry(question.id.as_str()).or_insert(at);
        }
        let mut atoms: Vec<(&str, &[String])> = Vec::new();
        let rows = rules.questions.iter().flat_map(|q| &q.next);
        let table = || needs.iter().filter_map(|at| rules.needs.get(*at).map(|need| (*at, need)));
        let all = rows.map(|r| &r.when).chain(table().map(|(_, n)| &n.when));
        for guard in all {
            for (fact, wanted) in &guard.0 {
                let atom = (fact.as_str(), wanted.values());
                if !atoms.contains(&atom) {
                    atoms.push(atom);
                }
            }
        }
        let bits = |guard: &Guard| {
            let mut bits = Bits::none(atoms.len());
            for (fact, wanted) in &guard.0 {
                let atom = (fact.as_str(), wanted.values());
                if let Some(at) = atoms.iter().position(|a| *a == atom) {
                    bits.set(at);
                }
            }
            bits
        };
        let answer = |question: &Question, option: usize| {
            let mut facts = Facts::new();
            let value = question.options[option].id().to_string();
            resolve::learn(question, &[value], &mut facts);
            let mut held = Bits::none(atoms.len());
            for (at, (fact, wanted)) in atoms.iter().enumerate() {
                let have = facts.get(*fact);
                if have.is_some_and(|have| have.iter().any(|v| wanted.contains(v))) {
                    held.set(at);
                }
            }
            (option, held)
        };
        let questions = &rules.questions;
        let rows: Vec<Vec<Bits>> = questions.iter().map(|q| q.next.iter().map(|r| bits(&r.when)).collect()).collect();
        let needs: Vec<(usize, Bits)> = table().map(|(at, n)| (at, bits(&n.when))).collect();
        let ahead = ahead(rules, &by_id);
        let mut guards = Vec::new();
        let mut open = Vec::new();
        for reach in &ahead {
            let mut here: Vec<Bits> = needs.iter().map(|(_, bits)| bits.clone()).collect();
            let mut learnt = Bits::none(atoms.len());
            for (at, question) in questions.iter().enumerate().filter(|(at, _)| reach.has(*at)) {
                here.extend(rows[at].iter().cloned());
                for (atom, (fact, _)) in atoms.iter().enumerate() {
                    if *fact == question.id || question.class.as_deref() == Some(fact) {
                        learnt.set(atom);
                    }
                }
            }
            here.sort();
            here.dedup();
            guards.push(here);
            open.push(learnt);
        }
        let answers = questions.iter().map(|q| walked(q).into_iter().map(|o| answer(q, o)).collect()).collect();
        Machine { rules, by_id, atoms: atoms.len(), answers, rows, needs, guards, open }
    }

    /// The rows of the collect table that hold, in file order.
    pub fn held_needs(&self, held: &Bits) -> Vec<usize> {
        self.needs.iter().filter(|(_, bits)| bits.within(held)).map(|(at, _)| *at).collect()
    }

    /// What of `held` can still matter when `question` is asked: the atoms of guards that can still hold.
    pub fn lean(&self, question: usize, held: &Bits) -> Bits {
        let mut possible = held.clone();
        possible.add(&self.open[question]);
        let mut useful = Bits::none(self.atoms);
        for guard in &self.guards[question] {
            if guard.within(&possible) {
                useful.add(guard);
            }
        }
        useful.keep(held);
        useful
    }
}

/// Per question: itself and every question that rows lead to from it, whatever their guards.
fn ahead(rules: &RuleSet, by_id: &HashMap<&str, usize>) -> Vec<Bits> {
    let count = rules.questions.len();
    let mut ahead: Vec<Bits> = Vec::with_capacity(count);
    for start in 0..count {
        let mut seen = Bits::none(count);
        seen.set(start);
        let mut todo = vec![start];
        while let Some(at) = todo.pop() {
            let targets = rules.questions[at].next.iter().filter_map(|r| r.go.as_deref());
            for to in targets.filter_map(|go| by_id.get(go)) {
                if !seen.has(*to) {
                    seen.set(*to);
                    todo.push(*to);
                }
            }
        }
        ahead.push(seen);
    }
    ahead
}
