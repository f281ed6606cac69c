//! Days without a time, and the fixed offsets of the Indonesian zones (no summer time).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A calendar day, written `2026-03-30`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub time::Date);

/// The text was not a day that exists, written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADay;

impl Day {
    /// The day a moment falls on.
    pub fn at(unix_ms: i64, zone: Zone) -> Day {
        let days = (unix_ms + zone.offset_ms()).div_euclid(86_400_000);
        Day(time::Date::from_julian_day((days + 2_440_588) as i32).unwrap_or(time::Date::MIN))
    }

    /// Midnight at the start of the day, in milliseconds since 1970 UTC.
    pub fn start_ms(self, zone: Zone) -> i64 {
        (i64::from(self.0.to_julian_day()) - 2_440_588) * 86_400_000 - zone.offset_ms()
    }

    pub fn next(self) -> Day {
        Day(self.0.next_day().unwrap_or(time::Date::MAX))
    }

    pub fn year(self) -> i32 {
        self.0.year()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(s: &str) -> Result<Day, NotADay> {
        let mut parts = s.splitn(3, '-');
        let mut number = |len: usize| {
            parts
                .next()
                .filter(|p| p.len() == len && p.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|p| p.parse::<u16>().ok())
                .ok_or(NotADay)
        };
        let (y, m, d) = (number(4)?, number(2)?, number(2)?);
        let month = time::Month::try_from(m as u8).map_err(|_| NotADay)?;
        time::Date::from_calendar_date(y.into(), month, d as u8).map(Day).map_err(|_| NotADay)
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Day, D::Error> {
        String::deserialize(d)?.parse().map_err(|_| serde::de::Error::custom("not a day written YYYY-MM-DD"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Day {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date)))
            .into()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Day {}

/// The office's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Zone {
    /// UTC+7
    Wib,
    /// UTC+8
    Wita,
    /// UTC+9
    Wit,
}

impl Zone {
    pub fn offset_ms(self) -> i64 {
        3_600_000
            * match self {
                Zone::Wib => 7,
                Zone::Wita => 8,
                Zone::Wit => 9,
            }
    }
}
