//! What a page says of itself to search engines and to whoever shows a link to it.

use satu_pintu_app::app::Rendered;
use satu_pintu_app::i18n::Lang;
use satu_pintu_app::routes::Route;
use serde_json::{Value, json};

/// Whole addresses, where the site's own is known; structured data; and nothing of personal pages.
pub fn links(rendered: &Rendered, origin: Option<&str>) -> String {
    if rendered.missing || personal(&rendered.route) {
        return "<meta name=\"robots\" content=\"noindex\">".to_string();
    }
    let mut out = String::new();
    if let Some(origin) = origin {
        // Of results there are as many as answers: who looks for one is to begin with the questions.
        let result = rendered.route == Route::WizardResult;
        let route = if result { &Route::Wizard } else { &rendered.route };
        let href = |lang| [origin, &route.link_in(lang)].concat();
        out.push_str(&format!("<link rel=\"canonical\" href=\"{}\">", escaped(&href(rendered.lang))));
        for lang in Lang::ALL.iter().filter(|_| !result) {
            let code = lang.code();
            out.push_str(&format!("<link rel=\"alternate\" hreflang=\"{code}\" href=\"{}\">", escaped(&href(*lang))));
        }
    }
    if let Some(data) = data(rendered, origin) {
        let json = data.to_string().replace("</", "<\\/");
        out.push_str(&["<script type=\"application/ld+json\">", &json, "</script>"].concat());
    }
    out
}

/// Pages of one application or one permit are nobody else's business.
fn personal(route: &Route) -> bool {
    match route {
        Route::Kept | Route::Application(..) | Route::Tracking(_) | Route::View(_) | Route::Manage(_) => true,
        Route::Permit(code) => !code.is_empty(),
        _ => false,
    }
}

/// The page in the words of schema.org.
fn data(rendered: &Rendered, origin: Option<&str>) -> Option<Value> {
    let name = rendered.title.trim_end_matches(" – Satu Pintu");
    let kind = match &rendered.route {
        Route::Home => "WebSite",
        Route::Service(_) => "GovernmentService",
        Route::Guide(_) => "Article",
        Route::Glossary => "DefinedTermSet",
        Route::Contact => "ContactPage",
        _ => return None,
    };
    let field = if kind == "Article" { "headline" } else { "name" };
    let mut data = json!({
        "@context": "https://schema.org", "@type": kind, field: name, "description": rendered.description,
        "inLanguage": rendered.lang.code(),
    });
    if let (Some(origin), Some(data)) = (origin, data.as_object_mut()) {
        data.insert("url".into(), json!([origin, &rendered.route.link_in(rendered.lang)].concat()));
    }
    Some(data)
}

/// Text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
