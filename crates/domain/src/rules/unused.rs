//! Answers that change nothing, and how many different results there are.
//! Works backwards: what says the same at the ends, then what goes on alike.

use super::states::{Graph, To};
use super::*;
use std::collections::{BTreeSet, HashMap};

/// What a person is told at an end, in numbers: the outcome, and each item with its kind and its reasons.
/// Two lists of rows may say the same.
type Meaning = (usize, Vec<(usize, Kind, Vec<usize>)>);

/// The meaning of every result, as small numbers: equal meanings have the same.
pub(super) fn meanings(rules: &RuleSet, graph: &Graph) -> Vec<usize> {
    let items: Vec<&str> = rules.needs.iter().map(|n| n.item.as_str()).collect();
    let whys: Vec<&str> = rules.needs.iter().map(|n| n.why.as_str()).collect();
    // Rows of one item, or with one reason, share the number of the first.
    let first = |all: &[&str], at: usize| all.iter().position(|one| *one == all[at]).unwrap_or(at);
    let item_of: Vec<usize> = (0..items.len()).map(|at| first(&items, at)).collect();
    let why_of: Vec<usize> = (0..whys.len()).map(|at| first(&whys, at)).collect();
    let mut ends: Vec<&str> = Vec::new();
    let mut known: HashMap<Meaning, usize> = HashMap::new();
    let mut out = Vec::with_capacity(graph.results.len());
    for result in &graph.results {
        let mut said: Vec<(usize, Kind, Vec<usize>)> = Vec::new();
        for row in &result.rows {
            let (item, why) = (item_of[*row], why_of[*row]);
            match said.iter_mut().find(|(known, _, _)| *known == item) {
                Some((_, _, whys)) => whys.push(why),
                None => said.push((item, rules.needs[*row].kind, vec![why])),
            }
        }
        for (_, _, whys) in &mut said {
            whys.sort_unstable();
            whys.dedup();
        }
        said.sort_unstable_by_key(|(item, _, _)| *item);
        let end = match ends.iter().position(|end| *end == result.end) {
            Some(at) => at,
            None => {
                ends.push(&result.end);
                ends.len() - 1
            }
        };
        let fresh = known.len();
        out.push(*known.entry((end, said)).or_insert(fresh));
    }
    out
}

/// Questions of which some situation goes on differently after two of the answers. States that go on alike
/// get one number, from the ends backwards.
pub(super) fn used(rules: &RuleSet, graph: &Graph) -> BTreeSet<usize> {
    let meanings = meanings(rules, graph);
    let mut ways: HashMap<(usize, Vec<(u8, usize)>), usize> = HashMap::new();
    let mut alike = vec![0; graph.states.len()];
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for at in (0..graph.states.len()).rev() {
        let state = &graph.states[at];
        let follows = |to: To| match to {
            To::State(next) => (0, alike[next]),
            To::End(result) => (1, meanings[result]),
            To::Cycle => (2, 0),
            To::NoRule => (3, 0),
            To::Unknown => (4, 0),
        };
        let next: Vec<(u8, usize)> = state.edges.iter().map(|edge| follows(edge.to)).collect();
        if next.windows(2).any(|pair| pair[0] != pair[1]) {
            used.insert(state.question);
        }
        let fresh = ways.len();
        alike[at] = *ways.entry((state.question, next)).or_insert(fresh);
    }
    used
}
