//! The forms that the server answers without script: what each asks the API, and the page that shows what became of
//! it.

use crate::client::sent::{Ask, Sent};
use crate::features::{survey, tracking};
use crate::i18n::Lang;
use crate::routes::Route;
use crate::shell::call_back;

/// A form of a page.
pub struct Form {
    lang: Lang,
    route: Route,
}

/// The form at a path, if there is one.
pub fn form(path: &str) -> Option<Form> {
    let (lang, route) = Route::parse(path);
    let known = matches!(route, Route::Track | Route::Tracking(_) | Route::Survey | Route::Contact)
        || route == Route::Permit(String::new());
    known.then_some(Form { lang, route })
}

impl Form {
    /// What the API is asked next; nothing when all is known.
    pub fn ask(&self, sent: &Sent) -> Option<Ask> {
        match self.route {
            Route::Survey => survey::ask(sent),
            Route::Contact => call_back(sent),
            Route::Track | Route::Tracking(_) => tracking::ask(sent),
            _ => None,
        }
    }

    /// The address whose page shows what became of it.
    pub fn shows(&self, sent: &Sent) -> String {
        let (route, query) = match self.route {
            Route::Track | Route::Tracking(_) => tracking::shows(sent),
            ref route => (route.clone(), ""),
        };
        [&route.link_in(self.lang), query].concat()
    }
}
