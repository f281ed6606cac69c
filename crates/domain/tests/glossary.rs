//! Glossary words at their first use.
#![allow(clippy::unwrap_used)]

use satu_pintu_domain::glossary::{Piece, link};

fn forms() -> Vec<(String, String)> {
    [
        ("NIB", "nib"),
        ("halal", "halal"),
        ("sertifikat halal", "sertifikat-halal"),
        ("SPP-IRT", "spp-irt"),
        ("PIRT", "spp-irt"),
        ("retribusi", "retribusi"),
    ]
    .map(|(form, id)| (form.to_string(), id.to_string()))
    .to_vec()
}

/// `[id:text]` where linked.
fn linked(text: &str, seen: &mut Vec<String>) -> String {
    let forms = forms();
    let pieces = link(text, &forms, seen);
    let shown = pieces.iter().map(|p| match p {
        Piece::Text(text) => text.to_string(),
        Piece::Term { id, text } => format!("[{id}:{text}]"),
    });
    shown.collect()
}

#[test]
fn first_use_only_and_over_several_texts() {
    let mut seen = Vec::new();
    assert_eq!(linked("Buat NIB. NIB gratis.", &mut seen), "Buat [nib:NIB]. NIB gratis.");
    assert_eq!(linked("Cetak NIB.", &mut seen), "Cetak NIB.");
    assert_eq!(seen, ["nib"]);
}

#[test]
fn whole_words_and_the_longest() {
    let mut seen = Vec::new();
    assert_eq!(linked("NIBku, xNIB, NIB-nya", &mut seen), "NIBku, xNIB, [nib:NIB]-nya");
    assert_eq!(linked("Sertifikat halal", &mut seen), "[sertifikat-halal:Sertifikat halal]");
    // The longer form is there again: its inner word is not a use of its own.
    assert_eq!(linked("sertifikat halal", &mut seen), "sertifikat halal");
    assert_eq!(linked("itu halal.", &mut seen), "itu [halal:halal].");
}

#[test]
fn one_term_has_several_forms_and_text_any_letters() {
    let mut seen = Vec::new();
    assert_eq!(linked("“SPP-IRT” (dulu PIRT) é", &mut seen), "“[spp-irt:SPP-IRT]” (dulu PIRT) é");
    assert_eq!(linked("Retribusi: retribusi", &mut seen), "[retribusi:Retribusi]: retribusi");
    assert_eq!(linked("", &mut seen), "");
}
