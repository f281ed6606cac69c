//! Every reachable situation of a rule set, as a graph.
//!
//! A situation is the question asked now and the *atoms* that hold. An atom is one entry of a guard: a fact
//! and its list of values. Nothing later can look at anything else, so two ways that agree on these are one
//! state; atoms that can no longer matter are left out. That keeps a wizard of a million paths at some
//! thousand states, without losing any. Rows of the collect table do not see each other: who asks about one
//! item gives only its rows, and the walk stays small however many there are.

use super::bits::Bits;
use super::machine::Machine;
use super::*;
use std::collections::HashMap;

/// Where an answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    State(usize),
    /// An index of [`Graph::results`].
    End(usize),
    Cycle,
    NoRule,
    /// A target that is not there; the structure check has said so.
    Unknown,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// The option that stands for all of its class.
    pub option: usize,
    /// The row of `next` that was taken.
    pub row: Option<usize>,
    pub to: To,
}

pub(super) struct State {
    pub question: usize,
    pub edges: Vec<Edge>,
    /// The way it was reached first: a state and an edge of it.
    pub from: Option<(usize, usize)>,
}

/// An end with the rows of the collect table that hold there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Outlook {
    pub end: String,
    pub rows: Vec<usize>,
}

pub(super) struct Graph {
    /// In an order in which every edge leads forward, unless there is a cycle.
    pub states: Vec<State>,
    pub results: Vec<Outlook>,
    /// Per state: the questions that may have been asked before.
    pub before: Vec<Bits>,
}

/// More states than this are no rule set of an office; the walk gives up rather than the machine.
pub(super) const MOST: usize = 200_000;

/// Walks everything from the start, with these rows of the collect table. States do not remember the way;
/// only where the rules have a cycle they have to, so that nothing behind it counts as reached. `None` when
/// there are more than [`MOST`] states.
pub(super) fn graph(rules: &RuleSet, needs: &[usize]) -> Option<Graph> {
    let machine = Machine::new(rules, needs);
    let mut graph = walk(&machine, false)?;
    if before(&mut graph, rules.questions.len()) {
        graph = walk(&machine, true)?;
        before(&mut graph, rules.questions.len());
    }
    Some(sort(graph))
}

fn walk(machine: &Machine, remember: bool) -> Option<Graph> {
    let rules = machine.rules;
    let count = rules.questions.len();
    let mut graph = Graph { states: Vec::new(), results: Vec::new(), before: Vec::new() };
    let Some(start) = machine.by_id.get(rules.start.as_str()) else {
        return Some(graph);
    };
    type Situation = (usize, Bits, Bits);
    let first: Situation = (*start, Bits::none(machine.atoms), Bits::none(count));
    let mut known: HashMap<Situation, usize> = HashMap::from([(first.clone(), 0)]);
    let mut results: HashMap<Outlook, usize> = HashMap::new();
    let mut todo: Vec<Situation> = vec![first];
    graph.states.push(State { question: *start, edges: Vec::new(), from: None });
    let mut at = 0;
    while at < todo.len() {
        if todo.len() > MOST {
            return None;
        }
        let (question, held, mut visited) = todo[at].clone();
        if remember {
            visited.set(question);
        }
        let mut edges = Vec::with_capacity(machine.answers[question].len());
        for (option, learnt) in &machine.answers[question] {
            let mut held = held.clone();
            held.add(learnt);
            let row = machine.rows[question].iter().position(|r| r.within(&held));
            let next = row.and_then(|row| rules.questions[question].next.get(row));
            let to = match next {
                None => To::NoRule,
                Some(Next { go: Some(go), end: None, .. }) => match machine.by_id.get(go.as_str()) {
                    None => To::Unknown,
                    Some(next) if visited.has(*next) => To::Cycle,
                    Some(next) => {
                        let lean = machine.lean(*next, &held);
                        let situation = (*next, lean, visited.clone());
                        let fresh = todo.len();
                        let state = *known.entry(situation.clone()).or_insert(fresh);
                        if state == fresh {
                            todo.push(situation);
                            let from = Some((at, edges.len()));
                            graph.states.push(State { question: *next, edges: Vec::new(), from });
                        }
                        To::State(state)
                    }
                },
                Some(Next { go: None, end: Some(end), .. }) => {
                    let outlook = Outlook { end: end.clone(), rows: machine.held_needs(&held) };
                    let fresh = graph.results.len();
                    let result = *results.entry(outlook.clone()).or_insert(fresh);
                    if result == fresh {
                        graph.results.push(outlook);
                    }
                    To::End(result)
                }
                Some(_) => To::Unknown,
            };
            edges.push(Edge { option: *option, row, to });
        }
        graph.states[at].edges = edges;
        at += 1;
    }
    Some(graph)
}

/// Fills `before` and tells whether some way comes to a question a second time.
fn before(graph: &mut Graph, count: usize) -> bool {
    graph.before = vec![Bits::none(count); graph.states.len()];
    let mut todo: Vec<usize> = (0..graph.states.len()).rev().collect();
    let mut waiting = vec![true; graph.states.len()];
    let mut cycle = false;
    while let Some(at) = todo.pop() {
        waiting[at] = false;
        let state = &graph.states[at];
        let mut asked = graph.before[at].clone();
        asked.set(state.question);
        for edge in &state.edges {
            let To::State(next) = edge.to else {
                continue;
            };
            cycle |= asked.has(graph.states[next].question);
            if graph.before[next].add(&asked) && !waiting[next] {
                waiting[next] = true;
                todo.push(next);
            }
        }
    }
    cycle
}

/// Puts the states in an order in which every edge leads forward. There is no cycle any more.
fn sort(graph: Graph) -> Graph {
    let mut incoming = vec![0usize; graph.states.len()];
    let targets = |state: &State| {
        let next = state.edges.iter().filter_map(|e| match e.to {
            To::State(next) => Some(next),
            _ => None,
        });
        next.collect::<Vec<usize>>()
    };
    for next in graph.states.iter().flat_map(targets) {
        incoming[next] += 1;
    }
    let mut order: Vec<usize> = Vec::with_capacity(graph.states.len());
    order.extend(incoming.iter().position(|n| *n == 0));
    let mut at = 0;
    while at < order.len() {
        for next in targets(&graph.states[order[at]]) {
            incoming[next] -= 1;
            if incoming[next] == 0 {
                order.push(next);
            }
        }
        at += 1;
    }
    let mut place = vec![0; graph.states.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut states: Vec<Option<State>> = graph.states.into_iter().map(Some).collect();
    let mut before: Vec<Option<Bits>> = graph.before.into_iter().map(Some).collect();
    let moved = |mut state: State| {
        state.from = state.from.map(|(at, edge)| (place[at], edge));
        for edge in &mut state.edges {
            if let To::State(next) = &mut edge.to {
                *next = place[*next];
            }
        }
        state
    };
    Graph {
        states: order.iter().filter_map(|old| states[*old].take()).map(moved).collect(),
        results: graph.results,
        before: order.iter().filter_map(|old| before[*old].take()).collect(),
    }
}
