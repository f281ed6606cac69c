//! One of the nine questions, verbatim, with four big tiles. A face beside the words, so that people can look
//! rather than read; the words always say the same.

use super::flow::Flow;
use super::sent::{self, ANSWER as NAME, Fault};
use super::state::Step;
use crate::client::catalog::Catalog;
use crate::i18n::{Lang, lang, t};
use crate::platform;
use crate::routes::Route;
use crate::shell::{Affected, Frame};
use crate::ui::{ErrorSummary, Errors, Heading, Progress, SubmitButton};
use leptos::prelude::*;
use satu_pintu_domain::content::SurveyQuestion;
use satu_pintu_domain::survey::Element;

/// Title, question and options in the language of the page; the official words are Indonesian.
pub struct Shown {
    pub title: String,
    pub text: String,
    /// The official text, where the page is in another language.
    pub official: Option<String>,
    pub options: Vec<String>,
}

pub fn shown(catalog: &Catalog, at: usize) -> Option<Shown> {
    let element = Element::ALL.get(at)?;
    let question: &SurveyQuestion = catalog.survey.question.iter().find(|q| q.element == *element)?;
    Some(if lang() == Lang::Id || question.en.is_empty() {
        Shown {
            title: question.title.clone(),
            text: question.text.clone(),
            official: None,
            options: question.options.clone(),
        }
    } else {
        Shown {
            title: super::element_name(*element).to_string(),
            text: question.en.clone(),
            official: Some(question.text.clone()),
            options: question.options_en.clone(),
        }
    })
}

pub fn page(flow: Flow, catalog: &Catalog, at: usize) -> AnyView {
    let w = t().survey();
    let Some(question) = shown(catalog, at) else { return ().into_any() };
    let chosen = RwSignal::new(flow.draft.get_untracked().and_then(|draft| draft.score(at)));
    let missing = RwSignal::new(sent::turn().is_some_and(|turn| turn.fault == Some(Fault::Unanswered)));
    let errors = Signal::derive(move || {
        let line = (NAME.to_string(), w.answer_missing.to_string());
        missing.get().then_some(line).into_iter().collect::<Errors>()
    });
    let choose = move |score: u8| {
        chosen.set(Some(score));
        missing.set(false);
        flow.edit(|draft| draft.answer(at, score));
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match (chosen.get_untracked(), flow.draft.get_untracked()) {
            (Some(_), Some(draft)) => flow.go(draft.onward(Step::Question(at))),
            _ => missing.set(true),
        }
    };
    let tile = move |(i, words): (usize, String)| {
        let score = (i + 1) as u8;
        let id = if i == 0 { NAME.to_string() } else { format!("{NAME}-{score}") };
        view! {
            <label class="opt rate">
                <input type="radio" id=id name=NAME value=score prop:checked=move || chosen.get() == Some(score)
                    on:change=move |_| choose(score) />
                <span class="mark" aria-hidden="true"></span>
                <span class="text">{words}</span>
                {face(score)}
            </label>
        }
    };
    let step = Step::Question(at);
    let (kept, hidden, back) = (platform::BROWSER.then_some(w.kept), flow.hidden(step), flow.back_button(step));
    let percent = (at as u32 * 100) / Element::ALL.len() as u32;
    let label = w.progress(at + 1, Element::ALL.len());
    view! {
        <Frame affected=Affected::None back=flow.back(step)>
            <ErrorSummary errors />
            <form method="post" action=Route::Survey.link() class="survey-form" novalidate on:submit=send>
                {hidden}
                <Progress percent=Signal::stored(percent) label=Signal::stored(label) />
                <p class="over">{question.title}</p>
                <fieldset class="choices-field" class:bad=move || missing.get()>
                    <legend><Heading text=question.text /></legend>
                    {question.official.map(|text| view! {
                        <p class="official"><small>{w.legend_official}</small> <span lang="id">{text}</span></p>
                    })}
                    <p class="field-error" hidden=move || !missing.get()>{w.answer_missing}</p>
                    <div class="opts">{question.options.into_iter().enumerate().map(tile).collect_view()}</div>
                </fieldset>
                <SubmitButton label=w.next />
                {back}
                {kept.map(|text| view! { <p class="saved">{text}</p> })}
            </form>
        </Frame>
    }
    .into_any()
}

/// From a deep frown to a broad smile. Only an aid for the eye: the words beside it are the answer.
pub fn face(score: u8) -> AnyView {
    let mouth = match score {
        1 => "M15 35c4-8 14-8 18 0",
        2 => "M16 34c4-4 12-4 16 0",
        3 => "M16 30c4 4 12 4 16 0",
        _ => "M14 28c2 11 18 11 20 0z",
    };
    let brow = match score {
        1 => "M14 15l6 3M34 15l-6 3",
        _ => "",
    };
    view! {
        <svg class=format!("face s{score}") viewBox="0 0 48 48" aria-hidden="true" focusable="false">
            <circle class="skin" cx="24" cy="24" r="21" />
            <circle class="eye" cx="17" cy="21" r="2.600" />
            <circle class="eye" cx="31" cy="21" r="2.600" />
            <path class="line" class:full=score == 4 d=mouth />
            <path class="line" d=brow />
        </svg>
    }
    .into_any()
}
