//! The page of one application: who has it, what to do, until when, and how it came there.
//! One heading for all its stages, so that the focus is never lost; the parts are in files of their own.

use super::typed::{self, Door};
use super::watch::{Seen, Stage, Watch};
use super::{ball, door, form, owner, promise, state, timeline, todo};
use crate::client::catalog::Catalog;
use crate::client::resource::Resource;
use crate::i18n::{self, t};
use crate::platform;
use crate::routes::Route;
use crate::shell::{Affected, Frame, use_navigation, with_catalog};
use crate::ui::{self, Button, Heading, Look, Message, Tone, again_button, tag};
use leptos::prelude::*;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_domain::content::{Channel, Office};
use satu_pintu_domain::key::Key;
use std::sync::Arc;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct View {
    pub watch: Watch,
    pub catalog: StoredValue<Arc<Catalog>>,
    /// Steps and cards of the service, once they are here.
    pub detail: RwSignal<Option<Resource<ServiceDetail>>>,
}

impl View {
    /// As the office last told it. Tracks.
    pub fn seen(&self) -> Option<Arc<Seen>> {
        self.watch.seen.get()
    }
    pub fn mine(&self) -> bool {
        self.watch.door.get() == Door::Manage
    }
    pub fn office(&self) -> Office {
        self.catalog.with_value(|c| c.office.clone())
    }
    pub fn moment(&self, at: i64) -> String {
        i18n::moment(at, self.catalog.with_value(|c| c.office.zone))
    }
    pub fn detail(&self) -> Option<Arc<ServiceDetail>> {
        self.detail.get().and_then(|r| r.state.get().have())
    }
}

pub fn page(number: String, door: Door) -> AnyView {
    let navigation = use_navigation();
    // A number as somebody wrote it down is forgiven in the address too.
    let number = typed::number(&number).unwrap_or(number);
    let watch = Watch::new(number.clone(), door);
    let taken = door::take(navigation, door, &number);
    let fault = match taken {
        Some(Err(fault)) => Some(form::key_words(fault)),
        _ => None,
    };
    if fault.is_some() && door::key(door, &number).is_none() {
        watch.stage.set(Stage::Form(None));
    } else {
        watch.load();
    }
    // The same page with another key, pasted into the address bar.
    Effect::new(move |first: Option<()>| {
        let fragment = navigation.fragment.get();
        if typed::key(&typed::plain(&fragment)).is_err() {
            return;
        }
        if first.is_some() {
            door::take(navigation, door, &number);
            watch.load();
        }
        // Forgotten here too, so that the same key pasted again is noticed.
        navigation.replace(&navigation.path.get_untracked());
    });
    with_catalog(move |catalog| stages(watch, catalog, fault.clone()))
}

fn stages(watch: Watch, catalog: Arc<Catalog>, fault: Option<String>) -> AnyView {
    let view = View { watch, catalog: StoredValue::new(catalog), detail: RwSignal::new(None) };
    load_detail(view);
    let w = t().tracking();
    let number = watch.number.get_value();
    let over = {
        let number = number.clone();
        move || match watch.seen.get() {
            Some(seen) => w.over(&number, &seen.tracking.service_name),
            None => number.clone(),
        }
    };
    let title = Signal::derive(move || match watch.stage.get() {
        Stage::Form(_) => w.form_title.to_string(),
        Stage::Opening => w.opening.to_string(),
        Stage::Failed(_) => w.failed_title.to_string(),
        Stage::Shown => watch.seen.get().map_or_else(|| w.opening.to_string(), |s| headline(&s)),
    });
    let stage = Memo::new(move |_| watch.stage.get());
    let body = move || match stage.get() {
        Stage::Form(refused) => {
            let office = view.office();
            let first = fault.clone().map(|text| {
                view! {
                    <Message tone=Tone::Wait title=w.form_link_broken live=true>
                        <p>{w.form_link_help} " " {text} "."</p>
                    </Message>
                }
            });
            view! {
                <p class="lead">{w.form_lead}</p>
                {refused.is_none().then_some(first)}
                {form::form(&office, &number, refused, move |door, number, key| open(watch, door, number, key))}
            }
            .into_any()
        }
        Stage::Opening => bones(),
        Stage::Failed(failure) => {
            let phone = view.office().phone;
            view! {
                <p class="lead">{failure.words()}</p>
                <p>{w.failed_help} " " {ui::phone(&phone)}</p>
                {again_button(w.failed_again, Look::Main, move || watch.load())}
            }
            .into_any()
        }
        Stage::Shown => shown(view),
    };
    view! {
        <Frame affected=Affected::Only(Channel::Office) back=Route::Track.link()>
            <p class="over">{over}</p>
            <Heading text=title />
            {body}
        </Frame>
    }
    .into_any()
}

/// What was typed into the form: this application again, or another one.
fn open(watch: Watch, door: Door, number: String, key: Key) {
    door::keep(door, &number, &key);
    if number == watch.number.get_value() {
        watch.door.set(door);
        watch.load();
    } else {
        use_navigation().go(&Route::Tracking(number).link());
    }
}

fn bones() -> AnyView {
    view! {
        <div class="waiting" aria-hidden="true">
            <div class="bone"></div>
            <div class="bone tall"></div>
            <div class="bone"></div>
            <div class="bone"></div>
        </div>
    }
    .into_any()
}

/// Steps of the standard and names of the papers, once the service is known.
fn load_detail(view: View) {
    let service = Memo::new(move |_| view.seen().map(|s| s.tracking.service.clone()));
    let owner = Owner::current();
    let load = move || {
        if let (Some(service), Some(owner)) = (service.get(), owner.clone()) {
            let path = ["/catalog/services/", &service, "?lang=", i18n::lang().code()].concat();
            let resource = owner.with(|| Resource::new(path));
            view.detail.set(Some(resource));
        }
    };
    // On the host nothing happens later.
    if platform::BROWSER {
        Effect::new(move |_: Option<()>| load());
    } else {
        load();
    }
}

pub fn headline(seen: &Seen) -> String {
    let w = t().tracking();
    match state::headline(&seen.tracking) {
        state::Headline::Draft => w.head_draft.to_string(),
        state::Headline::At(holder) => w.head_at(state::short(&holder)),
        state::Headline::Waiting => match seen.application {
            Some(_) => w.head_waiting.to_string(),
            None => w.now_waiting_view.to_string(),
        },
        state::Headline::Granted => w.head_granted.to_string(),
        state::Headline::Issued => w.head_issued.to_string(),
        state::Headline::Refused => w.head_refused.to_string(),
        state::Headline::Revoked => w.head_revoked.to_string(),
        state::Headline::Withdrawn => w.head_withdrawn.to_string(),
    }
}

/// The state in one or two words and its colour.
fn state_tag(seen: &Seen) -> AnyView {
    let w = t().tracking();
    let headline = state::headline(&seen.tracking);
    let (tone, words) = match (&headline, state::tone(&headline)) {
        (state::Headline::Draft, _) => (Tone::Wait, w.state_draft),
        (state::Headline::Granted, _) => (Tone::Done, w.state_granted),
        (state::Headline::Revoked, _) => (Tone::Stop, w.state_revoked),
        (_, state::Tone::Act) => (Tone::Act, w.state_act),
        (_, state::Tone::Wait) => (Tone::Wait, w.state_wait),
        (_, state::Tone::Done) => (Tone::Done, w.state_done),
        (_, state::Tone::Stop) => (Tone::Stop, w.state_stop),
        (_, state::Tone::Quiet) => (Tone::Plain, w.state_quiet),
    };
    tag(tone, words)
}

fn shown(view: View) -> AnyView {
    view! {
        {move || view.seen().map(|seen| lead(&seen, view.mine()))}
        {todo::part(view)}
        {ball::part(view)}
        {promise::part(view)}
        {freshness(view)}
        {timeline::part(view)}
        {owner::part(view)}
    }
    .into_any()
}

fn lead(seen: &Seen, mine: bool) -> AnyView {
    let w = t().tracking();
    let over = seen.tracking.status.state == satu_pintu_domain::application::State::HandedOver;
    let text = match (state::headline(&seen.tracking), mine) {
        (state::Headline::Draft, true) => w.lead_draft.to_string(),
        (state::Headline::Draft, false) => w.lead_draft_view.to_string(),
        (state::Headline::At(_), true) => w.lead_nothing.to_string(),
        (state::Headline::At(_), false) => w.lead_nothing_view.to_string(),
        (state::Headline::Waiting, true) => match seen.tracking.status.returned.len() {
            0 | 1 => w.lead_correct_1.to_string(),
            n => w.lead_correct(n),
        },
        (state::Headline::Waiting, false) => w.lead_correct_view.to_string(),
        (state::Headline::Granted, true) => w.lead_granted.to_string(),
        (state::Headline::Granted, false) => w.lead_granted_view.to_string(),
        (state::Headline::Issued, true) if over => w.lead_issued_over.to_string(),
        (state::Headline::Issued, true) => w.lead_issued.to_string(),
        (state::Headline::Issued, false) => w.lead_issued_view.to_string(),
        (state::Headline::Refused, true) => w.lead_refused.to_string(),
        (state::Headline::Refused, false) => w.lead_refused_view.to_string(),
        (state::Headline::Withdrawn, true) => w.lead_withdrawn.to_string(),
        (state::Headline::Revoked, _) => w.lead_revoked.to_string(),
        (state::Headline::Withdrawn, false) => w.lead_withdrawn_view.to_string(),
    };
    let why = seen.tracking.status.revoked.clone().filter(|why| mine && !why.is_empty());
    view! {
        <p class="lead">{state_tag(seen)} " " {text}</p>
        {why.map(|why| view! { <Message tone=Tone::Stop><p>{why}</p></Message> })}
    }
    .into_any()
}

/// How old this is, and a button for the latest.
fn freshness(view: View) -> AnyView {
    let w = t().tracking();
    let watch = view.watch;
    let words = move || {
        let at = view.seen().map(|s| view.moment(s.at)).unwrap_or_default();
        match (watch.stale.get(), watch.busy.get()) {
            (true, true) => w.kept_refreshing(at),
            (true, false) => w.kept(at),
            (false, _) => w.fresh(at),
        }
    };
    let label = Signal::derive(move || if watch.busy.get() { w.refreshing } else { w.refresh }.to_string());
    view! {
        <div class="freshness" class:old=move || watch.stale.get()>
            <p role="status">{words}</p>
            {platform::BROWSER.then(|| view! {
                <Button label look=Look::Quiet busy=watch.busy press=move || watch.load() />
            })}
        </div>
    }
    .into_any()
}
