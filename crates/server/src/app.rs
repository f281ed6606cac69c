//! What every route gets: store, files, content, clock and the memory of who asked and failed.

use crate::clock::Clock;
use crate::contents::{Contents, Published};
use crate::figures;
use crate::files::Files;
use crate::files::guard::Guard;
use crate::pace::Pace;
use crate::permit::seal::Seal;
use crate::releases::Releases;
use crate::staff::lines::Lines;
use crate::store::Store;
use crate::throttle::Throttle;
use crate::uploads::Uploads;
use satu_pintu_domain::date::Day;
use std::sync::Arc;

/// The state of the router: `State(app): State<Shared>`.
pub type Shared = Arc<App>;

pub struct App {
    pub store: Store,
    pub files: Files,
    pub contents: Contents,
    pub clock: Clock,
    /// Slows down those who keep guessing keys or passwords.
    pub throttle: Throttle,
    /// Slows down those who ask too fast.
    pub pace: Pace,
    /// Signs permits.
    pub seal: Seal,
    /// Files of the app that older pages still ask for.
    pub releases: Releases,
    /// Uploads that are being received now.
    pub uploads: Uploads,
    /// What looks at papers once they are there.
    pub guard: Guard,
    /// The figures as they were last told.
    pub figures: figures::Kept,
    /// What the desk's queue says.
    pub lines: Lines,
    /// Addresses of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub proxies: Vec<std::net::IpAddr>,
    /// Served over TLS by this process: cookies are `Secure`, HSTS is sent.
    pub tls: bool,
    /// Address of this site (`https://izin.example.go.id`), when it was said.
    pub origin: Option<String>,
}

impl App {
    /// Milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The content in force. Take it once per request, so that a reload does not mix two.
    pub fn content(&self) -> Arc<Published> {
        self.contents.current()
    }

    /// The day in the office's zone.
    pub fn today(&self) -> Day {
        self.clock.today(self.content().zone())
    }
}
