//! Working time: the office's hours on working days. Milliseconds; what lies outside the hours does not pass.

use crate::content::{DayName, Opening};
use crate::date::{Day, Zone};
use crate::workdays::{Calendar, YearNotPublished};
use std::collections::BTreeMap;

const MINUTE: i64 = 60_000;

/// Opening and closing in milliseconds after midnight.
type Spans = Vec<(i64, i64)>;

/// Opening and closing on each weekday from Monday: by the day since which they hold, the first ones also before it.
/// Time that has passed is never counted anew by hours that came later.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hours([BTreeMap<Option<Day>, Spans>; 7]);

/// Why hours cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadHours {
    /// No time written `08:00`, or a closing that is not after the opening.
    Time,
    /// Open twice at the same time.
    Overlap(DayName),
    /// A working day on which it never opens.
    Closed(DayName),
}

impl std::fmt::Display for BadHours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadHours::Time => f.write_str("hours are written from = \"08:00\", to = \"15:30\", the later one last"),
            BadHours::Overlap(day) => write!(f, "the office opens twice at the same time ({day:?})"),
            BadHours::Closed(day) => write!(f, "the office never opens on a working day ({day:?})"),
        }
    }
}

impl Hours {
    /// # Errors
    /// [`BadHours`].
    pub fn new(openings: &[Opening]) -> Result<Hours, BadHours> {
        let mut hours = Hours::default();
        for opening in openings {
            let span = (time_of_day(&opening.from)?, time_of_day(&opening.to)?);
            if span.0 >= span.1 {
                return Err(BadHours::Time);
            }
            for day in &opening.days {
                hours.0[*day as usize].entry(opening.since).or_default().push(span);
            }
        }
        for (name, editions) in DayName::ALL.into_iter().zip(&mut hours.0) {
            for spans in editions.values_mut() {
                spans.sort_unstable();
                if spans.windows(2).any(|pair| pair[0].1 > pair[1].0) {
                    return Err(BadHours::Overlap(name));
                }
            }
            if editions.is_empty() && !matches!(name, DayName::Sabtu | DayName::Minggu) {
                return Err(BadHours::Closed(name));
            }
        }
        Ok(hours)
    }

    fn on(&self, day: Day) -> &[(i64, i64)] {
        let editions = &self.0[usize::from(day.0.weekday().number_days_from_monday())];
        let now = editions.range(..=Some(day)).next_back().or_else(|| editions.first_key_value());
        now.map_or(&[], |(_, spans)| spans)
    }
}

fn time_of_day(text: &str) -> Result<i64, BadHours> {
    let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5).ok_or(BadHours::Time)?;
    let number = |text: &str, below: i64| {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|n: &i64| digits && *n < below).ok_or(BadHours::Time)
    };
    Ok((number(hour, 24)? * 60 + number(minute, 60)?) * MINUTE)
}

/// What working time is measured by.
#[derive(Debug, Clone, Copy)]
pub struct Clock<'a> {
    pub zone: Zone,
    pub calendar: &'a Calendar,
    pub hours: &'a Hours,
}

impl Clock<'_> {
    /// Working time between two moments; none when the second is not later.
    ///
    /// # Errors
    /// [`YearNotPublished`] when a day of it is in such a year.
    pub fn worked(self, from: i64, to: i64) -> Result<i64, YearNotPublished> {
        let mut sum = 0;
        let mut day = Day::at(from, self.zone);
        while day.start_ms(self.zone) < to {
            for (open, close) in self.spans(day)? {
                sum += (close.min(to) - open.max(from)).max(0);
            }
            if day.next() == day {
                return Err(YearNotPublished(day.year()));
            }
            day = day.next();
        }
        Ok(sum)
    }

    /// The first moment at which so much working time has passed.
    ///
    /// # Errors
    /// [`YearNotPublished`] when it would be in such a year.
    pub fn after(self, from: i64, time: i64) -> Result<i64, YearNotPublished> {
        let mut left = time;
        let mut day = Day::at(from, self.zone);
        if left <= 0 {
            return Ok(from);
        }
        loop {
            for (open, close) in self.spans(day)? {
                let open = open.max(from);
                if close - open >= left {
                    return Ok(open + left);
                }
                left -= (close - open).max(0);
            }
            if day.next() == day {
                return Err(YearNotPublished(day.year()));
            }
            day = day.next();
        }
    }

    /// Opening and closing of a day as moments; none on a day off.
    fn spans(&self, day: Day) -> Result<impl Iterator<Item = (i64, i64)>, YearNotPublished> {
        let start = day.start_ms(self.zone);
        let spans = if self.calendar.is_working(day)? { self.hours.on(day) } else { &[] };
        Ok(spans.iter().map(move |(open, close)| (start + open, start + close)))
    }
}
