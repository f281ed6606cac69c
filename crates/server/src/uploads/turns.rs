//! Whose turn it is with an upload. A phone that lost its network comes back while the server still waits on
//! the old connection: the newer request tells the older to stop, and waits only until it has.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedMutexGuard, watch};

/// Uploads being touched now, and where chunks are staged.
pub struct Uploads {
    staging: PathBuf,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

struct Slot {
    lock: Arc<tokio::sync::Mutex<()>>,
    turn: watch::Sender<u64>,
}

/// Held while an upload is touched; dropping it lets the next in.
pub struct Turn {
    mine: u64,
    newer: watch::Receiver<u64>,
    _guard: OwnedMutexGuard<()>,
}

impl Turn {
    /// Whether a newer request wants the upload.
    pub fn over(&self) -> bool {
        *self.newer.borrow() > self.mine
    }

    /// Returns once a newer request wants the upload.
    pub async fn until_over(&mut self) {
        let mine = self.mine;
        if self.newer.wait_for(|turn| *turn > mine).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Uploads {
    /// Stages chunks in a folder, which is made.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(staging: PathBuf) -> std::io::Result<Uploads> {
        std::fs::create_dir_all(&staging)?;
        Ok(Uploads { staging, slots: Mutex::default() })
    }

    /// Where the chunks of an upload are.
    pub fn path(&self, id: &str) -> PathBuf {
        self.staging.join(id)
    }

    /// The staging folder.
    pub fn staging(&self) -> &std::path::Path {
        &self.staging
    }

    /// Takes an upload over from whoever has it.
    pub async fn take(&self, id: &str) -> Turn {
        let (slot, newer) = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            // Slots nobody holds or waits for are dropped here; each holder and waiter has a receiver.
            if slots.len() > 1000 {
                slots.retain(|_, slot| slot.turn.receiver_count() > 0);
            }
            let fresh = || Arc::new(Slot { lock: Arc::default(), turn: watch::Sender::new(0) });
            let slot = slots.entry(id.to_owned()).or_insert_with(fresh).clone();
            let newer = slot.turn.subscribe();
            (slot, newer)
        };
        let mut mine = 0;
        slot.turn.send_modify(|turn| {
            *turn += 1;
            mine = *turn;
        });
        let guard = slot.lock.clone().lock_owned().await;
        Turn { mine, newer, _guard: guard }
    }
}
