//! Records outside services and rules: their ids, their sources, where they lead.

use super::Desk;
use crate::content::WIZARD;
use satu_pintu_domain::content::*;
use satu_pintu_domain::survey::Element;
use std::collections::BTreeSet;

pub fn check(desk: &mut Desk) {
    sources(desk);
    office(desk);
    guides(desk);
    activities(desk);
    glossary(desk);
    survey(desk);
    ready(desk);
    calendar(desk);
    letter(desk);
}

fn sources(desk: &mut Desk) {
    let mut seen = BTreeSet::new();
    let folder = desk.folder;
    for (name, document) in folder.within("sources") {
        let path = format!("sources/{name}.toml");
        let entries = document.value.get("source").and_then(|s| s.as_array());
        for (at, entry) in entries.into_iter().flatten().enumerate() {
            let id = entry.get("id").and_then(|id| id.as_str()).unwrap_or_default();
            let place = format!("source/{at}");
            if !seen.insert(id) {
                desk.tell("duplicate-id", &path, &place, format!("{id} is there twice"));
            }
            for field in ["title", "short"] {
                let text = entry.get(field).and_then(|t| t.as_str()).unwrap_or_default();
                desk.filled("text-missing", &path, &format!("{place}/{field}"), text);
            }
        }
    }
}

fn office(desk: &mut Desk) {
    let (content, path) = (desk.content, "office.toml");
    let office = &content.office;
    desk.once(path, "agency", office.agency.iter().map(|a| a.id.as_str()));
    for (at, channel) in office.complaint.iter().enumerate() {
        desk.go(path, &format!("complaint/{at}/go"), &channel.go);
    }
    if office.complaint.is_empty() {
        let text = "the office has no complaint channel".to_string();
        desk.tell("service-incomplete", path, "complaint", text);
    }
    param(desk, path, "intake_days", &office.intake_days);
    let texts = [
        ("name", &office.name),
        ("address", &office.address),
        ("phone", &office.phone),
        ("hours", &office.hours),
        ("disclaimer", &office.disclaimer),
        ("promise", &office.promise),
    ];
    for (field, text) in texts {
        desk.filled("text-missing", path, field, text);
    }
    for (field, text) in [("unit/front", &office.unit.front), ("unit/back", &office.unit.back)] {
        desk.filled("text-missing", path, field, text);
    }
    for (field, number) in [("phone", &office.phone), ("whatsapp", &office.whatsapp)] {
        if satu_pintu_domain::validate::phone(number).is_err() {
            let text = format!("{number:?} is no phone number");
            desk.tell("unknown-value", path, field, text);
        }
    }
}

/// A param that is used has to have a value today.
pub fn param(desk: &mut Desk, path: &str, place: &str, id: &str) {
    if desk.content.params.iter().all(|p| p.id != id) {
        desk.unknown(path, place, "param", id);
    } else if desk.content.param(id, desk.today).is_none() {
        let text = format!("{id} has no value in force on {}", desk.today);
        desk.tell("param-gap", path, place, text);
    }
}

fn guides(desk: &mut Desk) {
    let content = desk.content;
    for guide in &content.guides {
        let path = format!("guides/{}.toml", guide.id);
        desk.sources(&path, "source", &guide.source);
        desk.go(&path, "next/go", &guide.next.go);
        for (at, id) in guide.services.iter().enumerate() {
            if content.service(id).is_none() {
                desk.unknown(&path, &format!("services/{at}"), "service", id);
            }
        }
        for (field, text) in [("title", &guide.title), ("summary", &guide.summary), ("wa", &guide.wa)] {
            desk.filled("text-missing", &path, field, text);
        }
        for (at, step) in guide.step.iter().enumerate() {
            let place = format!("step/{at}");
            desk.filled("text-missing", &path, &format!("{place}/title"), &step.title);
            desk.filled("text-missing", &path, &format!("{place}/text"), &step.text);
            if step.drawing.is_empty() {
                continue;
            }
            if !content.drawings.contains_key(&step.drawing) {
                desk.unknown(&path, &format!("{place}/drawing"), "drawing", &step.drawing);
            }
            desk.filled("text-missing", &path, &format!("{place}/alt"), &step.alt);
        }
        if guide.step.iter().all(|s| s.drawing.is_empty()) {
            let text = format!("the guide {} has no drawing", guide.id);
            desk.tell("text-missing", &path, "step", text);
        }
    }
}

fn activities(desk: &mut Desk) {
    let (content, path) = (desk.content, "activities.toml");
    desk.once(path, "activity", content.activities.iter().map(|a| a.id.as_str()));
    let options = crate::content::activity_options(content.rules.get(WIZARD));
    for (at, activity) in content.activities.iter().enumerate() {
        let place = format!("activity/{at}");
        if !options.contains(&activity.id.as_str()) {
            desk.unknown(path, &format!("{place}/id"), "option of the wizard", &activity.id);
        }
        desk.filled("text-missing", path, &format!("{place}/name"), &activity.name);
        desk.filled("text-missing", path, &format!("{place}/en"), &activity.en);
        if !activity.kbli.is_empty() && !is_kbli(&activity.kbli) {
            let text = format!("{:?} is no KBLI code of five digits", activity.kbli);
            desk.tell("unknown-value", path, &format!("{place}/kbli"), text);
        }
    }
    let mut seen = BTreeSet::new();
    for (at, risk) in content.risks.iter().enumerate() {
        let (path, place) = ("risk.toml", format!("risk/{at}"));
        desk.sources(path, &format!("{place}/source"), &risk.source);
        if !is_kbli(&risk.kbli) {
            let text = format!("{:?} is no KBLI code of five digits", risk.kbli);
            desk.tell("unknown-value", path, &format!("{place}/kbli"), text);
        }
        for scale in &risk.scale {
            if !["mikro", "kecil", "menengah", "besar"].contains(&scale.as_str()) {
                let text = format!("{scale:?} is no size of business");
                desk.tell("unknown-value", path, &format!("{place}/scale"), text);
            }
            if !seen.insert((&risk.kbli, scale)) {
                let text = format!("{} has two risk levels for {scale}", risk.kbli);
                desk.tell("duplicate-id", path, &place, text);
            }
        }
    }
}

fn is_kbli(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit())
}

fn glossary(desk: &mut Desk) {
    let (content, path) = (desk.content, "glossary.toml");
    desk.once(path, "term", content.terms.iter().map(|t| t.id.as_str()));
    let mut forms = BTreeSet::new();
    for (at, term) in content.terms.iter().enumerate() {
        let place = format!("term/{at}");
        for (field, text) in [("term", &term.term), ("text", &term.text), ("en", &term.en)] {
            desk.filled("text-missing", path, &format!("{place}/{field}"), text);
        }
        for form in &term.forms {
            if !forms.insert(form) {
                let text = format!("{form:?} is a form of two terms");
                desk.tell("duplicate-id", path, &format!("{place}/forms"), text);
            }
        }
    }
}

fn ready(desk: &mut Desk) {
    let (content, path) = (desk.content, "desk.toml");
    for (at, sentence) in content.desk.sentence.iter().enumerate() {
        desk.filled("text-missing", path, &format!("sentence/{at}/text"), &sentence.text);
        for (n, card) in sentence.cards.iter().enumerate() {
            if !content.requirements.contains_key(card) {
                desk.unknown(path, &format!("sentence/{at}/cards/{n}"), "requirement card", card);
            }
        }
    }
}

fn survey(desk: &mut Desk) {
    let (content, path) = (desk.content, "survey.toml");
    let form: &SurveyForm = &content.survey;
    desk.sources(path, "basis", &form.basis);
    desk.sources(path, "source", &form.source);
    let asked: Vec<Element> = form.question.iter().map(|q| q.element).collect();
    if asked != Element::ALL {
        let text = "the form asks the nine elements once each, in the order of U1 to U9".to_string();
        desk.tell("unknown-value", path, "question", text);
    }
    for (at, question) in form.question.iter().enumerate() {
        for (field, options) in [("options", &question.options), ("options_en", &question.options_en)] {
            if options.len() != 4 || options.iter().any(|o| o.trim().is_empty()) {
                let text = format!("{} needs four answers", question.code);
                desk.tell("text-missing", path, &format!("question/{at}/{field}"), text);
            }
        }
    }
}

fn calendar(desk: &mut Desk) {
    let (content, path) = (desk.content, "calendar.toml");
    let mut years = BTreeSet::new();
    for (at, year) in content.years.iter().enumerate() {
        let place = format!("year/{at}");
        desk.sources(path, &format!("{place}/source"), &year.source);
        if !years.insert(year.year) {
            desk.tell("duplicate-id", path, &place, format!("{} is there twice", year.year));
        }
        for (n, holiday) in year.day.iter().enumerate() {
            if holiday.date.year() != year.year {
                let text = format!("{} does not lie in {}", holiday.date, year.year);
                desk.tell("unknown-value", path, &format!("{place}/day/{n}/date"), text);
            }
        }
    }
}

/// What a letter may name in braces.
const FILLED: [&str; 9] = ["service", "number", "submitted", "days", "due", "today", "used", "holder", "since"];

fn letter(desk: &mut Desk) {
    let (content, path) = (desk.content, "letter.toml");
    let letter = &content.letter;
    desk.sources(path, "basis", &letter.basis);
    for (field, text) in [("subject", &letter.subject), ("unread", &letter.unread), ("example", &letter.example)] {
        desk.filled("text-missing", path, field, text);
    }
    if letter.text.is_empty() {
        desk.tell("text-missing", path, "text", "the letter says nothing".to_string());
    }
    let places = letter.text.iter().enumerate().map(|(at, text)| (format!("text/{at}"), text));
    let others = [("subject".to_string(), &letter.subject), ("returned".to_string(), &letter.returned)];
    for (place, text) in places.chain(others) {
        for part in text.split('{').skip(1) {
            let name = part.split_once('}').map(|(name, _)| name);
            if !name.is_some_and(|name| FILLED.contains(&name)) {
                let text = format!("there is nothing to fill in for {{{}", part.chars().take(20).collect::<String>());
                desk.tell("unknown-value", path, &place, text);
            }
        }
    }
}
