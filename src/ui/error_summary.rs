//! The list of what is wrong, on top of a form. It takes the focus whenever it is set anew; each line leads to
//! its field.

use super::PageHead;
use super::text_field::id_of;
use crate::i18n::t;
use crate::platform::document;
use leptos::prelude::*;

/// Field id and sentence, in the order of the page.
pub type Errors = Vec<(String, String)>;

/// The sentence for one field.
pub fn error_of(errors: RwSignal<Errors>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || errors.with(|e| e.iter().find(|(f, _)| f == field).map(|(_, text)| text.clone())))
}

#[component]
pub fn ErrorSummary(#[prop(into)] errors: Signal<Errors>) -> impl IntoView {
    Effect::new(move || {
        if errors.with(|e| !e.is_empty()) {
            document::after_render(|| {
                document::focus("#error-summary");
            });
        }
    });
    let line = |alone: bool, (field, text): (String, String)| {
        let id = id_of(&field);
        // Several faults may say the same: then each begins with its field.
        let text = match document::name_of(&id).filter(|_| !alone) {
            Some(name) => [&name, ": ", &text].concat(),
            None => text,
        };
        let target = id.clone();
        let jump = move |e: leptos::ev::MouseEvent| {
            if document::focus_id(&target) {
                e.prevent_default();
            }
        };
        view! { <li><a href=["#", &id].concat() on:click=jump>{text}</a></li> }
    };
    move || {
        let list = errors.get();
        let alone = list.len() == 1;
        (!list.is_empty()).then(|| {
            PageHead::say_faulty();
            view! {
                <div class="error-summary" id="error-summary" role="alert" tabindex="-1"
                    aria-labelledby="error-summary-title">
                    <h2 id="error-summary-title">{t().ui().error_title}</h2>
                    <ul>{list.into_iter().map(|fault| line(alone, fault)).collect_view()}</ul>
                </div>
            }
        })
    }
}
