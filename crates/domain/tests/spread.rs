//! Median and ninetieth percentile by nearest rank, against a sorted list; shares in percent.
#![allow(clippy::unwrap_used)]

mod common;
use common::each_seed;
use satu_pintu_domain::spread::{Spread, percent, within};

#[test]
fn ranks_are_those_of_the_sorted_list() {
    each_seed(300, |chance| {
        let mut all: Vec<u32> = (0..=chance.below(40)).map(|_| chance.below(12) as u32).collect();
        let mut spread = Spread::new();
        for days in &all {
            *spread.entry(*days).or_default() += 1;
        }
        all.sort_unstable();
        for share in [1, 50, 90, 100] {
            let rank = (all.len() * share).div_ceil(100);
            assert_eq!(within(&spread, share as u64), Some(all[rank - 1]), "{share} % of {all:?}");
        }
    });
    assert_eq!(within(&Spread::new(), 50), None);
}

#[test]
fn shares() {
    let told = |part, of| percent(part, of).unwrap();
    assert_eq!(
        [told(0, 7), told(1, 3), told(2, 3), told(7, 7), told(1, 2_000)],
        ["0.0", "33.3", "66.7", "100.0", "0.1"]
    );
    assert_eq!(percent(0, 0), None);
}
