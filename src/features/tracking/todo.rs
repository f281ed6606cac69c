//! What the owner has to do now, in one box: correct, send, download, read the reason, answer the survey.

use super::marked;
use super::page::View;
use super::sent;
use super::state::{self, Next};
use super::ticket::download;
use super::timeline::item_name;
use super::watch::Seen;
use crate::i18n::{self, t};
use crate::platform::{self, share::phone_link, share::whatsapp_link};
use crate::routes::{Route, Task};
use crate::ui::{Look, Message, SubmitButton, Tone, unbroken};
use leptos::prelude::*;

pub fn part(view: View) -> AnyView {
    (move || {
        let seen = view.seen().filter(|_| view.mine())?;
        Some(view! { {action(view, &seen)} {survey(&seen)} })
    })
    .into_any()
}

fn action(view: View, seen: &Seen) -> Option<AnyView> {
    let w = t().tracking();
    let number = seen.tracking.number.clone();
    let status = &seen.tracking.status;
    let list = Route::Application(number.clone(), Task::List).link();
    Some(match state::next(&seen.tracking) {
        Next::Nothing => return None,
        Next::Submit => view! { <p><a class="btn" href=list>{w.do_submit}</a></p> }.into_any(),
        Next::Correct(_) => {
            let items = status.returned.clone();
            let number = StoredValue::new(number);
            let line = move |item: satu_pintu_domain::application::Returned| {
                let detail = view.detail();
                view! {
                    <li>
                        <b>{item_name(&item.item, detail.as_deref())}</b>
                        {(!item.reason.is_empty()).then(|| view! { <p>{w.fix_reason(&item.reason)}</p> })}
                        {item.mark.clone().map(|mark| marked::picture(&number.get_value(), mark))}
                        {detail.as_deref().and_then(|detail| marked::good(detail, &item.item))}
                    </li>
                }
            };
            view! {
                <section class="todo wait" aria-labelledby="perlu">
                    <h2 id="perlu">{w.do_title}</h2>
                    <ul>{move || items.clone().into_iter().map(line).collect_view()}</ul>
                    <a class="btn" href=list>{w.do_correct}</a>
                    {without_script(view)}
                    <p class="small">{w.fix_clock}</p>
                </section>
            }
            .into_any()
        }
        Next::Download => {
            let permit = status.permit.clone().unwrap_or_default();
            let until = status.valid_until.map_or_else(|| w.permit_forever.to_string(), i18n::date);
            let path = ["/applications/", &number, "/permit/ticket"].concat();
            view! {
                <section class="todo done" aria-label=w.head_issued>
                    <dl class="fact-list">
                        <div><dt>{w.permit_number}</dt><dd>{permit}</dd></div>
                        <div><dt>{w.permit_valid}</dt><dd>{until}</dd></div>
                    </dl>
                    {download(number, path, w.do_download.to_string(), String::new(), false)}
                </section>
            }
            .into_any()
        }
        Next::ReadReason => refused(view, seen),
        Next::Again => {
            let apply = Route::Apply(seen.tracking.service.clone()).link();
            view! { <p><a class="btn" href=apply>{w.do_again}</a></p> }.into_any()
        }
    })
}

/// Papers are replaced in the app or at the office.
fn without_script(view: View) -> Option<AnyView> {
    (!platform::BROWSER).then(|| {
        let phone = view.office().phone;
        view! { <p>{t().tracking().fix_without} " " <a class="one-line" href=phone_link(&phone)>{unbroken(&phone)}</a></p> }.into_any()
    })
}

fn refused(view: View, seen: &Seen) -> AnyView {
    let w = t().tracking();
    let reason = seen.tracking.status.refusal.clone().unwrap_or_default();
    let ask = w.ask_message(&seen.tracking.service_name, &seen.tracking.number);
    let whatsapp = whatsapp_link(&view.office().whatsapp, &ask);
    let apply = Route::Apply(seen.tracking.service.clone()).link();
    view! {
        {(!reason.is_empty()).then(|| view! {
            <Message tone=Tone::Stop title=w.refused_title><p>{reason}</p></Message>
        })}
        <section class="todo" aria-labelledby="bisa">
            <h2 id="bisa">{w.refused_instead}</h2>
            <ul>
                <li>{w.refused_again} " " <a href=apply>{w.do_again}</a></li>
                <li>{w.refused_ask} " " <a href=whatsapp>{w.ask_wa}</a></li>
                <li>
                    {w.refused_complain} " " <a href=Route::Guide("pengaduan".into()).link()>{w.complain}</a>
                </li>
            </ul>
        </section>
    }
    .into_any()
}

/// Offered once the office has decided, as long as it has not been answered.
fn survey(seen: &Seen) -> Option<AnyView> {
    let w = t().tracking();
    if let Some(code) = sent::opened().and_then(|opened| opened.survey) {
        return Some(survey_form(code));
    }
    let open = seen.application.as_ref().is_some_and(|a| a.survey_open);
    let href = [&Route::Survey.link(), "?dari=", &seen.tracking.number].concat();
    open.then(|| {
        view! {
            <section class="todo ask" aria-label=w.do_survey>
                <p>{w.do_survey_text}</p>
                <a class="btn quiet" href=href>{w.do_survey}</a>
            </section>
        }
        .into_any()
    })
}

/// Without script the code goes along with the form, and never into an address.
fn survey_form(code: String) -> AnyView {
    let w = t().tracking();
    view! {
        <form class="todo ask" method="post" action=Route::Survey.link()>
            <p>{w.do_survey_text}</p>
            <input type="hidden" name="kode" value=code />
            <SubmitButton label=w.do_survey look=Look::Quiet />
        </form>
    }
    .into_any()
}
