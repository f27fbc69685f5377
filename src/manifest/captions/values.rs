//! The values of cells: what spreadsheets add to them, and their dates.

use crate::manifest::captions::cells::Cell;
use crate::manifest::keys::edtf;
use crate::model::{Date, Taken, is_xml_char};

/// What spreadsheets show instead of a value that they cannot calculate, in English, German, French
/// and Spanish.
const ERRORS: [&str; 20] = [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#NV",
    "#BEZUG!", "#WERT!", "#ZAHL!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#VALOR!", "#NOMBRE?", "#N/D",
    "#NUL!",
];

/// Whether a cell is the error of a formula.
pub(super) fn is_error(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !matches!(c, '¡' | '¿')).collect();
    ERRORS.contains(&text.as_str()) || (text.len() > 2 && text.chars().all(|c| c == '#'))
}

/// The text of a cell, as its author meant it: without `="…"`, which keeps a spreadsheet from
/// making a number of it, and without the apostrophe that does the same.
pub(super) fn text(cell: &Cell) -> &str {
    let text = cell.text.trim();
    let formula = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(value) = formula.filter(|value| !value.contains('"')) {
        return value.trim();
    }
    match text.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => rest,
        _ => text,
    }
}

/// Whether a spreadsheet would not take this for a text.
fn is_guarded(text: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '/' | ':' | ' ');
    text.starts_with(['=', '+', '@'])
        || (text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && text.chars().all(is_number))
}

/// A name of a file: without an apostrophe at its beginning.
pub(super) fn file_name(cell: &Cell) -> &str {
    let text = text(cell);
    text.strip_prefix('\'').unwrap_or(text).trim()
}

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text whose line breaks are kept: in a cell they are never there by accident.
pub(super) fn lines(text: &str) -> String {
    let text = lines_with_blanks(text);
    let lines = text.split('\n').filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// A text with line feeds between its lines, which begin and end with no blank.
pub(super) fn lines_with_blanks(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\x0B', '\u{85}', '\u{2028}'], "\n");
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// A text without control characters.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || !is_xml_char(c) { ' ' } else { c }).collect()
}

/// The order of day and month in dates with slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// 31/12/1984
    DayFirst,
    /// 12/31/1984
    MonthFirst,
}

/// A date of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellDate {
    /// As it is printed.
    Date(Taken),
    /// A day that can be read in two ways.
    Ambiguous(String),
    /// Neither a date nor words, with the reason.
    Invalid(String),
}

/// Reads a date: as the manifest does, or in a local form. Dates with dots begin with the day;
/// those with slashes need an order if day and month may be exchanged.
pub(super) fn date(text: &str, order: Option<DateOrder>) -> CellDate {
    let text = line(text);
    let day = without_time(&text);
    let Some([first, second, year]) = local_parts(day) else {
        let date = iso(day).unwrap_or(day.to_owned());
        return match edtf::parse(&date) {
            Ok(taken) => CellDate::Date(taken),
            Err(error) => CellDate::Invalid(error.message().to_owned()),
        };
    };
    let order = if day.contains('.') { Some(DateOrder::DayFirst) } else { order };
    let order = certain_order(first, second).or(order);
    let [day_of_month, month] = match order {
        _ if first == second => [first, second],
        Some(DateOrder::DayFirst) => [first, second],
        Some(DateOrder::MonthFirst) => [second, first],
        None => return CellDate::Ambiguous(day.to_owned()),
    };
    // The century of two digits is not known.
    if year < 100 {
        return CellDate::Ambiguous(day.to_owned());
    }
    match edtf::parse_date(&format!("{year:04}-{month:02}-{day_of_month:02}")) {
        Ok(date) => CellDate::Date(Taken::from(date)),
        Err(_) => CellDate::Invalid(format!("`{day}` is not a day")),
    }
}

/// The order of the dates in a column, from those that can be read in one way only; `None` if there
/// are none, or of both.
pub(super) fn order<'a>(dates: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let certain = dates.filter_map(|text| {
        let text = line(text);
        let day = without_time(&text);
        let [first, second, _] = local_parts(day).filter(|_| !day.contains('.'))?;
        certain_order(first, second)
    });
    let certain: Vec<DateOrder> = certain.collect();
    let first = certain.first().copied()?;
    certain.iter().all(|order| *order == first).then_some(first)
}

fn certain_order(first: u16, second: u16) -> Option<DateOrder> {
    match (first > 12, second > 12) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// Three numbers with the same separator, the last of two or four digits.
fn local_parts(text: &str) -> Option<[u16; 3]> {
    let separator = text.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let mut parts = text.split(separator).map(str::trim);
    let mut number = |lengths: &[usize]| {
        let part = parts.next()?;
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        (digits && lengths.contains(&part.len())).then(|| part.parse().ok())?
    };
    let numbers = [number(&[1, 2])?, number(&[1, 2])?, number(&[2, 4])?];
    parts.next().is_none().then_some(numbers)
}

/// A day of cameras and exiftool, `1984:12:31` or `1984/12/31`, in the form of ISO 8601.
fn iso(text: &str) -> Option<String> {
    let date = text.replace([':', '/'], "-");
    let is_day = |date: &Date| date.day.is_some();
    edtf::parse_date(&date).ok().filter(is_day).map(|date| date.to_string())
}

/// A date without the time of day after it.
fn without_time(text: &str) -> &str {
    let is_time = |rest: &str| {
        rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':') && rest.len() >= 4
    };
    let end = text.match_indices(['T', ' ']).find(|(at, _)| is_time(&text[at + 1..]));
    end.filter(|(at, _)| text[..*at].bytes().all(|byte| !byte.is_ascii_alphabetic()))
        .map_or(text, |(at, _)| text[..at].trim_end_matches(','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn read(text: &str, order: Option<DateOrder>) -> String {
        match date(text, order) {
            CellDate::Date(taken) => taken.localized(&Language::new("en")),
            CellDate::Ambiguous(text) => format!("? {text}"),
            CellDate::Invalid(_) => "-".to_owned(),
        }
    }

    #[test]
    fn local_dates_are_read_if_they_are_certain() {
        for (text, expected) in [
            ("31.12.1984", "31 December 1984"),
            ("01.02.1984", "1 February 1984"),
            ("31/12/1984", "31 December 1984"),
            ("12/31/1984 10:20", "31 December 1984"),
            ("03/04/1984", "? 03/04/1984"),
            ("04/04/1984", "4 April 1984"),
            ("31.12.84", "? 31.12.84"),
            ("1984:12:31 10:20:30", "31 December 1984"),
            ("1984-12-31T10:20:30+01:00", "31 December 1984"),
            ("1984/12/31", "31 December 1984"),
            ("1984-12", "December 1984"),
            ("1911~", "c. 1911"),
            ("summer of 1984", "summer of 1984"),
            ("45/45/1984", "-"),
            ("31.02.1984", "-"),
            ("31047", "-"),
        ] {
            assert_eq!(read(text, None), expected, "{text}");
        }
        assert_eq!(read("03/04/1984", Some(DateOrder::DayFirst)), "3 April 1984");
        assert_eq!(read("03/04/1984", Some(DateOrder::MonthFirst)), "4 March 1984");
    }

    #[test]
    fn one_certain_date_shows_the_order_of_a_column() {
        let order = |dates: &[&str]| order(dates.iter().copied());
        assert_eq!(order(&["03/04/1984", "31/12/1984"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["03/04/1984", "12/31/1984"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["31/12/1984", "12/31/1984"]), None);
        assert_eq!(order(&["03/04/1984", "31.12.1984"]), None);
    }

    #[test]
    fn what_spreadsheets_add_is_taken_away() {
        for (cell, expected) in [
            ("=\"01\"", "01"),
            ("'007", "007"),
            ("'=1+1", "=1+1"),
            ("'Twas night", "'Twas night"),
            ("'90s fashion", "'90s fashion"),
            ("\"Ida\"", "\"Ida\""),
        ] {
            assert_eq!(text(&Cell { text: cell.to_owned(), at: 0 }), expected);
        }
        for error in ["#N/A", "#NV", "#¡REF!", "####"] {
            assert!(is_error(error), "{error}");
        }
        assert!(!is_error("#1") && !is_error("#harbour"));
    }
}
