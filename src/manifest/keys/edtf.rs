//! Reads dates in the Extended Date/Time Format (ISO 8601-2:2019, level 1), and dates in words.

use crate::manifest::keys::invalid::InvalidValue;
use crate::model::{Date, IntervalEnd, Period, PeriodTime, Season, Taken};

/// Parses when a photo was taken: a date of EDTF, or else words. A text that looks like a date, but
/// is none, is an error.
pub(crate) fn parse(text: &str) -> Result<Taken, InvalidValue> {
    if !looks_like_edtf(text) {
        return check_words(text).map(|()| Taken::Text(text.to_owned()));
    }
    let Some((start, end)) = text.split_once('/') else {
        return period(text).map(Taken::Period);
    };
    let (start, end) = (interval_end(start)?, interval_end(end)?);
    match (&start, &end) {
        (&IntervalEnd::At(from), &IntervalEnd::At(to)) if order(from) > order(to) => {
            Err(InvalidValue::new(format!("`{text}` ends before it begins"))
                .hint("write the earlier date first, such as 1911/1913"))
        }
        (IntervalEnd::Open | IntervalEnd::Unknown, IntervalEnd::Open | IntervalEnd::Unknown) => {
            Err(invalid(text))
        }
        _ => Ok(Taken::Interval(start, end)),
    }
}

/// Parses a day of the Gregorian calendar, or a month or a year.
pub(crate) fn parse_date(text: &str) -> Result<Date, InvalidValue> {
    let error = || {
        InvalidValue::new(format!("`{text}` is not a date")).hint(
            "use the form year-month-day, year-month or year, such as \
             2026-11-22, 2026-11 or 2026",
        )
    };
    let mut parts = text.split('-');
    let mut digits = |count: usize| match parts.next() {
        None => Ok(None),
        Some(part) if part.len() == count && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<u16>().map(Some).map_err(|_| error())
        }
        Some(_) => Err(error()),
    };
    let (year, month, day) = (digits(4)?, digits(2)?, digits(2)?);
    let year = year.filter(|&year| year > 0 && text.len() <= 10).ok_or_else(error)?;
    let month = month.map(u8::try_from).transpose().map_err(|_| error())?;
    let day = day.map(u8::try_from).transpose().map_err(|_| error())?;
    if month.is_some_and(|month| !(1..=12).contains(&month)) {
        return Err(InvalidValue::new(format!("`{text}` has a month that does not exist")));
    }
    let days = match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        Some(2) => 28,
        _ => 31,
    };
    if day.is_some_and(|day| !(1..=days).contains(&day)) {
        return Err(InvalidValue::new(format!("`{text}` has a day that does not exist")));
    }
    Ok(Date { year, month, day })
}

/// Whether a text has only the characters of EDTF, and begins like a date of it.
fn looks_like_edtf(text: &str) -> bool {
    let is_edtf = |c: char| c.is_ascii_digit() || "XxYETZ?~%/.:+-".contains(c);
    let start = text.trim_start_matches(['-', '/', '.', '~', '?', '%', 'Y']);
    let is_year = |c: char| c.is_ascii_digit() || matches!(c, 'X' | 'x');
    text.chars().all(is_edtf) && start.chars().take_while(|&c| is_year(c)).count() >= 4
        || is_timestamp(text)
        || is_long_year(text)
}

/// Whether a text is a day and a time, as YAML and cameras write them.
fn is_timestamp(text: &str) -> bool {
    let (date, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let is_time =
        rest.starts_with(['T', ' ']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    is_time && rest.contains(':') && parse_date(&date.replace(':', "-")).is_ok()
}

/// Whether a text is a year beyond four digits, such as `Y170000002` or `Y17E8`.
fn is_long_year(text: &str) -> bool {
    text.strip_prefix('Y').is_some_and(|rest| {
        let digits = rest.trim_start_matches('-');
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, 'E' | 'S'))
    })
}

/// Words need a letter, or a year, unlike a date that was mistyped.
fn check_words(text: &str) -> Result<(), InvalidValue> {
    let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    if text.chars().any(char::is_alphabetic) || has_year { Ok(()) } else { Err(invalid(text)) }
}

fn invalid(text: &str) -> InvalidValue {
    InvalidValue::new(format!("`{text}` is not a date")).hint(
        "use the form year-month-day, year-month or year, such as 2026-11-22, 2026-11 or 2026; \
         or 1911~ (estimated), 1911? (doubtful), 192X, 1911-22 (summer), 1911/1913; or words",
    )
}

fn interval_end(text: &str) -> Result<IntervalEnd, InvalidValue> {
    match text {
        "" => Ok(IntervalEnd::Unknown),
        ".." => Ok(IntervalEnd::Open),
        _ => period(text).map(IntervalEnd::At),
    }
}

/// Parses a date with its qualifier (8.2 to 8.5 of the standard).
fn period(text: &str) -> Result<Period, InvalidValue> {
    if is_timestamp(text) {
        return Err(InvalidValue::new(format!("`{text}` has a time of day"))
            .hint(format!("write only the day: {}", text[..10].replace(':', "-"))));
    }
    if text.starts_with('Y') || text.starts_with('-') {
        return Err(InvalidValue::new(format!("the year of `{text}` is out of range"))
            .hint("valid range: 0001 to 9999"));
    }
    let (date, uncertain, approximate) = match text.char_indices().next_back() {
        Some((at, '?')) => (&text[..at], true, false),
        Some((at, '~')) => (&text[..at], false, true),
        Some((at, '%')) => (&text[..at], true, true),
        _ => (text, false, false),
    };
    let time = time(date, text)?;
    Ok(Period { time, uncertain, approximate })
}

fn time(date: &str, text: &str) -> Result<PeriodTime, InvalidValue> {
    let date = date.to_ascii_uppercase();
    // A month or a day that is not known is left out.
    let known = date.strip_suffix("-XX").unwrap_or(&date);
    let known = known.strip_suffix("-XX").unwrap_or(known);
    let year = |digits: &str| match digits.parse::<u16>() {
        Ok(year) if year > 0 && digits.len() == 4 => Ok(year),
        _ => Err(invalid(text)),
    };
    if let Some(decades) = known.strip_suffix("XX") {
        return year(&format!("{decades}00")).map(PeriodTime::Century);
    }
    if let Some(years) = known.strip_suffix('X') {
        return year(&format!("{years}0")).map(PeriodTime::Decade);
    }
    if let Some((digits, season)) = known.split_once('-') {
        let season = match season {
            "21" => Some(Season::Spring),
            "22" => Some(Season::Summer),
            "23" => Some(Season::Autumn),
            "24" => Some(Season::Winter),
            _ => None,
        };
        if let Some(season) = season {
            return year(digits).map(|year| PeriodTime::Season(season, year));
        }
    }
    if known.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        parse_date(known).map(PeriodTime::Date)
    } else {
        Err(invalid(text))
    }
}

/// The year, and the month and day if both ends of an interval have them.
fn order(period: Period) -> (u16, u8, u8) {
    let month = |season| match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    match period.time {
        PeriodTime::Date(Date { year, month, day }) => (year, month.unwrap_or(0), day.unwrap_or(0)),
        PeriodTime::Season(season, year) => (year, month(season), 0),
        PeriodTime::Decade(year) | PeriodTime::Century(year) => (year, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn written(text: &str) -> Result<String, String> {
        parse(text).map(|taken| taken.localized(&Language::default())).map_err(|e| e.to_string())
    }

    #[test]
    fn level_1_is_understood() {
        for (text, printed) in [
            ("1911", "1911"),
            ("1911-05", "May 1911"),
            ("1911-05-12", "12 May 1911"),
            ("1911?", "1911?"),
            ("1911~", "c. 1911"),
            ("1911%", "c. 1911?"),
            ("1911-05~", "c. May 1911"),
            ("192X", "1920s"),
            ("19XX", "1900–1999"),
            ("19xx~", "c. 1900–1999"),
            ("1911-XX", "1911"),
            ("1911-XX-XX", "1911"),
            ("1911-05-XX", "May 1911"),
            ("1911-21", "spring 1911"),
            ("1911-24?", "winter 1911?"),
            ("1911/1913", "1911–1913"),
            ("1911-05~/1913", "c. May 1911 – 1913"),
            ("1911/..", "from 1911"),
            ("../1911", "until 1911"),
            ("1911/", "1911–?"),
            ("/1911", "?–1911"),
            ("192X/193X", "1920s–1930s"),
        ] {
            assert_eq!(written(text), Ok(printed.into()), "{text}");
        }
    }

    #[test]
    fn words_stay_as_they_are() {
        for text in
            ["around 1911", "Sommer 1911", "12.5.1911", "[1911]", "1911–13", "明治44年", "Easter"]
        {
            assert_eq!(written(text), Ok(text.into()));
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_an_error() {
        for (text, message) in [
            ("1911-13", "has a month that does not exist"),
            ("1911-02-30", "has a day that does not exist"),
            ("1911-25", "has a month that does not exist"),
            ("1911-5-1", "is not a date"),
            ("19110512", "is not a date"),
            ("1911/12", "is not a date"),
            ("1913/1911", "ends before it begins"),
            ("../..", "is not a date"),
            ("1XXX", "is not a date"),
            ("~1911", "is not a date"),
            ("0000", "is not a date"),
            ("Y17E8", "out of range"),
            ("Y170000002", "out of range"),
            ("-1985", "out of range"),
            ("26", "is not a date"),
            ("12.5.26", "is not a date"),
            ("2026-01-12T10:30:00Z", "has a time of day"),
            ("2026-01-12 10:30:00", "has a time of day"),
            ("2026:01:12 10:30:00", "has a time of day"),
        ] {
            let error = written(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
