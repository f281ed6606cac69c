//! The home page: five tasks, what it costs, how it goes, and where to read more.

mod art;

use crate::client::catalog::Catalog;
use crate::i18n::{short_date, t};
use crate::platform::time::today;
use crate::routes::Route;
use crate::shell::{Frame, part_with_catalog};
use crate::ui::{Heading, Icon, icon};
use leptos::prelude::*;
use satu_pintu_api::catalog::{GuideSummary, ServiceSummary};
use satu_pintu_domain::content::Channel;
use satu_pintu_domain::survey::HalfYear;

pub fn page() -> AnyView {
    let w = t().home();
    view! {
        <Frame wide=true>
            <div class="hero">
                {art::door()}
                <div>
                    <Heading text=w.title />
                    <p class="lead">{w.lead}</p>
                </div>
            </div>
            {tasks()}
            <div class="seal-card">
                {icon(Icon::Shield)}
                <p>
                    <b>{w.seal}</b> " " {w.seal_asked} " "
                    <a href=Route::Guide("biaya-pungli".into()).link()>{w.seal_report}</a>
                </p>
            </div>
            {way()}
            {more()}
        </Frame>
    }
    .into_any()
}

/// The five things a person comes for.
fn tasks() -> AnyView {
    let w = t().home();
    let catalog = crate::client::catalog::use_catalog();
    // The last day depends on the office's zone, so it is said once that is known.
    let survey = move || match catalog.get() {
        Some(c) => w.survey_until(short_date(HalfYear::of(today(c.office.zone)).last_day())),
        None => w.survey_text.to_string(),
    };
    let task = |class: &'static str, route: Route, sign: Icon, title: &'static str, text: AnyView| {
        view! {
            <li class=class>
                <a class="card-link" href=route.link()>
                    {icon(sign)}
                    <span><b>{title}</b> <span class="sub">{text}</span></span>
                    {icon(Icon::Next)}
                </a>
            </li>
        }
    };
    view! {
        <ul class="choices">
            {task("first", Route::Wizard, Icon::Search, w.find_title, w.find_text.into_any())}
            {task("", Route::Services, Icon::Paper, w.apply_title, w.apply_text.into_any())}
            {task("", Route::Track, Icon::Clock, w.track_title, w.track_text.into_any())}
            {task("", Route::Survey, Icon::Speech, w.survey_title, survey.into_any())}
            {task("", Route::Contact, Icon::Phone, w.help_title, w.help_text.into_any())}
        </ul>
    }
    .into_any()
}

/// From question to permit in three steps.
fn way() -> AnyView {
    let w = t().home();
    let steps = [(w.way_1_title, w.way_1_text), (w.way_2_title, w.way_2_text), (w.way_3_title, w.way_3_text)];
    view! {
        <section>
            <h2>{w.way_title}</h2>
            <ol class="way">
                {steps.into_iter().map(|(title, text)| view! {
                    <li><b>{title}</b> <span>{text}</span></li>
                }).collect_view()}
            </ol>
        </section>
    }
    .into_any()
}

/// Services of this office and guides. They come with the catalog; the page stands without them.
fn more() -> AnyView {
    let catalog = crate::client::catalog::use_catalog();
    if matches!(catalog.state.get_untracked(), crate::client::resource::Load::Fail(_)) {
        return part_with_catalog(|c| lists(&c));
    }
    (move || catalog.get().map(|c| lists(&c))).into_any()
}

fn lists(catalog: &Catalog) -> AnyView {
    let w = t().home();
    let here = catalog.services.iter().filter(|s| s.channel == Channel::Office).take(5);
    let service = |s: &ServiceSummary| {
        view! { <li><a href=Route::Service(s.id.clone()).link()>{s.name.clone()}</a> <span>{s.plain.clone()}</span></li> }
    };
    let guide = |g: &GuideSummary| {
        view! { <li><a href=Route::Guide(g.id.clone()).link()>{g.title.clone()}</a> <span>{g.summary.clone()}</span></li> }
    };
    view! {
        <div class="two">
            <section>
                <h2>{w.here_title}</h2>
                <ul class="links">{here.map(service).collect_view()}</ul>
                <p><a href=Route::Services.link()>{w.here_all}</a></p>
            </section>
            <section>
                <h2>{w.guides_title}</h2>
                <ul class="links">{catalog.guides.iter().take(4).map(guide).collect_view()}</ul>
                <p><a href=Route::Guides.link()>{w.guides_all}</a></p>
            </section>
        </div>
    }
    .into_any()
}
