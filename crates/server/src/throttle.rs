//! Slowing down those who keep guessing. Failures are counted per subject (an application, an account) and per
//! address; nobody is locked out: whoever has the right key never waits, because a village shares one address.
//!
//! The first five failures are free; after that each doubles the wait, to one minute for a subject and ten
//! seconds for an address. Ten quiet minutes forget everything. The map is bounded: the stalest goes first.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const FREE: u32 = 5;
const FORGET_MS: i64 = 600_000;
const MOST: usize = 20_000;

#[derive(Default)]
pub struct Throttle {
    seen: Mutex<HashMap<String, Seen>>,
}

#[derive(Clone, Copy)]
struct Seen {
    failures: u32,
    last: i64,
}

impl Throttle {
    /// Seconds to wait before another try may be looked at, if any. `subject` begins with its kind:
    /// `key:2026-0417-RK`, `staff:sri`, `address:10.0.0.1`.
    pub fn wait(&self, subject: &str, now: i64) -> Option<u64> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.get(subject)?;
        if now - seen.last > FORGET_MS || seen.failures < FREE {
            return None;
        }
        let most = if subject.starts_with("address:") { 10_000 } else { 60_000 };
        let pause = (1000_i64 << (seen.failures - FREE).min(6)).min(most);
        let left = seen.last + pause - now;
        (left > 0).then(|| u64::try_from(left).unwrap_or(0).div_ceil(1000))
    }

    /// Counts a failure.
    pub fn failed(&self, subject: &str, now: i64) {
        let mut map = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if map.len() >= MOST && !map.contains_key(subject) {
            map.retain(|_, seen| now - seen.last <= FORGET_MS);
            if map.len() >= MOST
                && let Some(stalest) = map.iter().min_by_key(|(_, seen)| seen.last).map(|(s, _)| s.clone())
            {
                map.remove(&stalest);
            }
        }
        let seen = map.entry(subject.to_owned()).or_insert(Seen { failures: 0, last: now });
        if now - seen.last > FORGET_MS {
            seen.failures = 0;
        }
        seen.failures = seen.failures.saturating_add(1);
        seen.last = now;
    }

    /// A success forgets the subject's failures.
    pub fn forget(&self, subject: &str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(subject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slows_down_and_forgets() {
        let throttle = Throttle::default();
        for _ in 0..4 {
            throttle.failed("key:a", 0);
        }
        assert_eq!(throttle.wait("key:a", 0), None);
        throttle.failed("key:a", 0);
        assert_eq!(throttle.wait("key:a", 0), Some(1));
        throttle.failed("key:a", 1000);
        assert_eq!(throttle.wait("key:a", 1000), Some(2));
        assert_eq!(throttle.wait("key:a", 3000), None);
        assert_eq!(throttle.wait("key:b", 1000), None);
        for _ in 0..50 {
            throttle.failed("key:a", 1000);
        }
        assert_eq!(throttle.wait("key:a", 1000), Some(60));
        assert_eq!(throttle.wait("key:a", 1000 + FORGET_MS + 1), None);
    }

    #[test]
    fn stays_bounded() {
        let throttle = Throttle::default();
        for n in 0..MOST + 50 {
            throttle.failed(&format!("key:{n}"), i64::try_from(n).unwrap_or(0));
        }
        assert!(throttle.seen.lock().is_ok_and(|map| map.len() <= MOST));
    }
}
