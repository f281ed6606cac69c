//! The question table as the page's script reads it: the rules that are in force today, short, and the words that
//! the script fills in.

use super::super::journey::Journey;
use super::super::question::{missing, not_alone};
use crate::i18n::t;
use crate::routes::Route;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{Guard, Kind, Need, Next, Question};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub struct Table<'a> {
    start: &'a str,
    questions: Vec<Row<'a>>,
    /// Item and kind (empty for a permit), then the guards of its rows.
    needs: Vec<Vec<String>>,
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
    #[serde(skip_serializing_if = "is_false")]
    many: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    alone: &'a [String],
    /// `guard>question`, or `guard!outcome`.
    next: Vec<String>,
}

fn is_false(b: &bool) -> bool {
    !b
}

/// Texts with `{places}` that the script fills.
#[derive(Serialize)]
struct Words {
    step: String,
    step_last: String,
    step_change: String,
    answers: String,
    resume_text: String,
    resume_go: &'static str,
    resume_result: &'static str,
    help_guide: String,
    ask_text: String,
    find_short: &'static str,
    find_ask: &'static str,
    find_one: &'static str,
    find_count: String,
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
            start: &rules.start,
            questions: rules.questions.iter().map(row).collect(),
            needs: needs(rules.needs.iter().filter(in_force)),
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
        let each = |text: &dyn Fn(&Question) -> String, of: &dyn Fn(&&Question) -> bool| {
            journey.rules().questions.iter().filter(of).map(|q| (q.id.clone(), text(q))).collect()
        };
        Words {
            step: w.step("{number}", "{left}"),
            step_last: w.step_last("{number}"),
            step_change: w.step_change("{number}"),
            answers: w.answers("{count}"),
            resume_text: w.resume_text("{name}", "{count}"),
            resume_go: w.resume_go,
            resume_result: w.resume_result,
            help_guide: w.help_guide("{title}"),
            ask_text: w.ask_text(&journey.words().title, "{question}"),
            find_short: w.find_short,
            find_ask: w.find_ask,
            find_one: w.find_one,
            find_count: w.find_count("{count}"),
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
        next: question.next.iter().map(next).collect(),
    }
}

fn next(row: &Next) -> String {
    let (sign, target) = match (&row.go, &row.end) {
        (Some(go), _) => (">", go.as_str()),
        (None, end) => ("!", end.as_deref().unwrap_or_default()),
    };
    [&guard(&row.when), sign, target].concat()
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

/// Rows of one item that stand together, together.
fn needs<'a>(rows: impl Iterator<Item = &'a Need>) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let kind = match row.kind {
            Kind::Permit => "",
            Kind::NotNeeded => "not-needed",
            Kind::Note => "note",
        };
        let when = guard(&row.when);
        match out.last_mut() {
            Some(last) if last[0] == row.item && last[1] == kind => last.push(when),
            _ => out.push(vec![row.item.clone(), kind.to_string(), when]),
        }
    }
    out
}

/// `fact=value,value fact=value`
fn guard(guard: &Guard) -> String {
    let entries = guard.0.iter().map(|(fact, values)| [fact, "=", &values.values().join(",")].concat());
    entries.collect::<Vec<_>>().join(" ")
}
