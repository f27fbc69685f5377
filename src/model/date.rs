//! A date: a day, a month or a year.

use std::fmt;

/// A date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year of the Gregorian calendar, 1 to 9999.
    pub year: u16,
    /// 1 to 12; absent if only the year is known.
    pub month: Option<u8>,
    /// 1 to 31; absent if only the month is known.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    /// Formats the date as in ISO 8601: `2026-11-22`, `2026-11` or `2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}
