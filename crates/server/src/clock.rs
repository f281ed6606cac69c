//! The time. Everything that needs it asks here, so that tests can say what it is.

use satu_pintu_domain::date::{Day, Zone};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Milliseconds since 1970 UTC, moved by a test.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(ms: i64) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(ms)))
    }

    /// Milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        match self {
            Clock::System => system(),
            Clock::Fixed(ms) => ms.load(Ordering::SeqCst),
        }
    }

    /// The day in the office's zone.
    pub fn today(&self, zone: Zone) -> Day {
        Day::at(self.now(), zone)
    }
}

fn system() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}

/// An RFC 3339 time as milliseconds since 1970 UTC.
pub fn parse(text: &str) -> Option<i64> {
    let time = time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).ok()?;
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).ok()
}
