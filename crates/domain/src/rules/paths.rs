//! Every way through a rule set, for tests and for comparing two versions.
//! Depth first, options in file order; one option a class, the first; each `many` value by itself.

use super::bits::Bits;
use super::machine::Machine;
use super::states::{Graph, To, graph};
use super::structure::structure;
use super::*;

/// All paths at once. For a large rule set [`each_path`] needs no memory for them.
///
/// # Errors
/// The findings that keep it from being walked: forms, references, `cycle`, `no-rule`.
pub fn paths(rules: &RuleSet, today: Day) -> Result<Vec<Path>, Vec<Finding>> {
    let mut all = Vec::new();
    each_path(rules, today, &mut |path| all.push(path.clone()))?;
    Ok(all)
}

/// Calls `with` for each path, in order. Nothing is called when there is a finding.
///
/// # Errors
/// As [`paths`].
pub fn each_path(rules: &RuleSet, today: Day, with: &mut dyn FnMut(&Path)) -> Result<(), Vec<Finding>> {
    let mut findings = structure(rules, false);
    if findings.is_empty() {
        match graph(rules, &[]) {
            Some(ways) => {
                findings = check::broken_ways(rules, &ways);
                if findings.is_empty() {
                    walk(rules, &ways, today, with);
                }
            }
            None => findings.push(check::too_many()),
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// `ways` tells the questions apart; what is needed at an end is gathered on the way there.
fn walk(rules: &RuleSet, ways: &Graph, today: Day, with: &mut dyn FnMut(&Path)) {
    let all: Vec<usize> = (0..rules.needs.len()).collect();
    let machine = Machine::new(rules, &all);
    let mut path = Path::default();
    // A state, the next edge of it to be walked, and the atoms that held when it was asked; the answers
    // are in `path`.
    let mut stack: Vec<(usize, usize, Bits)> = vec![(0, 0, Bits::none(machine.atoms))];
    while let Some((at, turn, before)) = stack.pop() {
        path.answers.truncate(stack.len());
        let Some(state) = ways.states.get(at) else {
            continue;
        };
        let (Some(edge), Some((_, learnt))) = (state.edges.get(turn), machine.answers[state.question].get(turn)) else {
            continue;
        };
        let mut held = before.clone();
        held.add(learnt);
        stack.push((at, turn + 1, before));
        let question = &rules.questions[state.question];
        let value = question.options[edge.option].id().to_string();
        path.answers.push((question.id.clone(), value));
        match edge.to {
            To::State(next) => stack.push((next, 0, held)),
            To::End(result) => {
                path.end.clone_from(&ways.results[result].end);
                path.needs = permits(rules, &machine.held_needs(&held), today);
                with(&path);
            }
            To::Cycle | To::NoRule | To::Unknown => {}
        }
    }
}

/// The items of kind permit among the rows that hold, each once, in file order.
fn permits(rules: &RuleSet, rows: &[usize], today: Day) -> Vec<String> {
    let held = rows.iter().filter_map(|row| rules.needs.get(*row));
    resolve::collect(held, today).into_iter().filter(|hit| hit.kind == Kind::Permit).map(|hit| hit.item).collect()
}
