//! What the photo judge says of a photo that was just taken: in words, with a small picture of where it shows. The
//! person takes it again or uses it all the same, and the office is told so. The photo is on the phone meanwhile, and
//! goes as it is when nobody chooses.

use super::row::Live;
use crate::client::upload::{Upload, Uploads};
use crate::i18n::t;
use crate::platform::judge::{Verdict, judge};
use crate::platform::picker::{Picked, picked};
use crate::platform::{bytes, time};
use crate::ui::{Icon, Message, Tone, icon};
use leptos::prelude::*;
use std::cell::RefCell;

thread_local! {
    /// The photos used since the page was opened.
    static KNOWN: RefCell<Vec<Used>> = const { RefCell::new(Vec::new()) };
}

/// A photo that goes to the office; not one taken again, which shows the same paper.
#[derive(Clone)]
struct Used {
    item: String,
    page: u32,
    hash: String,
}

impl Used {
    /// Whether it stands where another is to stand.
    fn gives_way(&self, to: &Upload) -> bool {
        to.page > 0 && (&self.item, self.page) == (&to.item, to.page)
    }

    fn keep(self) {
        KNOWN.with_borrow_mut(|known| known.push(self));
    }
}

/// Photos of this page that wait for a choice, by their uploads.
#[derive(Clone, Copy)]
pub struct Verdicts {
    uploads: Uploads,
    open: RwSignal<Vec<(String, Verdict, Used)>>,
}

impl Verdicts {
    pub fn new(uploads: Uploads) -> Verdicts {
        let verdicts = Verdicts { uploads, open: RwSignal::new(Vec::new()) };
        on_cleanup(move || {
            for (id, ..) in verdicts.open.try_get_untracked().unwrap_or_default() {
                uploads.release(&id);
            }
        });
        verdicts
    }

    /// Has a held file judged, if it is a photo; one without a fault, or without a verdict, goes.
    pub async fn look(self, id: &str) {
        let content = self.uploads.content(id).await;
        let Some((upload, bytes)) = content.filter(|(upload, _)| upload.media_type.starts_with("image/")) else {
            return self.uploads.release(id);
        };
        KNOWN.with_borrow_mut(|known| known.retain(|used| !used.gives_way(&upload)));
        let known = KNOWN.with_borrow(|known| known.iter().map(|used| used.hash.clone()).collect::<Vec<_>>());
        let Some(verdict) = judge(&bytes, &upload.media_type, &known).await else {
            return self.uploads.release(id);
        };
        let used = Used { item: upload.item, page: upload.page, hash: verdict.hash.clone() };
        if verdict.faults.is_empty() {
            used.keep();
            return self.uploads.release(id);
        }
        self.uploads.judged(id, verdict.faults.join(","));
        if self.open.try_update(|open| open.push((id.to_string(), verdict, used))).is_none() {
            self.uploads.release(id);
        }
    }

    /// The photos that wait for a choice; one that was taken away needs none. Tracks.
    pub fn waiting(self) -> Vec<String> {
        let open = self.open.with(|open| open.iter().map(|(id, ..)| id.clone()).collect::<Vec<_>>());
        self.uploads.list.with(|list| open.into_iter().filter(|id| list.iter().any(|u| u.id == *id)).collect())
    }

    /// The photo waits under another name: it was turned.
    pub fn renamed(self, old: &str, new: &str) {
        self.open.try_update(|open| {
            if let Some((id, ..)) = open.iter_mut().find(|(id, ..)| id == old) {
                *id = new.to_string();
            }
        });
    }

    /// The choice is made.
    fn close(self, id: &str) {
        self.open.try_update(|open| open.retain(|(own, ..)| own != id));
    }
}

/// A card for each photo that waits; `again` takes the photos that come in its place, with when it was made.
pub fn cards(live: Live, again: impl Fn(Vec<Picked>, i64) + Clone + 'static) -> AnyView {
    let ids = Memo::new(move |_| live.verdicts.waiting());
    let ids = move || ids.get();
    view! {
        <For each=ids key=|id| id.clone() children=move |id| card(live, id, again.clone()) />
    }
    .into_any()
}

fn card(live: Live, id: String, again: impl Fn(Vec<Picked>, i64) + 'static) -> AnyView {
    let w = t().upload();
    let Verdicts { uploads, open } = live.verdicts;
    let found = open.with_untracked(|all| all.iter().find(|(own, ..)| *own == id).cloned());
    let Some((_, verdict, used)) = found else { return ().into_any() };
    let says = |code: &String| w.get(&["judged-", code].concat());
    let lines = verdict.faults.iter().filter_map(says).map(|line| view! { <p>{line}</p> }).collect_view();
    let picture = verdict.picture.and_then(|picture| picture.address("image/jpeg"));
    let own = picture.clone();
    on_cleanup(move || {
        if let Some(address) = own {
            bytes::release(&address);
        }
    });
    let mine = id.clone();
    let retake = move |e: leptos::ev::Event| {
        let files = picked(&e);
        if !files.is_empty() {
            live.verdicts.close(&mine);
            // The new one takes its place among the pages.
            let made = uploads.list.with_untracked(|list| list.iter().find(|u| u.id == mine).map(|u| u.made));
            uploads.forget(&mine);
            again(files, made.unwrap_or_else(time::now));
        }
    };
    let keep = move |_| {
        used.clone().keep();
        live.verdicts.close(&id);
        uploads.release(&id);
    };
    view! {
        <Message tone=Tone::Wait title=w.judged_title live=true>
            {lines}
            {picture.map(|src| view! { <img class="spot" src=src alt=w.judged_where /> })}
            <div class="pick">
                <label class="btn file">
                    {icon(Icon::Camera)} <span>{w.retake}</span>
                    <input type="file" accept="image/*" capture="environment" on:change=retake />
                </label>
                <button type="button" class="btn quiet" on:click=keep>{w.use_anyway}</button>
            </div>
        </Message>
    }
    .into_any()
}
