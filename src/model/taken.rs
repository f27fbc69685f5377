//! When a photo was taken: as precisely as it is known.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Date;

/// How precisely the dates of photos are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DatePrecision {
    /// Not at all.
    None,
    /// The year.
    Year,
    /// The month or season, and the year.
    Month,
    /// The day, if it is known.
    #[default]
    Day,
}

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

impl Taken {
    /// The same time in less detail. Words stay as they are. `None` if nothing is left.
    #[must_use]
    pub fn with_precision(self, precision: DatePrecision) -> Option<Self> {
        match self {
            Self::Text(_) => Some(self),
            _ if precision == DatePrecision::None => None,
            Self::Period(period) => Some(Self::Period(period.with_precision(precision))),
            Self::Interval(start, end) => {
                let [start, end] = [start, end].map(|it| match it {
                    IntervalEnd::At(period) => IntervalEnd::At(period.with_precision(precision)),
                    IntervalEnd::Open | IntervalEnd::Unknown => it,
                });
                // From January to March of a year is that year.
                Some(match (start, end) {
                    (IntervalEnd::At(from), IntervalEnd::At(to)) if from == to => {
                        Self::Period(from)
                    }
                    _ => Self::Interval(start, end),
                })
            }
        }
    }
}

impl Period {
    fn with_precision(self, precision: DatePrecision) -> Self {
        let time = match self.time {
            PeriodTime::Date(date) => PeriodTime::Date(Date {
                month: date.month.filter(|_| precision >= DatePrecision::Month),
                day: date.day.filter(|_| precision >= DatePrecision::Day),
                ..date
            }),
            PeriodTime::Season(_, year) if precision < DatePrecision::Month => {
                PeriodTime::Date(Date { year, month: None, day: None })
            }
            time => time,
        };
        Self { time, ..self }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> Period {
        let date = Date { year, month: Some(month), day: Some(day) };
        PeriodTime::Date(date).into()
    }

    fn year(year: u16) -> Period {
        PeriodTime::Date(Date { year, month: None, day: None }).into()
    }

    #[test]
    fn a_date_has_no_more_detail_than_wanted() {
        let taken = Taken::Period(day(2026, 1, 12));
        let reduced = |precision| taken.clone().with_precision(precision);
        assert_eq!(reduced(DatePrecision::Day), Some(taken.clone()));
        let month = Date { year: 2026, month: Some(1), day: None };
        assert_eq!(reduced(DatePrecision::Month), Some(month.into()));
        assert_eq!(reduced(DatePrecision::Year), Some(Taken::Period(year(2026))));
        assert_eq!(reduced(DatePrecision::None), None);
        let season = Taken::Period(PeriodTime::Season(Season::Winter, 1911).into());
        let reduced = season.with_precision(DatePrecision::Year);
        assert_eq!(reduced, Some(Taken::Period(year(1911))));
    }

    #[test]
    fn an_interval_within_a_year_is_that_year() {
        let [from, to] = [day(2026, 1, 12), day(2026, 3, 1)].map(IntervalEnd::At);
        let reduced = Taken::Interval(from, to).with_precision(DatePrecision::Year);
        assert_eq!(reduced, Some(Taken::Period(year(2026))));
        let open = Taken::Interval(from, IntervalEnd::Open).with_precision(DatePrecision::Year);
        let expected = Taken::Interval(IntervalEnd::At(year(2026)), IntervalEnd::Open);
        assert_eq!(open, Some(expected));
    }

    #[test]
    fn words_stay_as_they_are() {
        let words = Taken::Text("that summer".to_owned());
        assert_eq!(words.clone().with_precision(DatePrecision::None), Some(words));
    }
}
