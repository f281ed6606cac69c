//! The files of one requirement: those on their way and those at the office, with what can be done to each.

use super::state;
use super::verdict::Verdicts;
use crate::client::desk::Desk;
use crate::client::draft::is_local;
use crate::client::transfer::{Phase, Transfer};
use crate::client::upload::{Upload, picture, turned, upload};
use crate::client::{Call, keyring};
use crate::i18n::{self, t};
use crate::platform::bytes;
use crate::ui::{FileRow, FileState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use satu_pintu_api::application::{Application, FileItem, Order, Ticket};
use satu_pintu_domain::content::Requirement;

/// What the rows share. Signals belong to the page.
#[derive(Clone, Copy)]
pub struct Live {
    pub desk: Desk,
    pub busy: RwSignal<bool>,
    card: StoredValue<String>,
    failed: RwSignal<Option<String>>,
    pub verdicts: Verdicts,
}

impl Live {
    pub fn new(desk: Desk, card: &str) -> Live {
        let live = Live {
            desk,
            busy: RwSignal::new(false),
            card: StoredValue::new(card.to_string()),
            failed: RwSignal::new(None),
            verdicts: Verdicts::new(desk.uploads),
        };
        let card = card.to_string();
        on_cleanup(move || {
            desk.settle_marked();
            // What the phone itself refused has been read. What the office refused stays until it is taken away.
            let refused = |u: &&Upload| u.item == card && matches!(u.transfer.phase, Phase::Refused(_));
            for upload in desk.uploads.of(&desk.number_now()).iter().filter(refused).filter(|u| !u.transfer.begun()) {
                desk.drop_upload(&upload.id);
            }
        });
        live
    }

    fn card(&self) -> String {
        self.card.try_get_value().unwrap_or_default()
    }

    /// In the order in which they go. Tracks.
    fn uploads(&self) -> Vec<Upload> {
        let (card, number) = (self.card(), self.desk.number_now());
        let mine = |u: &&Upload| u.number == number && u.item == card;
        let mut found: Vec<Upload> = self.desk.uploads.list.with(|l| l.iter().filter(mine).cloned().collect());
        crate::order::by_key(&mut found, |u| u.made);
        found
    }

    /// Tracks.
    fn files(&self) -> Vec<FileItem> {
        let office = self.desk.office.get();
        let files = office.as_ref().map(|o| o.files.as_slice()).unwrap_or_default();
        state::stored(&self.card(), files).into_iter().cloned().collect()
    }

    /// Files that were taken away and may still be undone. Tracks.
    fn gone(&self) -> Vec<String> {
        self.desk.draft.with(|draft| draft.as_ref().map(|draft| draft.marked.clone()).unwrap_or_default())
    }

    /// Tracks.
    pub fn room(&self, card: &Requirement) -> usize {
        let office = self.desk.office.get();
        let status = office.as_ref().map(|o| &o.tracking.status);
        let gone = self.gone();
        let files: Vec<FileItem> = self.files().into_iter().filter(|f| !gone.contains(&f.id)).collect();
        state::room(card, &files, &self.uploads(), status)
    }

    pub fn room_now(&self, card: &Requirement) -> usize {
        untrack(|| self.room(card))
    }

    /// Files that are there or coming, without those sent back. Tracks.
    pub fn count(&self) -> usize {
        let gone = self.gone();
        let office = self.desk.office.get();
        let status = office.as_ref().map(|o| &o.tracking.status);
        self.files().iter().filter(|f| !gone.contains(&f.id) && !state::old(f, status)).count()
            + self.uploads().iter().filter(|u| !matches!(u.transfer.phase, Phase::Refused(_) | Phase::Received)).count()
    }

    /// Where only one file fits a new one takes the place of those on their way.
    pub fn drop_others(&self, but: &str) {
        for upload in untrack(|| self.uploads()).iter().filter(|u| u.id != but) {
            self.desk.drop_upload(&upload.id);
        }
    }
}

/// Files on their way.
#[component]
pub fn Uploading(live: Live) -> impl IntoView {
    let ids = Memo::new(move |_| live.uploads().iter().map(|u| u.id.clone()).collect::<Vec<_>>());
    let known = move || ids.get();
    view! {
        <For each=known key=|id| id.clone() children=move |id| uploading(live, id) />
    }
}

fn uploading(live: Live, id: String) -> AnyView {
    let w = t().upload();
    let uploads = live.desk.uploads;
    let mine = id.clone();
    let upload = Memo::new(move |_| uploads.list.with(|l| l.iter().find(|u| u.id == mine).cloned()));
    let Some(first) = upload.get_untracked() else { return ().into_any() };
    let percent = Memo::new(move |_| upload.with(|u| u.as_ref().map_or(0, |u| u.transfer.percent())));
    let phase = Memo::new(move |_| upload.with(|u| u.as_ref().map(|u| u.transfer.phase.clone())));
    let shared = !first.kept && !matches!(first.transfer.phase, Phase::Refused(_));
    let state = Signal::derive(move || match phase.get() {
        Some(Phase::Received) => FileState::Received,
        Some(Phase::Refused(code)) => FileState::Failed(words(&code)),
        Some(Phase::NeedsKey) => FileState::Failed(t().problem().key_missing.to_string()),
        Some(Phase::Paused) => FileState::Paused,
        Some(Phase::Sending | Phase::Asking) => FileState::Sending(percent.get()),
        // In line behind another one, or nowhere but in this page: "safe on this phone" would not be true.
        _ if shared => FileState::Sending(percent.get()),
        Some(Phase::Waiting) if !is_local(&live.desk.number_now()) => FileState::Sending(percent.get()),
        _ => FileState::Waiting,
    });
    let name = first.name.clone();
    let label = w.remove_label(&name);
    // The picture as it goes, once it is shrunk or turned.
    let media_type = Memo::new(move |_| upload.with(|u| u.as_ref().filter(|u| !u.raw).map(|u| u.media_type.clone())));
    let picture_id = id.clone();
    let picture = move || media_type.get().and_then(|kind| shown(&picture_id, &kind));
    let progress = Memo::new(move |_| upload.with(|u| u.as_ref().and_then(|u| how_far(&u.transfer))));
    let pausing = id.clone();
    let pause = move || {
        let id = pausing.clone();
        let paused = match phase.get()? {
            Phase::Paused => true,
            Phase::Waiting | Phase::Asking | Phase::Sending | Phase::Resting => false,
            _ => return None,
        };
        let words = if paused { w.go_on } else { w.pause };
        Some(view! {
            <button type="button" class="small-btn" on:click=move |_| uploads.pause(&id, !paused)>{words}</button>
        })
    };
    let moving = id.clone();
    let beside = Memo::new(move |_| uploads.list.with(|l| state::beside(l, &moving)));
    let (moving, named) = (id.clone(), name.clone());
    let places = move || {
        let (before, after) = beside.with(|[before, after]| (before.clone(), after.clone()));
        let step = |to: Option<String>, word: &'static str| {
            let (id, label) = (moving.clone(), [word, ": ", &named].concat());
            view! {
                <button type="button" class="small-btn" aria-label=label disabled={to.is_none()}
                    on:click=move |_| if let Some(to) = &to { uploads.exchange(&id, to) }>{word}</button>
            }
        };
        (before.is_some() || after.is_some()).then(|| (step(before, w.up), step(after, w.down)))
    };
    let turning = id.clone();
    // What has arrived becomes one of the office's files in a moment; there is nothing left to do to it here.
    let arrived = Memo::new(move |_| phase.get() == Some(Phase::Received));
    let turn = move || {
        let id = turning.clone();
        media_type.get().filter(|kind| kind.starts_with("image/") && !arrived.get())?;
        Some(view! {
            <button type="button" class="small-btn" on:click=move |_| {
                let id = id.clone();
                spawn_local(async move {
                    if let Some(new) = live.desk.turn(&id).await {
                        live.verdicts.renamed(&id, &new);
                    }
                });
            }>{w.turn}</button>
        })
    };
    let remove = move || {
        let id = id.clone();
        (!arrived.get()).then(|| view! {
            <button type="button" class="small-btn" aria-label=label.clone() on:click=move |_| live.desk.drop_upload(&id)>
                {w.remove}
            </button>
        })
    };
    let size =
        Signal::derive(move || upload.with(|u| u.as_ref().map(|u| i18n::size(u.transfer.size)).unwrap_or_default()));
    view! {
        <FileRow name=name size state picture=Signal::derive(move || picture().unwrap_or_default())>
            {move || progress.get().map(|text| view! { <p class="small">{text}</p> })}
            {shared.then(|| view! { <p class="small">{w.only_here}</p> })}
            {pause}
            {places}
            {turn}
            {remove}
        </FileRow>
    }
    .into_any()
}

/// "1,2 MB dari 3,4 MB, tinggal sekitar 40 detik".
fn how_far(transfer: &Transfer) -> Option<String> {
    let w = t().upload();
    if !matches!(transfer.phase, Phase::Sending | Phase::Resting | Phase::Paused) || transfer.held + transfer.left == 0
    {
        return None;
    }
    let sent = w.sent_of(i18n::size(transfer.held + transfer.left), i18n::size(transfer.size));
    let left = match transfer.seconds_left() {
        Some(seconds) if transfer.phase == Phase::Sending => match state::roughly(seconds) {
            (0, seconds) => w.left_seconds(seconds),
            (minutes, _) => w.left_minutes(minutes),
        },
        _ => return Some(sent),
    };
    Some([&sent, ", ", &left].concat())
}

/// An address for a picture that is let go with the row.
fn shown(id: &str, media_type: &str) -> Option<String> {
    let address = picture(id, media_type)?;
    let own = address.clone();
    on_cleanup(move || bytes::release(&own));
    Some(address)
}

/// The sentence for a refusal, from the phone or from the office.
fn words(code: &str) -> String {
    let own = t().upload().get(&["refused-", code].concat());
    own.or_else(|| t().problem().get(code)).unwrap_or(t().problem().file_damaged).to_string()
}

/// Files at the office.
#[component]
pub fn Stored(live: Live, open: bool) -> impl IntoView {
    let files = Memo::new(move |_| live.files());
    let known = move || files.get().into_iter().map(|f| f.id).collect::<Vec<_>>();
    view! {
        <p class="field-error" role="alert">{move || live.failed.get()}</p>
        <For each=known key=|id| id.clone() children=move |id| stored(live, files, id, open) />
    }
}

fn stored(live: Live, files: Memo<Vec<FileItem>>, id: String, open: bool) -> AnyView {
    let w = t().upload();
    let find = |files: &[FileItem], id: &str| files.iter().position(|f| f.id == id);
    let Some(file) = files.with_untracked(|f| find(f, &id).and_then(|at| f.get(at).cloned())) else {
        return ().into_any();
    };
    let status = live.desk.office.with_untracked(|o| o.as_ref().map(|o| o.tracking.status.clone()));
    let old = state::old(&file, status.as_ref());
    let mine = id.clone();
    // Those sent back are no pages of the new set.
    let fresh = move |f: &&FileItem| !state::old(f, status.as_ref());
    let at = Memo::new(move |_| {
        files.with(|all| {
            let place = all.iter().filter(&fresh).position(|f| f.id == mine);
            (place.map_or(0, |at| at + 1), all.iter().filter(&fresh).count())
        })
    });
    let mine = id.clone();
    let gone = Memo::new(move |_| live.gone().contains(&mine));
    let name = file.name.clone();
    let picture = shown(&file.id, &file.media_type);
    // While this page has the picture; later it is taken again.
    let can_turn = picture.is_some();
    let (first, second, third, fourth, fifth) = (id.clone(), id.clone(), id.clone(), id.clone(), id.clone());
    let number_of = move || {
        let (at, count) = at.get();
        (count > 1 && !old).then(|| w.page_of(at, count))
    };
    let up = [w.up, ": ", &name].concat();
    let down = [w.down, ": ", &name].concat();
    let (removed, label) = (w.removed(&name), w.remove_label(&name));
    let actions = move || {
        let (first, second, third, fourth) = (first.clone(), second.clone(), third.clone(), fourth.clone());
        let fifth = fifth.clone();
        let (position, count) = at.get();
        if gone.get() {
            return view! {
                <p role="status">{removed.clone()}</p>
                <button type="button" class="small-btn" on:click=move |_| live.desk.mark(&fourth, false)>
                    {w.undo}
                </button>
            }
            .into_any();
        }
        view! {
            <button type="button" class="small-btn" on:click=move |_| look(live, first.clone())>{w.look}</button>
            {(open && !old && count > 1).then(|| view! {
                <button type="button" class="small-btn" aria-label=up.clone() disabled={position <= 1}
                    on:click=move |_| reorder(live, files, second.clone(), true)>{w.up}</button>
                <button type="button" class="small-btn" aria-label=down.clone() disabled={position >= count}
                    on:click=move |_| reorder(live, files, third.clone(), false)>{w.down}</button>
            })}
            {(open && !old && can_turn).then(|| view! {
                <button type="button" class="small-btn" on:click=move |_| turn_stored(live, files, fifth.clone())>{w.turn}</button>
            })}
            {(open && !old).then(|| view! {
                <button type="button" class="small-btn" aria-label=label.clone()
                    on:click=move |_| live.desk.mark(&fourth, true)>{w.remove}</button>
            })}
        }
        .into_any()
    };
    let state = Signal::derive(move || if old { FileState::Returned } else { FileState::Received });
    view! {
        <div class="stored" class:gone=move || gone.get() class:old=old>
            {old.then(|| view! { <p class="small">{w.old_file}</p> })}
            <p class="small">{number_of}</p>
            <FileRow name=name size=i18n::size(file.size) state picture=picture.unwrap_or_default()>
                {actions}
            </FileRow>
        </div>
    }
    .into_any()
}

/// A turned copy takes the place of a file that the office has.
fn turn_stored(live: Live, files: Memo<Vec<FileItem>>, id: String) {
    let Some(file) = files.with_untracked(|all| all.iter().find(|f| f.id == id).cloned()) else { return };
    let (desk, card) = (live.desk, live.card());
    let own = desk.own_phone.get_untracked();
    spawn_local(async move {
        let Some(bytes) = turned(&id).await else { return };
        let mut new = upload(&desk.number_now(), &card, &file.name, "image/jpeg", bytes.len(), own);
        new.page = file.page;
        desk.uploads.add(new, bytes).await;
    });
}

/// Opens a file by a ticket of five minutes.
fn look(live: Live, id: String) {
    spawn_local(async move {
        let number = live.desk.number_now();
        let Some(key) = keyring::get(&number) else { return };
        let path = ["/applications/", &number, "/files/", &id, "/ticket"].concat();
        match Call::post(&path).key(&key.shown()).send::<Ticket>().await {
            Ok(ticket) => crate::platform::history::load(&ticket.url),
            Err(f) => drop(live.failed.try_set(Some(f.words()))),
        }
    });
}

fn reorder(live: Live, files: Memo<Vec<FileItem>>, id: String, up: bool) {
    let ids: Vec<String> = files.get_untracked().into_iter().map(|f| f.id).collect();
    let order = Order { files: state::moved(&ids, &id, up) };
    spawn_local(async move {
        let number = live.desk.number_now();
        let Some(key) = keyring::get(&number) else { return };
        let path = ["/applications/", &number, "/items/", &live.card(), "/order"].concat();
        match Call::put(&path).key(&key.shown()).send_json::<_, Application>(&order).await {
            Ok(application) => {
                live.failed.try_set(None);
                live.desk.took(application);
            }
            Err(f) => drop(live.failed.try_set(Some(f.words()))),
        }
    });
}
