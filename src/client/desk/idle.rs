//! A shared phone is wiped after ten minutes without a touch, with a warning a minute before.

use super::Desk;
use crate::platform::{document, time};
use leptos::task::spawn_local;

const WARN_MS: i64 = 9 * 60_000;
const WIPE_MS: i64 = 10 * 60_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    Quiet,
    /// Seconds left.
    Warning(u32),
    /// Everything was taken off the phone.
    Wiped,
}

/// Pure: what a silence of so many milliseconds means.
fn after(silence: i64) -> Idle {
    match silence {
        s if s >= WIPE_MS => Idle::Wiped,
        s if s >= WARN_MS => Idle::Warning(((WIPE_MS - s) / 1000) as u32 + 1),
        _ => Idle::Quiet,
    }
}

impl Desk {
    pub(super) fn watch_idle(self) {
        self.active();
        for event in ["pointerdown", "keydown", "scroll"] {
            document::on_window(event, move |_| {
                // Once warned, only the button counts: a screen reader must not answer by accident.
                if self.idle.try_get_untracked() == Some(Idle::Quiet) {
                    self.active();
                }
            });
        }
        let watching = time::every(1_000, move || {
            let shared = !self.own_phone.try_get_untracked().unwrap_or(true);
            let Some(number) = self.draft.with_untracked(|d| d.as_ref().map(|d| d.number.clone())) else { return };
            if !shared {
                return;
            }
            let silence = time::now() - self.with_plain(|p| p.active).unwrap_or(0);
            let idle = after(silence);
            if self.idle.try_get_untracked() != Some(idle) {
                self.idle.try_set(idle);
                if idle == Idle::Wiped {
                    spawn_local(async move { self.wipe(&number).await });
                }
            }
        });
        // The app lives as long as the page.
        std::mem::forget(watching);
    }

    fn active(self) {
        self.with_plain(|p| p.active = time::now());
    }

    /// "Saya masih di sini", and closing the last message.
    pub fn stay(self) {
        self.active();
        self.idle.set(Idle::Quiet);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_of_warning_before_ten() {
        assert_eq!(after(0), Idle::Quiet);
        assert_eq!(after(WARN_MS - 1), Idle::Quiet);
        assert_eq!(after(WARN_MS), Idle::Warning(61));
        assert_eq!(after(WIPE_MS - 1), Idle::Warning(1));
        assert_eq!(after(WIPE_MS), Idle::Wiped);
    }
}
