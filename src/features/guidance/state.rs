//! Searching the glossary. Pure.

use satu_pintu_domain::content::Term;
use satu_pintu_domain::letters::small_text;

/// Terms that hold all words anywhere, by alphabet.
pub fn matching<'a>(terms: &'a [Term], words: &str) -> Vec<&'a Term> {
    let words = small_text(words);
    let mut found: Vec<&Term> = terms
        .iter()
        .filter(|t| {
            let text = [&t.term, " ", &t.long, " ", &t.text, " ", &t.en, " ", &t.forms.join(" ")].concat();
            let text = small_text(&text);
            words.split_whitespace().all(|w| text.contains(w))
        })
        .collect();
    crate::order::by_key(&mut found, |t| small_text(&t.term));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(id: &str, term: &str, text: &str) -> Term {
        Term {
            id: id.into(),
            term: term.into(),
            long: String::new(),
            text: text.into(),
            en: String::new(),
            forms: vec![term.into()],
        }
    }

    #[test]
    fn by_alphabet_and_by_any_word() {
        let all = [term("oss", "OSS", "Situs izin"), term("nib", "NIB", "Nomor usaha"), term("loket", "loket", "Meja")];
        let ids = |words| matching(&all, words).iter().map(|t| t.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(""), ["loket", "nib", "oss"]);
        assert_eq!(ids("SITUS"), ["oss"]);
        assert!(ids("tidak ada").is_empty());
    }
}
