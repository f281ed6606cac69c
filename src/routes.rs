//! Every address of the app, once. `Route::parse` reads a path, `Route::link` writes one in the language of the
//! page; both are proved to fit in the tests below. Queries are in [`query`].

pub mod query;

use crate::i18n::{Lang, lang};

/// A page. Strings hold ids and numbers: `[A-Za-z0-9-]` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Home,
    /// `/izin`, answers in the query
    Wizard,
    /// `/izin/hasil`, answers in the query
    WizardResult,
    /// `/periksa/:rules`, "Bolehkah saya?"
    Check(String),
    /// `/layanan`
    Services,
    /// `/layanan/:id`
    Service(String),
    /// `/ajukan/:service`
    Apply(String),
    /// `/permohonan`, those on this phone
    Kept,
    /// `/permohonan/:number` and below
    Application(String, Task),
    /// `/lacak`
    Track,
    /// `/lacak/:number`
    Tracking(String),
    /// `/lihat/:number#key`
    View(String),
    /// `/urus/:number#key`
    Manage(String),
    /// `/survei`
    Survey,
    /// `/survei/hasil`
    SurveyResults,
    /// `/kinerja`
    Performance,
    /// `/cek/:code`; without a code the form to type one
    Permit(String),
    /// `/panduan`
    Guides,
    /// `/panduan/:id`
    Guide(String),
    /// `/istilah`
    Glossary,
    /// `/kontak`
    Contact,
    /// `/aksesibilitas`
    Accessibility,
    /// `/privasi`
    Privacy,
    /// `/luring`
    Offline,
    /// Anything else
    NotFound,
}

/// A page of one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The task list.
    List,
    /// `/data/:page`
    Data(String),
    /// `/berkas`
    Files,
    /// `/berkas/:item`
    File(String),
    /// `/periksa`
    Review,
    /// `/terkirim`
    Sent,
    /// `/tarik`
    Withdraw,
}

impl Route {
    /// Reads a path. A trailing slash is forgiven.
    pub fn parse(path: &str) -> (Lang, Route) {
        let mut parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
        let mut lang = Lang::Id;
        if let Some(other) = Lang::ALL.iter().copied().find(|l| *l != Lang::Id && parts.first() == Some(&l.code())) {
            lang = other;
            parts.remove(0);
        }
        if parts.iter().any(|p| !clean(p)) {
            return (lang, Route::NotFound);
        }
        let own = |s: &str| s.to_string();
        let route = match parts.as_slice() {
            [] => Route::Home,
            ["izin"] => Route::Wizard,
            ["izin", "hasil"] => Route::WizardResult,
            ["periksa", id] => Route::Check(own(id)),
            ["layanan"] => Route::Services,
            ["layanan", id] => Route::Service(own(id)),
            ["ajukan", id] => Route::Apply(own(id)),
            ["permohonan"] => Route::Kept,
            ["permohonan", number, rest @ ..] => {
                let task = match rest {
                    [] => Task::List,
                    ["data", page] => Task::Data(own(page)),
                    ["berkas"] => Task::Files,
                    ["berkas", item] => Task::File(own(item)),
                    ["periksa"] => Task::Review,
                    ["terkirim"] => Task::Sent,
                    ["tarik"] => Task::Withdraw,
                    _ => return (lang, Route::NotFound),
                };
                Route::Application(own(number), task)
            }
            ["lacak"] => Route::Track,
            ["lacak", number] => Route::Tracking(own(number)),
            ["lihat", number] => Route::View(own(number)),
            ["urus", number] => Route::Manage(own(number)),
            ["survei"] => Route::Survey,
            ["survei", "hasil"] => Route::SurveyResults,
            ["kinerja"] => Route::Performance,
            ["cek"] => Route::Permit(String::new()),
            ["cek", code] => Route::Permit(own(code)),
            ["panduan"] => Route::Guides,
            ["panduan", id] => Route::Guide(own(id)),
            ["istilah"] => Route::Glossary,
            ["kontak"] => Route::Contact,
            ["aksesibilitas"] => Route::Accessibility,
            ["privasi"] => Route::Privacy,
            ["luring"] => Route::Offline,
            _ => Route::NotFound,
        };
        (lang, route)
    }

    /// The address in the language of this page.
    pub fn link(&self) -> String {
        self.link_in(lang())
    }

    pub fn link_in(&self, lang: Lang) -> String {
        let path = match self {
            Route::Home | Route::NotFound => String::from("/"),
            Route::Wizard => "/izin".into(),
            Route::WizardResult => "/izin/hasil".into(),
            Route::Check(id) => join("/periksa/", id, ""),
            Route::Services => "/layanan".into(),
            Route::Service(id) => join("/layanan/", id, ""),
            Route::Apply(id) => join("/ajukan/", id, ""),
            Route::Kept => "/permohonan".into(),
            Route::Application(number, task) => match task {
                Task::List => join("/permohonan/", number, ""),
                Task::Data(page) => join("/permohonan/", number, &join("/data/", page, "")),
                Task::Files => join("/permohonan/", number, "/berkas"),
                Task::File(item) => join("/permohonan/", number, &join("/berkas/", item, "")),
                Task::Review => join("/permohonan/", number, "/periksa"),
                Task::Sent => join("/permohonan/", number, "/terkirim"),
                Task::Withdraw => join("/permohonan/", number, "/tarik"),
            },
            Route::Track => "/lacak".into(),
            Route::Tracking(number) => join("/lacak/", number, ""),
            Route::View(number) => join("/lihat/", number, ""),
            Route::Manage(number) => join("/urus/", number, ""),
            Route::Survey => "/survei".into(),
            Route::SurveyResults => "/survei/hasil".into(),
            Route::Performance => "/kinerja".into(),
            Route::Permit(code) if code.is_empty() => "/cek".into(),
            Route::Permit(code) => join("/cek/", code, ""),
            Route::Guides => "/panduan".into(),
            Route::Guide(id) => join("/panduan/", id, ""),
            Route::Glossary => "/istilah".into(),
            Route::Contact => "/kontak".into(),
            Route::Accessibility => "/aksesibilitas".into(),
            Route::Privacy => "/privasi".into(),
            Route::Offline => "/luring".into(),
        };
        match (lang, path.as_str()) {
            (Lang::Id, _) => path,
            (other, "/") => join("/", other.code(), ""),
            (other, _) => join("/", other.code(), &path),
        }
    }

    /// The address with answers: `/izin?usaha=warung-nasi&surat-lama=iumk.siup`.
    pub fn link_with(&self, answers: &query::Pairs) -> String {
        let mut href = self.link();
        if !answers.is_empty() {
            href.push('?');
            href.push_str(&query::write(answers));
        }
        href
    }
}

fn join(a: &str, b: &str, c: &str) -> String {
    [a, b, c].concat()
}

/// Only `[A-Za-z0-9-]`.
pub fn clean(s: &str) -> bool {
    s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Where a `go` of the content leads (docs/CONTENT.md); `None` for an address elsewhere, which is its own link.
pub fn go(go: &str) -> Option<Route> {
    let own = |s: &str| s.to_string();
    Some(match go.split_once('/') {
        None => match go {
            "wizard" => Route::Wizard,
            "track" => Route::Track,
            "survey" => Route::Survey,
            "contact" => Route::Contact,
            "guides" => Route::Guides,
            "glossary" => Route::Glossary,
            _ => return None,
        },
        Some(("apply", id)) => Route::Apply(own(id)),
        Some(("service", id)) => Route::Service(own(id)),
        Some(("guide", id)) => Route::Guide(own(id)),
        Some(("check", id)) => Route::Check(own(id)),
        Some(_) => return None,
    })
}

/// [`go`] as an address; what is not known leads home.
pub fn go_link(target: &str) -> String {
    match go(target) {
        Some(route) => route.link(),
        None if target.starts_with("https://") => target.to_string(),
        None => Route::Home.link(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Route> {
        let n = || "2026-0417-RK".to_string();
        let mut routes = vec![
            Route::Home,
            Route::Wizard,
            Route::WizardResult,
            Route::Check("spp-irt".into()),
            Route::Services,
            Route::Service("reklame".into()),
            Route::Apply("reklame".into()),
            Route::Kept,
            Route::Track,
            Route::Tracking(n()),
            Route::View(n()),
            Route::Manage(n()),
            Route::Survey,
            Route::SurveyResults,
            Route::Performance,
            Route::Permit("ABCD".into()),
            Route::Permit(String::new()),
            Route::Guides,
            Route::Guide("nib-oss".into()),
            Route::Glossary,
            Route::Contact,
            Route::Accessibility,
            Route::Privacy,
            Route::Offline,
        ];
        let tasks = [
            Task::List,
            Task::Data("isi".into()),
            Task::Files,
            Task::File("ktp".into()),
            Task::Review,
            Task::Sent,
            Task::Withdraw,
        ];
        routes.extend(tasks.into_iter().map(|t| Route::Application(n(), t)));
        routes
    }

    #[test]
    fn what_is_written_is_read_again() {
        for lang in Lang::ALL {
            for route in all() {
                let href = route.link_in(*lang);
                assert_eq!(Route::parse(&href), (*lang, route), "{href}");
            }
        }
    }

    #[test]
    fn a_strange_address_is_not_found() {
        for path in ["/izin/x/y", "/lacak/%3Cscript%3E", "/permohonan/1/zzz", "/layanan/a_b", "/zz"] {
            assert_eq!(Route::parse(path).1, Route::NotFound, "{path}");
        }
        assert_eq!(Route::parse("/en/zz"), (Lang::En, Route::NotFound));
        assert_eq!(Route::parse("/izin/"), (Lang::Id, Route::Wizard));
    }

    #[test]
    fn content_targets() {
        assert_eq!(go("apply/reklame"), Some(Route::Apply("reklame".into())));
        assert_eq!(go_link("https://oss.go.id"), "https://oss.go.id");
        assert_eq!(go_link("nowhere"), "/");
        assert_eq!(go_link("javascript:alert(1)"), "/");
    }
}
