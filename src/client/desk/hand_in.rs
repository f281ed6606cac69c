//! Withdrawing, the receipt, and taking everything off this phone.

use super::deliver;
use super::open::key_missing;
use super::{Desk, Gate, phone};
use crate::client::upload::shelf;
use crate::client::{Call, Failure, keyring};
use satu_pintu_api::application::{Application, Receipt};

impl Desk {
    /// Takes the application back. A local draft is simply let go.
    pub async fn withdraw(self) -> Result<(), Failure> {
        let draft = self.now().ok_or(Failure::Offline)?;
        if !draft.is_local() {
            let key = keyring::get(&draft.number).ok_or_else(key_missing)?.shown();
            let path = ["/applications/", &draft.number, "/withdraw"].concat();
            let application = Call::post(&path).key(&key).send::<Application>().await?;
            self.took(application);
        }
        self.drop_uploads(&draft.number);
        Ok(())
    }

    /// The receipt: from this phone, else from the office.
    pub async fn receipt(self) -> Result<Receipt, Failure> {
        let draft = self.now().ok_or(Failure::Offline)?;
        if let Some(receipt) = draft.receipt {
            return Ok(receipt);
        }
        let key = keyring::get(&draft.number).ok_or_else(key_missing)?.shown();
        let receipt = deliver::receipt(&draft.number, &key).await?;
        let kept = receipt.clone();
        self.draft.try_update(|d| d.as_mut().map(|d| d.receipt = Some(kept)));
        self.keep_soon();
        Ok(receipt)
    }

    /// "Selesai, hapus dari HP ini": fields, files and key leave this phone.
    pub async fn wipe(self, number: &str) {
        phone::wipe(number).await;
    }

    /// An application leaves this phone: nothing of it stays in memory.
    pub(super) fn let_go(self, number: &str) {
        for upload in self.uploads.of(number) {
            self.uploads.forget(&upload.id);
        }
        let open = self.with_plain(|p| {
            let open = p.number == number;
            if open {
                p.number.clear();
            }
            open
        });
        if open == Some(true) {
            for file in self.office.try_get_untracked().flatten().iter().flat_map(|office| &office.files) {
                shelf::let_go(&file.id);
            }
            self.own_phone.try_set(false);
            self.draft.try_set(None);
            self.office.try_set(None);
            self.on_phone.try_set(false);
            self.trouble.try_set(None);
            self.gate.try_set(Gate::Key(None));
        }
    }
}
