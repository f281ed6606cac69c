//! The findings over reachable states, and the certificate when there is none.
//! Forms and references come first, in [`super::structure`]; what only follows from those is not said again.

use super::bits::Bits;
use super::states::{Graph, MOST, State, To, graph};
use super::structure::{params, structure};
use super::unused::{meanings, used};
use super::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More questions than this on one path and people give up.
const LONGEST: usize = 12;

/// Checks a rule set by itself. `today` is for dated values only; the dates of needs do not matter here.
///
/// # Errors
/// All findings: forms and references first, then what the walk sees.
pub fn check(rules: &RuleSet, today: Day) -> Result<Certificate, Vec<Finding>> {
    let mut findings = structure(rules, true);
    // The ways through the questions; what is needed at their ends is looked at item by item.
    let Some(ways) = graph(rules, &[]) else {
        findings.push(too_many());
        return Err(findings);
    };
    let broken = |place: &str| {
        let within = |f: &Finding| f.subject == place || f.subject.starts_with(&format!("{place}/"));
        findings.iter().any(within)
    };
    let astray = findings.iter().any(|f| f.code == "unknown-target");
    let mut more = broken_ways(rules, &ways);
    more.extend(rows(rules, &ways).into_iter().filter(|f| !broken(&f.subject)));
    if !astray {
        more.extend(dead(rules, &ways));
        let (never, unused) = items(rules, &ways);
        more.extend(never.into_iter().filter(|f| !broken(&f.subject)));
        more.extend(unused);
    }
    let (paths, longest) = lengths(&ways);
    if longest > LONGEST {
        let text = format!("the longest path asks {longest} questions, more than {LONGEST}");
        more.push(Finding::new("path-too-long", "start".into(), text));
    }
    more.extend(params(&rules.params, today));
    findings.extend(more);
    if !findings.is_empty() {
        return Err(findings);
    }
    let all: Vec<usize> = (0..rules.needs.len()).collect();
    let whole = graph(rules, &all).unwrap_or(ways);
    Ok(Certificate {
        id: rules.id.clone(),
        version: version(rules),
        questions: rules.questions.len(),
        states: whole.states.len(),
        paths,
        outcomes: meanings(rules, &whole).into_iter().max().map_or(0, |last| last + 1),
        longest,
    })
}

pub(super) fn too_many() -> Finding {
    let text = format!("there are more than {MOST} situations, too many to walk; let fewer rows look back");
    Finding::new("path-too-long", "start".into(), text)
}

/// `need-never` and `unused-fact`, for each item by itself: rows of one item do not see those of another.
fn items(rules: &RuleSet, ways: &Graph) -> (Vec<Finding>, Vec<Finding>) {
    let mut held: BTreeSet<usize> = BTreeSet::new();
    let mut used = used(rules, ways);
    let mut by_item: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, need) in rules.needs.iter().enumerate() {
        by_item.entry(&need.item).or_default().push(at);
    }
    for rows in by_item.values() {
        match graph(rules, rows) {
            Some(graph) => {
                held.extend(graph.results.iter().flat_map(|r| &r.rows));
                used.extend(super::unused::used(rules, &graph));
            }
            None => return (vec![too_many()], Vec::new()),
        }
    }
    let never = rules.needs.iter().enumerate().filter(|(at, _)| !held.contains(at));
    let never = never.map(|(at, need)| {
        let text = format!("no situation needs {} by this row", need.item);
        Finding::new("need-never", format!("need/{at}"), text)
    });
    let asked: BTreeSet<usize> = ways.states.iter().map(|s| s.question).collect();
    let unused = asked.difference(&used).map(|at| {
        let id = &rules.questions[*at].id;
        let text = format!("the answer to {id} changes no later question, end or need");
        Finding::new("unused-fact", format!("question/{at}"), text)
    });
    (never.collect(), unused.collect())
}

/// How a state came about, for a person: `usaha = warung-nasi, modal = besar`.
fn way(rules: &RuleSet, graph: &Graph, at: usize, edge: usize) -> String {
    let mut steps = Vec::new();
    let mut here = Some((at, edge));
    while let Some((at, edge)) = here {
        let state = &graph.states[at];
        let question = &rules.questions[state.question];
        let option = question.options[state.edges[edge].option].id();
        steps.push(format!("{} = {option}", question.id));
        here = state.from;
    }
    steps.reverse();
    steps.join(", ")
}

/// `cycle` and `no-rule`: ways that come to no end.
pub(super) fn broken_ways(rules: &RuleSet, graph: &Graph) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    for (at, state) in graph.states.iter().enumerate() {
        let place = format!("question/{}", state.question);
        let id = &rules.questions[state.question].id;
        for (turn, edge) in state.edges.iter().enumerate() {
            let (code, subject, text) = match (edge.to, edge.row) {
                (To::Cycle, Some(row)) => {
                    let go = rules.questions[state.question].next[row].go.as_deref();
                    let go = go.unwrap_or_default();
                    let text = format!("{id} goes back to {go}, which was asked before");
                    ("cycle", format!("{place}/next/{row}"), text)
                }
                (To::NoRule, _) => {
                    let subject = format!("{place}/options/{}", edge.option);
                    ("no-rule", subject, format!("no row of {id} holds"))
                }
                _ => continue,
            };
            if !out.iter().any(|f| f.code == code && f.subject == subject) {
                let text = format!("{text}, for example after {}", way(rules, graph, at, turn));
                out.push(Finding::new(code, subject, text));
            }
        }
    }
    out
}

/// `asked-too-late` and `shadowed-rule`: rows of a reachable question that no state takes.
fn rows(rules: &RuleSet, graph: &Graph) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, question) in rules.questions.iter().enumerate() {
        let here = || {
            let all = graph.states.iter().enumerate();
            all.filter(|(_, state)| state.question == at)
        };
        let mut asked = Bits::none(rules.questions.len());
        for (state, _) in here() {
            asked.set(at);
            asked.add(&graph.before[state]);
        }
        if !asked.has(at) {
            continue;
        }
        let taken: BTreeSet<usize> = here().flat_map(|(_, state)| &state.edges).filter_map(|edge| edge.row).collect();
        for (row, next) in question.next.iter().enumerate().filter(|(row, _)| !taken.contains(row)) {
            let place = format!("question/{at}/next/{row}");
            let late = |fact: &&String| !known(rules, fact, &asked);
            let mut too_late = false;
            for fact in next.when.0.keys().filter(late) {
                too_late = true;
                let text = format!("{} looks at {fact}, which is never asked before it", question.id);
                out.push(Finding::new("asked-too-late", place.clone(), text));
            }
            if !too_late {
                let text = format!(
                    "row {} of {} is never taken: rows above it or earlier answers leave nothing for it",
                    row + 1,
                    question.id
                );
                out.push(Finding::new("shadowed-rule", place, text));
            }
        }
    }
    out
}

/// Whether one of the asked questions tells this fact.
fn known(rules: &RuleSet, fact: &str, asked: &Bits) -> bool {
    let mut all = rules.questions.iter().enumerate();
    all.any(|(at, q)| asked.has(at) && (q.id == fact || q.class.as_deref() == Some(fact)))
}

/// `dead-question`, `dead-option`, `dead-outcome`.
fn dead(rules: &RuleSet, graph: &Graph) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut comes_to_end = vec![false; graph.states.len()];
    // Per question and option: whether some way over it comes to an end.
    let mut alive: HashMap<(usize, usize), bool> = HashMap::new();
    for at in (0..graph.states.len()).rev() {
        let State { question, edges, .. } = &graph.states[at];
        for edge in edges {
            let ends = match edge.to {
                To::State(next) => comes_to_end[next],
                To::End(_) => true,
                To::Cycle | To::NoRule | To::Unknown => false,
            };
            comes_to_end[at] |= ends;
            *alive.entry((*question, edge.option)).or_default() |= ends;
        }
    }
    let asked: BTreeSet<usize> = graph.states.iter().map(|s| s.question).collect();
    for (at, question) in rules.questions.iter().enumerate() {
        let first = rules.questions.iter().position(|q| q.id == question.id) == Some(at);
        if first && !asked.contains(&at) {
            let text = format!("{} is never asked", question.id);
            out.push(Finding::new("dead-question", format!("question/{at}"), text));
        }
    }
    let mut lost: Vec<_> = alive.into_iter().filter(|(_, ends)| !ends).collect();
    lost.sort();
    for ((at, option), _) in lost {
        let question = &rules.questions[at];
        let option_id = question.options[option].id();
        let text = format!("{} = {option_id} never comes to an outcome", question.id);
        let subject = format!("question/{at}/options/{option}");
        out.push(Finding::new("dead-option", subject, text));
    }
    for (at, outcome) in rules.outcomes.iter().enumerate() {
        if !graph.results.iter().any(|r| r.end == outcome.id) {
            let text = format!("{} is never reached", outcome.id);
            out.push(Finding::new("dead-outcome", format!("outcome/{at}"), text));
        }
    }
    out
}

/// How many paths there are, and how many questions the longest asks.
fn lengths(graph: &Graph) -> (u64, usize) {
    let mut paths = vec![0u64; graph.states.len()];
    let mut longest = vec![0usize; graph.states.len()];
    for at in (0..graph.states.len()).rev() {
        for edge in &graph.states[at].edges {
            let (ways, steps) = match edge.to {
                To::State(next) => (paths[next], longest[next] + 1),
                To::End(_) => (1, 1),
                To::Cycle | To::NoRule | To::Unknown => (0, 1),
            };
            paths[at] = paths[at].saturating_add(ways);
            longest[at] = longest[at].max(steps);
        }
    }
    (paths.first().copied().unwrap_or(0), longest.first().copied().unwrap_or(0))
}
