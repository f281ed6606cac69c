//! `/izin`: the wizard. The address says which question is open; answers go on to `/izin/hasil`.

use super::journey::{Journey, forget, kept};
use super::question::question;
use super::state::{Showing, Wish, show, with_amount};
use crate::answers::{self, CHANGE, SEARCH, SENT, TYPED};
use crate::i18n::t;
use crate::platform::document;
use crate::routes::Route;
use crate::shell::{Page, use_navigation, with_catalog};
use crate::ui::{Message, PageHead, Tone};
use leptos::prelude::*;
use satu_pintu_domain::rules::{Answers, Done};

pub fn page() -> AnyView {
    with_catalog(|catalog| {
        let journey = Journey { catalog, check: None };
        let place = use_navigation();
        (move || {
            let query = place.query.get();
            let given = given(&journey, &query);
            match showing(&journey, &query, &given) {
                Showing::Question(shown) => {
                    let offer = query.is_empty().then(|| resume(&journey)).flatten();
                    question(&journey, shown, &given, &query, offer)
                }
                Showing::Done(done) => finished(done),
                Showing::Broken(_) => broken(),
            }
        })
        .into_any()
    })
}

/// The answers of the address, the band of a typed amount among them.
pub fn given(journey: &Journey, query: &str) -> Answers {
    let (sent, typed) = (answers::extra(query, SENT), answers::extra(query, TYPED));
    let wish = Wish { sent: sent.as_deref(), typed: typed.as_deref(), ..Wish::default() };
    with_amount(journey.rules(), &answers::from_query(query), wish)
}

/// What the address asks for.
pub fn showing<'a>(journey: &'a Journey, query: &str, given: &Answers) -> Showing<'a> {
    let extra = |key| answers::extra(query, key);
    let (change, sent, typed, searched) = (extra(CHANGE), extra(SENT), extra(TYPED), extra(SEARCH));
    let wish = Wish {
        change: change.as_deref(),
        sent: sent.as_deref(),
        typed: typed.as_deref(),
        searched: searched.is_some(),
    };
    show(journey.rules(), given, wish, journey.today())
}

/// All answered: on to the result. The server leads there by itself.
fn finished(done: Done) -> AnyView {
    let href = answers::address(&Route::WizardResult.link(), &done.path, None);
    PageHead::say_onward(&href);
    let (place, target) = (use_navigation(), href.clone());
    Effect::new(move || {
        let target = target.clone();
        document::after_render(move || place.replace(&target));
    });
    let w = t().wizard();
    view! {
        <Page title=w.done_title lead=w.done_text.to_string()>
            <a class="btn" href=href>{w.done_go}</a>
        </Page>
    }
    .into_any()
}

pub fn broken() -> AnyView {
    let w = t().wizard();
    view! {
        <Page title=w.broken_title lead=w.broken_text.to_string()>
            <a class="btn" href=Route::Contact.link()>{w.broken_go}</a>
        </Page>
    }
    .into_any()
}

/// "Lanjutkan yang terakhir", when this phone holds earlier answers that still mean something.
fn resume(journey: &Journey) -> Option<AnyView> {
    let w = t().wizard();
    let given = answers::from_query(&kept()?);
    let (page, path, label) = match show(journey.rules(), &given, Wish::default(), journey.today()) {
        Showing::Done(done) => (Route::WizardResult, done.path, w.resume_result),
        Showing::Question(shown) => (Route::Wizard, shown.before, w.resume_go),
        Showing::Broken(_) => return None,
    };
    let (first, values) = path.first()?;
    let name = journey.option_name(first, values.first()?);
    let href = answers::address(&page.link(), &path, None);
    let text = w.resume_text(name, path.len());
    Some(offer(text, href, label))
}

/// The offer itself.
pub fn offer(text: String, href: String, label: &'static str) -> AnyView {
    let w = t().wizard();
    let here = RwSignal::new(true);
    let gone = move |_| {
        forget();
        here.set(false);
        document::focus("main h1");
    };
    let offer = move || {
        let (text, href) = (text.clone(), href.clone());
        here.get().then(|| {
            view! {
                <Message tone=Tone::Act title=w.resume_title>
                    <p>{text}</p>
                    <p class="resume">
                        <a href=href>{label}</a>
                        <button type="button" class="link-btn" on:click=gone>{w.resume_forget}</button>
                    </p>
                </Message>
            }
        })
    };
    offer.into_any()
}
