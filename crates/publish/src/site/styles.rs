//! The rules of the style sheet that a page needs at once: those whose classes, elements and ids stand in it. The
//! page holds them itself; the whole sheet follows as a file.

use std::collections::HashSet;

/// Classes that scripts put on elements of a page.
const STATES: [&str; 2] = ["on", "bad"];

/// What stands in a page.
struct Used<'a> {
    classes: HashSet<&'a str>,
    ids: HashSet<&'a str>,
    tags: HashSet<&'a str>,
}

/// The part of a compact style sheet that `html` needs on a screen.
pub fn needed(css: &str, html: &str) -> String {
    let used = used(html);
    let mut out = String::new();
    keep(css, &used, &mut out);
    out
}

fn used(html: &str) -> Used<'_> {
    let mut used = Used { classes: STATES.into(), ids: HashSet::new(), tags: ["html", "body", "head"].into() };
    for part in html.split('<').skip(1) {
        let tag = part.split([' ', '>', '/', '\n']).next().unwrap_or_default();
        used.tags.insert(tag);
        let inside = part.split('>').next().unwrap_or_default();
        if let Some(classes) = value(inside, " class=\"") {
            used.classes.extend(classes.split_ascii_whitespace());
        }
        if let Some(id) = value(inside, " id=\"") {
            used.ids.insert(id);
        }
    }
    used
}

fn value<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    inside.split_once(name)?.1.split('"').next()
}

/// Walks the rules of one level.
fn keep(css: &str, used: &Used, out: &mut String) {
    let mut rest = css.trim();
    while let Some(open) = rest.find('{') {
        let (head, after) = rest.split_at(open);
        let end = closing(after);
        let (body, next) = (&after[1..end], after.get(end + 1..).unwrap_or_default());
        rest = next.trim_start();
        let head = head.trim();
        if head.starts_with("@media print") || head.starts_with("@page") {
            continue;
        }
        if head.starts_with("@media") || head.starts_with("@supports") {
            let mut inner = String::new();
            keep(body, used, &mut inner);
            if !inner.is_empty() {
                put(head, &inner, out);
            }
        } else if head.starts_with('@') {
            put(head, body, out);
        } else {
            let kept: Vec<&str> = selectors(head).into_iter().filter(|s| fits(s, used)).collect();
            if !kept.is_empty() {
                put(&kept.join(","), body, out);
            }
        }
    }
}

fn put(head: &str, body: &str, out: &mut String) {
    out.push_str(head);
    out.push('{');
    out.push_str(body.trim().trim_end_matches(';'));
    out.push('}');
}

/// Where the block that begins here ends. Braces in the texts of our sheets come in pairs.
fn closing(block: &str) -> usize {
    let mut depth = 0;
    for (at, byte) in block.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    block.len()
}

/// A list of selectors, taken apart at its commas, but not within brackets.
fn selectors(head: &str) -> Vec<&str> {
    let (mut out, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, byte) in head.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b',' if depth == 0 => {
                out.push(head[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(head[start..].trim());
    out
}

/// Whether everything that a selector names stands in the page. What is in brackets (`:not(...)`, `[...]`) may.
fn fits(selector: &str, used: &Used) -> bool {
    let mut depth = 0;
    let bare: String = selector
        .chars()
        .map(|letter| {
            let outside = depth == 0;
            match letter {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            if outside && letter != '(' && letter != '[' { letter } else { ' ' }
        })
        .collect();
    bare.split([' ', '>', '+', '~', '*']).filter(|simple| !simple.is_empty()).all(|simple| {
        let named = simple.split(':').next().unwrap_or_default();
        let starts = |letter: char| named.split(letter).skip(1).map(|part| part.split(['.', '#']).next().unwrap_or(""));
        let tag = named.split(['.', '#']).next().unwrap_or_default();
        (tag.is_empty() || used.tags.contains(tag))
            && starts('.').all(|class| used.classes.contains(class))
            && starts('#').all(|id| used.ids.contains(id))
    })
}

#[cfg(test)]
mod tests {
    use super::needed;

    #[test]
    fn only_what_the_page_holds() {
        let css = ":root{--a:1px;}*,*::before{x:y}.a .b{c:d;}.a>.zz{e:f}h2,h1:focus{g:h}#app{i:j}#no{k:l}\
                   @media (min-width:1rem){.zz{m:n}}@media (min-width:2rem){.a{o:p}h1{q:r}}@media print{.a{s:t}}\
                   .a:not(.zz){u:v}.a:is(.zz,.b) input[type=x]{w:x}.on.a{y:z}@keyframes k{from{a:b}}";
        let html = "<div id=\"app\" class=\"a b\"><h1 tabindex=\"-1\">x</h1><input></div>";
        let want = ":root{--a:1px}*,*::before{x:y}.a .b{c:d}h1:focus{g:h}#app{i:j}@media (min-width:2rem){.a{o:p}h1{q:r}}\
                    .a:not(.zz){u:v}.a:is(.zz,.b) input[type=x]{w:x}.on.a{y:z}@keyframes k{from{a:b}}";
        assert_eq!(needed(css, html), want);
        assert_eq!(needed(want, html), want);
    }
}
