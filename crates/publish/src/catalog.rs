//! The API's view of the content: the catalog of the wizard and the records behind it.
//! Fees and times are those in force on the day asked for.

use crate::content::{Content, WIZARD};
use satu_pintu_api::catalog::*;
use satu_pintu_domain::content::*;
use satu_pintu_domain::date::Day;
use sha2::{Digest, Sha256};

/// SHA-256 in hex of a value's JSON; the `ETag`.
pub fn hash(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_vec(value).unwrap_or_default();
    Sha256::digest(&json).iter().map(|b| format!("{b:02x}")).collect()
}

impl Content {
    /// Enough for the home page, the wizard and its result. `None` without words in Indonesian, which
    /// checked content always has. A language that is not there gives Indonesian.
    pub fn catalog(&self, lang: &str, today: Day) -> Option<Catalog> {
        let lang = self.known_lang(lang);
        let words = self.words(lang)?;
        let checks = words.rules.iter().filter(|(id, _)| *id != WIZARD && self.rules.contains_key(*id));
        let mut catalog = Catalog {
            hash: String::new(),
            lang: lang.to_string(),
            langs: self.langs.clone(),
            office: self.office.clone(),
            rules: self.wizard()?.clone(),
            rules_version: self.rules_version(),
            words: words.rules.get(WIZARD)?.clone(),
            activities: self.activities.clone(),
            risks: self.risks.clone(),
            services: self.services.iter().map(|s| self.summary(s, lang, today)).collect(),
            checks: checks.map(|(id, words)| CheckSummary { id: id.clone(), title: words.title.clone() }).collect(),
            guides: self.guides.iter().map(guide_summary).collect(),
            terms: self.terms.clone(),
            survey: self.survey.clone(),
        };
        catalog.hash = hash(&catalog);
        Some(catalog)
    }

    /// A service with its cards, its sources and the guides about it.
    pub fn service_detail(&self, id: &str, lang: &str, today: Day) -> Option<ServiceDetail> {
        let service = self.service(id)?;
        let cards: Vec<Requirement> =
            service.requirement.iter().filter_map(|need| self.requirements.get(&need.card).cloned()).collect();
        let named = service.basis.iter().chain(&service.source);
        let of_cards = cards.iter().flat_map(|c| c.basis.iter().chain(&c.source));
        let sources = self.sources_of(named.chain(of_cards));
        let about = self.guides.iter().filter(|g| g.services.iter().any(|s| s == id));
        Some(ServiceDetail {
            summary: self.summary(service, self.known_lang(lang), today),
            service: service.clone(),
            sources,
            cards,
            guides: about.map(guide_summary).collect(),
        })
    }

    pub fn guide_detail(&self, id: &str) -> Option<GuideDetail> {
        let guide = self.guide(id)?;
        Some(GuideDetail { sources: self.sources_of(&guide.source), guide: guide.clone() })
    }

    /// A rule set with its words; also the wizard's.
    pub fn check_detail(&self, id: &str, lang: &str) -> Option<CheckDetail> {
        let rules = self.rules.get(id)?.clone();
        let words = self.words(self.known_lang(lang))?.rules.get(id)?.clone();
        Some(CheckDetail { rules, words })
    }

    /// A service as a list shows it.
    pub fn summary(&self, service: &Service, lang: &str, today: Day) -> ServiceSummary {
        let words = self.words.get(lang).and_then(|w| w.services.get(&service.id));
        let text = |own: &str, of: fn(&ServiceWords) -> &String| {
            words.map_or_else(|| own.to_string(), |words| of(words).clone())
        };
        let (days, minutes) = self.service_time(service, today);
        let short = |id: &String| self.source(id).map(|source| source.short.clone());
        ServiceSummary {
            id: service.id.clone(),
            name: text(&service.name, |w| &w.name),
            plain: text(&service.plain, |w| &w.plain),
            who: text(&service.who, |w| &w.who),
            channel: service.channel,
            category: service.category,
            order: service.order,
            decides: service.decides.clone(),
            days: days.into(),
            minutes: minutes.into(),
            cost: self.param(&service.cost, today),
            cost_note: service.cost_note.clone(),
            product: text(&service.product, |w| &w.product),
            validity: text(&service.validity, |w| &w.validity),
            basis: service.basis.iter().filter_map(short).collect(),
            eligibility: service.eligibility.clone(),
            verified: service.verified,
        }
    }

    /// Each source once, in the order first named.
    fn sources_of<'a>(&self, ids: impl IntoIterator<Item = &'a String>) -> Vec<Source> {
        let mut out: Vec<Source> = Vec::new();
        for source in ids.into_iter().filter_map(|id| self.source(id)) {
            if !out.iter().any(|s| s.id == source.id) {
                out.push(source.clone());
            }
        }
        out
    }

    fn known_lang<'a>(&self, lang: &'a str) -> &'a str {
        if self.words.contains_key(lang) { lang } else { crate::content::FIRST_LANGUAGE }
    }
}

fn guide_summary(guide: &Guide) -> GuideSummary {
    let drawing = guide.step.iter().map(|s| s.drawing.as_str()).find(|d| !d.is_empty());
    GuideSummary {
        id: guide.id.clone(),
        title: guide.title.clone(),
        summary: guide.summary.clone(),
        minutes: guide.minutes,
        order: guide.order,
        drawing: drawing.unwrap_or_default().to_string(),
    }
}
