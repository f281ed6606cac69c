//! One requirement: what is needed, with a drawn example and the usual mistake; two big buttons; the files.

use super::row::{Live, Stored, Uploading};
use super::state::{self, Asked};
use super::verdict;
use crate::client::upload::{prepare, upload};
use crate::i18n::t;
use crate::platform::picker::{Picked, picked};
use crate::platform::time;
use crate::routes::{Route, Task};
use crate::shell::{Affected, Opened, Page, with_application};
use crate::ui::{Details, Glossary, Icon, Message, Tone, icon, prose, sample};
use leptos::prelude::*;
use leptos::task::spawn_local;
use satu_pintu_domain::content::Evidence;

pub fn item_page(number: String, item: String) -> AnyView {
    with_application(number, move |opened| {
        let all = state::asked(&opened.detail.service, &opened.detail.cards, &super::list::facts(&opened));
        match all.into_iter().find(|a| a.card.id == item && a.sent()) {
            Some(asked) => page(opened, asked),
            None => unknown(&opened.desk.number_now()),
        }
    })
}

fn unknown(number: &str) -> AnyView {
    let list = Route::Application(number.into(), Task::Files).link();
    view! {
        <Page title=t().shell().not_found_title affected=Affected::None>
            <p><a class="btn" href=list>{t().upload().to_list}</a></p>
        </Page>
    }
    .into_any()
}

fn page(opened: Opened, asked: Asked) -> AnyView {
    let w = t().upload();
    let desk = opened.desk;
    let number = desk.number_now();
    let card = asked.card.clone();
    let live = Live::new(desk, &card.id);
    let status = desk.office.with_untracked(|o| o.as_ref().map(|o| o.tracking.status.clone()));
    let open = state::open(status.as_ref(), &card.id);
    let said = status.as_ref().and_then(|s| state::reason(s, &card.id));
    let mending = said.is_some();
    let list = if mending { Task::List } else { Task::Files };
    let list = Route::Application(number.clone(), list).link();
    let glossary = Glossary::new(&opened.catalog.terms, Route::Glossary.link());
    let over = super::list::over(&opened.detail.summary.name, &number);
    let remark = [asked.only_if.as_str(), " ", &asked.note].concat().trim().to_string();
    let again = {
        let card = card.clone();
        move |files, made| {
            let card = card.clone();
            spawn_local(async move { take(desk, live, &card, files, made).await });
        }
    };
    let buttons = {
        let (opened, asked) = (opened.clone(), asked.clone());
        // The only photo waits for a choice, with a way to take it again beside it.
        let asks = Memo::new(move |_| !live.verdicts.waiting().is_empty());
        move || {
            let room = live.room(&asked.card);
            if asked.card.pages <= 1 && asks.get() {
                ().into_any()
            } else if !open {
                view! { <Message><p>{w.closed}</p></Message> }.into_any()
            } else if room == 0 && asked.card.pages > 1 {
                view! { <Message><p>{w.full(asked.card.pages)}</p></Message> }.into_any()
            } else {
                pick(&opened, &asked, live)
            }
        }
    };
    view! {
        <Page title=card.name.clone() over=over affected=Affected::None back=list.clone()>
            {said.map(|reason| view! {
                <Message tone=Tone::Wait title=w.officer_says><p>{reason}</p></Message>
            })}
            <div class="lead">{prose(&card.plain, &glossary)}</div>
            {(!remark.is_empty()).then(|| view! { <p class="remark">{remark}</p> })}
            <div class="paper">
                {sample(&card.sample)}
                {(!card.mistake.is_empty()).then(|| view! {
                    <p class="mistake">{icon(Icon::Warning)} <span><b>{w.mistake}</b> " " {card.mistake.clone()}</span></p>
                })}
            </div>
            {buttons}
            {verdict::cards(live, again)}
            <section class="files" aria-label=w.files_label>
                <Uploading live />
                <Stored live open />
            </section>
            <Details summary=w.about>{about(&card, &glossary)}</Details>
            <p><a class="btn" href=list>{if mending { w.to_correction } else { w.to_list }}</a></p>
        </Page>
    }
    .into_any()
}

fn about(card: &satu_pintu_domain::content::Requirement, glossary: &Glossary) -> AnyView {
    let w = t().upload();
    let line = |label: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <div><dt>{label}</dt><dd>{glossary.line(&text)}</dd></div> })
    };
    view! {
        <dl class="summary">
            {line(w.about_where, card.place.clone())}
            {line(w.about_issuer, card.issuer.clone())}
            {line(w.about_cost, crate::i18n::cost(card.cost.amount, &card.cost.note))}
            {line(w.about_time, card.time.clone())}
            {line(w.about_validity, card.validity.clone())}
        </dl>
    }
    .into_any()
}

/// The two ways to a file. Each is a label around a file input: that works with every keyboard and screen reader.
fn pick(opened: &Opened, asked: &Asked, live: Live) -> AnyView {
    let w = t().upload();
    let desk = opened.desk;
    let busy = live.busy;
    let many = asked.card.pages > 1;
    let accept = match asked.card.evidence {
        Evidence::Photo => "image/*",
        _ => "image/*,application/pdf,.pdf",
    };
    let card = asked.card.clone();
    let chosen = move |e: leptos::ev::Event| {
        let files = picked(&e);
        let card = card.clone();
        spawn_local(async move { take(desk, live, &card, files, time::now()).await });
    };
    let second = chosen.clone();
    let again = Memo::new(move |_| live.count() > 0);
    let photo_words = move || match (again.get(), many) {
        (false, _) => w.camera,
        (true, true) => w.camera_more,
        (true, false) => w.camera_other,
    };
    view! {
        // The camera may push this page out of the memory of a small phone: what was typed is kept before it opens.
        <div class="pick" class:busy=move || busy.get() on:click=move |_| desk.keep_now()>
            <label class="btn file">
                {icon(Icon::Camera)} <span>{photo_words}</span>
                <input type="file" accept="image/*" capture="environment" on:change=chosen />
            </label>
            <label class="btn quiet file">
                {icon(Icon::Paper)} <span>{w.from_phone}</span>
                <input type="file" accept=accept multiple=many on:change=second />
            </label>
            <p class="small">{if many { w.pages_hint(asked.card.pages) } else { w.one_hint.to_string() }}</p>
            <p role="status">{move || busy.get().then_some(w.preparing)}</p>
        </div>
    }
    .into_any()
}

/// Each file by itself, at once: bytes copied and kept, then looked at, shrunk, put in line.
async fn take(
    desk: crate::client::desk::Desk,
    live: Live,
    card: &satu_pintu_domain::content::Requirement,
    files: Vec<Picked>,
    made: i64,
) {
    live.busy.try_set(true);
    // The person may leave the page before the last one is done.
    let own = desk.own_phone.try_get_untracked().unwrap_or(false);
    let number = desk.number_now();
    desk.settle_marked();
    for file in files {
        let refused = |code: &str| {
            let name = prepare::shown_name(&file.name);
            desk.uploads.refuse(upload(&number, &card.id, &name, "", file.size, false), code);
        };
        let single = card.pages <= 1;
        if !single && live.room_now(card) == 0 {
            refused("too-many-files");
            continue;
        }
        let Some(bytes) = file.bytes().await else {
            refused("file-lost");
            continue;
        };
        let mut new = upload(&number, &card.id, &file.name, "", bytes.len(), own);
        if single {
            new.page = 1;
        }
        (new.held, new.made) = (true, made);
        let id = new.id.clone();
        if desk.uploads.take(new, bytes).await {
            if single {
                // Takes the place of what is there.
                live.drop_others(&id);
            }
            live.verdicts.look(&id).await;
        }
    }
    live.busy.try_set(false);
}
