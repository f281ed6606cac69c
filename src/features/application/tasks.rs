//! The task list of a draft; or, when the officer sent something back, only that.

use super::data::{FROM_LIST, link, link_from};
use super::saved::SavedLine;
use super::state::{self, Doing};
use super::{clash, handing, moving, rows};
use crate::client::desk::Desk;
use crate::client::draft::Wish;
use crate::client::transfer::Phase;
use crate::client::upload::Upload;
use crate::i18n::t;
use crate::platform::time;
use crate::routes::{Route, Task};
use crate::shell::{Affected, Opened, Page, with_application};
use crate::ui::{Button, Details, ErrorSummary, Errors, Message, SummaryList, TaskList, TaskRow, TaskState, Tone};
use leptos::prelude::*;
use satu_pintu_domain::application::{Returned, State, Status};

pub fn list_page(number: String) -> AnyView {
    with_application(number, move |opened| {
        let desk = opened.desk;
        // The stage decides what this page is; what is typed does not.
        let stage = Memo::new(move |_| desk.office.get().map(|o| o.tracking.status.state).unwrap_or(State::Draft));
        (move || match stage.get() {
            State::Draft => draft(opened.clone()),
            State::WaitingApplicant => correction(opened.clone()),
            State::Withdrawn => ended(desk, t().application().withdrawn_title),
            _ => ended(desk, t().application().sent_already),
        })
        .into_any()
    })
}

/// "Permohonan 2026-0417-RK", or that it has no number yet.
pub fn over(number: &str) -> String {
    let w = t().application();
    if crate::client::draft::is_local(number) { w.over_local.to_string() } else { w.over_number(number) }
}

fn draft(opened: Opened) -> AnyView {
    let w = t().application();
    let desk = opened.desk;
    let title = opened.detail.summary.name.clone();
    let over = move || desk.draft.with(|d| d.as_ref().map(|d| over(&d.number)));
    let clashes = clash::list(&opened);
    let queued = queued(desk);
    let rows = move || view! { <TaskList rows=rows_of(&opened) /> };
    view! {
        <Page title=title affected=Affected::None back=Route::Home.link()>
            <p class="lead">{over} ". " {w.list_lead}</p>
            {queued}
            {clashes}
            {rows}
            <SavedLine />
            {changed_rules(desk)}
            {moving::section()}
            <p class="quiet-links">{move || {
                let number = desk.draft.with(|d| d.as_ref().map(|d| d.number.clone()).unwrap_or_default());
                view! { <a href=Route::Application(number, Task::Withdraw).link()>{w.withdraw_link}</a> }
            }}</p>
        </Page>
    }
    .into_any()
}

/// Tracks draft, files and uploads.
fn rows_of(opened: &Opened) -> Vec<TaskRow> {
    let w = t().application();
    let desk = opened.desk;
    let service = &opened.detail.service;
    let today = time::today(opened.catalog.office.zone);
    let (number, fields) =
        desk.draft.with(|d| d.as_ref().map(|d| (d.number.clone(), d.fields.clone())).unwrap_or_default());
    let own = state::own_parts();
    let own_state = state::doing(service, &own, &fields, &[], today);
    let own_done = own.iter().filter(|p| state::part_faults(service, p, &fields, today).is_empty()).count();
    let first = state::first_open(service, &own, &fields, today).unwrap_or_default();
    let mut rows = vec![TaskRow {
        label: w.group_person.into(),
        hint: w.count_done(own_done, own.len()),
        href: link(&number, if own_state == Doing::Done { "nama" } else { &first }),
        state: shown(own_state),
    }];
    for (part, page) in state::service_parts(service).iter().zip(&service.page) {
        let doing = state::doing(service, std::slice::from_ref(part), &fields, &[], today);
        rows.push(TaskRow {
            label: page.title.clone(),
            hint: String::new(),
            href: link(&number, &part.slug),
            state: shown(doing),
        });
    }
    let (have, coming, need) = files(opened, desk, &number);
    rows.push(TaskRow {
        label: w.group_files.into(),
        hint: w.count_received(have, need),
        href: Route::Application(number.clone(), Task::Files).link(),
        state: match (have, need) {
            (have, need) if have >= need => TaskState::Done,
            (0, _) if coming == 0 => TaskState::Todo,
            _ => TaskState::Started,
        },
    });
    // Files that are still on their way hold nothing up: handing in waits for them by itself.
    let files = rows.len() - 1;
    let done = |(at, row): (usize, &TaskRow)| row.state == TaskState::Done || (at == files && coming >= need);
    let ready = rows.iter().enumerate().all(done);
    rows.push(TaskRow {
        label: w.group_send.into(),
        hint: if ready { w.send_ready.into() } else { w.send_later.into() },
        href: Route::Application(number, Task::Review).link(),
        // The check page may be looked at any time: it says what is missing.
        state: if ready { TaskState::Todo } else { TaskState::Later },
    });
    rows
}

/// Of the papers that everybody sends: how many are at the office, how many there or on their way, and how many
/// are needed. Tracks.
fn files(opened: &Opened, desk: Desk, number: &str) -> (usize, usize, usize) {
    let cards: Vec<&str> = state::sent_cards(&opened.detail.cards).map(|c| c.id.as_str()).collect();
    let must = satu_pintu_domain::form::required_cards(&opened.detail.service);
    let must: Vec<&str> = must.filter(|c| cards.contains(c)).collect();
    let office = desk.office.get();
    let there = |card: &&&str| office.as_ref().is_some_and(|o| o.files.iter().any(|f| f.item == **card && !f.replaced));
    let coming = |card: &&&str| {
        let own = |u: &Upload| u.number == number && u.item == **card && !matches!(u.transfer.phase, Phase::Refused(_));
        desk.uploads.list.with(|list| list.iter().any(own))
    };
    let count = |which: &dyn Fn(&&&str) -> bool| must.iter().filter(|card| which(card)).count();
    (count(&there), count(&|card| there(card) || coming(card)), must.len())
}

fn shown(doing: Doing) -> TaskState {
    match doing {
        Doing::Done => TaskState::Done,
        Doing::Begun => TaskState::Started,
        Doing::Empty => TaskState::Todo,
        Doing::Mend => TaskState::Fix,
    }
}

/// The rules changed since the draft was begun: what is valid is kept, and it is said.
fn changed_rules(desk: Desk) -> AnyView {
    let changed = Memo::new(move |_| desk.office.get().is_some_and(|o| o.rules_changed));
    let w = t().application();
    (move || changed.get().then(|| view! { <Message title=w.rules_changed_title><p>{w.rules_changed}</p></Message> }))
        .into_any()
}

/// "Kirim" was pressed and it has not gone yet.
fn queued(desk: Desk) -> AnyView {
    let wished = handing::busy(desk);
    let w = t().application();
    (move || {
        wished.get().then(|| {
            let review = Route::Application(desk.number_now(), Task::Review).link();
            view! {
                <Message tone=Tone::Wait title=w.queued_title live=true>
                    <p>{w.queued_list} " " <a href=review>{w.queued_look}</a></p>
                </Message>
            }
        })
    })
    .into_any()
}

fn ended(desk: Desk, title: &'static str) -> AnyView {
    let w = t().application();
    let number = desk.number_now();
    let track = Route::Tracking(number.clone()).link();
    let sent = desk.now().is_some_and(|d| d.sent);
    let receipt = sent.then(|| Route::Application(number.clone(), Task::Sent).link());
    view! {
        <Page title=title over=over(&number) affected=Affected::None>
            <p><a class="btn" href=track>{w.to_tracking}</a></p>
            {receipt.map(|href| view! { <p><a class="btn quiet" href=href>{w.to_receipt}</a></p> })}
        </Page>
    }
    .into_any()
}

/// What the officer sent back, each with its reason and its way to be mended; the rest is only to be read.
fn correction(opened: Opened) -> AnyView {
    let w = t().application();
    let desk = opened.desk;
    let number = desk.number_now();
    let Some(office) = desk.office.get_untracked() else { return ().into_any() };
    let status = office.tracking.status.clone();
    let count = status.returned.len();
    let lead = if count == 1 { w.correct_lead_one.to_string() } else { w.correct_lead(count) };
    let errors = RwSignal::new(Errors::new());
    let busy = handing::busy(desk);
    let rest = read_only(&opened);
    let going = opened.clone();
    let press = move || {
        let open: Vec<Returned> = status.returned.iter().filter(|r| !mended(desk, &status, r)).cloned().collect();
        if !open.is_empty() {
            let line = |r: Returned| (element(&r.item), w.correct_missing(name(&going, &r.item)));
            errors.set(open.into_iter().map(line).collect());
            return;
        }
        errors.set(Vec::new());
        desk.hand_in(Wish::Correct);
    };
    let progress = handing::handing(&opened, Wish::Correct, Route::Tracking);
    let label = Signal::derive(move || if busy.get() { w.sending } else { w.correct_send }.to_string());
    let back = Route::Tracking(number.clone()).link();
    let items = move || {
        let list = desk.office.get().map(|o| o.tracking.status.clone());
        list.map(|status| {
            let item = |r: &Returned| item(&opened, &status, r);
            view! { <ul class="returned">{status.returned.iter().map(item).collect_view()}</ul> }
        })
    };
    view! {
        <Page title=w.correct_title over=over(&number) lead=lead affected=Affected::None back=back>
            <ErrorSummary errors />
            {items}
            {progress}
            <Button label busy press />
            <SavedLine />
            {rest}
        </Page>
    }
    .into_any()
}

/// The element of a returned item, for the error summary.
fn element(item: &str) -> String {
    ["r-", &item.replace(':', "-")].concat()
}

fn name(opened: &Opened, item: &str) -> String {
    match item.strip_prefix("field:") {
        Some(field) => rows::label(&opened.detail.service, field),
        None => opened.detail.cards.iter().find(|c| c.id == item).map_or_else(|| item.to_string(), |c| c.name.clone()),
    }
}

/// Something new stands in its place. Tracks.
fn mended(desk: Desk, status: &Status, returned: &Returned) -> bool {
    desk.office.with(|office| {
        let Some(office) = office else { return false };
        match returned.item.strip_prefix("field:") {
            // A field counts as looked at when it was changed since.
            Some(field) => desk.draft.with(|d| d.as_ref().is_some_and(|d| d.mended.iter().any(|m| m == field))),
            None => office.files.iter().any(|f| f.item == returned.item && !f.replaced && f.received >= status.since),
        }
    })
}

fn item(opened: &Opened, status: &Status, returned: &Returned) -> AnyView {
    let w = t().application();
    let number = opened.desk.number_now();
    let href = match returned.item.strip_prefix("field:") {
        Some(field) => {
            let slug = state::part_of(&opened.detail.service, field).unwrap_or_default();
            link_from(&number, &slug, FROM_LIST)
        }
        None => Route::Application(number, Task::File(returned.item.clone())).link(),
    };
    let done = mended(opened.desk, status, returned);
    let (tone, word) = if done { (Tone::Done, w.mended) } else { (Tone::Wait, t().ui().task_fix) };
    let action = if done { w.look_again } else { w.mend };
    let name = name(opened, &returned.item);
    view! {
        <li>
            <h2>{name.clone()}</h2>
            {crate::ui::tag(tone, word)}
            <p class="reason"><span>{w.officer_says} ": "</span> {returned.reason.clone()}</p>
            <a class=if done { "btn quiet" } else { "btn" } id=element(&returned.item) href=href>
                {action} <span class="hidden-text">": " {name}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Everything else, closed.
fn read_only(opened: &Opened) -> AnyView {
    let w = t().application();
    let service = &opened.detail.service;
    let fields = opened.desk.now().map(|d| d.fields).unwrap_or_default();
    let lines = state::parts(service).iter().flat_map(|p| rows::of_part(service, p, &fields, None)).collect();
    view! {
        <Details summary=w.rest_title>
            <p>{w.rest_text}</p>
            <SummaryList rows=lines />
        </Details>
    }
    .into_any()
}
