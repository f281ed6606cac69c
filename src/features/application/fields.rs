//! The inputs of a form, kept at every key press.

use super::clash;
use crate::client::desk::{Desk, use_desk};
use crate::i18n::{self, t};
use crate::ui::{Choices, Entry, Errors, TextField, Tile};
use leptos::prelude::*;
use satu_pintu_domain::content::{Field, FieldKind};
use satu_pintu_domain::form::applicant;
use satu_pintu_domain::validate;

/// The element of a field: ids of fields are an office's and must not meet ours.
pub fn element(field: &str) -> String {
    ["f-", field].concat()
}

/// The sentence for one field among the errors of the page.
fn error(errors: RwSignal<Errors>, field: &str) -> Signal<Option<String>> {
    let element = element(field);
    Signal::derive(move || errors.with(|e| e.iter().find(|(f, _)| *f == element).map(|(_, text)| text.clone())))
}

/// What an input shows: begins with the draft, follows the office, is never overwritten while it is typed in.
fn value(desk: Desk, field: &str) -> RwSignal<String> {
    let value = RwSignal::new(desk.field_now(field));
    let id = field.to_string();
    let known = Memo::new(move |_| desk.draft.with(|d| d.as_ref().map(|d| d.field(&id).to_string())));
    Effect::new(move || {
        if let Some(known) = known.get()
            && value.with_untracked(|v| *v != known)
        {
            value.set(known);
        }
    });
    value
}

/// The same for tiles.
fn chosen(desk: Desk, field: &str) -> RwSignal<Vec<String>> {
    let list = |v: String| if v.is_empty() { Vec::new() } else { vec![v] };
    let chosen = RwSignal::new(list(desk.field_now(field)));
    let id = field.to_string();
    let known = Memo::new(move |_| desk.draft.with(|d| d.as_ref().map(|d| d.field(&id).to_string())));
    Effect::new(move || {
        if let Some(known) = known.get().map(list)
            && chosen.with_untracked(|v| *v != known)
        {
            chosen.set(known);
        }
    });
    chosen
}

/// How an input looks.
pub struct Look {
    pub label: String,
    pub hint: String,
    pub entry: Entry,
    pub unit: String,
    pub autocomplete: &'static str,
    pub optional: bool,
}

/// An input to type in.
pub fn typed(field: &str, look: Look, errors: RwSignal<Errors>) -> AnyView {
    let desk = use_desk();
    let id = field.to_string();
    let typed = Callback::new(move |text: String| desk.edit(&id, &text));
    // On a shared phone the browser shall remember nothing.
    let own = desk.own_phone.get_untracked();
    let autocomplete = if own { look.autocomplete } else { "off" };
    view! {
        <TextField name=element(field) label=look.label hint=look.hint entry=look.entry value=value(desk, field)
            error=error(errors, field) unit=look.unit autocomplete=autocomplete optional=look.optional typed=typed />
        {clash::choice(field)}
    }
    .into_any()
}

/// A choice of tiles. With `heading` the legend is the page's heading.
pub fn choice(
    field: &str,
    legend: String,
    hint: String,
    tiles: Vec<Tile>,
    heading: bool,
    errors: RwSignal<Errors>,
) -> AnyView {
    let desk = use_desk();
    let id = field.to_string();
    let changed = Callback::new(move |chosen: Vec<String>| {
        desk.edit(&id, chosen.first().map_or("", |v| v));
    });
    view! {
        <Choices name=element(field) legend=legend hint=hint tiles heading=heading chosen=chosen(desk, field)
            error=error(errors, field) changed=changed />
        {clash::choice(field)}
    }
    .into_any()
}

/// A box to tick: `ya` or nothing.
pub fn ticked(field: &str, legend: String, tiles: Vec<Tile>, errors: RwSignal<Errors>) -> AnyView {
    let desk = use_desk();
    let id = field.to_string();
    let changed = Callback::new(move |chosen: Vec<String>| {
        desk.edit(&id, chosen.first().map_or("", |v| v));
    });
    view! {
        <Choices name=element(field) legend=legend tiles many=true chosen=chosen(desk, field)
            error=error(errors, field) changed=changed />
    }
    .into_any()
}

/// A field of the service.
pub fn field(asked: &Field, errors: RwSignal<Errors>) -> AnyView {
    let w = t().application();
    match asked.kind {
        FieldKind::Choice => {
            let tiles = asked.options.iter().map(|o| Tile::new(&o.id, &o.label)).collect();
            choice(&asked.id, asked.label.clone(), asked.hint.clone(), tiles, false, errors)
        }
        FieldKind::Yesno => {
            let tiles = vec![Tile::new("ya", w.yes), Tile::new("tidak", w.no)];
            choice(&asked.id, asked.label.clone(), asked.hint.clone(), tiles, false, errors)
        }
        kind => {
            let (entry, autocomplete) = match kind {
                FieldKind::Longtext => (Entry::Long, ""),
                FieldKind::Date => (Entry::Date, "off"),
                FieldKind::Phone => (Entry::Phone, "tel"),
                FieldKind::Number => (Entry::Digits, "off"),
                FieldKind::Nik | FieldKind::Npwp | FieldKind::Nib | FieldKind::Money => (Entry::Long16, "off"),
                _ => (Entry::Text, ""),
            };
            let unit = match (kind, asked.unit.as_str()) {
                (FieldKind::Money, "") => w.rupiah.to_string(),
                (_, unit) => unit.to_string(),
            };
            let hint = match (kind, asked.hint.as_str()) {
                (FieldKind::Date, "") => w.date_hint.to_string(),
                (_, hint) => hint.to_string(),
            };
            let look = Look { label: asked.label.clone(), hint, entry, unit, autocomplete, optional: !asked.required };
            let read = matches!(kind, FieldKind::Money | FieldKind::Date).then(|| read_as(&asked.id, kind));
            view! { {typed(&asked.id, look, errors)} {read} }.into_any()
        }
    }
}

/// How money or a date is understood, under the input: "Rp10.000.000", "Senin, 30 Maret 2026".
fn read_as(field: &str, kind: FieldKind) -> AnyView {
    let desk = use_desk();
    let id = field.to_string();
    let words = Memo::new(move |_| {
        let typed = desk.draft.with(|d| d.as_ref().map(|d| d.field(&id).to_string())).unwrap_or_default();
        match kind {
            FieldKind::Money => validate::money(&typed).ok().map(i18n::money),
            _ => validate::date(&typed).ok().map(i18n::date),
        }
    });
    view! { <p class="read-as" aria-live="polite">{move || words.get().map(|w| ["= ", &w].concat())}</p> }.into_any()
}

/// The six pages about the person.
pub fn own(slug: &str, errors: RwSignal<Errors>) -> AnyView {
    let w = t().application();
    let plain = move |field: &str, label: &str, hint: &str, entry: Entry, autocomplete: &'static str| {
        let (label, hint) = (label.into(), hint.into());
        typed(field, Look { label, hint, entry, unit: String::new(), autocomplete, optional: false }, errors)
    };
    match slug {
        "nama" => plain(applicant::NAME, w.name_label, w.name_hint, Entry::Text, "name"),
        "nik" => plain(applicant::NIK, w.nik_label, w.nik_hint, Entry::Long16, "off"),
        "telepon" => plain(applicant::PHONE, w.phone_label, w.phone_hint, Entry::Phone, "tel"),
        "alamat" => plain(applicant::ADDRESS, w.address_label, w.address_hint, Entry::Long, "street-address"),
        "pengurus" => {
            let tiles = vec![
                Tile::new("sendiri", w.helper_self).hint(w.helper_self_hint),
                Tile::new("kuasa", w.helper_other).hint(w.helper_other_hint),
            ];
            let more = only_with_helper(move || {
                view! {
                    {plain(applicant::HELPER_NAME, w.helper_name, w.helper_name_hint, Entry::Text, "off")}
                    {plain(applicant::HELPER_PHONE, w.helper_phone, w.phone_hint, Entry::Phone, "off")}
                }
                .into_any()
            });
            let title = w.helper_title.to_string();
            view! { {choice(applicant::HELPER, title, String::new(), tiles, true, errors)} {more} }.into_any()
        }
        _ => {
            let tiles = vec![
                Tile::new("whatsapp", w.tell_whatsapp).hint(w.tell_whatsapp_hint),
                Tile::new("telepon", w.tell_phone).hint(w.tell_phone_hint),
                Tile::new("sendiri", w.tell_self).hint(w.tell_self_hint),
            ];
            let more = only_with_helper(move || {
                let tiles = vec![Tile::new("pemohon", w.whom_applicant), Tile::new("kuasa", w.whom_helper)];
                choice(applicant::TELL_WHOM, w.whom_title.into(), w.whom_hint.into(), tiles, false, errors)
            });
            let hint = w.tell_hint.to_string();
            view! { {choice(applicant::TELL, w.tell_title.into(), hint, tiles, true, errors)} {more} }.into_any()
        }
    }
}

/// Questions that only concern those who have a helper.
fn only_with_helper(content: impl Fn() -> AnyView + 'static) -> AnyView {
    let desk = use_desk();
    let helped =
        Memo::new(move |_| desk.draft.with(|d| d.as_ref().is_some_and(|d| d.field(applicant::HELPER) == "kuasa")));
    view! { <div aria-live="polite">{move || helped.get().then(&content)}</div> }.into_any()
}
