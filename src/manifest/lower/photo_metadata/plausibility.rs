//! Recognizes dates in metadata that no photo was taken on.

use crate::model::Date;

/// The first photograph that is preserved was taken in this year or the next.
const FIRST_PHOTOGRAPH: u16 = 1826;
/// The days with which the clocks of cameras, phones, scanners and programs begin when they are not
/// set: the epochs of spreadsheets, `QuickTime`, Unix, DOS and FAT, GPS, many cameras, and Apple.
const CLOCK_STARTS: [(u16, u8, u8); 7] = [
    (1900, 1, 1),
    (1904, 1, 1),
    (1970, 1, 1),
    (1980, 1, 1),
    (1980, 1, 6),
    (2000, 1, 1),
    (2001, 1, 1),
];

/// Why a date is very likely wrong; `None` if it is plausible.
pub(crate) fn objection(date: Date, today: Option<Date>) -> Option<&'static str> {
    let day = (date.year, date.month.unwrap_or(0), date.day.unwrap_or(0));
    if CLOCK_STARTS.contains(&day) {
        return Some("the clock of the camera was probably not set");
    }
    if date.year < FIRST_PHOTOGRAPH {
        return Some("there were no photographs yet");
    }
    // The part of the date that is known is compared with the same part of today.
    let is_future = today.is_some_and(|today| {
        let later = |own: Option<u8>, today: Option<u8>| own.zip(today).map(|(a, b)| a.cmp(&b));
        date.year
            .cmp(&today.year)
            .then(later(date.month, today.month).unwrap_or(std::cmp::Ordering::Equal))
            .then(later(date.day, today.day).unwrap_or(std::cmp::Ordering::Equal))
            .is_gt()
    });
    is_future.then_some("it is in the future")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: u16, month: u8, day: u8) -> Date {
        let known = |part| Some(part).filter(|&part| part > 0);
        Date { year, month: known(month), day: known(day) }
    }

    #[test]
    fn the_first_days_of_clocks_are_implausible_but_their_years_are_not() {
        for (year, month, day) in [(1970, 1, 1), (1980, 1, 1), (2000, 1, 1)] {
            assert!(objection(date(year, month, day), None).is_some());
            assert_eq!(objection(date(year, 0, 0), None), None);
            assert_eq!(objection(date(year, month, 15), None), None);
        }
    }

    #[test]
    fn no_photo_is_from_the_future_or_from_before_photography() {
        let today = Some(date(2026, 11, 22));
        for plausible in [date(2026, 11, 22), date(2026, 11, 0), date(2026, 0, 0), date(1911, 5, 1)]
        {
            assert_eq!(objection(plausible, today), None, "{plausible}");
        }
        for implausible in
            [date(2026, 11, 23), date(2026, 12, 0), date(2027, 0, 0), date(1825, 0, 0)]
        {
            assert!(objection(implausible, today).is_some(), "{implausible}");
        }
        assert_eq!(objection(date(2099, 1, 1), None), None);
    }
}
