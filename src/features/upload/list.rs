//! All requirements of an application with what is there and what is missing.

use super::state::{self, Asked, Progress};
use crate::client::draft::is_local;
use crate::i18n::t;
use crate::platform::time;
use crate::routes::{Route, Task};
use crate::shell::{Affected, Opened, Page, with_application};
use crate::ui::{Details, Message, TaskList, TaskRow, TaskState};
use leptos::prelude::*;
use satu_pintu_domain::rules::{Facts, Step, resolve};

pub fn list_page(number: String) -> AnyView {
    with_application(number, page)
}

/// What the wizard's answers say, as far as they go.
pub fn facts(opened: &Opened) -> Facts {
    let answers = opened.desk.now().map(|d| d.answers).unwrap_or_default();
    match resolve(&opened.catalog.rules, &answers, time::today(opened.catalog.office.zone)) {
        Ok(Step::Done(done)) => done.facts,
        Ok(Step::Ask(ask)) => ask.facts,
        Err(_) => Facts::new(),
    }
}

/// `Izin reklame · 2026-0417-RK`
pub fn over(service: &str, number: &str) -> String {
    let number = if is_local(number) { t().application().over_local } else { number };
    [service, " · ", number].concat()
}

fn page(opened: Opened) -> AnyView {
    let w = t().upload();
    let number = opened.desk.number_now();
    let all = state::asked(&opened.detail.service, &opened.detail.cards, &facts(&opened));
    let (sent, not_sent): (Vec<Asked>, Vec<Asked>) = all.into_iter().partition(Asked::sent);
    let (must, may): (Vec<Asked>, Vec<Asked>) = sent.into_iter().partition(Asked::must);
    let over = over(&opened.detail.summary.name, &number);
    let back = Route::Application(number.clone(), Task::List).link();
    let list = move |asked: Vec<Asked>| {
        let opened = opened.clone();
        move || {
            let rows = asked.iter().map(|a| row(&opened, a)).collect();
            view! { <TaskList rows /> }
        }
    };
    let more = (!may.is_empty()).then(|| view! { <h2>{w.list_more}</h2> <p>{w.list_more_text}</p> });
    let others = (!not_sent.is_empty()).then(|| {
        let line = |a: Asked| view! { <li><b>{a.card.name}</b> " " {a.card.plain}</li> };
        view! {
            <Details summary=w.list_no_file>
                <ul class="list">{not_sent.into_iter().map(line).collect_view()}</ul>
            </Details>
        }
    });
    let may_list = (!may.is_empty()).then(|| list(may));
    view! {
        <Page title=w.list_title over=over lead=w.list_lead affected=Affected::None back=back.clone()>
            <h2>{w.list_must}</h2>
            {list(must)}
            {more}
            {may_list}
            {others}
            <Message><p>{w.list_tip} " " <a href=Route::Guide("foto-berkas".into()).link()>{w.list_tip_link}</a></p></Message>
            <p><a class="btn" href=back>{w.list_done}</a></p>
        </Page>
    }
    .into_any()
}

/// Tracks files and uploads.
fn row(opened: &Opened, asked: &Asked) -> TaskRow {
    let w = t().upload();
    let desk = opened.desk;
    let number = desk.draft.with(|d| d.as_ref().map(|d| d.number.clone()).unwrap_or_default());
    let office = desk.office.get();
    let files = office.as_ref().map(|o| o.files.as_slice()).unwrap_or_default();
    let status = office.as_ref().map(|o| &o.tracking.status);
    let uploads: Vec<_> = desk.uploads.list.with(|l| l.iter().filter(|u| u.number == number).cloned().collect());
    let (state, hint) = match state::progress(&asked.card.id, files, &uploads, status) {
        Progress::There(n) => (TaskState::Done, w.there(n)),
        Progress::Coming(coming, there) => (TaskState::Started, w.coming(coming, there)),
        Progress::Trouble => (TaskState::Fix, w.trouble.to_string()),
        Progress::Mend => (TaskState::Fix, w.mend.to_string()),
        Progress::Nothing if asked.must() => (TaskState::Todo, String::new()),
        Progress::Nothing => (TaskState::Optional, asked.only_if.clone()),
    };
    let href = Route::Application(number, Task::File(asked.card.id.clone())).link();
    TaskRow { label: asked.card.name.clone(), hint, href, state }
}
