//! One question: a real form with the earlier answers as hidden fields, so that it works without this program
//! too. Here each answer is a navigation; Back leads to the question before.

use super::finder::Finder;
use super::journey::Journey;
use super::state::{self, Showing, Shown, Trouble, Wish, is_long, show, stands_apart};
use crate::answers::{self, SEARCH, SENT, TYPED};
use crate::i18n::{money, t};
use crate::platform::{document, share::whatsapp_link};
use crate::routes::Route;
use crate::shell::{Frame, use_navigation};
use crate::ui::{
    Choices, Details, Entry, ErrorSummary, Errors, Message, SummaryList, SummaryRow, TextField, Tile, Tone,
};
use leptos::prelude::*;
use satu_pintu_domain::rules::{Answers, Choice, Question, to_url};
use satu_pintu_domain::validate;

/// The page of a question. `given` are all answers of the address, also those behind this question.
pub fn question(journey: &Journey, shown: Shown, given: &Answers, query: &str, offer: Option<AnyView>) -> AnyView {
    let back = match shown.before.last() {
        Some((id, _)) => answers::address(&journey.page().link(), given, Some(id)),
        None => Route::Home.link(),
    };
    let unknown = (shown.trouble == Some(Trouble::Unknown)).then(unknown);
    let so_far = so_far(journey, &shown.before, given);
    let ask = ask(journey, shown, given, query);
    view! { <Frame back>{offer} {unknown} {ask} {so_far}</Frame> }.into_any()
}

/// Says that an answer of the address does not exist (any more).
pub fn unknown() -> AnyView {
    let w = t().wizard();
    view! { <Message tone=Tone::Wait title=w.unknown_title><p>{w.unknown_text}</p></Message> }.into_any()
}

/// Says that the answers are on this phone.
pub fn saved() -> AnyView {
    view! { <p class="saved">"✓ " {t().wizard().saved}</p> }.into_any()
}

/// The question itself with its form.
pub fn ask(journey: &Journey, shown: Shown, given: &Answers, query: &str) -> AnyView {
    let w = t().wizard();
    let step = match (shown.changing, shown.left) {
        (true, _) => w.step_change(shown.number),
        (false, 0) => w.step_last(shown.number),
        (false, left) => w.step(shown.number, left),
    };
    let chosen = RwSignal::new(shown.chosen.clone());
    let errors = RwSignal::new(errors(journey, &shown));
    let saved = !shown.before.is_empty() && journey.check.is_none() && super::journey::kept().is_some();
    let page = journey.page();
    let sending = {
        let (journey, question, given) = (journey.clone(), shown.question.clone(), given.clone());
        let place = use_navigation();
        move |e: leptos::ev::SubmitEvent| {
            e.prevent_default();
            match next(&journey, &question, &given, chosen.get_untracked()) {
                Some(href) => {
                    document::scroll_top();
                    place.go(&href);
                }
                None => errors.set(vec![(question.id.clone(), missing(&journey, &question))]),
            }
        }
    };
    let hidden = given.iter().filter(|(id, _)| *id != shown.question.id).map(|(id, values)| {
        let (name, value) = answers::pair(id, values);
        view! { <input type="hidden" name=name value=value /> }
    });
    let why = journey.question(&shown.question.id).map(|q| q.why.clone()).filter(|text| !text.is_empty());
    let (hidden, open) = (hidden.collect_view(), to_url(&shown.question.id));
    let body = body(journey, shown.question, chosen, errors, query);
    let help = help(journey, shown.question, chosen);
    let long = is_long(shown.question);
    let picked = long.then(|| picked(journey, shown.question, chosen));
    let (over, action) = (journey.over(step), page.link());
    view! {
        <ErrorSummary errors />
        <p class="over">{over}</p>
        <form class="ask" method="get" action=action novalidate on:submit=sending>
            {hidden}
            <input type="hidden" name=SENT value=open />
            {body}
            {help}
            {why.map(|text| view! { <Details summary=w.why><p>{text}</p></Details> })}
            <div class="ask-on" class:stuck=long>
                {picked}
                <button type="submit" class="btn">{t().ui().continue_}</button>
                {saved.then(self::saved)}
            </div>
        </form>
    }
    .into_any()
}

fn body(
    journey: &Journey,
    question: &Question,
    chosen: RwSignal<Vec<String>>,
    errors: RwSignal<Errors>,
    query: &str,
) -> AnyView {
    let words = journey.question(&question.id);
    let legend = words.map_or(question.id.clone(), |q| q.title.clone());
    let hint = words.map_or(String::new(), |q| q.hint.clone());
    let id = question.id.clone();
    let error = Signal::derive(move || errors.with(|e| e.iter().find(|(f, _)| *f == id).map(|(_, text)| text.clone())));
    if is_long(question) {
        let typed = answers::extra(query, SEARCH).unwrap_or_default();
        return view! {
            <Finder journey=journey.clone() question=question.clone() legend hint chosen error typed />
        }
        .into_any();
    }
    let tiles = question.options.iter().map(|option| {
        let words = journey.option(&question.id, option.id());
        let label = words.map_or(option.id(), |o| &o.label);
        let tile = Tile::new(option.id(), label).hint(words.map_or("", |o| &o.hint));
        if stands_apart(question, option) { tile.alone() } else { tile }
    });
    let (name, tiles, many) = (question.id.clone(), tiles.collect::<Vec<_>>(), question.many);
    view! {
        <Choices name legend heading=true hint tiles many chosen error />
        {question.band.is_some().then(|| amount(journey, question, chosen))}
    }
    .into_any()
}

/// Typing an amount chooses its band.
fn amount(journey: &Journey, question: &Question, chosen: RwSignal<Vec<String>>) -> AnyView {
    let w = t().wizard();
    let value = RwSignal::new(String::new());
    let result = RwSignal::new(String::new());
    let (journey, question) = (journey.clone(), question.clone());
    let typed = Callback::new(move |text: String| {
        let fits = validate::money(&text).ok().and_then(|n| Some((n, state::band(&question, n)?)));
        result.set(match fits {
            _ if text.trim().is_empty() => String::new(),
            Some((n, option)) => {
                let label = journey.option_name(&question.id, &option);
                chosen.set(vec![option]);
                // "Gratis" would be a strange capital.
                w.amount_fits(if n == 0 { "Rp0".to_string() } else { money(n) }, label)
            }
            None => w.amount_bad.to_string(),
        });
    });
    view! {
        <Details summary=w.amount>
            <TextField name=TYPED label=w.amount_label hint=w.amount_hint entry=Entry::Text value max=30
                autocomplete="off" typed />
            <p class="amount-fits" role="status">{move || result.get()}</p>
        </Details>
    }
    .into_any()
}

/// Under "I do not know": that it is fine, the guide that helps, and a way to ask.
fn help(journey: &Journey, question: &Question, chosen: RwSignal<Vec<String>>) -> AnyView {
    let (journey, question) = (journey.clone(), question.clone());
    let title = journey.question(&question.id).map_or(String::new(), |q| q.title.clone());
    let guide = Memo::new(move |_| {
        let chosen = chosen.get();
        let on = question.options.iter().find(|o| o.help().is_some() && chosen.iter().any(|v| v == o.id()));
        on.and_then(|o| o.help().map(str::to_string))
    });
    let content = move |guide: String| help_with(&journey, &title, &guide);
    // The region is there before its text, so that the text is read out.
    view! { <div class="ask-help" role="status">{move || guide.get().map(&content)}</div> }.into_any()
}

/// What stands there: `title` is the question's.
pub fn help_with(journey: &Journey, title: &str, guide: &str) -> AnyView {
    let w = t().wizard();
    let catalog = &journey.catalog;
    let found = catalog.guides.iter().find(|g| g.id == guide);
    let ask = whatsapp_link(&catalog.office.whatsapp, &journey.ask_text(title));
    let calm = journey.check.is_none().then(|| view! { <p>{w.help_text}</p> });
    let read = found.map(|g| {
        view! { <p><a href=Route::Guide(g.id.clone()).link()>{w.help_guide(&g.title)}</a></p> }
    });
    view! {
        <Message tone=Tone::Act title=w.help_title>
            {calm}
            {read}
            <p><a href=ask target="_blank" rel="noopener">{w.help_ask}</a></p>
        </Message>
    }
    .into_any()
}

/// What is chosen in a long list, where the tile itself may be far away.
fn picked(journey: &Journey, question: &Question, chosen: RwSignal<Vec<String>>) -> AnyView {
    let (journey, id) = (journey.clone(), question.id.clone());
    let line = move || chosen.get().first().map(|option| picked_line(journey.option_name(&id, option)));
    line.into_any()
}

pub fn picked_line(name: String) -> AnyView {
    view! { <p class="picked">{t().wizard().find_chosen} " " <b>{name}</b></p> }.into_any()
}

/// The earlier answers, each with its way to change it.
pub fn so_far(journey: &Journey, before: &Answers, given: &Answers) -> Option<AnyView> {
    let w = t().wizard();
    let page = journey.page().link();
    let rows = rows(journey, before, given);
    let count = rows.len();
    (count > 0).then(|| {
        view! {
            <Details summary=w.answers(count)>
                <SummaryList rows />
                <p><a href=page>{w.again}</a></p>
            </Details>
        }
        .into_any()
    })
}

pub fn rows(journey: &Journey, path: &Answers, given: &Answers) -> Vec<SummaryRow> {
    let page = journey.page().link();
    let row = |told: answers::Told| SummaryRow {
        change: Some((answers::address(&page, given, Some(&told.id)), t().ui().change.to_string())),
        label: told.question,
        value: told.answer,
    };
    answers::told(journey.words(), &journey.catalog.activities, path).into_iter().map(row).collect()
}

/// Where the answer leads; `None` when nothing is chosen.
fn next(journey: &Journey, question: &Question, given: &Answers, chosen: Vec<String>) -> Option<String> {
    if chosen.is_empty() {
        return None;
    }
    let given = answers::with(given, &question.id, chosen);
    journey.keep(&given);
    Some(match show(journey.rules(), &given, Wish::default(), journey.today()) {
        Showing::Done(done) => answers::address(&journey.result().link(), &done.path, None),
        _ => answers::address(&journey.page().link(), &given, None),
    })
}

/// What was wrong with an answer that came with the address.
fn errors(journey: &Journey, shown: &Shown) -> Errors {
    let w = t().wizard();
    let question = shown.question;
    let text = match shown.trouble {
        None | Some(Trouble::Unknown) => return Errors::new(),
        Some(Trouble::Missing) => missing(journey, question),
        Some(Trouble::Amount) => w.amount_bad.to_string(),
        Some(Trouble::NotAlone) => not_alone(journey, question),
    };
    vec![(question.id.clone(), text)]
}

/// What to do when "none of these" came together with others.
pub fn not_alone(journey: &Journey, question: &Question) -> String {
    let names: Vec<String> = question.alone.iter().map(|o| journey.option_name(&question.id, o)).collect();
    t().wizard().not_alone(names.join(" / "))
}

/// What to do when nothing is chosen.
pub fn missing(journey: &Journey, question: &Question) -> String {
    let w = t().wizard();
    let sentence = if question.many { w.missing_many } else { w.missing };
    let name = |option: &Choice| journey.option_name(&question.id, option.id());
    if is_long(question) {
        let other = question.options.iter().find(|o| o.help().is_some());
        return other.map_or(sentence.to_string(), |o| w.missing_find(name(o)));
    }
    let unsure = question.options.iter().rev().find(|o| stands_apart(question, o));
    unsure.map_or(sentence.to_string(), |o| w.missing_unsure(sentence, name(o)))
}
