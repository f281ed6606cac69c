//! A field to type in: label, hint, unit, fault. Kept at every key press by whoever owns `value`.

use crate::i18n::t;
use leptos::prelude::*;

/// Which keyboard and which size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Entry {
    #[default]
    Text,
    /// Several lines.
    Long,
    /// A whole number: digits, no spinner.
    Digits,
    /// The many digits of a NIK, NPWP or NIB.
    Long16,
    Phone,
    /// As one says it: "30 Maret 2026".
    Date,
    Search,
    /// Letters and digits of a key or number: no correction, no capitals.
    Code,
}

/// The id of the field of a name: the same without hyphens in front.
pub(super) fn id_of(name: &str) -> String {
    name.trim_start_matches('-').to_string()
}

#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = Entry::Text)] entry: Entry,
    value: RwSignal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Shown behind the field: "meter".
    #[prop(optional, into)]
    unit: String,
    #[prop(optional)] max: Option<u32>,
    /// `tel`, `name`, `street-address`, `off`.
    #[prop(optional, into)]
    autocomplete: String,
    #[prop(optional)] optional: bool,
    /// Called at every key press.
    #[prop(optional, into)]
    typed: Option<Callback<String>>,
) -> impl IntoView {
    let id = id_of(&name);
    let (hint_id, error_id) = ([&id, "-hint"].concat(), [&id, "-error"].concat());
    let described = {
        let (hint_id, error_id, has_hint) = (hint_id.clone(), error_id.clone(), !hint.is_empty());
        move || {
            let error = error.get().map(|_| error_id.as_str());
            let all: Vec<&str> = has_hint.then_some(hint_id.as_str()).into_iter().chain(error).collect();
            (!all.is_empty()).then(|| all.join(" "))
        }
    };
    let input = move |text: String| {
        value.set(text.clone());
        if let Some(typed) = typed {
            typed.run(text);
        }
    };
    let bad = move || error.get().is_some().then_some("true");
    let max = max.map(|m| m.to_string());
    let complete = (!autocomplete.is_empty()).then_some(autocomplete);
    let (kind, mode, class) = match entry {
        Entry::Text | Entry::Long => ("text", "text", "box"),
        Entry::Digits => ("text", "numeric", "box short"),
        Entry::Long16 => ("text", "numeric", "box middle"),
        Entry::Phone => ("tel", "tel", "box middle"),
        Entry::Date => ("text", "text", "box middle"),
        Entry::Search => ("search", "search", "box"),
        Entry::Code => ("text", "text", "box code"),
    };
    let code = entry == Entry::Code;
    let field = if entry == Entry::Long {
        view! {
            <textarea class=class id=id.clone() name=name.clone() rows="4" maxlength=max autocomplete=complete
                aria-describedby=described aria-invalid=bad prop:value=move || value.get()
                on:input=move |e| input(event_target_value(&e))>{value.get_untracked()}</textarea>
        }
        .into_any()
    } else {
        view! {
            <input class=class type=kind inputmode=mode id=id.clone() name=name.clone() maxlength=max
                autocomplete=complete autocapitalize=code.then_some("characters") spellcheck=code.then_some("false")
                aria-describedby=described aria-invalid=bad value=value.get_untracked()
                prop:value=move || value.get() on:input=move |e| input(event_target_value(&e)) />
        }
        .into_any()
    };
    let label = view! {
        <label class="label" for=id>
            {label} {optional.then(|| view! { " " <small>{t().ui().optional}</small> })}
        </label>
    };
    view! {
        <div class="field" class:bad=move || error.get().is_some()>
            {label}
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="field-error" id=error_id hidden=move || error.get().is_none()>
                <span class="hidden-text">{t().ui().error_prefix}</span> " " {move || error.get()}
            </p>
            <div class="with-unit">
                {field}
                {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
            </div>
        </div>
    }
    .into_any()
}
