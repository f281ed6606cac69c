//! The page of the built app, as short as it may be: everybody waits for it.

/// Makes one style of all styles of a page, without comments and line breaks: the page, and the sheet. The styles
/// are ours: no text in them holds either.
pub fn one_style(html: &str) -> (String, String) {
    let (mut first, mut last, mut css) = (String::with_capacity(html.len()), String::new(), String::new());
    let mut rest = html;
    while let Some((before, style)) = rest.split_once("<style>") {
        let (style, after) = style.split_once("</style>").unwrap_or((style, ""));
        let place = if css.is_empty() { &mut first } else { &mut last };
        place.push_str(before);
        compact(style, &mut css);
        rest = after;
    }
    let page = [&first, "<style>", &css, "</style>", &last, rest].concat();
    (page, css)
}

fn compact(style: &str, out: &mut String) {
    let mut bare = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let mut own = String::with_capacity(bare.len());
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !own.is_empty() && !own.ends_with(['{', '}', ';', ',', '>']) {
            own.push(' ');
        }
        own.push_str(line);
    }
    out.push_str(&own.replace(": ", ":").replace(", ", ",").replace(" > ", ">"));
}

#[cfg(test)]
mod tests {
    #[test]
    fn styles_become_one_without_comments_and_lines() {
        let html = "<p>a\n b</p><style>\n/* why */\n.a,\n.b {\n  margin: 0\n    1px; /* x */\n}\n</style>\n<i></i>\
                    <style>\na\n> b {}\n</style>\n<p>/* */</p>";
        let css = ".a,.b {margin:0 1px;}a>b {}";
        let page = format!("<p>a\n b</p><style>{css}</style>\n<i></i>\n<p>/* */</p>");
        assert_eq!(super::one_style(html), (page.clone(), css.to_string()));
        assert_eq!(super::one_style(&page), (page, css.to_string()));
    }
}
