//! One resumable upload (tus 1.0) as a pure machine: an event comes in, the next thing to do goes out.
//! It never gives up while the office may still say yes. `upload.rs` drives it; the tests below drive it madly.

use super::backoff;
use serde::{Deserialize, Serialize};

/// Least and most bytes of one piece; it adapts in between.
pub const PIECE_MIN: u64 = 64 * 1024;
pub const PIECE_MAX: u64 = 1024 * 1024;
/// Without a byte of progress for this long the line counts as dead.
pub const WATCHDOG_MS: u32 = 10_000;
/// A line on which a break costs much may break again: so many pieces do not grow.
const AFTER_A_BREAK: i32 = -16;
/// Bytes a second above which much of what left the phone is lost with a break.
const FAST: u64 = 4_000_000;

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
    /// The person wants it to wait.
    Paused,
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
    /// Network, time-out, busy server. `wait_ms`: what the server asked for; `chance` spreads the next tries; `ms`: how
    /// long a piece had been on its way, 0 when there was none.
    Failed {
        wait_ms: u32,
        chance: u8,
        ms: u32,
    },
    /// The person pressed "pause", or "go on".
    Pause,
    GoOn,
    KeyWrong,
    Refused(String),
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    /// Nothing until an event.
    Nothing,
    /// Tell of the upload with its own id; the bytes up to `to` go along.
    Create { to: u64 },
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
    /// The office may know this id: it was told at least once, whatever became of the answer.
    created: bool,
    /// It is being told now.
    #[serde(default)]
    telling: bool,
    /// Up to which byte it was sent since the office was last asked, whatever became of the answer.
    #[serde(default)]
    sent: u64,
    /// What is known of the line it goes over; one for all that go over it.
    #[serde(skip)]
    pub line: Line,
    /// A piece broke off after so many milliseconds; what came of it is asked first.
    #[serde(skip)]
    broken: Option<u32>,
    fails: u32,
    /// Bytes a second lately; 0 while unknown.
    #[serde(default)]
    speed: u64,
}

/// What a phone has learned of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Bytes of the next piece.
    piece: u64,
    /// Pieces that went well since a break that cost much; below 0 they do not grow.
    good: i32,
}

impl Default for Line {
    fn default() -> Line {
        Line { piece: PIECE_MIN, good: 0 }
    }
}

impl Line {
    /// A piece was taken within `ms`. Each costs a way there and back on which nothing else is sent: they grow.
    fn took(&mut self, ms: u32) {
        self.good = self.good.saturating_add(1);
        if ms > 30_000 {
            self.piece = (self.piece / 2).max(PIECE_MIN);
        } else if self.good > 0 && ms <= 12_000 {
            self.piece = (self.piece * 2).min(PIECE_MAX);
        }
    }

    /// Of a piece that broke off after `ms` the office has so many bytes. On a slow line it has what had left the phone:
    /// small pieces would save nothing. Where it has none, somebody between us holds pieces back until they are whole.
    fn broke(&mut self, came: u64, ms: u32) {
        if came == 0 || came * 1_000 / u64::from(ms.max(1)) > FAST {
            *self = Line { piece: (self.piece / 2).max(PIECE_MIN), good: AFTER_A_BREAK };
        }
    }
}

impl Transfer {
    pub fn new(size: u64) -> Transfer {
        Transfer {
            size,
            held: 0,
            left: 0,
            phase: Phase::Waiting,
            created: false,
            telling: false,
            sent: 0,
            line: Line::default(),
            broken: None,
            fails: 0,
            speed: 0,
        }
    }

    /// As it is after the page was loaded again: nothing is under way.
    pub fn resumed(mut self) -> Transfer {
        if !self.finished() && self.phase != Phase::Paused {
            self.phase = Phase::Waiting;
        }
        self.left = 0;
        self.fails = 0;
        (self.telling, self.broken) = (false, None);
        self
    }

    /// Whether the office may know of it.
    pub fn begun(&self) -> bool {
        self.created || matches!(self.phase, Phase::Asking | Phase::Sending | Phase::Resting)
    }

    /// Whether the office may have all of it, and only the answer is missing.
    pub fn may_be_there(&self) -> bool {
        self.sent == self.size || self.phase == Phase::Received
    }

    pub fn finished(&self) -> bool {
        matches!(self.phase, Phase::Received | Phase::Refused(_))
    }

    /// Whether a change to `next` is worth writing to the phone.
    pub fn must_be_kept(&self, next: &Transfer) -> bool {
        let paused = |t: &Transfer| t.phase == Phase::Paused;
        self.created != next.created || self.finished() != next.finished() || paused(self) != paused(next)
    }

    /// 0 to 100, for the bar. Only the office's "received" makes it 100.
    pub fn percent(&self) -> u32 {
        if self.phase == Phase::Received {
            return 100;
        }
        let sent = (self.held + self.left).min(self.size);
        (sent * 99).checked_div(self.size).unwrap_or(0) as u32
    }

    /// Seconds until it is there, if it goes on like this.
    pub fn seconds_left(&self) -> Option<u64> {
        (self.speed > 0).then(|| (self.size - self.held).saturating_sub(self.left).div_ceil(self.speed))
    }

    pub fn step(&mut self, event: Event) -> Do {
        if self.finished() {
            return Do::Nothing;
        }
        if self.phase == Phase::Paused {
            return self.paused(event);
        }
        let told = self.telling;
        self.telling &= matches!(event, Event::Left(_) | Event::Go);
        match event {
            Event::Go => match self.phase {
                Phase::Waiting | Phase::Resting | Phase::NeedsKey => self.ask(),
                _ => Do::Nothing,
            },
            Event::Held(held) => {
                self.fails = 0;
                if let Some(ms) = self.broken.take() {
                    self.line.broke(held.saturating_sub(self.held), ms);
                }
                self.send_from(held)
            }
            Event::Left(bytes) => {
                if told || self.phase == Phase::Sending {
                    self.left = bytes.min(self.size - self.held);
                }
                Do::Nothing
            }
            Event::Taken { held, ms } => {
                self.fails = 0;
                let bytes = held.saturating_sub(self.held);
                let now = bytes * 1_000 / u64::from(ms.max(1));
                self.speed = if self.speed == 0 { now } else { (self.speed * 3 + now) / 4 };
                self.line.took(ms);
                self.send_from(held)
            }
            Event::Unknown => {
                self.left = 0;
                if let Some(ms) = self.broken.take() {
                    self.line.broke(0, ms);
                }
                if told {
                    self.refuse("not-found")
                } else {
                    // It lapsed there, or never came: from the start, with the same id.
                    self.create()
                }
            }
            Event::Clash => self.rest(0, 0),
            Event::Failed { wait_ms, chance, ms } => {
                if ms > 0 {
                    self.broken = Some(ms);
                }
                self.rest(wait_ms, chance)
            }
            Event::Pause => {
                self.left = 0;
                self.phase = Phase::Paused;
                Do::Next
            }
            Event::GoOn => Do::Nothing,
            Event::KeyWrong => {
                self.left = 0;
                self.phase = Phase::NeedsKey;
                Do::Next
            }
            Event::Refused(code) => self.refuse(&code),
        }
    }

    /// What still comes from the request that the pause ended is taken note of, and nothing more is sent.
    fn paused(&mut self, event: Event) -> Do {
        match event {
            Event::GoOn => {
                self.phase = Phase::Waiting;
                self.fails = 0;
            }
            Event::Held(held) | Event::Taken { held, .. } => {
                self.held = held.min(self.size);
                self.sent = self.held;
                if self.held == self.size {
                    self.phase = Phase::Received;
                }
            }
            Event::Refused(code) => self.phase = Phase::Refused(code),
            _ => {}
        }
        Do::Next
    }

    fn ask(&mut self) -> Do {
        self.left = 0;
        self.phase = Phase::Asking;
        if self.created { Do::Head } else { self.create() }
    }

    fn create(&mut self) -> Do {
        self.phase = Phase::Asking;
        (self.held, self.created, self.telling) = (0, true, true);
        self.sent = self.line.piece.min(self.size);
        Do::Create { to: self.sent }
    }

    fn send_from(&mut self, held: u64) -> Do {
        self.left = 0;
        self.held = held.min(self.size);
        if self.held == self.size {
            self.phase = Phase::Received;
            return Do::Next;
        }
        self.phase = Phase::Sending;
        self.sent = (self.held + self.line.piece).min(self.size);
        Do::Patch { from: self.held, to: self.sent }
    }

    fn rest(&mut self, wait_ms: u32, chance: u8) -> Do {
        self.left = 0;
        self.phase = Phase::Resting;
        let ms = backoff::after(self.fails, wait_ms, chance);
        self.fails = self.fails.saturating_add(1);
        Do::Rest { ms }
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
        assert_eq!(t.step(Event::Go), Do::Create { to: PIECE_MIN });
        let mut next = t.step(Event::Taken { held: PIECE_MIN, ms: 200 });
        let mut wire = PIECE_MIN;
        let mut pieces = vec![PIECE_MIN];
        while let Do::Patch { from, to } = next {
            assert_eq!(from, wire);
            pieces.push(to - from);
            wire = to;
            next = t.step(Event::Taken { held: to, ms: 200 });
        }
        assert_eq!((next, wire, t.percent()), (Do::Next, 1_000_000, 100));
        assert_eq!(pieces[..4], [PIECE_MIN, 2 * PIECE_MIN, 4 * PIECE_MIN, 8 * PIECE_MIN]);
    }

    #[test]
    fn it_resumes_where_the_office_says() {
        let mut t = Transfer::new(300_000);
        t.step(Event::Go);
        t.step(Event::Held(0));
        t.step(Event::Left(40_000));
        assert_eq!(t.percent(), 13);
        assert!(matches!(t.step(Event::Failed { wait_ms: 0, chance: 0, ms: 0 }), Do::Rest { ms: ..100 }));
        assert_eq!(t.step(Event::Go), Do::Head);
        assert_eq!(t.step(Event::Held(30_000)), Do::Patch { from: 30_000, to: 30_000 + PIECE_MIN });
    }

    #[test]
    fn it_rests_longer_each_time_and_tries_for_ever() {
        let mut t = Transfer::new(10);
        t.step(Event::Go);
        let mut before = 0;
        for failure in 0..200 {
            let Do::Rest { ms } = t.step(Event::Failed { wait_ms: 0, chance: 100, ms: 0 }) else {
                panic!("it gave up")
            };
            assert!(ms >= before, "{failure}");
            before = ms;
            assert_eq!(t.step(Event::Go), Do::Head);
        }
        assert_eq!(t.step(Event::Failed { wait_ms: 60_000, chance: 0, ms: 0 }), Do::Rest { ms: 60_000 });
    }

    #[test]
    fn a_pause_holds_until_the_person_goes_on() {
        let mut t = Transfer::new(300_000);
        t.step(Event::Go);
        t.step(Event::Held(0));
        t.step(Event::Taken { held: 65_536, ms: 1_000 });
        assert_eq!(t.step(Event::Pause), Do::Next);
        // The request that was ended by it, a cut, a time-out, a reload: nothing moves.
        for event in [Event::Failed { wait_ms: 0, chance: 0, ms: 0 }, Event::Go, Event::Clash, Event::Left(5)] {
            assert_eq!(t.step(event), Do::Next);
            t = t.resumed();
        }
        assert_eq!((t.phase.clone(), t.held), (Phase::Paused, 65_536));
        t.step(Event::GoOn);
        assert_eq!(t.step(Event::Go), Do::Head);
    }

    #[test]
    fn what_is_left_is_told_in_seconds() {
        let mut t = Transfer::new(1_000_000);
        assert_eq!(t.seconds_left(), None);
        t.step(Event::Go);
        t.step(Event::Held(0));
        t.step(Event::Taken { held: 50_000, ms: 1_000 });
        assert_eq!(t.seconds_left(), Some(19));
        t.step(Event::Left(450_000));
        assert_eq!(t.seconds_left(), Some(10));
    }

    #[test]
    fn a_record_of_an_older_version_is_read() {
        let old = r#"{"size":100000,"held":65536,"left":0,"phase":"Resting","created":true,"piece":65536,"fails":3}"#;
        let mut t = crate::client::json::read::<Transfer>(old).unwrap().resumed();
        assert_eq!(t.step(Event::Go), Do::Head);
    }

    #[test]
    fn a_lapsed_upload_begins_again_but_a_foreign_one_is_refused() {
        let mut t = Transfer::new(100_000);
        t.step(Event::Go);
        t.step(Event::Held(70_000));
        assert_eq!(t.step(Event::Unknown), Do::Create { to: PIECE_MIN });
        assert_eq!(t.held, 0);
        assert_eq!(t.step(Event::Unknown), Do::Next);
        assert_eq!(t.phase, Phase::Refused("not-found".into()));
    }

    #[test]
    fn what_was_told_on_a_cut_line_is_asked_for_before_it_is_told_again() {
        let mut t = Transfer::new(100_000);
        assert_eq!(t.step(Event::Go), Do::Create { to: PIECE_MIN });
        t.step(Event::Left(5_000));
        assert_eq!(t.left, 5_000);
        t.step(Event::Failed { wait_ms: 0, chance: 0, ms: 0 });
        assert_eq!(t.step(Event::Go), Do::Head);
        assert_eq!(t.clone().step(Event::Unknown), Do::Create { to: PIECE_MIN });
        assert_eq!(t.step(Event::Held(5_000)), Do::Patch { from: 5_000, to: 5_000 + PIECE_MIN });
    }

    #[test]
    fn pieces_grow_until_a_break_costs_much() {
        let mut t = Transfer::new(100_000_000);
        let mut next = t.step(Event::Go);
        // Gives the bytes of a piece that goes well.
        let one = |t: &mut Transfer, next: &mut Do, ms: u32| {
            let (Do::Patch { from: 0, to } | Do::Create { to }) = *next else {
                let Do::Patch { from, to } = *next else { panic!("{next:?}") };
                *next = t.step(Event::Taken { held: to, ms });
                return to - from;
            };
            *next = t.step(Event::Taken { held: to, ms });
            to
        };
        // Breaks a piece off after a second, of which so many bytes came.
        let cut = |t: &mut Transfer, next: &mut Do, came: u64| {
            t.step(Event::Failed { wait_ms: 0, chance: 0, ms: 1_000 });
            assert_eq!(t.step(Event::Go), Do::Head);
            t.step(Event::Failed { wait_ms: 0, chance: 0, ms: 0 });
            t.step(Event::Go);
            *next = t.step(Event::Held(t.held + came));
        };
        assert_eq!([0; 3].map(|_| one(&mut t, &mut next, 1_000)), [1, 2, 4].map(|n| n * PIECE_MIN));
        // Slow: what had left the phone is there.
        cut(&mut t, &mut next, 60_000);
        assert_eq!(one(&mut t, &mut next, 20_000), 8 * PIECE_MIN);
        // So long a piece does not grow, a longer one becomes less.
        assert_eq!([0; 2].map(|_| one(&mut t, &mut next, 31_000)), [8, 4].map(|n| n * PIECE_MIN));
        assert_eq!(one(&mut t, &mut next, 1_000), 2 * PIECE_MIN);
        // Somebody between holds it back, or it is fast: half, and no growth for a while.
        for came in [0, 5_000_000] {
            let before = t.line.piece;
            cut(&mut t, &mut next, came);
            for _ in 0..16 {
                assert_eq!(one(&mut t, &mut next, 10), before / 2);
            }
            assert_eq!(one(&mut t, &mut next, 10), before / 2);
            assert_eq!(one(&mut t, &mut next, 10), before);
        }
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
            let size = 1 + random(3_000_000);
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
                        match random(12) {
                            0 => Event::Pause,
                            _ if t.phase == Phase::Paused => Event::GoOn,
                            _ => Event::Go,
                        }
                    }
                    Do::Create { to } => {
                        assert!(to <= size && to <= PIECE_MAX, "seed {seed}");
                        assert_eq!(office, None, "seed {seed}: told again without asking");
                        let lost_on_the_way = bad && random(2) == 0;
                        if !lost_on_the_way {
                            office = Some(if bad { random(to + 1) } else { to });
                        }
                        match office {
                            Some(held) if !bad => Event::Taken { held, ms: random(9_000) as u32 },
                            _ => Event::Failed { wait_ms: 0, chance: 0, ms: 0 },
                        }
                    }
                    Do::Head if bad => match random(5) {
                        0 => {
                            office = None;
                            Event::Unknown
                        }
                        1 => Event::KeyWrong,
                        _ => Event::Failed { wait_ms: 100, chance: 255, ms: 0 },
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
                            if random(4) == 0 { Event::Clash } else { Event::Failed { wait_ms: 0, chance: 0, ms: 0 } }
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
