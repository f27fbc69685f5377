//! When a photo was taken: as precisely as it is known.

use super::Date;

/// When a photo was taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Taken {
    /// On a day, in a month, or at another time.
    Period(Period),
    /// Between two times, or before or after one.
    Interval(IntervalEnd, IntervalEnd),
    /// In words, which are printed as they are.
    Text(String),
}

/// A day or a longer time, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The time.
    pub time: PeriodTime,
    /// Whether its source is doubtful (`?` in EDTF).
    pub uncertain: bool,
    /// Whether it is an estimate (`~` in EDTF).
    pub approximate: bool,
}

/// A day or a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodTime {
    /// A day, a month or a year.
    Date(Date),
    /// A season of a year.
    Season(Season, u16),
    /// The ten years from this one on.
    Decade(u16),
    /// The hundred years from this one on.
    Century(u16),
}

/// A season, in the order of the year in the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Season {
    /// 21 in EDTF.
    Spring,
    /// 22 in EDTF.
    Summer,
    /// 23 in EDTF.
    Autumn,
    /// 24 in EDTF.
    Winter,
}

/// The beginning or the end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntervalEnd {
    /// At this time.
    At(Period),
    /// There is none (`..` in EDTF).
    Open,
    /// It is not known (blank in EDTF).
    Unknown,
}

impl Taken {
    /// The date, if it is an exact one, for programs to read.
    pub fn exact_date(&self) -> Option<Date> {
        match self {
            Self::Period(Period {
                time: PeriodTime::Date(date),
                uncertain: false,
                approximate: false,
            }) => Some(*date),
            Self::Period(_) | Self::Interval(..) | Self::Text(_) => None,
        }
    }
}

impl From<Date> for Taken {
    fn from(date: Date) -> Self {
        Self::Period(PeriodTime::Date(date).into())
    }
}

impl From<PeriodTime> for Period {
    /// A certain and exact time.
    fn from(time: PeriodTime) -> Self {
        Self { time, uncertain: false, approximate: false }
    }
}

impl PeriodTime {
    /// The first year of the time.
    pub fn year(self) -> u16 {
        match self {
            Self::Date(date) => date.year,
            Self::Season(_, year) | Self::Decade(year) | Self::Century(year) => year,
        }
    }
}
