//! The permits as numbered cards, each with its reason, its figures and what to do next; and the remarks.

use super::page::risk_words;
use super::state::{Permit, Plan, Remark};
use crate::i18n::{cost, promise, t};
use crate::routes::Route;
use crate::ui::{Glossary, Tone, tag};
use leptos::prelude::*;
use satu_pintu_api::catalog::ServiceSummary;
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::rules::Done;

pub fn permits(plan: &Plan, done: &Done, glossary: &Glossary) -> AnyView {
    let risk = risk_words(plan.risk.map(|r| r.level));
    let cards = plan.permits.iter().map(|permit| card(permit, risk, done, glossary));
    view! {
        <section class="permits" aria-labelledby="izin">
            <h2 id="izin">{t().checklist().permits}</h2>
            <ol>{cards.collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn card(permit: &Permit, risk: &'static str, done: &Done, glossary: &Glossary) -> AnyView {
    let whys = permit.whys.iter().map(|why| view! { <p class="because">{glossary.line(why)}</p> });
    let whys = whys.collect_view();
    let Some(service) = permit.service else {
        return view! { <li class="permit"><div><h3>{permit.id.to_string()}</h3>{whys}</div></li> }.into_any();
    };
    view! {
        <li class="permit">
            <div>
                <h3><a href=Route::Service(service.id.clone()).link()>{service.name.clone()}</a></h3>
                {whys}
                {figures(service, risk)}
                {actions(service, done)}
            </div>
        </li>
    }
    .into_any()
}

fn figures(service: &ServiceSummary, risk: &'static str) -> AnyView {
    let w = t().checklist();
    let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let fee = if service.cost.is_some() { service.cost_note.clone() } else { String::new() };
    let fee = (!fee.is_empty()).then(|| view! { <p>{fee}</p> });
    let basis = (!service.basis.is_empty()).then(|| view! { <p>{w.basis} ": " {service.basis.join(", ")}</p> });
    let (label, name) = (w.fee_and_basis, service.name.clone());
    let more = (fee.is_some() || basis.is_some()).then(|| {
        view! {
            <details class="more">
                <summary>{label} <span class="hidden-text">": " {name}</span></summary>
                <div class="inside small">{fee} {basis}</div>
            </details>
        }
    });
    view! {
        <dl class="permit-facts">
            {row(w.cost, cost(service.cost, &service.cost_note))}
            {row(w.time, promise(service.days, service.minutes))}
            {row(w.risk, risk.to_string())}
            {row(w.decides, service.decides.clone())}
        </dl>
        {more}
        {(!service.verified).then(|| view! { <p class="sure">{tag(Tone::Wait, t().ui().unverified)}</p> })}
    }
    .into_any()
}

/// What to do next: apply here, or the steps on the national site; and "Bolehkah saya?" where there is one.
fn actions(service: &ServiceSummary, done: &Done) -> AnyView {
    let w = t().checklist();
    let about = Route::Service(service.id.clone()).link();
    let (label, class, href) = match service.channel {
        Channel::Office => (w.do_office, "btn", Route::Apply(service.id.clone()).link_with(&done.path)),
        Channel::Oss => (w.do_oss, "btn quiet", about.clone()),
        Channel::Simbg => (w.do_simbg, "btn quiet", about.clone()),
        Channel::Sihalal => (w.do_sihalal, "btn quiet", about.clone()),
    };
    let name = service.name.clone();
    let hidden = move || view! { <span class="hidden-text">": " {name.clone()}</span> };
    let check = (!service.eligibility.is_empty()).then(|| {
        view! { <a href=Route::Check(service.eligibility.clone()).link()>{w.do_check} {hidden()}</a> }
    });
    let about = (service.channel == Channel::Office).then(|| view! { <a href=about>{w.do_about} {hidden()}</a> });
    let more = check.is_some() || about.is_some();
    view! {
        <p class="do"><a class=class href=href>{label} {hidden()}</a></p>
        {more.then(|| view! { <p class="also">{check} {about}</p> })}
    }
    .into_any()
}

/// Things to know under one heading; nothing when there are none.
pub fn remarks(title: &'static str, kind: &'static str, list: &[Remark], glossary: &Glossary) -> Option<AnyView> {
    let none = kind == "none";
    let one = |remark: &Remark| {
        let why = (!none)
            .then(|| remark.whys.iter().map(|why| view! { <p class="because">{why.to_string()}</p> }).collect_view());
        view! {
            <li>
                <h3>{remark.name.to_string()}</h3>
                {why}
                {(!remark.text.is_empty()).then(|| view! { <p>{glossary.line(remark.text)}</p> })}
            </li>
        }
    };
    (!list.is_empty()).then(|| {
        view! {
            <section class=["remarks ", kind].concat()>
                <h2>{title}</h2>
                <ul>{list.iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
