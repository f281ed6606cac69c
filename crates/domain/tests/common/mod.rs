//! What several tests need: the published calendar, rule sets from TOML, and chance with a seed.
//! Run with `SEED=n` to repeat what a failing test printed.
#![allow(dead_code, clippy::unwrap_used)]

pub mod history;

use satu_pintu_domain::content::CalendarYear;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::rules::RuleSet;
use satu_pintu_domain::workdays::Calendar;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The office's own calendar.
pub fn calendar() -> Calendar {
    let text = include_str!("../../../../content/calendar.toml");
    let json = json(toml::from_str(text).unwrap());
    let years: Vec<CalendarYear> = serde_json::from_value(json["year"].clone()).unwrap();
    Calendar::new(&years)
}

pub fn rules(text: &str) -> RuleSet {
    serde_json::from_value(json(toml::from_str(text).unwrap())).unwrap()
}

/// Days become text, as publishing does it.
fn json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, json(v))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// xorshift64*: enough for tests, the same everywhere.
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        ((mixed >> 33) as usize) % end
    }
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Runs a test on many seeds, or on the one in `SEED`. The seed of a failure is printed.
pub fn each_seed(count: u64, test: impl Fn(&mut Chance)) {
    let seeds = match std::env::var("SEED").ok().and_then(|s| s.parse().ok()) {
        Some(seed) => seed..=seed,
        None => {
            let now = std::time::SystemTime::now();
            let now = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
            let first = now % 1_000_000_000 + 1;
            first..=first + count - 1
        }
    };
    for seed in seeds {
        let told = Told(seed);
        // Neighbouring seeds have to differ from the first number on.
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        chance.below(2);
        test(&mut chance);
        std::mem::forget(told);
    }
}

struct Told(u64);
impl Drop for Told {
    fn drop(&mut self) {
        eprintln!("failed with SEED={}", self.0);
    }
}
