//! Linking glossary words at their first use.
//! The longest form at a place wins, also when its term was linked before.

use crate::letters::is_of_word;

/// A piece of a text: plain, or a glossary word with the id of its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Term { id: &'a str, text: &'a str },
}

/// Splits `text` at the first whole-word use of each form not yet in `seen`, and adds what it linked to
/// `seen`. `forms` are (form, term id); longer forms win.
pub fn link<'a>(text: &'a str, forms: &'a [(String, String)], seen: &mut Vec<String>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    let mut before: Option<char> = None;
    while let Some(c) = text[at..].chars().next() {
        let starts_word = !before.is_some_and(is_of_word);
        let found = if starts_word { longest(&text[at..], forms) } else { None };
        let Some((len, id)) = found else {
            before = Some(c);
            at += c.len_utf8();
            continue;
        };
        let end = at + len;
        if !seen.iter().any(|s| s == id) {
            seen.push(id.to_string());
            if plain_from < at {
                pieces.push(Piece::Text(&text[plain_from..at]));
            }
            let text = &text[at..end];
            pieces.push(Piece::Term { id, text });
            plain_from = end;
        }
        before = text[at..end].chars().next_back();
        at = end;
    }
    if plain_from < text.len() {
        pieces.push(Piece::Text(&text[plain_from..]));
    }
    pieces
}

/// The longest form that `rest` begins with as whole words: its length in `rest` and its term.
fn longest<'a>(rest: &str, forms: &'a [(String, String)]) -> Option<(usize, &'a str)> {
    forms.iter().filter_map(|(form, id)| Some((begins(rest, form)?, id.as_str()))).max_by_key(|(len, _)| *len)
}

/// A capital at the start of a sentence is no other word; everything else must be the same.
fn begins(rest: &str, form: &str) -> Option<usize> {
    let mut have = rest.chars();
    let mut len = 0;
    for (at, wanted) in form.chars().enumerate() {
        let c = have.next()?;
        let same = c == wanted || (at == 0 && c.eq_ignore_ascii_case(&wanted));
        if !same {
            return None;
        }
        len += c.len_utf8();
    }
    let ends_word = !have.next().is_some_and(is_of_word);
    (len > 0 && ends_word).then_some(len)
}
