//! How fast one address may ask. A village shares one, so that it is generous: it stops a script gone wild,
//! not a morning at the counter.
//!
//! Each request makes its address busy for `1 / rate` seconds; whoever would be busy for more than ten waits. So
//! ten seconds' worth may come at once. It runs on the machine's own time, whatever the clock of the office says.

use crate::http::Caller;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Requests a second of one address, unless the office says otherwise.
pub const RATE: u32 = 50;

const AHEAD: Duration = Duration::from_secs(10);
const MOST: usize = 20_000;

pub struct Pace {
    /// What one request costs; nothing when there is no limit.
    each: Option<Duration>,
    began: Instant,
    /// Until when an address is busy, from `began`.
    busy: Mutex<HashMap<Caller, Duration>>,
}

impl Pace {
    /// With `rate` requests a second; 0 sets no limit.
    pub fn new(rate: u32) -> Pace {
        Pace { each: Duration::from_secs(1).checked_div(rate), began: Instant::now(), busy: Mutex::default() }
    }

    /// Takes a request on, or tells how many seconds to wait.
    pub fn wait(&self, caller: Caller) -> Option<u64> {
        self.each.and_then(|each| self.wait_at(caller, each, self.began.elapsed()))
    }

    fn wait_at(&self, caller: Caller, each: Duration, now: Duration) -> Option<u64> {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        if busy.len() >= MOST && !busy.contains_key(&caller) {
            busy.retain(|_, until| *until > now);
            // That many at once is an attack: begin anew rather than search through them at every request.
            if busy.len() > MOST / 2 {
                busy.clear();
            }
        }
        let until = busy.entry(caller).or_default();
        let next = now.max(*until) + each;
        let over = next.saturating_sub(now + AHEAD);
        if over.is_zero() {
            *until = next;
            return None;
        }
        Some(over.as_secs() + u64::from(over.subsec_nanos() > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    const EACH: Duration = Duration::from_millis(20);

    fn caller(n: u32) -> Caller {
        Caller::from(IpAddr::V4(n.into()))
    }

    #[test]
    fn ten_seconds_at_once_and_then_the_rate() {
        let pace = Pace::new(RATE);
        let wait = |n: u32, ms: u64| pace.wait_at(caller(n), EACH, Duration::from_millis(ms));
        for _ in 0..500 {
            assert_eq!(wait(1, 0), None);
        }
        assert_eq!(wait(1, 0), Some(1));
        assert_eq!(wait(2, 0), None);
        assert_eq!(wait(1, 20), None);
        assert_eq!(wait(1, 20), Some(1));
        // A quiet while brings everything back, and no more than that.
        for _ in 0..500 {
            assert_eq!(wait(1, 60_000), None);
        }
        assert_eq!(wait(1, 60_000), Some(1));
    }

    #[test]
    fn no_limit() {
        let pace = Pace::new(0);
        assert!((0..10_000).all(|_| pace.wait(caller(1)).is_none()));
    }

    #[test]
    fn stays_bounded() {
        let pace = Pace::new(RATE);
        for n in 0..MOST as u32 + 50 {
            assert_eq!(pace.wait_at(caller(n), EACH, Duration::ZERO), None);
        }
        assert!(pace.busy.lock().is_ok_and(|busy| busy.len() <= MOST));
    }
}
