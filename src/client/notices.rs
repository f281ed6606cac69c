//! "OSS sedang gangguan": which national sites are down, asked at the start and every two minutes.

use super::resource::{Load, Preloaded, given, parse};
use super::{Call, Failure};
use crate::platform;
use leptos::prelude::*;
use satu_pintu_api::notice::{CallbackTaken, NewCallback, Notice};

/// Id of the notices in a page that the server rendered.
pub const GIVEN: &str = "notices";

/// In the context of the whole app.
#[derive(Clone, Copy)]
pub struct Notices(pub RwSignal<Vec<Notice>>);

impl Notices {
    pub fn provide() {
        let own = Notices(RwSignal::new(Vec::new()));
        provide_context(own);
        if let Some(Preloaded(source)) = use_context::<Preloaded>() {
            if let Load::Have(list) = given::<Vec<Notice>>(source("/notices"), parse) {
                own.0.set(list.to_vec());
            }
        } else if let Some(list) = platform::document::text_of(GIVEN).and_then(|json| super::json::read(&json)) {
            // The page came with them: they stand from the start and move nothing.
            own.0.set(list);
        }
        if platform::BROWSER {
            own.refresh();
            let repeating = platform::time::every(120_000, move || {
                if platform::document::visible() {
                    own.refresh();
                }
            });
            // The app lives as long as the page.
            std::mem::forget(repeating);
        }
    }

    fn refresh(self) {
        leptos::task::spawn_local(async move {
            if let Ok(list) = Call::get("/notices").send::<Vec<Notice>>().await
                && self.0.try_get_untracked().is_some_and(|old| old != list)
            {
                self.0.try_set(list);
            }
        });
    }
}

/// Asks to be called when a site is back; the place in the list.
pub async fn call_back(notice: &str, wish: &NewCallback) -> Result<u32, Failure> {
    let path = ["/notices/", notice, "/callbacks"].concat();
    Call::post(&path).send_json::<_, CallbackTaken>(wish).await.map(|taken| taken.place)
}
