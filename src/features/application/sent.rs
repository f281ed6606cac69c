//! After sending: number, key, the two links, both dates, what happens next; to be kept as a picture or on paper.

use super::state::own_parts;
use super::{rows, tasks};
use crate::client::desk::Desk;
use crate::client::{Failure, keyring};
use crate::i18n::{self, t};
use crate::platform::{history, share};
use crate::routes::Route;
use crate::shell::{Affected, Opened, Page, use_navigation, with_application};
use crate::ui::{Button, Look, Message, Tone, qr};
use leptos::prelude::*;
use leptos::task::spawn_local;
use satu_pintu_api::application::Receipt;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::form::applicant;
use satu_pintu_domain::key::Key;

pub fn sent_page(number: String) -> AnyView {
    with_application(number, |opened| {
        let desk = opened.desk;
        let receipt = RwSignal::new(None::<Result<Receipt, Failure>>);
        let ask = move || {
            receipt.set(None);
            spawn_local(async move {
                let answer = desk.receipt().await;
                receipt.try_set(Some(answer));
            });
        };
        ask();
        (move || match receipt.get() {
            Some(Ok(receipt)) => page(&opened, receipt),
            Some(Err(f)) => not_there(&desk.number_now(), &f, ask),
            None => view! { <div class="page waiting" role="status"><p>{t().shell().loading}</p></div> }.into_any(),
        })
        .into_any()
    })
}

fn not_there(number: &str, failure: &Failure, ask: impl Fn() + 'static) -> AnyView {
    let w = t().application();
    view! {
        <Page title=w.receipt_failed over=tasks::over(number) lead=failure.words() affected=Affected::None>
            <Button label=t().shell().retry press=ask />
        </Page>
    }
    .into_any()
}

/// The two addresses. Keys stand in the fragment: no server ever sees them there.
fn links(number: &str, key: &Key) -> (String, String) {
    let at = |path: String, key: &Key| [&history::origin(), &path, "#", &key.shown()].concat();
    (at(Route::View(number.into()).link(), &key.view()), at(Route::Manage(number.into()).link(), key))
}

fn page(opened: &Opened, receipt: Receipt) -> AnyView {
    let w = t().application();
    let desk = opened.desk;
    let office = &opened.catalog.office;
    let number = receipt.number.clone();
    let key = keyring::get(&number);
    let text = StoredValue::new(as_text(opened, &receipt));
    let own = key.as_ref().map(|key| links(&number, key));
    let dates = dates(&receipt, office.zone);
    let (office_name, office_line) =
        (office.long.clone(), format!("{} · {} · {}", office.address, office.phone, office.hours));
    let seal = seal(&receipt);
    let sent_at = w.sent_at(i18n::moment(receipt.submitted, office.zone));
    let decides = w.next_decide(&opened.detail.summary.decides);
    let service = receipt.service_name.clone();
    let key = key.map(|key| key_box(key.shown()));
    let codes = own.as_ref().map(|(view, manage)| codes(view, manage));
    let manage = own.as_ref().map(|o| o.1.clone());
    let sharing = own.map(|(view, _)| sharing(&receipt, view));
    let track = Route::Tracking(number.clone()).link();
    let saved = number.clone();
    let finished = number.clone();
    view! {
        <Page title=w.sent_title affected=Affected::None>
            <div class="receipt">
                <p class="receipt-head">{office_name}</p>
                <Message tone=Tone::Done live=true>
                    <p>{w.sent_number}</p>
                    <p class="big mono">{number}</p>
                    <p>{service} ". " {sent_at}</p>
                </Message>
                {key}
                <h2>{w.dates_title}</h2>
                {dates}
                <h2>{w.next_title}</h2>
                <ol class="list">
                    <li>{w.next_check}</li>
                    <li>{w.next_return}</li>
                    <li>{decides}</li>
                </ol>
                {told(desk)}
                {codes}
                {seal}
                <p class="only-print">{office_line}</p>
            </div>
            <div class="no-print">
                <h2>{w.keep_title}</h2>
                <p>{w.keep_text}</p>
                <SaveButtons text manage number=saved />
                {sharing}
                <p><a class="btn" href=track>{w.to_tracking}</a></p>
                <Finish number=finished />
            </div>
        </Page>
    }
    .into_any()
}

fn key_box(key: String) -> AnyView {
    let w = t().application();
    let copied = RwSignal::new(None::<bool>);
    let text = key.clone();
    let press = move || {
        let text = text.clone();
        spawn_local(async move {
            let done = share::copy(&text).await;
            copied.try_set(Some(done));
        });
    };
    // One text with places to break: it is read, selected and copied as a whole.
    let groups = key.split_inclusive('-').map(|g| view! { {g.to_string()} <wbr /> }).collect_view();
    view! {
        <div class="key-box">
            <h2>{w.key_box_title}</h2>
            <p class="big mono">{groups}</p>
            <p>{w.key_box_text}</p>
            <div class="no-print">
                <Button label=w.key_copy look=Look::Quiet press />
                <p role="status">{move || copied.get().map(|done| if done { t().ui().copied } else { w.copy_failed })}</p>
            </div>
        </div>
    }
    .into_any()
}

/// When the first check and the whole are to be done. With a promise in hours there is only the one moment.
fn ends(receipt: &Receipt, zone: Zone) -> Vec<(&'static str, String)> {
    let w = t().application();
    let day = |day: Option<Day>| day.map_or_else(|| w.date_unknown.to_string(), i18n::date);
    let done = receipt.until.map_or_else(|| day(receipt.due), |at| i18n::moment(at, zone));
    if receipt.minutes > 0 {
        return vec![(w.date_done, done)];
    }
    vec![(w.date_check, day(receipt.intake_due)), (w.date_done, done)]
}

fn dates(receipt: &Receipt, zone: Zone) -> AnyView {
    let w = t().application();
    let line = |(label, date): (&'static str, String)| view! { <div><dt>{label}</dt><dd>{date}</dd></div> };
    view! {
        <dl class="summary dates">{ends(receipt, zone).into_iter().map(line).collect_view()}</dl>
        <p class="small">{w.dates_note(i18n::promise(receipt.days.into(), receipt.minutes.into()))}</p>
    }
    .into_any()
}

/// What proves later that the record of the application was not changed.
fn seal(receipt: &Receipt) -> Option<AnyView> {
    let w = t().application();
    (!receipt.head.is_empty()).then(|| {
        view! { <p class="small">{w.seal} " " <span class="mono link-text">{grouped(&receipt.head)}</span> " " {w.seal_text}</p> }.into_any()
    })
}

/// In groups of eight, as it can be read out and broken into lines.
fn grouped(head: &str) -> String {
    let groups: Vec<String> =
        head.as_bytes().chunks(8).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join(" ")
}

/// How the person is told, as chosen, and by whom.
fn told(desk: Desk) -> AnyView {
    let w = t().application();
    let (how, helper) = (desk.field_now(applicant::TELL), desk.field_now(applicant::TELL_WHOM));
    let whom = if helper == "kuasa" { applicant::HELPER_PHONE } else { applicant::PHONE };
    let phone = desk.field_now(whom);
    let text = match how.as_str() {
        "whatsapp" => w.told_whatsapp(phone),
        "telepon" => w.told_phone(phone),
        _ => w.told_self.to_string(),
    };
    let by_staff = how != "sendiri";
    view! {
        <h2>{w.told_title}</h2>
        <p>{text} {by_staff.then(|| [" ", w.told_staff].concat())}</p>
    }
    .into_any()
}

fn codes(view_link: &str, manage_link: &str) -> AnyView {
    let w = t().application();
    let code = |title: &'static str, text: &'static str, link: &str, class: &'static str| {
        view! {
            <div class=class>
                {qr(link, title)}
                <div>
                    <h3>{title}</h3>
                    <p>{text}</p>
                    <p class="link-text">{link.to_string()}</p>
                </div>
            </div>
        }
    };
    view! {
        <h2>{w.links_title}</h2>
        <div class="codes">
            {code(w.link_manage, w.link_manage_text, manage_link, "code own")}
            {code(w.link_view, w.link_view_text, view_link, "code")}
        </div>
    }
    .into_any()
}

/// The receipt as lines, for the picture.
fn as_text(opened: &Opened, receipt: &Receipt) -> Vec<(bool, String)> {
    let w = t().application();
    let office = &opened.catalog.office;
    let mut lines = vec![
        (true, w.receipt_title.to_string()),
        (false, office.long.clone()),
        (false, receipt.service_name.clone()),
        (false, w.sent_at(i18n::moment(receipt.submitted, office.zone))),
        (false, w.number_label.to_string()),
        (true, receipt.number.clone()),
    ];
    if let Some(key) = keyring::get(&receipt.number) {
        lines.push((false, w.key_box_title.to_string()));
        lines.push((true, key.shown()));
    }
    for (label, date) in ends(receipt, office.zone) {
        lines.push((false, label.to_string()));
        lines.push((true, date));
    }
    let name = own_parts().first().map(|p| rows::of_part(&opened.detail.service, p, &fields(opened.desk), None));
    if let Some(row) = name.and_then(|rows| rows.into_iter().next()) {
        lines.push((false, [&row.label, ": ", &row.value].concat()));
    }
    if !receipt.head.is_empty() {
        lines.push((false, [w.seal, " ", &grouped(&receipt.head)].concat()));
    }
    lines.push((false, [&office.address, " · ", &office.phone].concat()));
    lines.push((false, w.link_manage_text.to_string()));
    lines
}

fn fields(desk: Desk) -> satu_pintu_domain::form::Fields {
    desk.now().map(|d| d.fields).unwrap_or_default()
}

/// As a picture into the gallery, or on paper.
#[component]
fn SaveButtons(text: StoredValue<Vec<(bool, String)>>, manage: Option<String>, number: String) -> impl IntoView {
    let w = t().application();
    let failed = RwSignal::new(false);
    let press = move || {
        let name = [w.receipt_file, "-", &number, ".png"].concat();
        let done = crate::platform::receipt::save(&text.get_value(), manage.as_deref().unwrap_or_default(), &name);
        failed.set(!done);
    };
    view! {
        <Button label=w.save_picture press />
        <Button label=w.print look=Look::Quiet press=share::print />
        <p role="status">{move || failed.get().then_some(w.save_failed)}</p>
    }
    .into_any()
}

/// The *lihat* link only: the key of *urus* never goes to a chat.
fn sharing(receipt: &Receipt, link: String) -> AnyView {
    let w = t().application();
    let message = w.share_message(&receipt.service_name, &receipt.number, link);
    let href = share::whatsapp_link("", &message);
    view! {
        <h2>{w.share_title}</h2>
        <p>{w.share_text}</p>
        <p><a class="btn quiet" href=href target="_blank" rel="noopener">{w.share_whatsapp}</a></p>
    }
    .into_any()
}

/// On a shared phone nothing may stay.
#[component]
fn Finish(number: String) -> impl IntoView {
    let w = t().application();
    let desk = crate::client::desk::use_desk();
    let place = use_navigation();
    let own = desk.own_phone.get_untracked();
    let sure = RwSignal::new(!own);
    let press = move || {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        let number = number.clone();
        spawn_local(async move {
            desk.wipe(&number).await;
            place.replace(&Route::Home.link());
        });
    };
    let label = Signal::derive(move || {
        match (own, sure.get()) {
            (true, true) => w.wipe_sure,
            (true, false) => w.wipe_own,
            _ => w.wipe_shared,
        }
        .to_string()
    });
    let look = if own { Look::Quiet } else { Look::Main };
    view! {
        <h2>{w.wipe_title}</h2>
        <p>{if own { w.wipe_own_text } else { w.wipe_shared_text }}</p>
        <Button label look press />
    }
    .into_any()
}
