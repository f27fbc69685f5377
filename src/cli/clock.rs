//! The moment that a build's files name as that of their making.

use time::{Duration, Month, OffsetDateTime, Time, UtcOffset};

use crate::finding::{Code, Finding};
use crate::model::Date;

/// Chosen from the environment and the book, never from a clock: the same input gives the
/// same bytes, today and in ten years.
///
/// `SOURCE_DATE_EPOCH`, which build systems set, comes first; then the manifest's date, at
/// midnight UTC; then the first moment of 2000, which is plainly nobody's and which every
/// container can hold (a ZIP's times begin in 1980).
pub(super) fn moment(date: Option<Date>) -> Result<OffsetDateTime, Finding> {
    match source_date_epoch() {
        Some(value) => from_epoch(&value),
        None => Ok(date.and_then(midnight).unwrap_or_else(millennium)),
    }
}

const VARIABLE: &str = "SOURCE_DATE_EPOCH";
/// 2000-01-01T00:00:00Z.
const MILLENNIUM: i64 = 946_684_800;

#[expect(clippy::disallowed_methods, reason = "cli is where the environment is read")]
fn source_date_epoch() -> Option<String> {
    std::env::var_os(VARIABLE).map(|value| value.to_string_lossy().into_owned())
}

/// A value that is no moment is an error, as its specification demands: to go on with
/// another moment would be the kind of surprise that the variable is there to prevent.
fn from_epoch(value: &str) -> Result<OffsetDateTime, Finding> {
    let moment = value.parse().ok().and_then(|s| OffsetDateTime::from_unix_timestamp(s).ok());
    moment.filter(|moment| moment.year() >= 0).ok_or_else(|| {
        Finding::new(Code::SourceDateEpoch, format!("{VARIABLE} is {value:?}, not a moment"))
            .help("set it to a whole number of seconds since 1970-01-01T00:00:00Z, or unset it")
    })
}

fn millennium() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::seconds(MILLENNIUM)
}

fn midnight(date: Date) -> Option<OffsetDateTime> {
    let month = Month::try_from(date.month.unwrap_or(1)).ok()?;
    let day =
        time::Date::from_calendar_date(date.year.into(), month, date.day.unwrap_or(1)).ok()?;
    Some(OffsetDateTime::new_in_offset(day, Time::MIDNIGHT, UtcOffset::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_from_midnight() {
        let day = midnight(Date { year: 2026, month: Some(11), day: Some(22) });
        assert_eq!(day.map(OffsetDateTime::unix_timestamp), Some(1_795_305_600));
    }

    #[test]
    fn a_year_counts_from_its_first_day() {
        let year = midnight(Date { year: 2000, month: None, day: None });
        assert_eq!(year, Some(millennium()));
    }

    #[test]
    fn an_epoch_is_a_number_of_seconds() {
        assert_eq!(from_epoch("946684800"), Ok(millennium()));
        for odd in ["", "now", "1e9", "99999999999999999999", "-99999999999"] {
            assert_eq!(from_epoch(odd).map_err(|finding| finding.code), Err(Code::SourceDateEpoch));
        }
    }
}
