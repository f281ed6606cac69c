//! Plain text of the content as paragraphs, with glossary words linked at their first use on the page.

use leptos::prelude::*;
use satu_pintu_domain::content::Term;
use satu_pintu_domain::glossary::{Piece, link};
use std::sync::{Arc, Mutex};

/// Make one a page (per showing of the page): it remembers which words have been linked.
#[derive(Clone)]
pub struct Glossary {
    forms: Arc<Vec<(String, String)>>,
    seen: Arc<Mutex<Vec<String>>>,
    /// Address of the glossary page, without fragment.
    page: Arc<str>,
}

impl Glossary {
    pub fn new(terms: &[Term], page: String) -> Glossary {
        let forms = terms.iter().flat_map(|t| t.forms.iter().map(|f| (f.clone(), t.id.clone()))).collect();
        Glossary { forms: Arc::new(forms), seen: Arc::default(), page: page.into() }
    }

    /// One run of text.
    pub fn line(&self, text: &str) -> AnyView {
        let mut seen = match self.seen.lock() {
            Ok(seen) => seen,
            Err(broken) => broken.into_inner(),
        };
        let piece = |piece: Piece<'_>| match piece {
            Piece::Text(text) => text.to_string().into_any(),
            Piece::Term { id, text } => {
                let href = [&self.page, "#", id].concat();
                view! { <a class="term" href=href>{text.to_string()}</a> }.into_any()
            }
        };
        link(text, &self.forms, &mut seen).into_iter().map(piece).collect_view().into_any()
    }
}

/// Paragraphs are set apart by an empty line.
pub fn prose(text: &str, glossary: &Glossary) -> AnyView {
    text.split("\n\n")
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(|p| view! { <p>{glossary.line(p)}</p> })
        .collect_view()
        .into_any()
}
