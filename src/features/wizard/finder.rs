//! The long first question: a search in everyday words over a list in groups. Native radio buttons in one
//! field, so that keyboard, screen reader and a form without script all work; the search only hides tiles.

use super::journey::Journey;
use super::search::Index;
use crate::answers::{CHANGE, SEARCH};
use crate::i18n::t;
use crate::platform::{self, document, share::whatsapp_link};
use crate::routes::Route;
use crate::ui::{Details, Heading};
use leptos::prelude::*;
use satu_pintu_domain::rules::{Choice, Question, to_url};
use std::sync::Arc;

/// More than these nobody reads.
const MOST: usize = 15;

/// One option as it is shown.
#[derive(Clone)]
struct Row {
    id: String,
    class: String,
    label: String,
    small: String,
}

/// All that the tiles need, copied around cheaply.
#[derive(Clone, Copy)]
struct Field {
    name: StoredValue<String>,
    rows: StoredValue<Vec<Row>>,
    chosen: RwSignal<Vec<String>>,
}

impl Field {
    fn tile(self, row: &Row) -> AnyView {
        let (id, chosen) = (row.id.clone(), self.chosen);
        let mine = id.clone();
        let on = Memo::new(move |_| chosen.with(|c| c.first() == Some(&mine)));
        view! {
            <label class="opt" class:on=move || on.get()>
                <input type="radio" name=self.name.get_value() value=row.id.clone() prop:checked=move || on.get()
                    checked=on.get_untracked() on:change=move |_| chosen.set(vec![id.clone()]) />
                <span class="mark" aria-hidden="true"></span>
                <span class="text">
                    {row.label.clone()}
                    {(!row.small.is_empty()).then(|| view! { <small>{row.small.clone()}</small> })}
                </span>
            </label>
        }
        .into_any()
    }

    fn tiles(self, wanted: impl Fn(&Row) -> bool) -> AnyView {
        let rows: Vec<Row> = self.rows.with_value(|rows| rows.iter().filter(|r| wanted(r)).cloned().collect());
        rows.iter().map(|r| self.tile(r)).collect_view().into_any()
    }
}

#[component]
pub fn Finder(
    journey: Journey,
    question: Question,
    legend: String,
    hint: String,
    chosen: RwSignal<Vec<String>>,
    #[prop(into)] error: Signal<Option<String>>,
    /// What was typed already, when the form came back without script.
    typed: String,
) -> impl IntoView {
    let w = t().wizard();
    // The option with help ("something else") stands apart and is always there.
    let (others, listed): (Vec<&Choice>, Vec<&Choice>) = question.options.iter().partition(|o| o.help().is_some());
    let row = |option: &Choice| describe(&journey, &question.id, option);
    let other: Vec<Row> = others.into_iter().map(&row).collect();
    let other_name = StoredValue::new(other.first().map_or(String::new(), |o| o.label.clone()));
    let rows: Vec<Row> = listed.into_iter().map(&row).collect();
    let index = StoredValue::new(Arc::new(index(&journey, &rows)));
    let field = Field { name: StoredValue::new(question.id.clone()), rows: StoredValue::new(rows), chosen };
    let text = RwSignal::new(typed);
    let hits = Memo::new(move |_| {
        let text = text.get();
        let short = text.trim().chars().count() < 2;
        (!short).then(|| {
            let index = index.get_value();
            index.find(&text).into_iter().take(MOST).map(str::to_string).collect::<Vec<String>>()
        })
    });
    let count = move || match hits.get() {
        None if text.get().trim().is_empty() => String::new(),
        None => w.find_short.to_string(),
        Some(found) if found.is_empty() => w.find_none(other_name.get_value()),
        Some(found) if found.len() == 1 => w.find_one.to_string(),
        Some(found) => w.find_count(found.len()),
    };
    let pressed = move |e: leptos::ev::KeyboardEvent| {
        // The search key of a phone leads to the first hit; the form is sent by its button.
        if e.key() == "Enter" {
            e.prevent_default();
            document::focus(".finder .opts input");
        }
    };
    let list = move || match hits.get() {
        Some(found) => {
            // Where nothing moves by itself, what is chosen stays among what was found.
            let kept = chosen.get_untracked().into_iter().filter(|id| !platform::BROWSER && !found.contains(id));
            let shown: Vec<String> = found.iter().cloned().chain(kept).collect();
            let rows = field.rows.with_value(|rows| {
                shown.iter().filter_map(|id| rows.iter().find(|r| r.id == *id)).cloned().collect::<Vec<Row>>()
            });
            view! { <div class="opts">{rows.iter().map(|r| field.tile(r)).collect_view()}</div> }.into_any()
        }
        None => groups(field),
    };
    let ask = whatsapp_link(&journey.catalog.office.whatsapp, w.find_lost_ask);
    let guide = question.options.iter().find_map(|o| o.help()).and_then(|id| {
        let guide = journey.catalog.guides.iter().find(|g| g.id == id)?;
        Some(view! { <p><a href=Route::Guide(guide.id.clone()).link()>{w.help_guide(&guide.title)}</a></p> })
    });
    let described = move || error.get().map(|_| "usaha-error");
    let id = question.id.clone();
    view! {
        <fieldset class="choices-field finder" class:bad=move || error.get().is_some() aria-describedby=described>
            <legend><Heading text=legend /></legend>
            {(!hint.is_empty()).then(|| view! { <p class="lead">{hint}</p> })}
            <p class="field-error" id="usaha-error" hidden=move || error.get().is_none()>
                <span class="hidden-text">{t().ui().error_prefix}</span> " " {move || error.get()}
            </p>
            <div class="find">
                <label class="label" for=id.clone()>{w.find_label}</label>
                <input class="box" type="search" inputmode="search" enterkeyhint="search" id=id name=SEARCH maxlength="60"
                    autocomplete="off" spellcheck="false" value=text.get_untracked() prop:value=move || text.get()
                    on:input=move |e| text.set(event_target_value(&e)) on:keydown=pressed />
                {search_button(&question.id)}
                <p class="find-count" role="status">{count}</p>
            </div>
            {list}
            <p class="or">{t().ui().or}</p>
            <div class="opts other">{other.iter().map(|o| field.tile(o)).collect_view()}</div>
        </fieldset>
        <Details summary=w.find_lost>
            <p>{w.find_lost_text(other_name.get_value())}</p>
            {guide}
            <p><a href=ask target="_blank" rel="noopener">{t().ui().whatsapp}</a></p>
        </Details>
    }
    .into_any()
}

/// Without script words are searched for by the server: the question is asked again, with what was found.
fn search_button(question: &str) -> Option<AnyView> {
    (!platform::BROWSER).then(|| {
        view! {
            <noscript>
                <button type="submit" class="btn quiet" name=CHANGE value=to_url(question)>{t().wizard().find_go}</button>
            </noscript>
        }
        .into_any()
    })
}

/// The list in groups, closed until somebody opens one. In a browser the tiles are made only then: a page made on the
/// host has those of a closed group as text in `noscript`, which `hold.js` takes out (570 elements less to parse).
fn groups(field: Field) -> AnyView {
    let mut classes: Vec<String> = Vec::new();
    field.rows.with_value(|rows| {
        for row in rows {
            if !classes.contains(&row.class) {
                classes.push(row.class.clone());
            }
        }
    });
    let first = field.chosen.get_untracked().first().cloned();
    let group = |class: String| {
        let (names, has) = field.rows.with_value(|rows| {
            let own = || rows.iter().filter(|r| r.class == class);
            let names: Vec<String> = own().take(3).map(|r| r.label.clone()).collect();
            (names.join(", "), own().any(|r| Some(&r.id) == first.as_ref()))
        });
        let opened = RwSignal::new(has);
        let title = class_name(&class);
        let aside = (!has && !platform::BROWSER).then(|| {
            let tiles = field.tiles(|r| r.class == class);
            view! { <noscript><div class="opts">{tiles}</div></noscript> }
        });
        let tiles = move || opened.get().then(|| view! { <div class="opts">{field.tiles(|r| r.class == class)}</div> });
        view! {
            <details class="group" open=has on:toggle=move |_| opened.set(true)>
                <summary><b>{title}</b> <small>{names}</small></summary>
                {aside}
                {tiles}
            </details>
        }
    };
    view! {
        <p class="find-groups">{t().wizard().find_groups}</p>
        <div class="groups">{classes.into_iter().map(group).collect_view()}</div>
    }
    .into_any()
}

/// What a class is called; a class that the words do not know is shown by its id.
fn class_name(class: &str) -> String {
    match t().wizard().get(&["class-", class].concat()) {
        Some(name) => name.to_string(),
        None => {
            let mut plain = class.replace(['-', '_'], " ");
            if let Some(first) = plain.get_mut(0..1) {
                first.make_ascii_uppercase();
            }
            plain
        }
    }
}

fn describe(journey: &Journey, question: &str, option: &Choice) -> Row {
    let activity = journey.catalog.activities.iter().find(|a| a.id == option.id());
    let code = activity.filter(|a| !a.kbli.is_empty()).map(|a| t().wizard().kbli(&a.kbli));
    let hint = journey.option(question, option.id()).map(|o| o.hint.clone()).filter(|h| !h.is_empty());
    Row {
        id: option.id().to_string(),
        class: option.class().unwrap_or_default().to_string(),
        label: journey.option_name(question, option.id()),
        small: hint.or(code).unwrap_or_default(),
    }
}

fn index(journey: &Journey, rows: &[Row]) -> Index {
    Index::new(rows.iter().map(|row| {
        let mut names = vec![row.label.as_str()];
        if let Some(activity) = journey.catalog.activities.iter().find(|a| a.id == row.id) {
            names.push(&activity.name);
            names.extend(activity.synonyms.iter().map(String::as_str));
            names.push(&activity.en);
        }
        (row.id.as_str(), names)
    }))
}
