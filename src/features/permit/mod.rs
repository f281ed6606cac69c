//! The page behind the QR of a permit: valid or not, and no more than the paper says. Never from the phone's
//! cache: a permit may have been revoked since. `state` reads codes.

mod state;

use crate::client::catalog::Catalog;
use crate::client::resource::Preloaded;
use crate::client::sent::sent;
use crate::client::{Call, Failure};
use crate::i18n::{self, t};
use crate::platform::share::whatsapp_link;
use crate::platform::{self, time};
use crate::routes::Route;
use crate::shell::{Affected, Frame, Page, use_navigation, with_catalog};
use crate::ui::{
    self, Entry, ErrorSummary, Errors, Heading, Icon, Look, PageHead, SubmitButton, TextField, again_button, error_of,
    icon,
};
use leptos::prelude::*;
use satu_pintu_api::permit::{PermitCheck, PermitState};
use satu_pintu_api::problem::Code;
use state::CodeFault;
use std::sync::Arc;

const CODE: &str = "kode";

/// `/cek/:code`; the form alone when there is no code.
pub fn page(code: String) -> AnyView {
    match state::code(&code) {
        Ok(code) => checked(code),
        Err(CodeFault::Empty) => match sent() {
            Some(sent) => looked_up(sent.field(CODE)),
            None => ask(String::new(), None),
        },
        Err(fault) => ask(code, Some(fault)),
    }
}

/// What was typed into the form, without script: on to its page, or what is wrong with it.
fn looked_up(typed: &str) -> AnyView {
    match state::code(typed) {
        Ok(code) => {
            PageHead::say_onward(&Route::Permit(code).link());
            ().into_any()
        }
        Err(fault) => ask(typed.to_string(), Some(fault)),
    }
}

fn words(fault: CodeFault) -> String {
    let w = t().permit();
    match fault {
        CodeFault::Empty => w.code_empty.to_string(),
        CodeFault::Sign(sign) => w.code_sign(sign),
        CodeFault::Length(have) => w.code_length(have),
    }
}

fn ask(typed: String, fault: Option<CodeFault>) -> AnyView {
    let w = t().permit();
    view! {
        <Page title=w.title lead=w.lead affected=Affected::None back=Route::Home.link()>
            {form(typed, fault)}
        </Page>
    }
    .into_any()
}

fn form(typed: String, fault: Option<CodeFault>) -> AnyView {
    let w = t().permit();
    let navigation = use_navigation();
    let value = RwSignal::new(typed);
    let first: Errors = fault.map(|fault| (CODE.to_string(), words(fault))).into_iter().collect();
    let errors = RwSignal::new(first);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match state::code(&value.get_untracked()) {
            Ok(code) => navigation.go(&Route::Permit(code).link()),
            Err(fault) => errors.set(vec![(CODE.to_string(), words(fault))]),
        }
    };
    view! {
        <ErrorSummary errors />
        <form method="post" action=Route::Permit(String::new()).link() novalidate on:submit=send>
            <TextField name=CODE label=w.code hint=w.code_hint entry=Entry::Code value error=error_of(errors, CODE)
                autocomplete="off" />
            <SubmitButton label=w.check />
        </form>
    }
    .into_any()
}

#[derive(Debug, Clone, PartialEq)]
enum Found {
    Asking,
    Permit(PermitCheck, i64),
    Unknown,
    Failed(Failure),
}

impl Found {
    fn new(answer: Result<PermitCheck, Failure>) -> Found {
        match answer {
            Ok(permit) => Found::Permit(permit, time::now()),
            Err(failure) if failure.code() == Some(Code::NotFound) => {
                PageHead::say_missing();
                Found::Unknown
            }
            Err(failure) => Found::Failed(failure),
        }
    }
}

fn load(code: String, found: RwSignal<Found>) {
    let path = ["/permits/", &code].concat();
    if let Some(Preloaded(source)) = use_context::<Preloaded>() {
        if let Some(given) = source(&path) {
            found.set(Found::new(given.read()));
        }
        return;
    }
    if !platform::BROWSER {
        return;
    }
    found.set(Found::Asking);
    leptos::task::spawn_local(async move {
        found.try_set(Found::new(Call::get(&path).send().await));
    });
}

fn checked(code: String) -> AnyView {
    let found = RwSignal::new(Found::Asking);
    load(code.clone(), found);
    with_catalog(move |catalog| whole(catalog, code.clone(), found))
}

fn whole(catalog: Arc<Catalog>, code: String, found: RwSignal<Found>) -> AnyView {
    let w = t().permit();
    let title = Signal::derive(move || {
        let text = match found.get() {
            Found::Asking => w.checking,
            Found::Failed(_) => w.failed_title,
            Found::Unknown => w.unknown_title,
            Found::Permit(permit, _) => match permit.state {
                PermitState::Valid => w.valid_title,
                PermitState::Expired => w.expired_title,
                PermitState::Revoked => w.revoked_title,
            },
        };
        text.to_string()
    });
    let tone = move || match found.get() {
        Found::Asking | Found::Failed(_) => "permit-verdict",
        Found::Unknown => "permit-verdict stop",
        Found::Permit(permit, _) => match permit.state {
            PermitState::Valid => "permit-verdict done",
            PermitState::Expired => "permit-verdict wait",
            PermitState::Revoked => "permit-verdict stop",
        },
    };
    let sign = move || match found.get() {
        Found::Asking => icon(Icon::Clock),
        Found::Failed(_) => icon(Icon::Cloud),
        Found::Permit(permit, _) if permit.state == PermitState::Valid => icon(Icon::Shield),
        Found::Permit(..) | Found::Unknown => icon(Icon::Warning),
    };
    let shown = state::grouped(&code);
    let body = move || match found.get() {
        Found::Asking => view! { <div class="bone" aria-hidden="true"></div> }.into_any(),
        Found::Permit(permit, at) => facts(&permit, &i18n::moment(at, catalog.office.zone)),
        Found::Unknown => {
            let report = whatsapp_link(&catalog.office.whatsapp, &w.ask(&code));
            view! {
                <p>{w.unknown_text}</p>
                <p><a class="btn quiet" href=report>{w.unknown_report}</a></p>
            }
            .into_any()
        }
        Found::Failed(failure) => {
            let again = code.clone();
            let phone = catalog.office.phone.clone();
            view! {
                <p>{failure.words()}</p>
                <p>{w.failed_help} " " {ui::phone(&phone)}</p>
                {again_button(t().shell().retry, Look::Main, move || load(again.clone(), found))}
            }
            .into_any()
        }
    };
    view! {
        <Frame affected=Affected::None>
            <p class="over">{w.code} " " <span class="spaced">{shown}</span></p>
            <div class=tone>{sign} <Heading text=title /></div>
            {body}
            <p><a href=Route::Permit(String::new()).link()>{w.again}</a></p>
        </Frame>
    }
    .into_any()
}

fn facts(permit: &PermitCheck, at: &str) -> AnyView {
    let w = t().permit();
    let text = match permit.state {
        PermitState::Valid => w.valid_text,
        PermitState::Expired => w.expired_text,
        PermitState::Revoked => w.revoked_text,
    };
    let until = permit.valid_until.map_or_else(|| w.forever.to_string(), i18n::date);
    let rows = [
        (w.number, permit.number.clone()),
        (w.service, permit.service_name.clone()),
        (w.holder, permit.holder.clone()),
        (w.issued, i18n::date(permit.issued)),
        (w.until, until),
    ];
    view! {
        <p class="lead">{text}</p>
        <dl class="fact-list">
            {rows.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
        </dl>
        <p>{w.compare}</p>
        <p class="small">{w.checked_at(at)}</p>
    }
    .into_any()
}
