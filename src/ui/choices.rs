//! One question with big tiles: radio buttons, or checkboxes when several may be chosen. Native inputs with
//! name and value, so that the form also works without this program.

use super::{Heading, Icon, icon};
use crate::i18n::t;
use leptos::prelude::*;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub value: String,
    pub label: String,
    pub hint: String,
    /// Set apart by "atau": "Saya tidak tahu", "Tidak ada". In a `many` question it excludes the others.
    pub alone: bool,
}

impl Tile {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Tile {
        Tile { value: value.into(), label: label.into(), hint: String::new(), alone: false }
    }
    pub fn hint(self, hint: impl Into<String>) -> Tile {
        Tile { hint: hint.into(), ..self }
    }
    pub fn alone(self) -> Tile {
        Tile { alone: true, ..self }
    }
}

/// What is chosen after a press on `value`. Pure.
pub fn toggled(tiles: &[Tile], many: bool, chosen: &[String], value: &str) -> Vec<String> {
    if !many {
        return vec![value.to_string()];
    }
    if chosen.iter().any(|v| v == value) {
        return chosen.iter().filter(|v| *v != value).cloned().collect();
    }
    let alone = |v: &str| tiles.iter().any(|t| t.alone && t.value == v);
    if alone(value) {
        return vec![value.to_string()];
    }
    // In the order of the tiles, whatever was pressed first.
    let on = |t: &&Tile| !t.alone && (t.value == value || chosen.contains(&t.value));
    tiles.iter().filter(on).map(|t| t.value.clone()).collect()
}

/// `name` is the field's name and the id of its first input (where an error summary leads).
#[component]
pub fn Choices(
    #[prop(into)] name: String,
    #[prop(into)] legend: Signal<String>,
    /// The legend is the heading of the page.
    #[prop(optional)]
    heading: bool,
    #[prop(optional, into)] hint: String,
    tiles: Vec<Tile>,
    #[prop(optional)] many: bool,
    chosen: RwSignal<Vec<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Called after each change.
    #[prop(optional, into)]
    changed: Option<Callback<Vec<String>>>,
) -> impl IntoView {
    let tiles = StoredValue::new(tiles);
    let (hint_id, error_id) = ([name.as_str(), "-hint"].concat(), [name.as_str(), "-error"].concat());
    let described = {
        let (hint_id, error_id, has_hint) = (hint_id.clone(), error_id.clone(), !hint.is_empty());
        move || {
            let error = error.get().map(|_| error_id.as_str());
            let all: Vec<&str> = has_hint.then_some(hint_id.as_str()).into_iter().chain(error).collect();
            (!all.is_empty()).then(|| all.join(" "))
        }
    };
    let press = move |value: &str| {
        let next = tiles.with_value(|tiles| toggled(tiles, many, &chosen.get_untracked(), value));
        chosen.set(next.clone());
        if let Some(changed) = changed {
            changed.run(next);
        }
    };
    // "atau" stands once, before all that are set apart.
    let first_alone = tiles.with_value(|tiles| tiles.iter().position(|t| t.alone));
    let tile = move |i: usize, tile: Tile| {
        let id = if i == 0 { name.clone() } else { format!("{name}-{i}") };
        let (value, mine) = (tile.value.clone(), tile.value.clone());
        let on = Memo::new(move |_| chosen.with(|c| c.contains(&mine)));
        view! {
            {(tile.alone && i > 0 && Some(i) == first_alone).then(|| view! { <p class="or">{t().ui().or}</p> })}
            <label class="opt" class:many=many class:on=move || on.get()>
                <input type=if many { "checkbox" } else { "radio" } id=id name=name.clone() value=tile.value
                    prop:checked=move || on.get() on:change=move |_| press(&value) />
                <span class="mark" aria-hidden="true">{many.then(|| icon(Icon::Check))}</span>
                <span class="text">
                    {tile.label}
                    {(!tile.hint.is_empty()).then(|| view! { <small>{tile.hint}</small> })}
                </span>
            </label>
        }
        .into_any()
    };
    let legend = move || {
        if heading {
            view! { <Heading text=legend /> }.into_any()
        } else {
            view! { <span class="label">{move || legend.get()}</span> }.into_any()
        }
    };
    view! {
        <fieldset class="choices-field" class:bad=move || error.get().is_some() aria-describedby=described>
            <legend>{legend()}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="lead" id=hint_id>{hint}</p> })}
            <p class="field-error" id=error_id hidden=move || error.get().is_none()>
                <span class="hidden-text">{t().ui().error_prefix}</span> " " {move || error.get()}
            </p>
            <div class="opts">
                {tiles.get_value().into_iter().enumerate().map(|(i, x)| tile(i, x)).collect_view()}
            </div>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiles() -> Vec<Tile> {
        vec![Tile::new("a", "A"), Tile::new("b", "B"), Tile::new("none", "None").alone()]
    }

    fn press(many: bool, chosen: &[&str], value: &str) -> Vec<String> {
        let chosen: Vec<String> = chosen.iter().map(|s| s.to_string()).collect();
        toggled(&tiles(), many, &chosen, value)
    }

    #[test]
    fn one_answer_replaces_the_other() {
        assert_eq!(press(false, &["a"], "b"), ["b"]);
    }

    #[test]
    fn several_answers_keep_the_order_of_the_page() {
        assert_eq!(press(true, &["b"], "a"), ["a", "b"]);
        assert_eq!(press(true, &["a", "b"], "a"), ["b"]);
    }

    #[test]
    fn none_excludes_the_others_and_they_it() {
        assert_eq!(press(true, &["a", "b"], "none"), ["none"]);
        assert_eq!(press(true, &["none"], "b"), ["b"]);
        assert!(press(true, &["none"], "none").is_empty());
    }
}
