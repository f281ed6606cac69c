//! Finding records in [`Content`], and values in force on a day.

use crate::content::{Content, FIRST_LANGUAGE, WIZARD, Words};
use satu_pintu_domain::content::*;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::{RuleSet, version};

impl Content {
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|s| s.id == id)
    }

    pub fn guide(&self, id: &str) -> Option<&Guide> {
        self.guides.iter().find(|g| g.id == id)
    }

    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }

    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.office.agency.iter().find(|a| a.id == id)
    }

    /// The wizard's rule set. Checked content has one.
    pub fn wizard(&self) -> Option<&RuleSet> {
        self.rules.get(WIZARD)
    }

    /// Version of the wizard's rules, empty without one.
    pub fn rules_version(&self) -> String {
        self.wizard().map(version).unwrap_or_default()
    }

    /// The value in force on a day: that of the latest `from` not after it.
    pub fn param(&self, id: &str, today: Day) -> Option<i64> {
        let known = self.params.iter().filter(|p| p.id == id && p.from <= today);
        known.max_by_key(|p| p.from).map(|p| p.value)
    }

    /// Working days of a service, or minutes of working time; neither is automatic.
    pub fn service_time(&self, service: &Service, today: Day) -> (u32, u32) {
        let value = self.param(&service.days, today).unwrap_or(0);
        service.promise(u32::try_from(value).unwrap_or(0))
    }

    /// Working days for the first check of a file.
    pub fn intake_days(&self, today: Day) -> u32 {
        let days = self.param(&self.office.intake_days, today).unwrap_or(1);
        u32::try_from(days).unwrap_or(1)
    }

    /// Words of a language, or of Indonesian when it is not there.
    pub fn words(&self, lang: &str) -> Option<&Words> {
        self.words.get(lang).or_else(|| self.words.get(FIRST_LANGUAGE))
    }

    /// An interface word `<file>.<key>`, in Indonesian where the language lacks it.
    pub fn word(&self, lang: &str, key: &str) -> Option<&str> {
        let own = self.words.get(lang).and_then(|w| w.interface.get(key));
        let first = || self.words.get(FIRST_LANGUAGE).and_then(|w| w.interface.get(key));
        own.or_else(first).map(String::as_str)
    }

    /// Requirement cards of a service for which a file is sent at all, in their order.
    pub fn cards_with_file<'a>(&'a self, service: &'a Service) -> impl Iterator<Item = &'a Requirement> {
        service
            .requirement
            .iter()
            .filter_map(|need| self.requirements.get(&need.card))
            .filter(|card| matches!(card.evidence, Evidence::Photo | Evidence::Document))
    }

    /// Requirement cards of a service for which no file is sent: what `form::faults` takes as present.
    pub fn cards_without_file<'a>(&'a self, service: &'a Service) -> impl Iterator<Item = &'a str> {
        service
            .requirement
            .iter()
            .filter_map(|need| self.requirements.get(&need.card))
            .filter(|card| matches!(card.evidence, Evidence::Online | Evidence::None))
            .map(|card| card.id.as_str())
    }
}
