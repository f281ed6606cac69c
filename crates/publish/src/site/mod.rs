//! Whole pages: the app's own views rendered into the built `index.html`, each with its title, its description, the
//! styles that it needs at once and a policy that allows exactly what is in it.

mod head;
pub mod list;
pub mod plain;
pub mod search;
mod source;
mod styles;

pub use source::{paths, published, whole};

use crate::csp;
use crate::programs::{LIST, Programs};
use head::escaped;
use satu_pintu_app::app::Rendered;
use satu_pintu_app::i18n::Lang;
use satu_pintu_app::routes::Route;

const PHONE: &str = "data-phone=\"+6281200000001\"";
const APP: &str = "<div id=\"app\"></div>";

/// The end of a page that the app does not take over.
const ALONE: &str = "</body>\n</html>\n";

/// Takes away what waits for the app where it never comes.
const WITHOUT_SCRIPT: &str = "<style>button[type=button],.waiting{display:none!important}</style>";

/// The built page, taken apart.
pub struct Site {
    /// Up to the style.
    head: String,
    css: String,
    /// Between the style and the place of the app.
    middle: String,
    /// From behind the app; the picture for waiting is taken out, as the page itself stands.
    end: String,
    /// The picture for waiting, for a frame without a page.
    boot: String,
    programs: Programs,
    /// The wizard's scripts: the one that keeps early presses, and the wizard itself.
    hold: String,
    wizard: String,
    /// Address of this site (`https://izin.example.go.id`), for links that must be whole.
    origin: Option<String>,
}

/// A page as it is sent.
pub struct Page {
    pub html: String,
    /// Its Content-Security-Policy.
    pub policy: String,
    pub missing: bool,
    pub faulty: bool,
    /// Where the page only leads on to, if anywhere.
    pub onward: Option<String>,
}

impl Site {
    /// `files` gives the built app's files by their names.
    ///
    /// # Errors
    /// In words, when the built app is not as the build makes it.
    pub fn new(files: impl Fn(&str) -> Option<String>, origin: Option<String>) -> Result<Site, String> {
        let file = |name: &str| files(name).ok_or_else(|| format!("the built app has no {name}: build it anew"));
        let index_html = file("index.html")?;
        let lacks = |what: &str| format!("index.html has no {what}: build the app anew");
        let (head, rest) = index_html.split_once("<style>").ok_or_else(|| lacks("style"))?;
        let (css, rest) = rest.split_once("</style>").ok_or_else(|| lacks("end of its style"))?;
        let (middle, end) = rest.split_once(APP).ok_or_else(|| lacks("place for the app"))?;
        let boot = end.split_once("<!-- boot -->").and_then(|(a, b)| Some((a, b.split_once("<!-- /boot -->")?)));
        let (before, (boot, after)) = boot.ok_or_else(|| lacks("picture for waiting"))?;
        Ok(Site {
            head: head.replacen("<!doctype html>", "<!DOCTYPE html>", 1),
            css: css.to_string(),
            middle: middle.to_string(),
            end: [before, after].concat(),
            boot: boot.trim().to_string(),
            programs: Programs::read(&file(LIST)?)?,
            hold: file("hold.js")?,
            wizard: file("wizard.js")?,
            origin,
        })
    }

    /// The page of the app's view. `notices` are the disturbances in force, as JSON.
    pub fn page(&self, rendered: &Rendered, notices: &str) -> Page {
        let head = self.head(rendered);
        let notices = match rendered.alone {
            true => String::new(),
            false => {
                let json = notices.replace("</", "<\\/");
                ["<script type=\"application/json\" id=\"notices\">", &json, "</script>"].concat()
            }
        };
        let body = ["<div id=\"app\">", &rendered.html, "</div>", &rendered.beside, &notices].concat();
        let script = |script: &str| match rendered.route {
            Route::Wizard if !rendered.beside.is_empty() => ["<script>", script, "</script>"].concat(),
            _ => String::new(),
        };
        let (hold, wizard) = (script(&self.hold), script(&self.wizard));
        // Behind all that is to be seen, so that it comes first.
        let ahead = if rendered.alone { String::new() } else { self.ahead(&rendered.route.link_in(rendered.lang)) };
        let end = if rendered.alone { ALONE } else { &self.end };
        let end = end.replacen(PHONE, &format!("data-phone=\"{}\"", escaped(&rendered.phone)), 1);
        // What comes later, such as the next question, finds the whole sheet.
        let style = styles::needed(&self.css, &[&rendered.html, APP, end.as_str()].concat());
        let html = [&head, "<style>", &style, "</style>", &self.middle, &hold, &body, &wizard, &ahead, &end].concat();
        let policy = policy(&html);
        let (missing, faulty, onward) = (rendered.missing, rendered.faulty, rendered.onward.clone());
        Page { html, policy, missing, faulty, onward }
    }

    /// The frame of every page without one, in which the program makes its page: for the phone's own store.
    pub fn frame(&self, lang: Lang) -> Page {
        let mut head = self.head.replacen("lang=\"id\"", &format!("lang=\"{}\"", lang.code()), 1);
        head.push_str("<meta name=\"robots\" content=\"noindex\">");
        let style = styles::needed(&self.css, &[APP, &self.boot, &self.end].concat());
        let html = [&head, "<style>", &style, "</style>", &self.middle, APP, &self.boot, &self.end].concat();
        let policy = policy(&html);
        Page { html, policy, missing: false, faulty: false, onward: None }
    }

    /// The programs, as the build named them.
    pub fn programs(&self) -> &Programs {
        &self.programs
    }

    /// Up to the style: language, title, description, and what search engines read.
    fn head(&self, rendered: &Rendered) -> String {
        let mut head = self.head.replacen("lang=\"id\"", &format!("lang=\"{}\"", rendered.lang.code()), 1);
        head = between(&head, "<title>", "</title>", &escaped(&rendered.title));
        let description = escaped(&rendered.description);
        head = between(&head, "<meta name=\"description\" content=\"", "\">", &description);
        let sheet = ["<link rel=\"stylesheet\" href=\"", &self.programs.style, "\">"].concat();
        if rendered.alone {
            head.push_str(&sheet);
        } else {
            head.push_str(&["<noscript>", &sheet, WITHOUT_SCRIPT, "</noscript>"].concat());
        }
        head.push_str(&head::links(rendered, self.origin.as_deref()));
        head
    }

    // Where somebody does something, the program comes along with the page; where somebody reads, after it.
    fn ahead(&self, path: &str) -> String {
        match self.programs.of(path) {
            Some((script, module)) if !script.starts_with("/read") => format!(
                "<link rel=\"modulepreload\" href=\"{script}\"><link rel=\"preload\" as=\"fetch\" crossorigin href=\"{module}\">"
            ),
            _ => String::new(),
        }
    }
}

fn between(text: &str, begin: &str, end: &str, new: &str) -> String {
    let Some((before, rest)) = text.split_once(begin) else { return text.to_string() };
    let Some((_, after)) = rest.split_once(end) else { return text.to_string() };
    [before, begin, new, end, after].concat()
}

/// What a page may load: from here only, and inline only what it was made with.
pub fn policy(html: &str) -> String {
    let (scripts, styles) = csp::inline_hashes(html);
    let list = |hashes: Vec<String>| hashes.iter().map(|hash| format!(" {hash}")).collect::<String>();
    format!(
        "default-src 'none'; script-src 'self'{} 'wasm-unsafe-eval'; style-src 'self'{}; img-src 'self' data: blob:; \
         connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
        list(scripts),
        list(styles)
    )
}

/// Whether a page is the same for everybody and for as long as the content is.
pub fn is_fixed(route: &Route) -> bool {
    matches!(
        route,
        Route::Home
            | Route::Wizard
            | Route::Check(_)
            | Route::Services
            | Route::Service(_)
            | Route::Guides
            | Route::Guide(_)
            | Route::Glossary
            | Route::Contact
            | Route::Accessibility
            | Route::Privacy
            | Route::Offline
            | Route::Apply(_)
            | Route::Track
    )
}
