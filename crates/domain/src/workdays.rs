//! Working days: Monday to Friday, less national holidays and joint leave (civil servants are off).
//! Day 1 is the first working day after the day itself.

use crate::content::CalendarYear;
use crate::date::Day;
use std::collections::{BTreeMap, BTreeSet};
use time::Weekday;

/// The published years. A year that is not published is not guessed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar {
    years: BTreeMap<i32, BTreeSet<Day>>,
}

/// No calendar is published for the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearNotPublished(pub i32);

impl std::fmt::Display for YearNotPublished {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kalender libur tahun {} belum diumumkan, jadi tanggalnya belum bisa dihitung.", self.0)
    }
}

impl std::error::Error for YearNotPublished {}

impl Calendar {
    pub fn new(years: &[CalendarYear]) -> Calendar {
        let mut calendar = Calendar::default();
        for year in years {
            let days = calendar.years.entry(year.year).or_default();
            days.extend(year.day.iter().map(|holiday| holiday.date));
        }
        calendar
    }

    /// # Errors
    /// [`YearNotPublished`].
    pub fn is_working(&self, day: Day) -> Result<bool, YearNotPublished> {
        let off = self.years.get(&day.year()).ok_or(YearNotPublished(day.year()))?;
        let weekend = matches!(day.0.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(!weekend && !off.contains(&day))
    }

    /// The `count`-th working day after `from`; `from` itself when `count` is 0.
    ///
    /// # Errors
    /// [`YearNotPublished`] when the count runs into a year without a calendar.
    pub fn add(&self, from: Day, count: u32) -> Result<Day, YearNotPublished> {
        let mut day = from;
        let mut left = count;
        while left > 0 {
            let next = day.next();
            if next == day {
                // The last day the calendar type knows: nothing can be counted beyond it.
                return Err(YearNotPublished(day.year()));
            }
            day = next;
            if self.is_working(day)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// Working days after `from` up to and including `to`.
    ///
    /// # Errors
    /// [`YearNotPublished`].
    pub fn between(&self, from: Day, to: Day) -> Result<u32, YearNotPublished> {
        let mut day = from;
        let mut count = 0;
        while day < to {
            day = day.next();
            count += u32::from(self.is_working(day)?);
        }
        Ok(count)
    }
}
