//! What the result says: permits in order with reasons, risk, cost, days; old papers; and the papers of all
//! services as one list. Pure; `page.rs` shows it.

use crate::client::catalog::Catalog;
use satu_pintu_api::catalog::ServiceSummary;
use satu_pintu_domain::content::{Evidence, Need, Requirement, Risk, RuleWords, Source};
use satu_pintu_domain::rules::{Done, Facts, Hit, Kind, RuleSet};
use serde::Deserialize;

/// The question about papers a person already holds; notes about them stand under their own heading.
const OLD_PAPERS: &str = "surat-lama";
/// Notes that tell what to ask begin so.
const TO_ASK: &str = "tanya-";

/// What the list of papers reads of a `ServiceDetail`. Not all of it: the program of the wizard would carry the
/// code that reads forms and steps and guides.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ServicePapers {
    pub summary: ServiceName,
    pub service: ServiceNeeds,
    pub cards: Vec<Requirement>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ServiceName {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ServiceNeeds {
    pub requirement: Vec<Need>,
}

/// A permit of the list. `service` is missing only when the content lacks it (its check refuses that).
#[derive(Debug, Clone, PartialEq)]
pub struct Permit<'a> {
    pub id: &'a str,
    pub service: Option<&'a ServiceSummary>,
    pub whys: Vec<&'a str>,
}

impl<'a> Permit<'a> {
    pub fn name(&self) -> &'a str {
        self.service.map_or(self.id, |s| &s.name)
    }
}

/// Something to know that is no permit.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub text: &'a str,
    pub whys: Vec<&'a str>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Plan<'a> {
    pub permits: Vec<Permit<'a>>,
    pub old_papers: Vec<Remark<'a>>,
    pub to_ask: Vec<Remark<'a>>,
    pub to_know: Vec<Remark<'a>>,
    pub not_needed: Vec<Remark<'a>>,
    /// Of this activity at this size; `None` when nobody has published it.
    pub risk: Option<&'a Risk>,
    /// Rupiah of all permits whose cost is fixed.
    pub cost: i64,
    /// How many have no fixed cost.
    pub open_costs: usize,
    /// The longest of them, in working days, or in minutes when none takes a day; no time when all are automatic.
    pub time: (i64, i64),
    /// Every figure in the list was checked at its source.
    pub verified: bool,
}

/// The result in the words of the catalog.
pub fn plan<'a>(catalog: &'a Catalog, done: &'a Done) -> Plan<'a> {
    let words = &catalog.words;
    let mut permits: Vec<Permit> = done
        .of(Kind::Permit)
        .map(|hit| Permit {
            id: &hit.item,
            service: catalog.services.iter().find(|s| s.id == hit.item),
            whys: reasons(words, hit),
        })
        .collect();
    crate::order::by_key(&mut permits, |p| p.service.map_or(u32::MAX, |s| s.order));
    let services = || permits.iter().filter_map(|p| p.service);
    let (cost, open_costs, time, verified) = (
        services().filter_map(|s| s.cost).sum(),
        services().filter(|s| s.cost.is_none()).count(),
        services().map(|s| (s.days, s.minutes)).max().unwrap_or_default(),
        services().all(|s| s.verified),
    );
    let (mut old_papers, mut to_ask, mut to_know) = (Vec::new(), Vec::new(), Vec::new());
    for hit in done.of(Kind::Note) {
        let list = match () {
            () if is_old_paper(&catalog.rules, &hit.item) => &mut old_papers,
            () if hit.item.starts_with(TO_ASK) => &mut to_ask,
            () => &mut to_know,
        };
        list.push(remark(words, hit));
    }
    Plan {
        permits,
        old_papers,
        to_ask,
        to_know,
        not_needed: done.of(Kind::NotNeeded).map(|hit| remark(words, hit)).collect(),
        risk: risk(catalog, &done.facts),
        cost,
        open_costs,
        time,
        verified,
    }
}

/// The reasons of an item in words.
pub fn reasons<'a>(words: &'a RuleWords, hit: &Hit) -> Vec<&'a str> {
    let key = |why: &str| why.strip_prefix("need.").unwrap_or(why).to_string();
    hit.whys.iter().filter_map(|why| words.need.get(&key(why))).map(|w| w.text.as_str()).collect()
}

fn remark<'a>(words: &'a RuleWords, hit: &'a Hit) -> Remark<'a> {
    let item = words.item.get(&hit.item);
    Remark {
        id: &hit.item,
        name: item.map_or(&hit.item, |i| &i.name),
        text: item.map_or("", |i| &i.text),
        whys: reasons(words, hit),
    }
}

fn is_old_paper(rules: &RuleSet, item: &str) -> bool {
    item.starts_with(OLD_PAPERS) || rules.needs.iter().any(|n| n.item == item && n.when.0.contains_key(OLD_PAPERS))
}

/// The risk level of the chosen activity at the chosen size, when a row says so. Never a guess.
pub fn risk<'a>(catalog: &'a Catalog, facts: &Facts) -> Option<&'a Risk> {
    let one = |fact: &str| facts.get(fact).and_then(|v| v.first());
    let (usaha, scale) = (one(&catalog.rules.start)?, one("modal")?);
    let activity = catalog.activities.iter().find(|a| a.id == *usaha)?;
    let fits = |r: &&Risk| !activity.kbli.is_empty() && r.kbli == activity.kbli && r.scale.contains(scale);
    catalog.risks.iter().find(fits)
}

/// A paper once, with every service that asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<'a> {
    pub card: &'a Requirement,
    pub by: Vec<By<'a>>,
    /// No service insists on it.
    pub optional: bool,
    /// The permit of this list (1 for the first) that gives it: nothing to look for beforehand.
    pub from_step: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct By<'a> {
    pub service: &'a str,
    pub name: &'a str,
    pub note: &'a str,
    pub only_if: &'a str,
}

impl Item<'_> {
    /// "Hanya bila ..." when every service that asks for it says so.
    pub fn only_if(&self) -> Option<&str> {
        let first = self.by.first()?.only_if;
        (self.by.iter().all(|b| !b.only_if.is_empty())).then_some(first)
    }
}

/// The parts of the checklist, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Photographed, scanned or written.
    Papers,
    /// Filled in on a site.
    Online,
    /// Brought or done.
    Other,
    /// Comes out of a permit further up.
    Given,
    /// Does not concern everybody.
    Maybe,
}

impl Item<'_> {
    pub fn part(&self) -> Part {
        match self.card.evidence {
            _ if self.from_step.is_some() => Part::Given,
            _ if self.optional || self.only_if().is_some() => Part::Maybe,
            Evidence::Photo | Evidence::Document => Part::Papers,
            Evidence::Online => Part::Online,
            Evidence::None => Part::Other,
        }
    }

    /// What a person must see to: all but what comes by itself or does not concern everybody.
    pub fn counts(&self) -> bool {
        self.part() < Part::Given
    }
}

/// The papers of all services in the order of the list, each once; without those the facts exclude.
pub fn merged<'a>(services: &[&'a ServicePapers], facts: &Facts) -> Vec<Item<'a>> {
    let mut items: Vec<Item> = Vec::new();
    for detail in services {
        for need in detail.service.requirement.iter().filter(|n| n.when.not_excluded(facts)) {
            let Some(card) = detail.cards.iter().find(|c| c.id == need.card) else { continue };
            let by = By {
                service: &detail.summary.id,
                name: &detail.summary.name,
                note: &need.note,
                only_if: &need.only_if,
            };
            match items.iter_mut().find(|i| i.card.id == card.id) {
                Some(item) => {
                    item.optional &= need.optional;
                    // A service may ask twice for the same card with different notes.
                    if !item.by.contains(&by) {
                        item.by.push(by);
                    }
                }
                None => items.push(Item { card, by: vec![by], optional: need.optional, from_step: None }),
            }
        }
    }
    for item in &mut items {
        item.from_step = services.iter().position(|s| gives(&s.summary.id, &item.card.id)).map(|at| at + 1);
    }
    crate::order::by_key(&mut items, Item::part);
    items
}

/// Whether a paper is what a service issues, by their ids: `nib` of `nib-badan`, `bukti-kkpr` of `kkpr`.
fn gives(service: &str, card: &str) -> bool {
    let paper = card.strip_prefix("bukti-").unwrap_or(card);
    service.strip_prefix(paper).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// What stands around the lists of a shared text.
pub struct ShareWords<'a> {
    pub title: &'a str,
    pub papers: &'a str,
    pub link: &'a str,
}

/// The result as text for WhatsApp. It holds the address of the answers and no key: results have none.
pub fn share_text(words: &ShareWords, permits: &[(String, String)], papers: &[String], url: &str) -> String {
    let mut out = format!("*{}*\n", words.title);
    for (at, (name, about)) in permits.iter().enumerate() {
        out.push_str(&format!("{}. {name}: {about}\n", at + 1));
    }
    if !papers.is_empty() {
        out.push_str(&format!("\n*{}*\n", words.papers));
        for paper in papers {
            out.push_str(&format!("- {paper}\n"));
        }
    }
    out.push_str(&format!("\n{} {url}", words.link));
    out
}

#[cfg(test)]
#[path = "state_tests.rs"]
pub(crate) mod tests;
