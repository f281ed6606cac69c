//! The form for number and key. Pasting the link of the receipt into either field works too.

use super::sent;
use super::typed::{Door, KeyFault, NumberFault};
use crate::client::Failure;
use crate::i18n::t;
use crate::platform::share::whatsapp_link;
use crate::routes::Route;
use crate::ui::{self, Details, Entry, ErrorSummary, Errors, SubmitButton, TextField, error_of};
use leptos::prelude::*;
use satu_pintu_api::problem::Code;
use satu_pintu_domain::content::Office;
use satu_pintu_domain::key::Key;

pub const NUMBER: &str = "nomor";
pub const KEY: &str = "kunci";

/// `number`: what is known already. `refused`: why the key that we had opens nothing.
pub fn form(
    office: &Office,
    number: &str,
    refused: Option<Failure>,
    open: impl Fn(Door, String, Key) + 'static,
) -> AnyView {
    let w = t().tracking();
    let (number, key, first) = match sent::tried() {
        Some(tried) => {
            let refused = tried.refused.map(|f| (KEY.to_string(), refusal(&f)));
            let faults = faults(tried.faults.0, tried.faults.1);
            (tried.number, tried.key, faults.into_iter().chain(refused).collect::<Errors>())
        }
        None => {
            let refused = refused.map(|f| (KEY.to_string(), refusal(&f)));
            (number.to_string(), String::new(), refused.into_iter().collect())
        }
    };
    let (number, key, errors) = (RwSignal::new(number), RwSignal::new(key), RwSignal::new(first));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match sent::read(&number.get_untracked(), &key.get_untracked()) {
            Ok((door, number, key)) => {
                errors.set(Vec::new());
                open(door, number, key);
            }
            Err((number, key)) => errors.set(faults(number, key)),
        }
    };
    let help = contact(office, w.office_ask_lost);
    view! {
        <ErrorSummary errors />
        <form method="post" action=Route::Track.link() class="track-form" novalidate on:submit=send>
            <TextField name=NUMBER label=w.form_number hint=w.form_number_hint entry=Entry::Code value=number
                error=error_of(errors, NUMBER) autocomplete="off" />
            <TextField name=KEY label=w.form_key hint=w.form_key_hint entry=Entry::Code value=key
                error=error_of(errors, KEY) autocomplete="off" />
            <SubmitButton label=w.form_open />
        </form>
        <Details summary=w.lost_title>
            <p>{w.lost_text}</p>
            <p>{w.lost_search}</p>
            {help}
        </Details>
    }
    .into_any()
}

fn refusal(failure: &Failure) -> String {
    let w = t().tracking();
    match failure.code() {
        Some(Code::KeyWrong | Code::NotFound | Code::KeyMissing) => w.form_door_wrong.to_string(),
        Some(Code::KeyRevoked) => w.form_door_revoked.to_string(),
        _ => failure.words(),
    }
}

fn faults(number: Option<NumberFault>, key: Option<KeyFault>) -> Errors {
    let w = t().tracking();
    let number = number.map(|fault| match fault {
        NumberFault::Empty => w.form_number_empty,
        NumberFault::Wrong => w.form_number_wrong,
    });
    let number = number.map(|text| (NUMBER.to_string(), text.to_string()));
    let key = key.map(|fault| (KEY.to_string(), key_words(fault)));
    number.into_iter().chain(key).collect()
}

pub fn key_words(fault: KeyFault) -> String {
    let w = t().tracking();
    match fault {
        KeyFault::Empty => w.form_key_empty.to_string(),
        KeyFault::Sign { group, sign } => w.form_key_sign(group, sign),
        KeyFault::Group { group, have } => w.form_key_group(group, have, if group == 5 { 1 } else { 4 }),
        KeyFault::Length { have } if have < 17 => w.form_key_short(have),
        KeyFault::Length { have } => w.form_key_long(have),
        KeyFault::Check => w.form_key_check.to_string(),
    }
}

/// Where the office is and how to ask it.
pub fn contact(office: &Office, ask: &str) -> AnyView {
    let w = t().tracking();
    let (phone, whatsapp) = (office.phone.clone(), whatsapp_link(&office.whatsapp, ask));
    view! {
        <dl class="fact-list">
            <div><dt>{w.office_at}</dt><dd>{office.address.clone()}</dd></div>
            <div><dt>{w.office_hours}</dt><dd>{office.hours.clone()}</dd></div>
            <div><dt>{w.office_phone}</dt><dd>{ui::phone(&phone)}</dd></div>
        </dl>
        <p><a class="btn quiet" href=whatsapp>{w.office_ask}</a></p>
    }
    .into_any()
}
