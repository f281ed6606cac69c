//! How to track on a national site: what to have ready, four steps, the link, our help; and how to find out
//! where one applied.

use super::find::link;
use super::form::contact;
use crate::client::catalog::Catalog;
use crate::i18n::t;
use crate::routes::Route;
use crate::shell::{Affected, Page};
use crate::ui::{Details, Icon, icon};
use leptos::prelude::*;
use satu_pintu_domain::content::Channel;

struct Site {
    channel: Channel,
    title: &'static str,
    site: &'static str,
    prepare: &'static str,
    steps: [(&'static str, &'static str); 4],
    ask: &'static str,
    /// Guides that help on, where the office has them.
    guides: &'static [&'static str],
}

pub fn oss(catalog: &Catalog) -> AnyView {
    let w = t().tracking();
    let steps = [
        (w.oss_step_1, w.oss_text_1),
        (w.oss_step_2, w.oss_text_2),
        (w.oss_step_3, w.oss_text_3),
        (w.oss_step_4, w.oss_text_4),
    ];
    let guides = &["email-akun", "oss-gangguan"];
    page(
        catalog,
        &Site {
            channel: Channel::Oss,
            title: w.there_oss,
            site: "oss.go.id",
            prepare: w.oss_prepare,
            steps,
            ask: w.office_ask_oss,
            guides,
        },
    )
}

pub fn simbg(catalog: &Catalog) -> AnyView {
    let w = t().tracking();
    let steps = [
        (w.simbg_step_1, w.simbg_text_1),
        (w.simbg_step_2, w.simbg_text_2),
        (w.simbg_step_3, w.simbg_text_3),
        (w.simbg_step_4, w.simbg_text_4),
    ];
    page(
        catalog,
        &Site {
            channel: Channel::Simbg,
            title: w.there_simbg,
            site: "simbg.pu.go.id",
            prepare: w.simbg_prepare,
            steps,
            ask: w.office_ask_simbg,
            guides: &["siapa-memutus"],
        },
    )
}

pub fn sihalal(catalog: &Catalog) -> AnyView {
    let w = t().tracking();
    let steps = [
        (w.sihalal_step_1, w.sihalal_text_1),
        (w.sihalal_step_2, w.sihalal_text_2),
        (w.sihalal_step_3, w.sihalal_text_3),
        (w.sihalal_step_4, w.sihalal_text_4),
    ];
    page(
        catalog,
        &Site {
            channel: Channel::Sihalal,
            title: w.there_sihalal,
            site: "ptsp.halal.go.id",
            prepare: w.sihalal_prepare,
            steps,
            ask: w.office_ask_sihalal,
            guides: &["halal-gratis"],
        },
    )
}

fn page(catalog: &Catalog, site: &Site) -> AnyView {
    let w = t().tracking();
    let step = |(i, (title, text)): (usize, &(&'static str, &'static str))| {
        view! {
            <li>
                <span class="dot" aria-hidden="true">{i + 1}</span>
                <div><b>{*title}</b><p>{*text}</p></div>
            </li>
        }
    };
    let known = catalog.guides.iter().filter(|g| site.guides.contains(&g.id.as_str()));
    let help = contact(&catalog.office, site.ask);
    let Site { channel, title, site: address, prepare, .. } = *site;
    let steps = site.steps.iter().enumerate().map(step).collect_view();
    let guides: Vec<_> =
        known.map(|g| view! { <li><a href=Route::Guide(g.id.clone()).link()>{g.title.clone()}</a></li> }).collect();
    view! {
        <Page title=title lead=w.there_lead affected=Affected::Only(channel) back=Route::Track.link()>
            <p><b>{w.there_prepare} ": "</b> {prepare}</p>
            <ol class="steps">{steps}</ol>
            <p class="small">{w.there_menu}</p>
            <p>
                <a class="btn" href=["https://", address].concat() rel="noopener">
                    {w.there_open(address)} <span class="hidden-text">{t().ui().new_tab}</span>
                </a>
            </p>
            {(!guides.is_empty()).then(|| view! { <h2>{w.there_guide}</h2> <ul class="list">{guides}</ul> })}
            <h2>{w.office_help}</h2>
            <p>{w.office_help_text}</p>
            {help}
            <p><a href=Route::Track.link()>{w.there_other}</a></p>
        </Page>
    }
    .into_any()
}

pub fn unknown(catalog: &Catalog) -> AnyView {
    let w = t().tracking();
    let signs = [
        ("kantor", w.unknown_office, w.where_office),
        ("oss", w.unknown_oss, w.where_oss),
        ("simbg", w.unknown_simbg, w.where_simbg),
        ("sihalal", w.unknown_sihalal, w.where_sihalal),
    ];
    let help = contact(&catalog.office, w.office_ask_unknown);
    view! {
        <Page title=w.unknown_title lead=w.unknown_lead back=Route::Track.link()>
            <ul class="places">
                {signs.into_iter().map(|(place, sign, name)| view! {
                    <li>
                        <a class="card-link" href=link(place)>
                            {icon(Icon::Paper)}
                            <span><b>{sign}</b> <span class="sub">{name}</span></span>
                            {icon(Icon::Next)}
                        </a>
                    </li>
                }).collect_view()}
            </ul>
            <Details summary=w.unknown_none open=true>
                <p>{w.unknown_none_text}</p>
                {help}
            </Details>
        </Page>
    }
    .into_any()
}
