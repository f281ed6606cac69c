//! Services and requirement cards: nothing that a service standard has to say may be missing.
//! Six published components (UU 25/2009 article 21), and what a person has to know about each paper.

use super::Desk;
use super::references::param;
use satu_pintu_domain::application::Holder;
use satu_pintu_domain::content::*;
use satu_pintu_domain::form::applicant;

pub fn check(desk: &mut Desk) {
    let content = desk.content;
    for service in &content.services {
        let path = format!("services/{}.toml", service.id);
        references(desk, service, &path);
        complete(desk, service, &path);
        form(desk, service, &path);
    }
    for card in content.requirements.values() {
        requirement(desk, card);
    }
}

fn references(desk: &mut Desk, service: &Service, path: &str) {
    let content = desk.content;
    desk.sources(path, "basis", &service.basis);
    desk.sources(path, "source", &service.source);
    for (at, id) in service.agencies.iter().enumerate() {
        if content.agency(id).is_none() {
            desk.unknown(path, &format!("agencies/{at}"), "agency", id);
        }
    }
    if !service.eligibility.is_empty() && !content.rules.contains_key(&service.eligibility) {
        desk.unknown(path, "eligibility", "rule set", &service.eligibility);
    }
    param(desk, path, "days", &service.days);
    unit(desk, service, path);
    steps(desk, service, path);
    // Without a fixed amount there is a note in its place.
    if !service.cost.is_empty() {
        param(desk, path, "cost", &service.cost);
    }
    let mut cards = Vec::new();
    for (at, need) in service.requirement.iter().enumerate() {
        let place = format!("requirement/{at}");
        if !content.requirements.contains_key(&need.card) {
            desk.unknown(path, &format!("{place}/card"), "requirement card", &need.card);
        }
        if cards.contains(&&need.card) {
            let text = format!("{} is asked for twice", need.card);
            desk.tell("duplicate-id", path, &place, text);
        }
        cards.push(&need.card);
    }
}

/// A promise is in days or in working time; in hours or minutes it has no step of days.
fn unit(desk: &mut Desk, service: &Service, path: &str) {
    match service.unit {
        TimeUnit::WorkingDay => {}
        TimeUnit::Hour | TimeUnit::Minute => {
            for (at, step) in service.step.iter().enumerate().filter(|(_, s)| s.time.unit == TimeUnit::WorkingDay) {
                let text = format!("{} is in working days, but the service is not", step.name);
                desk.tell("unknown-value", path, &format!("step/{at}/time"), text);
            }
        }
        TimeUnit::Automatic | TimeUnit::Applicant => {
            let text = "a promise is in working-day, hour or minute".to_string();
            desk.tell("unknown-value", path, "unit", text);
        }
    }
}

/// Who does a step has to be somebody the ledger knows; all steps of one holder are in days, or none is.
fn steps(desk: &mut Desk, service: &Service, path: &str) {
    let mut kinds: Vec<(&Holder, bool)> = Vec::new();
    for (at, step) in service.step.iter().enumerate() {
        let place = format!("step/{at}/by");
        let timed = !matches!(step.time.unit, TimeUnit::Automatic | TimeUnit::Applicant);
        let Some(by) = &step.by else {
            if timed && service.channel == Channel::Office {
                desk.tell("service-incomplete", path, &format!("step/{at}"), format!("{} has no by", step.name));
            }
            continue;
        };
        match by {
            Holder::Agency(id) if desk.content.agency(id).is_none() => desk.unknown(path, &place, "agency", id),
            Holder::Applicant if timed => {
                let text = "the time of the applicant is not counted".to_string();
                desk.tell("unknown-value", path, &place, text);
            }
            _ => {}
        }
        let days = step.time.unit == TimeUnit::WorkingDay;
        if timed && kinds.iter().any(|(known, in_days)| *known == by && *in_days != days) {
            let text = format!("{} has steps in days and others in hours or minutes", by.code());
            desk.tell("unknown-value", path, &place, text);
        }
        kinds.push((by, days));
    }
}

fn complete(desk: &mut Desk, service: &Service, path: &str) {
    let code = "service-incomplete";
    let texts = [
        ("name", &service.name),
        ("plain", &service.plain),
        ("who", &service.who),
        ("decides", &service.decides),
        ("product", &service.product),
        ("validity", &service.validity),
    ];
    for (field, text) in texts {
        desk.filled(code, path, field, text);
    }
    if service.cost.is_empty() {
        desk.filled(code, path, "cost_note", &service.cost_note);
    }
    let lists = [
        ("basis", service.basis.is_empty()),
        ("source", service.source.is_empty()),
        ("step", service.step.is_empty()),
        ("requirement", service.requirement.is_empty()),
    ];
    for (field, empty) in lists {
        if empty {
            desk.tell(code, path, field, format!("{} has no {field}", service.id));
        }
    }
    for (at, step) in service.step.iter().enumerate() {
        let place = format!("step/{at}");
        desk.filled(code, path, &format!("{place}/name"), &step.name);
        desk.filled(code, path, &format!("{place}/who"), &step.who);
        desk.filled(code, path, &format!("{place}/text"), &step.text);
        let counted = !matches!(step.time.unit, TimeUnit::Automatic | TimeUnit::Applicant);
        if counted && step.time.value == 0 {
            let text = format!("{} takes no time", step.name);
            desk.tell(code, path, &format!("{place}/time"), text);
        }
    }
    if service.channel == Channel::Office {
        if service.page.is_empty() {
            let text = format!("{} is applied for here, but has no form", service.id);
            desk.tell(code, path, "page", text);
        }
        return;
    }
    desk.filled(code, path, "site", &service.site);
    if service.guide_step.is_empty() {
        let text = format!("{} goes over another site, but has no guide_step", service.id);
        desk.tell(code, path, "guide_step", text);
    }
}

/// The fields of an application form; the applicant's own are the program's.
fn form(desk: &mut Desk, service: &Service, path: &str) {
    let own = [
        applicant::NAME,
        applicant::NIK,
        applicant::PHONE,
        applicant::ADDRESS,
        applicant::TELL,
        applicant::HELPER,
        applicant::HELPER_NAME,
        applicant::HELPER_PHONE,
        applicant::TELL_WHOM,
        applicant::CONSENT,
    ];
    desk.once(path, "page", service.page.iter().map(|p| p.id.as_str()));
    let mut seen = Vec::new();
    for (p, page) in service.page.iter().enumerate() {
        desk.filled("text-missing", path, &format!("page/{p}/title"), &page.title);
        for (f, field) in page.field.iter().enumerate() {
            let place = format!("page/{p}/field/{f}");
            let taken = seen.contains(&&field.id) || own.contains(&field.id.as_str());
            if taken {
                let text = format!("the field {} is there already", field.id);
                desk.tell("duplicate-id", path, &place, text);
            }
            seen.push(&field.id);
            desk.filled("text-missing", path, &format!("{place}/label"), &field.label);
            if (field.kind == FieldKind::Choice) == field.options.is_empty() {
                let text = format!("{}: options belong to kind choice, and only there", field.id);
                desk.tell("parse", path, &place, text);
            }
            let mut options: Vec<&str> = Vec::new();
            for option in &field.options {
                if options.contains(&option.id.as_str()) {
                    let text = format!("the option {} is there twice", option.id);
                    desk.tell("duplicate-id", path, &place, text);
                }
                options.push(&option.id);
            }
        }
    }
}

fn requirement(desk: &mut Desk, card: &Requirement) {
    let path = format!("requirements/{}.toml", card.id);
    let code = "service-incomplete";
    desk.sources(&path, "basis", &card.basis);
    desk.sources(&path, "source", &card.source);
    let texts = [
        ("name", &card.name),
        ("plain", &card.plain),
        ("where", &card.place),
        ("issuer", &card.issuer),
        ("time", &card.time),
        ("validity", &card.validity),
        ("mistake", &card.mistake),
        ("sample/title", &card.sample.title),
    ];
    for (field, text) in texts {
        desk.filled(code, &path, field, text);
    }
    let lists = [
        ("basis", card.basis.is_empty()),
        ("source", card.source.is_empty()),
        ("sample/lines", card.sample.lines.is_empty()),
    ];
    for (field, empty) in lists {
        if empty {
            desk.tell(code, &path, field, format!("{} has no {field}", card.id));
        }
    }
    if card.cost.amount.is_none() {
        desk.filled(code, &path, "cost/note", &card.cost.note);
    }
    if card.pages == 0 && matches!(card.evidence, Evidence::Photo | Evidence::Document) {
        desk.tell(code, &path, "pages", format!("{} is sent, but may have no pages", card.id));
    }
}
