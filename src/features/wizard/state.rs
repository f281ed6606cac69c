//! What the wizard shows for the answers in the address: the open question, how far it is, what is wrong.
//! Pure; the pages are in `page.rs` (the wizard) and `check.rs` ("Bolehkah saya?").

use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{Answers, Ask, Choice, Done, Facts, Question, RuleError, RuleSet, Step, resolve};
use satu_pintu_domain::validate;

/// What is wrong with the answer that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing was chosen.
    Missing,
    /// The address holds an option that does not exist (any more).
    Unknown,
    /// "None of these" together with others.
    NotAlone,
    /// The typed amount is none.
    Amount,
}

/// The question on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown<'a> {
    pub question: &'a Question,
    /// 1 for the first.
    pub number: usize,
    /// A fair guess of how many come after this one.
    pub left: usize,
    pub chosen: Vec<String>,
    pub trouble: Option<Trouble>,
    /// What was answered before it, in the order asked.
    pub before: Answers,
    /// Answered already, and opened again.
    pub changing: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Showing<'a> {
    Question(Shown<'a>),
    Done(Done),
    Broken(RuleError),
}

/// What else the address asks for besides its answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'a> {
    pub change: Option<&'a str>,
    pub sent: Option<&'a str>,
    pub typed: Option<&'a str>,
    /// Words were typed into the search of a long list.
    pub searched: bool,
}

/// What to show for these answers.
pub fn show<'a>(rules: &'a RuleSet, answers: &Answers, wish: Wish, today: Day) -> Showing<'a> {
    let answers = with_amount(rules, answers, wish);
    match resolve(rules, &answers, today) {
        Err(error) => Showing::Broken(error),
        Ok(Step::Done(done)) => match wish.change {
            Some(id) => reopened(rules, &done.path, id, today).unwrap_or(Showing::Done(done)),
            None => Showing::Done(done),
        },
        Ok(Step::Ask(ask)) => {
            let again = wish.change.and_then(|id| reopened(rules, &ask.path, id, today));
            again.unwrap_or_else(|| {
                let given = answers.iter().find(|(id, _)| *id == ask.question.id);
                let sent = wish.sent == Some(ask.question.id.as_str());
                let trouble = match given {
                    Some((_, values)) if ask.invalid => Some(why_invalid(ask.question, values)),
                    _ if sent && wish.typed.is_some() && ask.question.band.is_some() => Some(Trouble::Amount),
                    // Whoever searches has not chosen yet.
                    _ if sent && !(wish.searched && is_long(ask.question)) => Some(Trouble::Missing),
                    _ => None,
                };
                // What was ticked stays, to be ticked differently.
                let known = |value: &&String| ask.question.options.iter().any(|o| o.id() == *value);
                let ticked = given.map(|(_, values)| values.iter().filter(known).cloned().collect());
                let ticked = ticked.filter(|_| trouble == Some(Trouble::NotAlone)).unwrap_or_default();
                Showing::Question(shown(rules, ask, ticked, trouble, false))
            })
        }
    }
}

/// The answers, and the band of an amount that was typed where nothing was chosen.
pub fn with_amount(rules: &RuleSet, answers: &Answers, wish: Wish) -> Answers {
    let mut answers = answers.clone();
    if let (Some(typed), Some(question)) = (wish.typed, wish.sent.and_then(|id| rules.question(id)))
        && !answers.iter().any(|(id, _)| *id == question.id)
        && let Some(option) = validate::money(&typed.replace('+', " ")).ok().and_then(|n| band(question, n))
    {
        answers.push((question.id.clone(), vec![option]));
    }
    answers
}

/// A question on the path, asked again with its answer chosen.
fn reopened<'a>(rules: &'a RuleSet, path: &Answers, id: &str, today: Day) -> Option<Showing<'a>> {
    let at = path.iter().position(|(asked, _)| asked == id)?;
    let before: Answers = path[..at].to_vec();
    let Ok(Step::Ask(ask)) = resolve(rules, &before, today) else { return None };
    Some(Showing::Question(shown(rules, ask, path[at].1.clone(), None, true)))
}

fn shown<'a>(
    rules: &'a RuleSet,
    ask: Ask<'a>,
    chosen: Vec<String>,
    trouble: Option<Trouble>,
    changing: bool,
) -> Shown<'a> {
    Shown {
        question: ask.question,
        number: ask.path.len() + 1,
        left: left(rules, ask.question, &ask.facts),
        chosen,
        trouble,
        before: ask.path,
        changing,
    }
}

fn why_invalid(question: &Question, values: &[String]) -> Trouble {
    let known = values.iter().all(|v| question.options.iter().any(|o| o.id() == v));
    if known && question.many { Trouble::NotAlone } else { Trouble::Unknown }
}

/// How many questions come after this one. Offices put the common answer first: it counts half, all others
/// together the other half, each as if the first answer were given from there on. Small enough for each step.
pub fn left(rules: &RuleSet, question: &Question, facts: &Facts) -> usize {
    let mut classes: Vec<&str> = Vec::new();
    let mut steps: Vec<usize> = Vec::new();
    for option in &question.options {
        if let Some(class) = option.class() {
            if classes.contains(&class) {
                continue;
            }
            classes.push(class);
        }
        if option.help().is_some() {
            continue;
        }
        steps.push(steps_after(rules, question, option.id(), facts.clone()));
    }
    let Some((first, others)) = steps.split_first() else { return 0 };
    match others.len() {
        0 => *first,
        // Half up, in whole numbers.
        n => (first * n + others.iter().sum::<usize>() + n) / (2 * n),
    }
}

fn steps_after(rules: &RuleSet, question: &Question, option: &str, mut facts: Facts) -> usize {
    let mut question = question;
    let mut option = option.to_string();
    for steps in 0..rules.questions.len() {
        learn(question, &option, &mut facts);
        let row = question.next.iter().find(|row| row.when.holds(&facts));
        let Some(next) = row.and_then(|row| row.go.as_deref()).and_then(|id| rules.question(id)) else {
            return steps;
        };
        let Some(first) = next.options.first() else { return steps };
        question = next;
        option = first.id().to_string();
    }
    rules.questions.len()
}

fn learn(question: &Question, option: &str, facts: &mut Facts) {
    if let Some(fact) = &question.class
        && let Some(class) = question.options.iter().find(|o| o.id() == option).and_then(|o| o.class())
    {
        facts.insert(fact.clone(), vec![class.to_string()]);
    }
    facts.insert(question.id.clone(), vec![option.to_string()]);
}

/// The option whose band holds an amount.
pub fn band(question: &Question, amount: i64) -> Option<String> {
    let bounds = &question.band.as_ref()?.bounds;
    let mut bounds: Vec<_> = bounds.iter().collect();
    crate::order::by_key(&mut bounds, |(_, bound)| bound.max.unwrap_or(i64::MAX));
    let found = bounds.into_iter().find(|(_, bound)| bound.max.is_none_or(|max| amount <= max))?;
    Some(found.0.clone()).filter(|id| question.options.iter().any(|o| o.id() == id))
}

/// Whether an option stands apart under "or": it says that a person does not know, or excludes all others.
pub fn stands_apart(question: &Question, option: &Choice) -> bool {
    let unsure = option.id() == "tidak-tahu" || (option.help().is_some() && option.class().is_none());
    (unsure && !question.many) || question.alone.iter().any(|a| a == option.id())
}

/// Long lists of which only the class counts are searched instead of read.
pub fn is_long(question: &Question) -> bool {
    question.class.is_some() && question.options.len() > 12
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
