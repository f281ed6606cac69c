//! The question table as the page's script reads it: the rules that are in force today, short, and the words that
//! the script fills in.

use super::super::journey::Journey;
use super::super::question::{missing, not_alone};
use crate::i18n::t;
use crate::routes::Route;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{Guard, Kind, Need, Question};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub struct Table<'a> {
    /// Of the rules; the app has them too and goes by its own when they differ.
    version: &'a str,
    start: &'a str,
    questions: Vec<Row<'a>>,
    needs: Vec<NeedRow<'a>>,
    /// Titles of the guides that help.
    guides: BTreeMap<&'a str, &'a str>,
    /// What the permits are called.
    names: BTreeMap<&'a str, &'a str>,
    words: Words,
    /// The address that the page was made for, without `?`.
    query: &'a str,
    page: String,
    result: String,
    home: String,
    contact: String,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'a str>,
    /// Neighbours of one class together: the class or `-`, the guide that helps or `-`, then their ids.
    options: Vec<String>,
    many: bool,
    alone: &'a [String],
    next: Vec<NextRow<'a>>,
}

type When<'a> = BTreeMap<&'a str, &'a [String]>;

#[derive(Serialize)]
struct NextRow<'a> {
    when: When<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    go: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<&'a str>,
}

#[derive(Serialize)]
struct NeedRow<'a> {
    item: &'a str,
    /// Absent for a permit.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    when: When<'a>,
}

/// Texts as the files have them, with their `{places}`.
#[derive(Serialize)]
struct Words {
    step: &'static str,
    step_last: &'static str,
    step_change: &'static str,
    answers: &'static str,
    resume_text: &'static str,
    resume_go: &'static str,
    resume_result: &'static str,
    help_guide: &'static str,
    ask_text: String,
    find_short: &'static str,
    find_ask: &'static str,
    find_one: &'static str,
    find_count: &'static str,
    back: &'static str,
    product: &'static str,
    missing: BTreeMap<String, String>,
    not_alone: BTreeMap<String, String>,
}

impl<'a> Table<'a> {
    pub fn new(journey: &'a Journey, query: &'a str, today: Day) -> Table<'a> {
        let rules = journey.rules();
        let in_force = |n: &&Need| n.from.is_none_or(|from| from <= today) && n.until.is_none_or(|last| today <= last);
        Table {
            version: &journey.catalog.rules_version,
            start: &rules.start,
            questions: rules.questions.iter().map(row).collect(),
            needs: rules.needs.iter().filter(in_force).map(need).collect(),
            guides: journey
                .catalog
                .guides
                .iter()
                .filter(|g| rules.questions.iter().flat_map(|q| &q.options).any(|o| o.help() == Some(&g.id)))
                .map(|g| (g.id.as_str(), g.title.as_str()))
                .collect(),
            names: journey.catalog.services.iter().map(|s| (s.id.as_str(), s.name.as_str())).collect(),
            words: Words::new(journey),
            query,
            page: Route::Wizard.link(),
            result: Route::WizardResult.link(),
            home: Route::Home.link(),
            contact: Route::Contact.link(),
        }
    }
}

impl Words {
    fn new(journey: &Journey) -> Words {
        let (w, shell) = (t().wizard(), t().shell());
        let word = |key: &str| w.get(key).unwrap_or_default();
        let each = |text: &dyn Fn(&Question) -> String, of: &dyn Fn(&&Question) -> bool| {
            journey.rules().questions.iter().filter(of).map(|q| (q.id.clone(), text(q))).collect()
        };
        Words {
            step: word("step"),
            step_last: word("step_last"),
            step_change: word("step_change"),
            answers: word("answers"),
            resume_text: word("resume_text"),
            resume_go: w.resume_go,
            resume_result: w.resume_result,
            help_guide: word("help_guide"),
            ask_text: word("ask_text").replace("{title}", &journey.words().title),
            find_short: w.find_short,
            find_ask: w.find_ask,
            find_one: w.find_one,
            find_count: word("find_count"),
            back: shell.back,
            product: shell.product,
            missing: each(&|q| missing(journey, q), &|_| true),
            not_alone: each(&|q| not_alone(journey, q), &|q| q.many),
        }
    }
}

fn row(question: &Question) -> Row<'_> {
    Row {
        id: &question.id,
        class: question.class.as_deref(),
        options: options(question),
        many: question.many,
        alone: &question.alone,
        next: question
            .next
            .iter()
            .map(|n| NextRow { when: when(&n.when), go: n.go.as_deref(), end: n.end.as_deref() })
            .collect(),
    }
}

fn options(question: &Question) -> Vec<String> {
    let mut runs: Vec<(String, String)> = Vec::new();
    for option in &question.options {
        let kind = [option.class().unwrap_or("-"), " ", option.help().unwrap_or("-")].concat();
        match runs.last_mut() {
            Some((known, ids)) if *known == kind => ids.push_str(&[" ", option.id()].concat()),
            _ => runs.push((kind, option.id().to_string())),
        }
    }
    runs.into_iter().map(|(kind, ids)| [&kind, " ", ids.as_str()].concat()).collect()
}

fn need(need: &Need) -> NeedRow<'_> {
    let kind = (need.kind != Kind::Permit).then_some(need.kind);
    NeedRow { item: &need.item, kind, when: when(&need.when) }
}

fn when(guard: &Guard) -> When<'_> {
    guard.0.iter().map(|(fact, values)| (fact.as_str(), values.values())).collect()
}
