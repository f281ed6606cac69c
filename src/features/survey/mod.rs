//! The satisfaction survey and its results. `start`, `question` and `closing` show the pages of one answer,
//! `flow` keeps and sends it, `sent` does so for the forms without script, `results` shows what all answers come to. Pure and tested on the host: `state`,
//! `figures`.

mod closing;
mod figures;
mod flow;
mod question;
mod results;
// The API is asked for a form on the host only.
#[cfg_attr(not(feature = "ssr"), allow(dead_code))]
mod sent;
mod start;
mod state;

#[cfg(feature = "ssr")]
pub use sent::ask;

use crate::client::resource::Resource;
use crate::i18n::t;
use crate::shell::with_catalog;
use flow::Flow;
use leptos::prelude::*;
use satu_pintu_api::survey::SurveyNow;
use satu_pintu_domain::survey::Element;
use state::Step;

/// `/survei`, its pages by `?langkah=`
pub fn page() -> AnyView {
    let flow = Flow::new();
    Effect::new(move || {
        flow.navigation.fragment.track();
        flow.take_code();
    });
    flow.take_code();
    let now: Resource<SurveyNow> = Resource::new("/survey".to_string());
    // An answer has just been counted.
    Effect::new(move || {
        if flow.end.get().is_some() || matches!(flow.step.get(), Step::Thanks) {
            now.load();
        }
    });
    with_catalog(move |catalog| {
        (move || match flow.step.get() {
            Step::Start => start::page(flow, now),
            Step::Question(at) => question::page(flow, &catalog, at),
            Step::Profile => closing::profile(flow, &catalog),
            Step::Check => closing::check(flow, &catalog),
            Step::Thanks => closing::thanks(flow),
        })
        .into_any()
    })
}

/// `/survei/hasil`
pub fn results_page() -> AnyView {
    results::page()
}

/// A short everyday name of an element.
fn element_name(element: Element) -> &'static str {
    let w = t().survey();
    match element {
        Element::Persyaratan => w.element_persyaratan,
        Element::Prosedur => w.element_prosedur,
        Element::Waktu => w.element_waktu,
        Element::Biaya => w.element_biaya,
        Element::Produk => w.element_produk,
        Element::Kompetensi => w.element_kompetensi,
        Element::Perilaku => w.element_perilaku,
        Element::Sarana => w.element_sarana,
        Element::Pengaduan => w.element_pengaduan,
    }
}
