//! "OSS sedang gangguan sejak 09.10": on every affected page, with three things to do now and a number to call
//! back. The list of disturbances is kept by `client::notices`.

use super::Affected;
use crate::client::catalog::use_catalog;
use crate::client::resource::Given;
#[cfg(feature = "ssr")]
use crate::client::sent::Ask;
use crate::client::sent::{Sent, sent};
use crate::client::{self, notices};
use crate::i18n::{clock, moment, t};
use crate::platform::time::now;
use crate::routes::Route;
#[cfg(feature = "ssr")]
use crate::routes::clean;
use crate::ui::{Details, Entry, Icon, Message, PageHead, SubmitButton, TextField, Tone, icon};
use leptos::prelude::*;
use satu_pintu_api::notice::{CallbackTaken, NewCallback, Notice};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::validate;

/// The notice whose form was sent without script.
const NOTICE: &str = "gangguan";

/// What the form for a call asks the API.
#[cfg(feature = "ssr")]
pub fn call_back(sent: &Sent) -> Option<Ask> {
    let (notice, wish) = wished(sent);
    let wish = wish.ok().filter(|_| clean(&notice) && sent.answers.is_empty())?;
    let body = serde_json::to_string(&wish).ok();
    Some(Ask { body, ..Ask::post(["/notices/", &notice, "/callbacks"].concat()) })
}

/// Of which notice, and the number or what is wrong with it.
fn wished(sent: &Sent) -> (String, Result<NewCallback, String>) {
    let notice = sent.field(NOTICE).to_string();
    let phone = validate::phone(sent.field(&field(&notice)));
    let wish = phone.map(|phone| NewCallback { phone, name: String::new() });
    (notice, wish.map_err(|code| t().phone().get(code).unwrap_or_default().to_string()))
}

/// The name of the field for the number.
fn field(notice: &str) -> String {
    ["telepon-", notice].concat()
}

/// What became of a form that was sent without script.
enum Outcome {
    Taken(u32),
    /// What was typed, and what is wrong.
    Fault(String, String),
}

fn outcome(notice: &str) -> Option<Outcome> {
    let sent = sent()?;
    let (of, wish) = wished(&sent);
    if of != notice {
        return None;
    }
    let typed = sent.field(&field(notice)).to_string();
    let refused = sent.refused().map(|failure| failure.words());
    Some(match (wish, refused, sent.answers.first().map(Given::read::<CallbackTaken>)) {
        (Err(fault), ..) | (_, Some(fault), _) => Outcome::Fault(typed, fault),
        (_, _, Some(Ok(taken))) => Outcome::Taken(taken.place),
        _ => return None,
    })
}

/// The disturbance is over since the page was read.
fn ended(list: &[Notice]) -> Option<AnyView> {
    let sent = sent().filter(|sent| !sent.field(NOTICE).is_empty())?;
    let there = list.iter().any(|notice| notice.id == sent.field(NOTICE));
    (!there)
        .then(|| view! { <Message tone=Tone::Done live=true><p>{t().shell().notice_ended}</p></Message> }.into_any())
}

#[component]
pub fn Notices(affected: Affected) -> impl IntoView {
    let list = expect_context::<notices::Notices>().0;
    let catalog = use_catalog();
    let zone = Memo::new(move |_| catalog.get().map_or(Zone::Wib, |c| c.office.zone));
    move || {
        let (zone, list) = (zone.get(), list.get());
        let ended = ended(&list);
        let banners =
            list.into_iter().filter(|n| concerns(affected, n.channel)).map(|n| banner(n, zone)).collect_view();
        view! { {ended} {banners} }
    }
}

fn concerns(affected: Affected, channel: Channel) -> bool {
    match affected {
        Affected::All => true,
        // A disturbance of our own service concerns everybody.
        Affected::Only(own) => own == channel || channel == Channel::Office,
        Affected::None => false,
    }
}

/// `09.10` for today, the whole date for an older one.
fn when(at: i64, zone: Zone) -> String {
    if Day::at(at, zone) == Day::at(now(), zone) { clock(at, zone) } else { moment(at, zone) }
}

fn banner(notice: Notice, zone: Zone) -> AnyView {
    let w = t().shell();
    let name = match notice.channel {
        Channel::Office => w.notice_office,
        Channel::Oss => w.notice_oss,
        Channel::Simbg => w.notice_simbg,
        Channel::Sihalal => w.notice_sihalal,
    };
    let guide = match notice.channel {
        Channel::Oss => Route::Guide("oss-gangguan".into()),
        _ => Route::Contact,
    };
    let things = [
        (Route::Wizard, w.notice_do_list),
        (Route::Guide("foto-berkas".into()), w.notice_do_photo),
        (guide, w.notice_do_guide),
    ];
    let open = outcome(&notice.id).is_some();
    view! {
        <section class="notice" aria-label=name>
            {icon(Icon::Warning)}
            <div>
                <p>
                    <b>{name}</b> " " {w.notice_since(when(notice.since, zone))} " "
                    {notice.expected.map(|at| w.notice_expected(when(at, zone)))}
                </p>
                {(!notice.text.is_empty()).then(|| view! { <p>{notice.text.clone()}</p> })}
                <Details summary=w.notice_what open>
                    <p><b>{w.notice_three}</b></p>
                    <ol class="list">
                        {things.into_iter().map(|(route, text)| view! {
                            <li><a href=route.link()>{text}</a></li>
                        }).collect_view()}
                    </ol>
                    {call_form(notice.id.clone())}
                </Details>
            </div>
        </section>
    }
    .into_any()
}

/// The form for a call when the site is back.
fn call_form(notice: String) -> AnyView {
    let w = t().shell();
    let (taken, typed, fault) = match outcome(&notice) {
        Some(Outcome::Taken(place)) => (Some(place), String::new(), None),
        Some(Outcome::Fault(typed, fault)) => {
            PageHead::say_faulty();
            (None, typed, Some(fault))
        }
        None => (None, String::new(), None),
    };
    let (phone, error, place) = (RwSignal::new(typed), RwSignal::new(fault), RwSignal::new(taken));
    let busy = RwSignal::new(false);
    let (field, id, action) = (field(&notice), notice.clone(), Route::Contact.link());
    let send = move |e: leptos::ev::SubmitEvent| {
        e.prevent_default();
        let number = match validate::phone(&phone.get_untracked()) {
            Ok(number) => number,
            Err(code) => return error.set(t().phone().get(code).map(String::from)),
        };
        error.set(None);
        busy.set(true);
        let notice = notice.clone();
        leptos::task::spawn_local(async move {
            let wish = NewCallback { phone: number, name: String::new() };
            match notices::call_back(&notice, &wish).await {
                Ok(taken) => drop(place.try_set(Some(taken))),
                Err(failure) => drop(error.try_set(Some(client::Failure::words(&failure)))),
            }
            busy.try_set(false);
        });
    };
    let label =
        Signal::derive(move || String::from(if busy.get() { w.notice_call_sending } else { w.notice_call_send }));
    view! {
        <form method="post" action=action on:submit=send hidden=move || place.get().is_some()>
            <input type="hidden" name=NOTICE value=id />
            <p><b>{w.notice_call_title}</b></p>
            <TextField name=field label=w.notice_call_phone hint=w.notice_call_phone_hint entry=Entry::Phone value=phone
                error=error autocomplete="tel" />
            <SubmitButton label=label busy=busy look=crate::ui::Look::Quiet />
        </form>
        <p role="status">{move || place.get().map(|n| view! { <b>{w.notice_call_done(n)}</b> })}</p>
    }
    .into_any()
}
