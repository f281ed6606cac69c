//! A draft on another phone: saved to a file and opened again, or kept on a phone it was opened on by its link.

use super::{Desk, phone};
use crate::client::draft::is_local;
use crate::client::keyring;
use crate::client::parcel::{self, Head};
use crate::client::upload::shelf;
use crate::platform::bytes::{self, Bytes};
use crate::platform::{self, share};
use satu_pintu_domain::key::Key;

/// Why a file was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    NoDraft,
    /// This phone has that application already; what it has is not replaced.
    Here,
    /// The phone refuses to keep it.
    NoRoom,
}

impl Desk {
    /// Saves the open draft with the files that are not at the office as a download; false when the browser refuses.
    pub async fn save_to_file(self) -> bool {
        let Some(draft) = self.now() else { return false };
        let (mut files, mut contents) = (Vec::new(), Vec::new());
        for upload in self.uploads.of(&draft.number).into_iter().filter(|u| !u.transfer.finished()) {
            let Some(bytes) = shelf::bytes(&upload.id).await else {
                self.uploads.lost(&upload.id);
                continue;
            };
            files.push(upload);
            contents.push(bytes);
        }
        let key = keyring::get(&draft.number).map(|key| key.shown()).unwrap_or_default();
        let name = ["permohonan-", &draft.number, ".", parcel::ENDING].concat();
        let head = Head { draft: draft.for_phone(true), key, files };
        parcel::write(&head)
            .and_then(|text| bytes::joined(&text, &contents))
            .is_some_and(|blob| share::download(&blob, &name))
    }

    /// Opens such a file on an own phone; gives the number under which the draft is here now.
    ///
    /// # Errors
    /// [`Unopened`].
    pub async fn open_file(self, file: &Bytes) -> Result<String, Unopened> {
        let begin = file.part(0, parcel::MOST_HEAD);
        let (head, places) = parcel::read(&begin, file.len()).ok_or(Unopened::NoDraft)?;
        let number = head.draft.number.clone();
        let moved = phone::moved_to(&number).await;
        if phone::read(&number).await.is_some() || moved.is_some() {
            return Err(Unopened::Here);
        }
        let key = (!is_local(&number)).then(|| Key::parse(&head.key)).transpose().map_err(|_| Unopened::NoDraft)?;
        if !phone::write(&head.draft).await {
            return Err(Unopened::NoRoom);
        }
        if let Some(key) = key {
            keyring::put(&number, &key, true);
        }
        for (upload, (from, to)) in head.files.iter().zip(places) {
            let mut upload = upload.clone();
            upload.transfer = upload.transfer.resumed();
            (upload.number, upload.kept) = (number.clone(), true);
            let bytes = file.cut(from, to);
            self.uploads.add(upload, bytes).await;
        }
        leptos::task::spawn_local(async {
            platform::storage::persist().await;
        });
        self.changed.update(|n| *n += 1);
        Ok(number)
    }

    /// The person says that this phone is their own: from now on the open application stays on it.
    pub fn make_own(self) {
        let number = self.number_now();
        if let Some(key) = keyring::get(&number) {
            keyring::put(&number, &key, true);
        }
        self.own_phone.set(true);
        self.keep_soon();
        leptos::task::spawn_local(async move {
            platform::storage::persist().await;
            self.uploads.stay(&number).await;
        });
    }
}
