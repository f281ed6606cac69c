//! The app comes in parts, so that a phone downloads only what the person does now: one program a part, each with
//! the pages of its part. On the host all parts are there at once.

use crate::features::{
    about, application, checklist, guidance, home, performance, permit, services, survey, tracking, upload, wizard,
};
use crate::routes::{Route, Task};
use crate::shell::refused;
use leptos::prelude::*;

/// One part of the app.
#[derive(Clone, Copy)]
pub struct Program {
    pub name: &'static str,
    /// Whether a page belongs to this part.
    has: fn(&Route) -> bool,
    /// Makes a page of this part.
    pub page: fn(Route) -> AnyView,
    /// Puts what outlives a page into the context.
    pub provide: fn(),
    /// What stands beside every page.
    pub beside: fn() -> AnyView,
}

impl Program {
    /// Whether an address belongs to this part.
    pub fn has(&self, path: &str) -> bool {
        (self.has)(&Route::parse(path).1)
    }
}

/// The name of the program that a page belongs to. The page's own script knows it from the first word of the
/// address (`#programs` in index.html).
pub fn of(route: &Route) -> &'static str {
    match route {
        Route::Wizard | Route::WizardResult | Route::Check(_) => "find",
        Route::Apply(_) | Route::Kept | Route::Application(..) => "apply",
        Route::Track | Route::Tracking(_) | Route::View(_) | Route::Manage(_) | Route::Permit(_) => "track",
        Route::Survey | Route::SurveyResults | Route::Performance => "answer",
        _ => "read",
    }
}

/// The front page and everything to read.
pub const READ: Program =
    Program { name: "read", has: |route| of(route) == "read", page: read, provide: || {}, beside: || ().into_any() };

/// Finding out: the wizard, its result, the short checks.
pub const FIND: Program =
    Program { name: "find", has: |route| of(route) == "find", page: find, provide: || {}, beside: || ().into_any() };

/// Applying: the draft, its papers, the receipt.
pub const APPLY: Program = Program {
    name: "apply",
    has: |route| of(route) == "apply",
    page: apply,
    provide: application::provide,
    beside: || view! { <application::IdleWatch /> }.into_any(),
};

/// What became of it: tracking, and the page behind a permit.
pub const TRACK: Program =
    Program { name: "track", has: |route| of(route) == "track", page: track, provide: || {}, beside: || ().into_any() };

/// The survey and its results, and how the office keeps its promises.
pub const ANSWER: Program = Program {
    name: "answer",
    has: |route| of(route) == "answer",
    page: answer,
    provide: || {},
    beside: || ().into_any(),
};

/// All parts, on the host.
pub const WHOLE: Program = Program {
    name: "whole",
    has: |_| true,
    page: |route| match (refused(), of(&route)) {
        (Some(page), _) => page,
        (None, "find") => find(route),
        (None, "apply") => apply(route),
        (None, "track") => track(route),
        (None, "answer") => answer(route),
        _ => read(route),
    },
    provide: application::provide,
    beside: || ().into_any(),
};

fn find(route: Route) -> AnyView {
    match route {
        Route::Wizard => wizard::page(),
        Route::WizardResult => checklist::page(),
        Route::Check(rules) => wizard::check_page(rules),
        _ => ().into_any(),
    }
}

fn read(route: Route) -> AnyView {
    match route {
        Route::Home => home::page(),
        Route::Services => services::list_page(),
        Route::Service(id) => services::service_page(id),
        Route::Guides => guidance::list_page(),
        Route::Guide(id) => guidance::guide_page(id),
        Route::Glossary => guidance::glossary_page(),
        Route::Contact => about::contact_page(),
        Route::Accessibility => about::accessibility_page(),
        Route::Privacy => about::privacy_page(),
        Route::Offline => about::offline_page(),
        _ => about::not_found_page(),
    }
}

fn apply(route: Route) -> AnyView {
    match route {
        Route::Apply(service) => application::start_page(service),
        Route::Kept => application::kept_page(),
        Route::Application(number, task) => match task {
            Task::List => application::list_page(number),
            Task::Data(page) => application::data_page(number, page),
            Task::Files => upload::list_page(number),
            Task::File(item) => upload::item_page(number, item),
            Task::Review => application::review_page(number),
            Task::Sent => application::sent_page(number),
            Task::Withdraw => application::withdraw_page(number),
        },
        _ => ().into_any(),
    }
}

fn track(route: Route) -> AnyView {
    match route {
        Route::Track => tracking::find_page(),
        Route::Tracking(number) => tracking::page(number),
        Route::View(number) => tracking::view_page(number),
        Route::Manage(number) => tracking::manage_page(number),
        Route::Permit(code) => permit::page(code),
        _ => ().into_any(),
    }
}

fn answer(route: Route) -> AnyView {
    match route {
        Route::Survey => survey::page(),
        Route::SurveyResults => survey::results_page(),
        Route::Performance => performance::page(),
        _ => ().into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The page's own script chooses the program by the first word of the address; it must choose as `of` does.
    #[test]
    fn the_page_and_the_routes_agree_on_the_programs() {
        let html = include_str!("../index.html");
        let (_, rest) = html.split_once("id=\"programs\">").unwrap();
        let (json, _) = rest.split_once("</script>").unwrap();
        let programs: serde_json::Value = serde_json::from_str(json).unwrap();
        let files: BTreeMap<String, String> = serde_json::from_value(programs["files"].clone()).unwrap();
        let paths: BTreeMap<String, String> = serde_json::from_value(programs["paths"].clone()).unwrap();
        let first = |name: &str| paths.get(name).map_or("read", String::as_str);
        let words = "izin periksa layanan ajukan permohonan lacak lihat urus survei kinerja cek panduan istilah kontak \
                     aksesibilitas privasi luring tidak-ada";
        for word in words.split_whitespace() {
            for path in [format!("/{word}"), format!("/{word}/hasil"), format!("/en/{word}/X")] {
                let (_, route) = Route::parse(&path);
                assert!(route == Route::NotFound || first(word) == of(&route), "{path}");
            }
        }
        assert_eq!(of(&Route::parse("/").1), "read");
        for program in [READ, FIND, APPLY, TRACK, ANSWER] {
            assert!(files.contains_key(program.name), "{}", program.name);
        }
        assert_eq!(files.len(), 5);
        assert!(paths.values().all(|name| files.contains_key(name)));
    }
}
