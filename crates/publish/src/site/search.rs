//! `sitemap.xml` and `robots.txt`.

use super::head::escaped;
use satu_pintu_app::i18n::Lang;
use satu_pintu_app::routes::Route;

/// Where one application or one permit is shown, where somebody's papers are, and the API.
const PERSONAL: [&str; 6] = ["/permohonan", "/lacak/", "/lihat/", "/urus/", "/cek/", "/survei?"];

/// Pages for everybody, with their other languages, as whole addresses.
pub fn sitemap(routes: &[Route], origin: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for route in routes {
        let href = |lang: Lang| escaped(&[origin, &route.link_in(lang)].concat());
        let others: String = Lang::ALL
            .iter()
            .map(|lang| {
                let (code, href) = (lang.code(), href(*lang));
                format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{href}\"/>")
            })
            .collect();
        for lang in Lang::ALL {
            out.push_str(&format!("<url><loc>{}</loc>{others}</url>\n", href(*lang)));
        }
    }
    out.push_str("</urlset>\n");
    out
}

/// Who may read what. `origin` is needed to name the sitemap.
pub fn robots(origin: Option<&str>) -> String {
    let mut out = String::from("User-agent: *\nDisallow: /api/\nDisallow: /loket\n");
    for lang in Lang::ALL {
        let before = if *lang == Lang::Id { String::new() } else { ["/", lang.code()].concat() };
        for path in PERSONAL {
            out.push_str(&format!("Disallow: {before}{path}\n"));
        }
    }
    if let Some(origin) = origin {
        out.push_str(&format!("Sitemap: {origin}/sitemap.xml\n"));
    }
    out
}
