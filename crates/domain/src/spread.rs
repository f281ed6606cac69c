//! The middle and the slow end of how long things took, from how many took how many days.

use std::collections::BTreeMap;

/// Fewer cases than this could tell whose they were: nothing is published of them.
pub const FEWEST: u64 = 5;

/// Fewer cases than this say nothing about how long a step usually takes.
pub const USUAL: u64 = 10;

/// How many cases took how many days.
pub type Spread = BTreeMap<u32, u64>;

pub fn cases(spread: &Spread) -> u64 {
    spread.values().sum()
}

/// The fewest days within which so many percent of the cases were done (nearest rank); `None` without cases.
pub fn within(spread: &Spread, percent: u64) -> Option<u32> {
    let rank = (cases(spread) * percent).div_ceil(100).max(1);
    let mut seen = 0;
    spread.iter().find_map(|(days, cases)| {
        seen += cases;
        (seen >= rank).then_some(*days)
    })
}

/// A share in percent with one decimal, rounded half up, like `97.3`; `None` of nothing.
pub fn percent(part: u64, of: u64) -> Option<String> {
    let permille = (u128::from(part) * 2_000 + u128::from(of)).checked_div(u128::from(of) * 2)?;
    Some(format!("{}.{}", permille / 10, permille % 10))
}
