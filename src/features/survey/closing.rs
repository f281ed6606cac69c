//! The last pages of the survey: a little about the person (all of it may be skipped), the check, the thanks.

use super::flow::{Flow, link};
use super::question::shown;
use super::sent::{self, AGE, EDUCATION, Fault, GENDER, NONE, OCCUPATION, TO};
use super::state::{self, Step};
use crate::client::catalog::Catalog;
use crate::i18n::t;
use crate::platform;
use crate::routes::Route;
use crate::shell::{Affected, Page};
use crate::ui::{
    Button, Choices, Entry, ErrorSummary, Errors, Look, Message, SubmitButton, SummaryList, SummaryRow, TextField,
    Tile, Tone, error_of,
};
use leptos::prelude::*;
use satu_pintu_api::survey::Profile;
use satu_pintu_domain::survey::Element;

pub fn profile(flow: Flow, catalog: &Catalog) -> AnyView {
    let w = t().survey();
    let before = flow.draft.get_untracked().unwrap_or_default();
    let first = |value: &Option<String>| match value {
        Some(value) => vec![value.clone()],
        None if before.asked => vec![NONE.to_string()],
        None => Vec::new(),
    };
    let gender = RwSignal::new(first(&before.profile.gender));
    let education = RwSignal::new(first(&before.profile.education));
    let occupation = RwSignal::new(first(&before.profile.occupation));
    let mut typed = before.profile.age.map(|age| age.to_string()).unwrap_or_default();
    let mut first = Errors::new();
    if let Some(Fault::Age(odd)) = sent::turn().and_then(|turn| turn.fault) {
        typed = odd;
        first.push((AGE.to_string(), w.profile_age_wrong.to_string()));
    }
    let (age, errors) = (RwSignal::new(typed), RwSignal::new(first));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(age) = state::age(&age.get_untracked()) else {
            errors.set(vec![(AGE.to_string(), w.profile_age_wrong.to_string())]);
            return;
        };
        let said = |chosen: RwSignal<Vec<String>>| chosen.get_untracked().into_iter().next().filter(|v| v != NONE);
        let profile = Profile { gender: said(gender), age, education: said(education), occupation: said(occupation) };
        flow.edit(|draft| {
            draft.profile = profile;
            draft.asked = true;
        });
        flow.go(Step::Check);
    };
    let tiles = |known: &[String]| {
        let known = known.iter().map(|value| Tile::new(value, value));
        known.chain([Tile::new(NONE, w.profile_none)]).collect::<Vec<_>>()
    };
    let form = &catalog.survey.profile;
    let (genders, educations, occupations) = (tiles(&form.gender), tiles(&form.education), tiles(&form.occupation));
    let (hidden, back_button) = (flow.hidden(Step::Profile), flow.back_button(Step::Profile));
    let back = flow.back(Step::Profile);
    view! {
        <Page title=w.profile_title over=w.profile_over lead=w.profile_lead affected=Affected::None back>
            <ErrorSummary errors />
            <form method="post" action=Route::Survey.link() class="survey-form profile" novalidate on:submit=send>
                {hidden}
                <Choices name=GENDER legend=w.profile_gender tiles=genders chosen=gender />
                <TextField name=AGE label=w.profile_age hint=w.profile_age_hint entry=Entry::Digits value=age
                    error=error_of(errors, AGE) max=3 autocomplete="off" />
                <Choices name=EDUCATION legend=w.profile_education tiles=educations chosen=education />
                <Choices name=OCCUPATION legend=w.profile_occupation tiles=occupations chosen=occupation />
                <SubmitButton label=w.next />
                {back_button}
            </form>
        </Page>
    }
    .into_any()
}

pub fn check(flow: Flow, catalog: &Catalog) -> AnyView {
    let w = t().survey();
    let draft = flow.draft.get_untracked().unwrap_or_default();
    // Without script a button sends the name of the page.
    let to = |step: Step| if sent::turn().is_some() { step.name() } else { link(step) };
    let mut rows: Vec<SummaryRow> = (0..Element::ALL.len())
        .filter_map(|at| {
            let question = shown(catalog, at)?;
            let score = draft.score(at)?;
            let value = question.options.get(usize::from(score) - 1)?.clone();
            let change = Some((to(Step::Question(at)), w.check_change.to_string()));
            Some(SummaryRow { label: question.title, value, change })
        })
        .collect();
    let said = [
        draft.profile.gender,
        draft.profile.age.map(|age| age.to_string()),
        draft.profile.education,
        draft.profile.occupation,
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let value = if said.is_empty() { w.profile_none.to_string() } else { said.join(", ") };
    let change = Some((to(Step::Profile), w.check_change.to_string()));
    rows.push(SummaryRow { label: w.check_profile.to_string(), value, change });
    let label = Signal::derive(move || if flow.busy.get() { w.sending } else { w.send }.to_string());
    let trouble = move || {
        flow.trouble.get().map(|failure| {
            view! {
                <Message tone=Tone::Stop title=w.send_failed_title live=true>
                    <p>{if platform::BROWSER { w.send_failed_why(failure.words()) } else { failure.words() }}</p>
                    {(platform::BROWSER && failure.passing()).then(|| later(flow))}
                </Message>
            }
        })
    };
    let content = match flow.hidden(Step::Check) {
        Some(hidden) => view! {
            <form method="post" action=Route::Survey.link() class="survey-form">
                {hidden}
                <SummaryList rows send=TO />
                {trouble}
                <SubmitButton label />
                {flow.back_button(Step::Check)}
            </form>
        }
        .into_any(),
        None => view! {
            <SummaryList rows />
            {trouble}
            <Button label busy=flow.busy press=move || flow.send() />
        }
        .into_any(),
    };
    view! {
        <Page title=w.check_title lead=w.check_lead affected=Affected::None back=flow.back(Step::Check)>{content}</Page>
    }
    .into_any()
}

/// Keeping the answers is asked for: this may be somebody else's phone.
fn later(flow: Flow) -> AnyView {
    let w = t().survey();
    view! {
        <p>{w.later_text}</p>
        <Button label=w.later look=Look::Quiet press=move || flow.send_later() />
        <p role="status">{move || flow.keep_failed.get().then_some(w.later_failed)}</p>
    }
    .into_any()
}

pub fn thanks(flow: Flow) -> AnyView {
    let w = t().survey();
    if flow.later() {
        return view! {
            <Page title=w.later_title affected=Affected::None>
                <Message tone=Tone::Wait><p>{w.later_lead}</p></Message>
                <p><a class="btn" href=Route::Kept.link()>{w.later_look}</a></p>
                <p><a href=Route::Home.link()>{w.thanks_home}</a></p>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=w.thanks_title affected=Affected::None>
            <Message tone=Tone::Done><p>{w.thanks_lead}</p></Message>
            <p>{w.thanks_text}</p>
            <p><a class="btn" href=Route::SurveyResults.link()>{w.results_link}</a></p>
            <p><a href=Route::Home.link()>{w.thanks_home}</a></p>
        </Page>
    }
    .into_any()
}
