//! What is wrong with a paper, where staff marked it, and what a good one looks like.

use super::ticket::ticket;
use crate::i18n::t;
use crate::platform;
use crate::ui::{Details, sample};
use leptos::prelude::*;
use satu_pintu_api::catalog::ServiceDetail;
use satu_pintu_domain::application::Mark;

/// The applicant's own picture with the marked place. It comes when the app can show a key for it; without, the
/// words tell what is wrong.
pub fn picture(number: &str, mark: Mark) -> Option<AnyView> {
    if !platform::BROWSER {
        return None;
    }
    let url = RwSignal::new(String::new());
    let (number, path) = (number.to_string(), ["/applications/", number, "/files/", &mark.file, "/ticket"].concat());
    leptos::task::spawn_local(async move {
        // A file that is gone shows nothing: the reason is in words above.
        if let Ok(ticket) = ticket(&number, &path).await {
            url.try_set(ticket.url);
        }
    });
    let says = t().tracking().fix_marked;
    let shown = move || {
        let src = url.get();
        (!src.is_empty()).then(|| {
            view! {
                <figure class="marked">
                    <div>
                        <img src=src alt=says />
                        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
                            <rect x=i32::from(mark.x) y=i32::from(mark.y) width=i32::from(mark.width)
                                height=i32::from(mark.height) />
                        </svg>
                    </div>
                    <figcaption class="small">{says}</figcaption>
                </figure>
            }
        })
    };
    Some(shown.into_any())
}

/// A drawn good one, where the item is a paper.
pub fn good(detail: &ServiceDetail, item: &str) -> Option<AnyView> {
    let drawn = sample(&detail.cards.iter().find(|card| card.id == item)?.sample);
    Some(view! { <Details summary=t().tracking().fix_sample>{drawn}</Details> }.into_any())
}
