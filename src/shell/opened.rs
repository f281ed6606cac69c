//! Showing an application: waits for it, asks for its key in place when this phone has none, and keeps what was
//! typed when the office wants the key again.

use super::load::{failed, waiting};
use super::needs_app::needs_app_page;
use super::{Affected, Page, use_navigation};
use crate::client::Failure;
use crate::client::catalog::Catalog;
use crate::client::desk::{Desk, Gate, use_desk};
use crate::client::draft::is_local;
use crate::client::resource::Load;
use crate::i18n::{lang, t};
use crate::platform;
use crate::routes::Route;
use crate::ui::{Choices, Entry, Message, SubmitButton, TextField, Tile, Tone};
use leptos::prelude::*;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_domain::key::Key;
use std::rc::Rc;
use std::sync::Arc;

/// What a page of an application gets.
#[derive(Clone)]
pub struct Opened {
    pub desk: Desk,
    pub catalog: Arc<Catalog>,
    pub detail: Arc<ServiceDetail>,
}

/// Shows `content` once the application, its service and the catalog are there. It is not made anew while
/// somebody types.
pub fn with_application(number: String, content: impl Fn(Opened) -> AnyView + 'static) -> AnyView {
    application_view(number, Rc::new(content))
}

fn application_view(number: String, content: Rc<dyn Fn(Opened) -> AnyView>) -> AnyView {
    if !platform::BROWSER {
        return view! { {needs_app_page()} {waiting("page waiting")} }.into_any();
    }
    let desk = use_desk();
    let place = use_navigation();
    // The code that another phone shows has the key in its fragment; it leaves the address at once.
    if let Ok(key) = Key::parse(&place.fragment.get_untracked()) {
        place.hide_fragment();
        desk.key_came(&number, &key);
    }
    if let Some(real) = desk.open(&number, lang().code()) {
        // The address still has the local name.
        let path = place.path.get_untracked().replace(&number, &real);
        leptos::task::spawn_local(async move { place.replace(&path) });
    }
    let gate = Memo::new(move |_| desk.gate.get());
    let key_wanted = Memo::new(move |_| {
        let wanted = desk.trouble.get().filter(crate::client::desk::wants_key);
        wanted.filter(|_| desk.gate.get() == Gate::Open)
    });
    let shown = move || match gate.get() {
        Gate::Wait => waiting("page waiting"),
        Gate::Key(why) => key_page(number.clone(), why),
        Gate::Fail(f) => failed(f, move || desk.again()),
        Gate::Open => {
            let content = content.clone();
            super::with_catalog(move |catalog| {
                let content = content.clone();
                let detail = move || desk.detail.get().map(|r| (r, r.state.get()));
                (move || match detail() {
                    Some((_, Load::Have(detail))) => content(Opened { desk, catalog: catalog.clone(), detail }),
                    Some((resource, Load::Fail(f))) => failed(f, move || resource.retry()),
                    _ => waiting("page waiting"),
                })
                .into_any()
            })
        }
    };
    let banner = move || {
        key_wanted.get().map(|why| {
            view! {
                <div class="key-banner">
                    <Message tone=Tone::Wait title=t().application().key_again live=true>
                        <p>{why.words()}</p>
                        <KeyForm />
                    </Message>
                </div>
            }
        })
    };
    view! { {banner} {shown} }.into_any()
}

fn key_page(number: String, why: Option<Failure>) -> AnyView {
    let w = t().application();
    let local = is_local(&number);
    let lead = if local { w.key_lead_gone } else { w.key_lead };
    let over = if local { w.over_local.to_string() } else { w.over_number(&number) };
    view! {
        <Page title=w.key_title over=over lead=lead affected=Affected::None>
            {why.map(|f| view! { <Message tone=Tone::Wait live=true><p>{f.words()}</p></Message> })}
            <KeyForm />
            <p><a href=Route::Contact.link()>{w.key_lost}</a></p>
        </Page>
    }
    .into_any()
}

/// Asks for the key; the application opens when it is right.
#[component]
fn KeyForm() -> impl IntoView {
    let w = t().application();
    let desk = use_desk();
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let keep = RwSignal::new(Vec::<String>::new());
    let send = move |e: leptos::ev::SubmitEvent| {
        e.prevent_default();
        match Key::parse(&value.get_untracked()) {
            Ok(key) => {
                error.set(None);
                desk.key_given(key, keep.with_untracked(|k| !k.is_empty()));
            }
            Err(_) => {
                error.set(Some(t().application().key_fault.into()));
                crate::platform::document::focus_id("kunci");
            }
        }
    };
    let tiles = vec![Tile::new("ya", w.key_keep).hint(w.key_keep_hint)];
    view! {
        <form on:submit=send novalidate autocomplete="off">
            <TextField name="kunci" label=w.key_label hint=w.key_hint entry=Entry::Code value error autocomplete="off" />
            <Choices name="simpan" legend=w.key_phone tiles many=true chosen=keep />
            <SubmitButton label=w.key_open />
        </form>
    }
    .into_any()
}
