//! "OSS sedang gangguan sejak 09.10": on every affected page, with three things to do now and a number to call
//! back. The list of disturbances is kept by `client::notices`.

use super::Affected;
use crate::client::catalog::use_catalog;
use crate::client::{self, notices};
use crate::i18n::{clock, moment, t};
use crate::platform::time::now;
use crate::routes::Route;
use crate::ui::{Details, Entry, Icon, SubmitButton, TextField, icon};
use leptos::prelude::*;
use satu_pintu_api::notice::{NewCallback, Notice};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::date::{Day, Zone};
use satu_pintu_domain::validate;

#[component]
pub fn Notices(affected: Affected) -> impl IntoView {
    let list = expect_context::<notices::Notices>().0;
    let catalog = use_catalog();
    let zone = Memo::new(move |_| catalog.get().map_or(Zone::Wib, |c| c.office.zone));
    move || {
        let zone = zone.get();
        list.get().into_iter().filter(|n| concerns(affected, n.channel)).map(|n| banner(n, zone)).collect_view()
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
    view! {
        <section class="notice" aria-label=name>
            {icon(Icon::Warning)}
            <div>
                <p>
                    <b>{name}</b> " " {w.notice_since(when(notice.since, zone))} " "
                    {notice.expected.map(|at| w.notice_expected(when(at, zone)))}
                </p>
                {(!notice.text.is_empty()).then(|| view! { <p>{notice.text.clone()}</p> })}
                <Details summary=w.notice_what>
                    <p><b>{w.notice_three}</b></p>
                    <ol class="list">
                        {things.into_iter().map(|(route, text)| view! {
                            <li><a href=route.link()>{text}</a></li>
                        }).collect_view()}
                    </ol>
                    {call_back(notice.id.clone())}
                </Details>
            </div>
        </section>
    }
    .into_any()
}

/// The form for a call when the site is back.
fn call_back(notice: String) -> AnyView {
    let w = t().shell();
    let phone = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let place = RwSignal::new(None::<u32>);
    let field = ["telepon-", &notice].concat();
    let action = [satu_pintu_api::BASE, "/notices/", &notice, "/callbacks"].concat();
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
            <p><b>{w.notice_call_title}</b></p>
            <TextField name=field label=w.notice_call_phone hint=w.notice_call_phone_hint entry=Entry::Phone value=phone
                error=error autocomplete="tel" />
            <SubmitButton label=label busy=busy look=crate::ui::Look::Quiet />
        </form>
        <p role="status">{move || place.get().map(|n| view! { <b>{w.notice_call_done(n)}</b> })}</p>
    }
    .into_any()
}
