//! A requirement card: what the paper is, where to get it, what it costs, what it looks like. Folded, because
//! a person reads the names first.

use super::{Glossary, Tone, facts, sample, tag};
use crate::i18n::{cost, t};
use leptos::prelude::*;
use satu_pintu_domain::content::{Evidence, Need, Requirement};

/// `need` says how one service asks for it; `basis` are the short names of its legal basis.
pub fn requirement(card: &Requirement, need: &Need, basis: String, glossary: &Glossary) -> AnyView {
    let w = t().ui();
    let evidence = match card.evidence {
        Evidence::Photo => w.evidence_photo,
        Evidence::Document => w.evidence_document,
        Evidence::Online => w.evidence_online,
        Evidence::None => w.evidence_none,
    };
    let only_if = (!need.only_if.is_empty()).then(|| view! { <small>{need.only_if.clone()}</small> });
    let note = (!need.note.is_empty()).then(|| view! { <p class="for-this">{glossary.line(&need.note)}</p> });
    let pairs = vec![
        (w.card_where, glossary.line(&card.place)),
        (w.card_issuer, glossary.line(&card.issuer)),
        (w.card_cost, cost(card.cost.amount, &card.cost.note).into_any()),
        (w.card_time, glossary.line(&card.time)),
        (w.card_validity, glossary.line(&card.validity)),
        (w.card_basis, basis.into_any()),
    ];
    view! {
        <details class="paper-card">
            <summary>
                <span class="what"><b>{card.name.clone()}</b> {only_if}</span>
                {need.optional.then(|| tag(Tone::Plain, w.task_optional))}
            </summary>
            <div class="inside">
                <p>{glossary.line(&card.plain)}</p>
                {note}
                {facts(pairs)}
                <p class="often-wrong"><b>{w.card_mistake}</b> " " {glossary.line(&card.mistake)}</p>
                {sample(&card.sample)}
                <p class="small">{evidence} " " {certainty(card.verified)}</p>
            </div>
        </details>
    }
    .into_any()
}

/// Whether a record has been checked against its sources.
pub fn certainty(verified: bool) -> AnyView {
    if verified { tag(Tone::Done, t().ui().verified) } else { tag(Tone::Wait, t().ui().unverified) }
}
