//! Submitting, handing in corrections, withdrawing, and taking everything off this phone. Sending twice is
//! sending once: the token is made with the draft and kept with it.

use super::open::key_missing;
use super::{Desk, Gate, phone};
use crate::client::draft::Changes;
use crate::client::{Call, Failure, keyring, ticks};
use leptos::task::spawn_local;
use satu_pintu_api::application::{Application, Receipt};
use satu_pintu_api::problem::Code;

impl Desk {
    /// Everything typed is at the office.
    async fn flush(self) -> Result<(), Failure> {
        // What is under way may just be doing it.
        while self.sending.try_get_untracked().unwrap_or(false) {
            crate::platform::time::sleep(50).await;
        }
        match self.now() {
            Some(draft) if draft.is_local() || !draft.unsent.is_empty() => {
                self.sending.try_set(true);
                let sent = self.send_once(&draft).await;
                self.sending.try_set(false);
                sent
            }
            _ => Ok(()),
        }
    }

    /// Hands the application in and keeps the receipt.
    pub async fn submit(self) -> Result<Receipt, Failure> {
        self.flush().await?;
        let draft = self.now().ok_or(Failure::Offline)?;
        let key = keyring::get(&draft.number).ok_or_else(key_missing)?.shown();
        let ticked = ticks::kept();
        if !ticked.is_empty() && !draft.sent {
            // They help the front office; an application goes without them too.
            _ = super::send::patch(&draft.number, &Changes::new(), Some(ticked)).await;
        }
        let path = ["/applications/", &draft.number, "/submit"].concat();
        let answer = Call::post(&path).key(&key).once(&draft.submit_token).send::<Receipt>().await;
        let receipt = match answer {
            // It arrived earlier, under another token: the receipt is the same.
            Err(f) if f.code() == Some(Code::AlreadySubmitted) => fetch_receipt(&draft.number, &key).await?,
            answer => answer?,
        };
        self.draft.try_update(|d| {
            if let Some(d) = d {
                d.sent = true;
                d.receipt = Some(receipt.clone());
            }
        });
        self.keep_soon();
        spawn_local(self.refresh());
        Ok(receipt)
    }

    /// Hands in what was mended.
    pub async fn correct(self) -> Result<Receipt, Failure> {
        self.flush().await?;
        let draft = self.now().ok_or(Failure::Offline)?;
        let key = keyring::get(&draft.number).ok_or_else(key_missing)?.shown();
        let path = ["/applications/", &draft.number, "/correct"].concat();
        let receipt = Call::post(&path).key(&key).once(&draft.correct_token).send::<Receipt>().await?;
        self.draft.try_update(|d| {
            if let Some(d) = d {
                d.correct_token = crate::platform::random::token();
                d.mended.clear();
            }
        });
        self.keep_soon();
        self.refresh().await;
        Ok(receipt)
    }

    /// Takes the application back. A local draft is simply let go.
    pub async fn withdraw(self) -> Result<(), Failure> {
        let draft = self.now().ok_or(Failure::Offline)?;
        if !draft.is_local() {
            let key = keyring::get(&draft.number).ok_or_else(key_missing)?.shown();
            let path = ["/applications/", &draft.number, "/withdraw"].concat();
            let application = Call::post(&path).key(&key).send::<Application>().await?;
            self.took(application);
        }
        self.uploads.drop_all(&draft.number);
        Ok(())
    }

    /// The receipt: from this phone, else from the office.
    pub async fn receipt(self) -> Result<Receipt, Failure> {
        let draft = self.now().ok_or(Failure::Offline)?;
        if let Some(receipt) = draft.receipt {
            return Ok(receipt);
        }
        let key = keyring::get(&draft.number).ok_or_else(key_missing)?.shown();
        let receipt = fetch_receipt(&draft.number, &key).await?;
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
        self.uploads.drop_all(number);
        let open = self.with_plain(|p| {
            let open = p.number == number;
            if open {
                p.number.clear();
            }
            open
        });
        if open == Some(true) {
            self.own_phone.try_set(false);
            self.draft.try_set(None);
            self.office.try_set(None);
            self.on_phone.try_set(false);
            self.trouble.try_set(None);
            self.gate.try_set(Gate::Key(None));
        }
    }
}

async fn fetch_receipt(number: &str, key: &str) -> Result<Receipt, Failure> {
    Call::get(&["/applications/", number, "/receipt"].concat()).key(key).send().await
}
