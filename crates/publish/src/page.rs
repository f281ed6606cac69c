//! The page of the built app, as short as it may be: everybody waits for it.

/// Takes comments and line breaks out of the styles of a page. The styles are ours: no text in them holds
/// either.
pub fn compact_styles(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<style>") {
        let (before, style) = rest.split_at(start);
        let (style, after) = style.split_at(style.find("</style>").unwrap_or(style.len()));
        out.push_str(before);
        compact(style, &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn compact(style: &str, out: &mut String) {
    let mut bare = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.ends_with(['{', '}', ';', ',', '>']) {
            out.push(' ');
        }
        out.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn styles_lose_their_comments_and_lines() {
        let html = "<p>a\n b</p><style>\n/* why */\n.a,\n.b {\n  margin: 0\n    1px; /* x */\n}\n\na\n> b {}\n</style>\n<p>/* */</p>";
        let want = "<p>a\n b</p><style>.a,.b {margin: 0 1px;}a > b {}</style>\n<p>/* */</p>";
        assert_eq!(super::compact_styles(html), want);
        assert_eq!(super::compact_styles(want), want);
    }
}
