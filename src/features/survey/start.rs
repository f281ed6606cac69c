//! The first page of the survey: until when, how many answered, who may answer, why nobody is known by it, and
//! the code.

use super::figures;
use super::flow::{End, Flow};
use super::sent::CODE;
use super::state::Step;
use crate::client::resource::{Load, Resource};
use crate::i18n::{self, t};
use crate::routes::Route;
use crate::shell::{Affected, Page, to_come};
use crate::ui::{Button, Entry, ErrorSummary, Errors, Icon, Look, Message, SubmitButton, TextField, Tone, icon};
use leptos::prelude::*;
use satu_pintu_api::problem::Code;
use satu_pintu_api::survey::SurveyNow;
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::key::Key;

pub fn page(flow: Flow, now: Resource<SurveyNow>) -> AnyView {
    let w = t().survey();
    let body = move || match flow.end.get() {
        Some(End::Done) => ended(Tone::Done, w.done_title, w.done_text),
        Some(End::Closed) => ended(Tone::Wait, w.closed_title, w.closed_text),
        None => open(flow, now),
    };
    view! { <Page title=w.title lead=w.lead affected=Affected::Only(Channel::Office) back=Route::Home.link()>{body}</Page> }.into_any()
}

fn ended(tone: Tone, title: &'static str, text: &'static str) -> AnyView {
    let w = t().survey();
    view! {
        <Message tone title live=true><p>{text}</p></Message>
        <p><a class="btn quiet" href=Route::SurveyResults.link()>{w.results_link}</a></p>
    }
    .into_any()
}

fn open(flow: Flow, now: Resource<SurveyNow>) -> AnyView {
    let w = t().survey();
    view! {
        {move || match now.state.get() {
            Load::Have(now) => period(&now),
            Load::Wait => to_come(),
            Load::Fail(_) => ().into_any(),
        }}
        {move || flow.trouble.get().filter(|f| f.code() != Some(Code::SurveyCode)).map(|failure| view! {
            <Message tone=Tone::Stop live=true><p>{failure.words()}</p></Message>
        })}
        {begin(flow)}
        <section class="private" aria-labelledby="anonim">
            {icon(Icon::Shield)}
            <div>
                <h2 id="anonim">{w.privacy_title}</h2>
                <p>{w.privacy_text}</p>
            </div>
        </section>
        <p><a href=Route::SurveyResults.link()>{w.results_link}</a></p>
    }
    .into_any()
}

/// Until when, and how many of the answers needed are in.
fn period(now: &SurveyNow) -> AnyView {
    let w = t().survey();
    let counted = |n: u64| i18n::number(i64::try_from(n).unwrap_or(i64::MAX));
    let (answers, needed) = (counted(now.answers), counted(now.needed));
    let words =
        if now.answers >= now.needed { w.period_enough(answers, needed) } else { w.period_answers(answers, needed) };
    let width = (figures::progress(now.answers, now.needed) / 10).to_string();
    view! {
        <section class="period">
            <p class="until">{w.period(i18n::date(now.last_day))}</p>
            <svg class="gauge" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="rail" width="100" height="8"></rect>
                <rect class="fill" width=width height="8"></rect>
            </svg>
            <p class="small">{words}</p>
        </section>
    }
    .into_any()
}

/// The shortest way to the first question: what was begun, the application one came from, or a typed code.
fn begin(flow: Flow) -> AnyView {
    let w = t().survey();
    let from = StoredValue::new(flow.from());
    let label = move |text: String| {
        Signal::derive(move || if flow.busy.get() { w.code_checking.to_string() } else { text.clone() })
    };
    let resume = move || {
        let draft = flow.draft.get()?;
        let next = draft.open().map_or(Step::Check, Step::Question);
        Some(view! {
            <section class="todo act">
                <p>{w.resume_text(draft.answered())}</p>
                <a class="btn" href=super::flow::link(next)>{w.resume}</a>
                <p><button type="button" class="link-btn" on:click=move |_| flow.restart()>{w.restart}</button></p>
            </section>
        })
    };
    let own = move || {
        let (number, code) = from.get_value()?;
        Some(view! {
            <section class="todo act">
                <h2>{w.phone_title}</h2>
                <Button label=label(w.phone_begin(number)) busy=flow.busy press=move || flow.begin(code.clone()) />
            </section>
        })
    };
    let begun = Memo::new(move |_| flow.draft.get().is_some());
    let first = move || {
        if begun.get() {
            resume().into_any()
        } else if from.with_value(Option::is_some) {
            own().into_any()
        } else {
            ().into_any()
        }
    };
    let other = move || (!begun.get() && from.with_value(Option::is_none)).then(|| who(flow));
    view! { {first} {other} }.into_any()
}

fn who(flow: Flow) -> AnyView {
    let w = t().survey();
    view! {
        <h2>{w.who_title}</h2>
        <section class="answer-way">
            <h3>{w.who_slip}</h3>
            <p>{w.who_slip_text}</p>
            {form(flow)}
        </section>
        <section class="answer-way">
            <h3>{w.who_applicant}</h3>
            <p>{w.who_applicant_text}</p>
            <p><a class="btn quiet" href=Route::Track.link()>{w.who_track}</a></p>
        </section>
    }
    .into_any()
}

fn form(flow: Flow) -> AnyView {
    let w = t().survey();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = flow.typed.get_untracked();
        match Key::parse(&typed) {
            Ok(code) => {
                flow.code_fault.set(None);
                flow.begin(code);
            }
            Err(_) if typed.trim().is_empty() => flow.code_fault.set(Some(w.code_empty.to_string())),
            Err(_) => flow.code_fault.set(Some(w.code_wrong.to_string())),
        }
    };
    let fault = Signal::derive(move || {
        let unknown = flow.trouble.get().is_some_and(|f| f.code() == Some(Code::SurveyCode));
        flow.code_fault.get().or_else(|| unknown.then(|| w.code_unknown.to_string()))
    });
    let errors =
        Signal::derive(move || fault.get().map(|text| (CODE.to_string(), text)).into_iter().collect::<Errors>());
    let label = Signal::derive(move || if flow.busy.get() { w.code_checking } else { w.code_begin }.to_string());
    view! {
        <ErrorSummary errors />
        <form method="post" action=Route::Survey.link() novalidate on:submit=send>
            <TextField name=CODE label=w.code_label hint=w.code_hint entry=Entry::Code value=flow.typed error=fault
                autocomplete="off" />
            <SubmitButton label look=Look::Main busy=flow.busy />
        </form>
    }
    .into_any()
}
