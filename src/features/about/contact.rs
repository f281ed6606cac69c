//! The office: how to reach it, when, and where to complain.

use crate::i18n::{short_date, t};
use crate::platform::share::{phone_link, whatsapp_link};
use crate::routes::Route;
use crate::shell::{Page, part_with_catalog};
use crate::ui::{self, Icon, Message, Tone, facts, icon};
use leptos::prelude::*;
use satu_pintu_domain::content::{ComplaintChannel, Office};

pub fn contact_page() -> AnyView {
    let w = t().about();
    view! {
        <Page title=w.contact_title lead=w.contact_lead back=Route::Home.link()>
            {part_with_catalog(|catalog| office(&catalog.office))}
        </Page>
    }
    .into_any()
}

fn office(o: &Office) -> AnyView {
    let w = t().about();
    let example = o.example.then(|| view! { <Message tone=Tone::Wait>{t().shell().example_office}</Message> });
    let pairs = vec![
        (w.address, view! { {o.long.clone()} <br /> {o.address.clone()} }.into_any()),
        (w.hours, o.hours.clone().into_any()),
        (w.phone, ui::phone(&o.phone)),
        (w.email, view! { <a href=["mailto:", &o.email].concat()>{o.email.clone()}</a> }.into_any()),
        (w.head, view! { {o.head.name.clone()} <br /> {o.head.title.clone()} }.into_any()),
    ];
    view! {
        {example}
        <ul class="ways">
            <li>
                <a class="card-link" href=whatsapp_link(&o.whatsapp, w.wa_text) rel="noopener">
                    {icon(Icon::Speech)}
                    <span><b>{w.by_whatsapp}</b> <span class="sub">{w.by_whatsapp_text}</span></span>
                    {icon(Icon::Next)}
                </a>
            </li>
            <li>
                <a class="card-link" href=phone_link(&o.phone)>
                    {icon(Icon::Phone)}
                    <span><b>{w.by_phone} " " <span class="one-line">{ui::unbroken(&o.phone)}</span></b> <span class="sub">{o.hours.clone()}</span></span>
                    {icon(Icon::Next)}
                </a>
            </li>
            <li>
                <a class="card-link" href="#kantor">
                    {icon(Icon::Place)}
                    <span><b>{w.by_visit}</b> <span class="sub">{w.by_visit_text}</span></span>
                    {icon(Icon::Next)}
                </a>
            </li>
        </ul>
        <section id="kantor">
            <h2>{o.name.clone()}</h2>
            {facts(pairs)}
            <p class="small">{w.checked(short_date(o.checked))}</p>
        </section>
        <section id="pengaduan">
            <h2>{w.complaint_title}</h2>
            <p>{o.promise.clone()}</p>
            <ul class="cards">{o.complaint.iter().map(complaint).collect_view()}</ul>
            <p><a href=Route::Guide("biaya-pungli".into()).link()>{w.complaint_guide}</a></p>
        </section>
        <section>
            <h2>{w.agencies_title}</h2>
            <p>{w.agencies_text}</p>
            <ul class="list">
                {o.agency.iter().map(|a| view! { <li>{a.name.clone()} ": " {w.agency_days(a.days)}</li> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

/// A channel elsewhere is a link; one of ours is described, the ways to reach it stand above.
fn complaint(c: &ComplaintChannel) -> AnyView {
    let name = match crate::routes::go(&c.go) {
        None if c.go.starts_with("https://") => {
            view! { <a href=c.go.clone() rel="noopener">{c.name.clone()}</a> }.into_any()
        }
        None | Some(Route::Contact) => c.name.clone().into_any(),
        Some(route) => view! { <a href=route.link()>{c.name.clone()}</a> }.into_any(),
    };
    view! { <li class="card"><h3>{name}</h3> <p>{c.how.clone()}</p></li> }.into_any()
}
