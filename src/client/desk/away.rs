//! Files that the person takes away: off the screen and the phone at once, and away from the office as soon as it can
//! be told, before anything is handed in.

use super::{Desk, phone};
use crate::client::upload::{turned, upload};
use leptos::task::spawn_local;
use std::sync::Arc;

impl Desk {
    /// Takes a file out of the line.
    pub fn drop_upload(self, id: &str) {
        if let Some(upload) = self.uploads.forget(id).filter(|u| u.transfer.begun() && !u.transfer.finished()) {
            self.gone(&upload.number, ["/uploads/", id].concat());
        }
    }

    /// Drops everything of an application that is on its way.
    pub fn drop_uploads(self, number: &str) {
        for upload in self.uploads.of(number) {
            self.drop_upload(&upload.id);
        }
    }

    /// Takes a file of the open application away that the office has, or undoes that. It is done for good when the page
    /// is left.
    pub fn mark(self, file: &str, away: bool) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                draft.marked.retain(|id| id != file);
                if away {
                    draft.marked.push(file.to_string());
                }
            }
        });
        self.keep_soon();
        self.keep_now();
    }

    /// Nobody undoes it any more.
    pub fn settle_marked(self) {
        if self.now().is_some_and(|draft| !draft.marked.is_empty()) {
            self.draft.update(|draft| {
                if let Some(draft) = draft {
                    draft.settle_marked();
                }
            });
            self.tell_gone();
        }
    }

    fn gone(self, number: &str, path: String) {
        if self.number_now() != number {
            let number = number.to_string();
            spawn_local(async move {
                phone::change(&number, &mut |draft| {
                    draft.gone.push(path.clone());
                    true
                })
                .await;
                self.drain_soon();
            });
            return;
        }
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                draft.gone.push(path);
            }
        });
        self.tell_gone();
    }

    fn tell_gone(self) {
        if let (Some(draft), Some(office)) = (self.now(), self.office.get_untracked()) {
            let mut office = (*office).clone();
            draft.hide_gone(&mut office);
            self.office.set(Some(Arc::new(office)));
        }
        self.keep_soon();
        self.send_soon();
    }

    /// Turns a picture on its way by a quarter, to the right. What of it is sent is given up. Gives the new file's id.
    pub async fn turn(self, id: &str) -> Option<String> {
        let bytes = turned(id).await?;
        let old = self.uploads.list.with_untracked(|list| list.iter().find(|u| u.id == id).cloned())?;
        self.drop_upload(id);
        let mut new = upload(&old.number, &old.item, &old.name, "image/jpeg", bytes.len(), old.kept);
        (new.page, new.made, new.held, new.judged) = (old.page, old.made, old.held, old.judged);
        let id = new.id.clone();
        self.uploads.add(new, bytes).await;
        Some(id)
    }
}
