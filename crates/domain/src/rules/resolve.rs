//! Replaying answers. Meaning as in `docs/RULES.md`, "Meaning, exactly".

use super::*;

/// The question that is open now.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask<'a> {
    pub question: &'a Question,
    /// The given answer is outside the options; nothing after it counts.
    pub invalid: bool,
    /// What was answered on the way, in the order asked.
    pub path: Answers,
    pub facts: Facts,
}

/// An item with all its reasons (keys of the words).
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub item: String,
    pub kind: Kind,
    pub whys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub outcome: String,
    pub needs: Vec<Hit>,
    pub path: Answers,
    pub facts: Facts,
}

impl Done {
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Hit> {
        self.needs.iter().filter(move |n| n.kind == kind)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    Ask(Ask<'a>),
    Done(Done),
}

/// A fault of the rules themselves; checked rules never give one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleError {
    NoRule { question: String },
    Cycle { question: String },
    UnknownTarget { target: String },
}

/// Replays the answers from the start.
///
/// # Errors
/// [`RuleError`], a fault of the rules.
pub fn resolve<'a>(rules: &'a RuleSet, answers: &Answers, today: Day) -> Result<Step<'a>, RuleError> {
    let mut path = Answers::new();
    let mut facts = Facts::new();
    let mut at = rules.start.as_str();
    loop {
        let question = rules.question(at).ok_or_else(|| RuleError::UnknownTarget { target: at.into() })?;
        if path.iter().any(|(asked, _)| asked == at) {
            return Err(RuleError::Cycle { question: at.into() });
        }
        let given = answers.iter().find(|(id, _)| id == at).map(|(_, v)| v);
        let values = match given.map(|given| accepted(question, given)) {
            Some(Some(values)) if !values.is_empty() => values,
            other => {
                let invalid = matches!(other, Some(None));
                return Ok(Step::Ask(Ask { question, invalid, path, facts }));
            }
        };
        learn(question, &values, &mut facts);
        path.push((question.id.clone(), values));
        match question.next.iter().find(|row| row.when.holds(&facts)) {
            Some(Next { go: Some(go), end: None, .. }) => at = go,
            Some(Next { go: None, end: Some(end), .. }) => {
                let needs = needs(rules, &facts, today);
                let outcome = end.clone();
                return Ok(Step::Done(Done { outcome, needs, path, facts }));
            }
            _ => return Err(RuleError::NoRule { question: at.into() }),
        }
    }
}

/// The values in the order of the options, each once; `None` when the answer is not one that may be given.
fn accepted(question: &Question, given: &[String]) -> Option<Vec<String>> {
    let known = |v: &String| question.options.iter().any(|o| o.id() == v);
    if !given.iter().all(known) {
        return None;
    }
    let options = question.options.iter().map(|o| o.id());
    let values: Vec<String> = options.filter(|id| given.iter().any(|v| v == id)).map(str::to_string).collect();
    let several = values.len() > 1;
    let lonely = values.iter().any(|v| question.alone.contains(v));
    let wrong = several && (!question.many || lonely);
    (!wrong).then_some(values)
}

/// The answer becomes the fact of the question's name, its class the class fact.
pub(super) fn learn(question: &Question, values: &[String], facts: &mut Facts) {
    if let Some(class) = &question.class {
        let mut classes: Vec<String> = Vec::new();
        for option in question.options.iter().filter(|o| values.iter().any(|v| v == o.id())) {
            if let Some(class) = option.class().filter(|c| !classes.iter().any(|k| k == c)) {
                classes.push(class.to_string());
            }
        }
        if !classes.is_empty() {
            facts.insert(class.clone(), classes);
        }
    }
    facts.insert(question.id.clone(), values.to_vec());
}

/// The items of the rows in force whose guards hold.
fn needs(rules: &RuleSet, facts: &Facts, today: Day) -> Vec<Hit> {
    collect(rules.needs.iter().filter(|need| need.when.holds(facts)), today)
}

/// The items of these rows as far as they are in force, in file order, each once with all its reasons.
pub(super) fn collect<'a>(rows: impl Iterator<Item = &'a Need>, today: Day) -> Vec<Hit> {
    let in_force = |n: &&Need| n.from.is_none_or(|from| from <= today) && n.until.is_none_or(|until| today <= until);
    let mut hits: Vec<Hit> = Vec::new();
    for need in rows.filter(in_force) {
        let at = match hits.iter().position(|h| h.item == need.item) {
            Some(at) => at,
            None => {
                let item = need.item.clone();
                hits.push(Hit { item, kind: need.kind, whys: Vec::new() });
                hits.len() - 1
            }
        };
        let whys = &mut hits[at].whys;
        if !need.why.is_empty() && !whys.contains(&need.why) {
            whys.push(need.why.clone());
        }
    }
    hits
}
