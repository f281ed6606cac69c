//! One resumable upload (tus 1.0) as a pure machine: an event comes in, the next thing to do goes out.
//! It never gives up while the office may still say yes. `upload.rs` drives it; the tests below drive it madly.

use serde::{Deserialize, Serialize};

/// Least and most bytes of one piece; it adapts in between.
pub const PIECE_MIN: u64 = 64 * 1024;
pub const PIECE_MAX: u64 = 256 * 1024;
/// Without a byte of progress for this long the line counts as dead.
pub const WATCHDOG_MS: u32 = 10_000;
const REST_MAX_MS: u32 = 30_000;

/// Where an upload stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// In line, or freshly loaded from the phone.
    Waiting,
    /// Asking the office how far it got (or telling it that the file comes).
    Asking,
    Sending,
    /// The network failed; tried again by itself.
    Resting,
    /// The office wants the key again.
    NeedsKey,
    /// The office has all of it.
    Received,
    /// The office (or the phone) does not take it. Code of the words `problem.<code>`.
    Refused(String),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Its turn, the rest is over, the network is back, or the key is there.
    Go,
    /// The office answered how many bytes it holds.
    Held(u64),
    /// Bytes of the present piece that left the phone.
    Left(u64),
    /// A piece was taken; the office now holds so many bytes. `ms`: how long it took.
    Taken {
        held: u64,
        ms: u32,
    },
    /// The office does not know this upload (any more).
    Unknown,
    /// Somebody else wrote, or we counted wrongly: ask again.
    Clash,
    /// Network, time-out, busy server. `wait_ms`: what the server asked for.
    Failed {
        wait_ms: u32,
    },
    KeyWrong,
    Refused(String),
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    /// Nothing until an event.
    Nothing,
    /// Announce the upload with its own id; harmless when repeated.
    Create,
    /// Ask how many bytes are held.
    Head,
    /// Send the bytes `from..to`.
    Patch { from: u64, to: u64 },
    /// Wait, then [`Event::Go`].
    Rest { ms: u32 },
    /// Finished, well or not: the next one in line may go.
    Next,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    pub size: u64,
    /// What the office has confirmed.
    pub held: u64,
    /// Beyond `held`: left the phone, not confirmed.
    pub left: u64,
    pub phase: Phase,
    /// The office has known this id at least once.
    created: bool,
    piece: u64,
    fails: u32,
}

impl Transfer {
    pub fn new(size: u64) -> Transfer {
        Transfer { size, held: 0, left: 0, phase: Phase::Waiting, created: false, piece: PIECE_MIN, fails: 0 }
    }

    /// As it is after the page was loaded again: nothing is under way.
    pub fn resumed(mut self) -> Transfer {
        if !matches!(self.phase, Phase::Received | Phase::Refused(_)) {
            self.phase = Phase::Waiting;
        }
        self.left = 0;
        self.fails = 0;
        self
    }

    pub fn finished(&self) -> bool {
        matches!(self.phase, Phase::Received | Phase::Refused(_))
    }

    /// Whether a change to `next` is worth writing to the phone.
    pub fn must_be_kept(&self, next: &Transfer) -> bool {
        self.created != next.created || self.finished() != next.finished()
    }

    /// 0 to 100, for the bar. Only the office's "received" makes it 100.
    pub fn percent(&self) -> u32 {
        if self.phase == Phase::Received {
            return 100;
        }
        let sent = (self.held + self.left).min(self.size);
        (sent * 99).checked_div(self.size).unwrap_or(0) as u32
    }

    pub fn step(&mut self, event: Event) -> Do {
        if self.finished() {
            return Do::Nothing;
        }
        match event {
            Event::Go => match self.phase {
                Phase::Waiting | Phase::Resting | Phase::NeedsKey => self.ask(),
                _ => Do::Nothing,
            },
            Event::Held(held) => {
                self.created = true;
                self.fails = 0;
                self.send_from(held)
            }
            Event::Left(bytes) => {
                if self.phase == Phase::Sending {
                    self.left = bytes.min(self.size - self.held);
                }
                Do::Nothing
            }
            Event::Taken { held, ms } => {
                self.fails = 0;
                if ms < 1_500 {
                    self.piece = (self.piece * 2).min(PIECE_MAX);
                } else if ms > 6_000 {
                    self.piece = (self.piece / 2).max(PIECE_MIN);
                }
                self.send_from(held)
            }
            Event::Unknown => {
                self.left = 0;
                if self.created {
                    // It lapsed there: from the start, with the same id.
                    self.created = false;
                    self.held = 0;
                    self.phase = Phase::Asking;
                    Do::Create
                } else {
                    self.refuse("not-found")
                }
            }
            Event::Clash => self.rest(0),
            Event::Failed { wait_ms } => {
                self.piece = (self.piece / 2).max(PIECE_MIN);
                self.rest(wait_ms)
            }
            Event::KeyWrong => {
                self.left = 0;
                self.phase = Phase::NeedsKey;
                Do::Next
            }
            Event::Refused(code) => self.refuse(&code),
        }
    }

    fn ask(&mut self) -> Do {
        self.left = 0;
        self.phase = Phase::Asking;
        if self.created { Do::Head } else { Do::Create }
    }

    fn send_from(&mut self, held: u64) -> Do {
        self.left = 0;
        self.held = held.min(self.size);
        if self.held == self.size {
            self.phase = Phase::Received;
            return Do::Next;
        }
        self.phase = Phase::Sending;
        Do::Patch { from: self.held, to: (self.held + self.piece).min(self.size) }
    }

    fn rest(&mut self, wait_ms: u32) -> Do {
        self.left = 0;
        self.phase = Phase::Resting;
        let backoff = 1_000u32.saturating_mul(1 << self.fails.min(5)).min(REST_MAX_MS);
        // The first repeat comes at once: most cuts are short.
        let backoff = if self.fails == 0 { 300 } else { backoff };
        self.fails = self.fails.saturating_add(1);
        Do::Rest { ms: backoff.max(wait_ms) }
    }

    fn refuse(&mut self, code: &str) -> Do {
        self.left = 0;
        self.phase = Phase::Refused(code.to_string());
        Do::Next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_line_sends_everything_once() {
        let mut t = Transfer::new(1_000_000);
        assert_eq!(t.step(Event::Go), Do::Create);
        let mut next = t.step(Event::Held(0));
        let mut wire = 0;
        let mut pieces = Vec::new();
        while let Do::Patch { from, to } = next {
            assert_eq!(from, wire);
            pieces.push(to - from);
            wire = to;
            next = t.step(Event::Taken { held: to, ms: 200 });
        }
        assert_eq!((next, wire, t.percent()), (Do::Next, 1_000_000, 100));
        assert_eq!(pieces[..3], [PIECE_MIN, 2 * PIECE_MIN, PIECE_MAX]);
    }

    #[test]
    fn it_resumes_where_the_office_says() {
        let mut t = Transfer::new(300_000);
        t.step(Event::Go);
        t.step(Event::Held(0));
        t.step(Event::Left(40_000));
        assert_eq!(t.percent(), 13);
        assert_eq!(t.step(Event::Failed { wait_ms: 0 }), Do::Rest { ms: 300 });
        assert_eq!(t.step(Event::Go), Do::Head);
        assert_eq!(t.step(Event::Held(30_000)), Do::Patch { from: 30_000, to: 30_000 + PIECE_MIN });
    }

    #[test]
    fn it_rests_longer_but_never_for_ever() {
        let mut t = Transfer::new(10);
        t.step(Event::Go);
        let mut rests = Vec::new();
        for _ in 0..12 {
            if let Do::Rest { ms } = t.step(Event::Failed { wait_ms: 0 }) {
                rests.push(ms);
            }
            assert_eq!(t.step(Event::Go), Do::Create);
        }
        assert_eq!(rests[..6], [300, 2_000, 4_000, 8_000, 16_000, 30_000]);
        assert_eq!(rests[11], REST_MAX_MS);
        assert_eq!(t.step(Event::Failed { wait_ms: 60_000 }), Do::Rest { ms: 60_000 });
    }

    #[test]
    fn a_lapsed_upload_begins_again_but_a_foreign_one_is_refused() {
        let mut t = Transfer::new(100_000);
        t.step(Event::Go);
        t.step(Event::Held(70_000));
        assert_eq!(t.step(Event::Unknown), Do::Create);
        assert_eq!(t.held, 0);
        assert_eq!(t.step(Event::Unknown), Do::Next);
        assert_eq!(t.phase, Phase::Refused("not-found".into()));
    }

    #[test]
    fn after_a_reload_it_asks_first() {
        let mut t = Transfer::new(100_000);
        t.step(Event::Go);
        t.step(Event::Held(65_536));
        let mut t = t.resumed();
        assert_eq!(t.phase, Phase::Waiting);
        assert_eq!(t.step(Event::Go), Do::Head);
        t.step(Event::KeyWrong);
        assert_eq!(t.phase, Phase::NeedsKey);
        assert_eq!(t.step(Event::Go), Do::Head);
        t.step(Event::Refused("file-type".into()));
        assert_eq!(t.clone().resumed().phase, Phase::Refused("file-type".into()));
        assert_eq!(t.step(Event::Go), Do::Nothing);
    }

    /// A model office on a mad line: it takes any part of a piece, loses answers, forgets uploads, and the page
    /// is loaded again at any moment. What it holds in the end is the file, whole and in order.
    #[test]
    fn a_thousand_mad_lines_all_arrive() {
        for seed in 1..=1_000u64 {
            let mut rng = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut random = move |n: u64| {
                rng ^= rng << 13;
                rng ^= rng >> 7;
                rng ^= rng << 17;
                rng % n
            };
            let size = 1 + random(700_000);
            let mut t = Transfer::new(size);
            let mut office: Option<u64> = None;
            let mut trouble = 60;
            let mut todo = t.step(Event::Go);
            for step in 0.. {
                assert!(step < 2_000, "seed {seed} never ends: {t:?}");
                let bad = trouble > 0 && random(3) == 0;
                if bad {
                    trouble -= 1;
                }
                let event = match todo {
                    Do::Next if t.phase == Phase::Received => break,
                    Do::Next | Do::Nothing | Do::Rest { .. } => {
                        if random(4) == 0 {
                            t = t.resumed();
                        }
                        Event::Go
                    }
                    Do::Create => {
                        let lost_on_the_way = bad && random(2) == 0;
                        if !lost_on_the_way {
                            office.get_or_insert(0);
                        }
                        if bad { Event::Failed { wait_ms: 0 } } else { Event::Held(office.unwrap_or(0)) }
                    }
                    Do::Head if bad => match random(5) {
                        0 => {
                            office = None;
                            Event::Unknown
                        }
                        1 => Event::KeyWrong,
                        _ => Event::Failed { wait_ms: 100 },
                    },
                    Do::Head => office.map_or(Event::Unknown, Event::Held),
                    Do::Patch { from, to } => {
                        assert!(from < to && to <= size && to - from <= PIECE_MAX, "seed {seed}");
                        assert_eq!(office, Some(from), "seed {seed}: a piece out of order");
                        t.step(Event::Left(random(to - from + 1)));
                        assert!(t.percent() < 100);
                        if bad {
                            // Any part of it arrived before the cut; the answer did not.
                            office = Some(from + random(to - from + 1));
                            if random(4) == 0 { Event::Clash } else { Event::Failed { wait_ms: 0 } }
                        } else {
                            office = Some(to);
                            Event::Taken { held: to, ms: random(9_000) as u32 }
                        }
                    }
                };
                todo = t.step(event);
            }
            assert_eq!(office, Some(size), "seed {seed}");
            assert_eq!(t.percent(), 100);
        }
    }
}
