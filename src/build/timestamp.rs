//! The time that the files of a book give as the time of their creation.

use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};

use crate::model;

/// 2000-01-01T00:00:00Z.
const MILLENNIUM: i64 = 946_684_800;

/// The time for a book of this date: midnight UTC of its first day; for a book without a date, the
/// first moment of 2000, which nobody mistakes for a real date and which every container can hold
/// (the times of a ZIP archive begin in 1980).
///
/// It is never read from a clock, so that the same input gives the same bytes.
pub fn default_timestamp(date: Option<model::Date>) -> OffsetDateTime {
    let millennium = OffsetDateTime::UNIX_EPOCH + Duration::seconds(MILLENNIUM);
    date.and_then(midnight).unwrap_or(millennium)
}

fn midnight(date: model::Date) -> Option<OffsetDateTime> {
    let month = Month::try_from(date.month.unwrap_or(1)).ok()?;
    let day = Date::from_calendar_date(date.year.into(), month, date.day.unwrap_or(1)).ok()?;
    Some(OffsetDateTime::new_in_offset(day, Time::MIDNIGHT, UtcOffset::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(date: Option<model::Date>) -> i64 {
        default_timestamp(date).unix_timestamp()
    }

    #[test]
    fn a_date_begins_at_midnight() {
        let day = model::Date { year: 2026, month: Some(11), day: Some(22) };
        assert_eq!(seconds(Some(day)), 1_795_305_600);
    }

    #[test]
    fn a_year_begins_with_its_first_day() {
        let year = model::Date { year: 2000, month: None, day: None };
        assert_eq!((seconds(Some(year)), seconds(None)), (MILLENNIUM, MILLENNIUM));
    }
}
