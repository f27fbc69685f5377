//! The localized strings of a book: in its language, or else in English.

mod directions;
mod languages;
mod localized;
mod offline;
mod periods;
mod read_me;
mod tags;

use crate::model::{Date, Digits, Entry, Language};
use languages::ALL;
use localized::Dates;

pub use directions::Directions;
pub use localized::Strings;
pub use offline::OfflineStrings;
pub use read_me::ReadMeStrings;

impl Strings {
    /// The strings in a language; English for unsupported languages.
    pub fn for_language(language: &Language) -> &'static Self {
        let tag = tags::table_tag(language);
        // The month comes before the day.
        let is_american = tag == "en" && tags::has_region(language, &["US"]);
        let tag = if is_american { "en-US" } else { &tag };
        ALL.iter().find(|strings| strings.language == tag).unwrap_or(&ALL[0])
    }

    /// The name of a picture without alt text: screen readers skip a picture with an empty
    /// text as decoration.
    pub fn name_without_alt(&self, entry: &Entry, digits: Digits) -> String {
        match entry {
            Entry::Plate(plate) if plate.number > 0 => {
                format!("{} {}", self.plate, digits.write(plate.number))
            }
            Entry::Plate(_) => self.plate.to_owned(),
            Entry::Frontispiece(_) => self.frontispiece.to_owned(),
            Entry::Dedication(_)
            | Entry::Epigraph(_)
            | Entry::Essay(_)
            | Entry::Part(_)
            | Entry::Chapter(_)
            | Entry::Blank(_)
            | Entry::Colophon(_) => self.picture.to_owned(),
        }
    }

    /// Joins names: `A`, `A and B`, `A, B and C`.
    pub fn names<S: AsRef<str>>(&self, names: &[S]) -> String {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{}{}{last}", first.join(self.comma), self.and),
        }
    }
}

impl Date {
    /// The date as written in this language: `12 January 2026`, `January 2026` or `2026`; in ISO
    /// 8601 for languages without month names.
    pub fn localized(self, language: &Language) -> String {
        language.digits().write(self.with_words(language))
    }

    /// The same with the digits 0 to 9.
    fn with_words(self, language: &Language) -> String {
        let strings = Strings::for_language(language);
        let Some(month) = self.month else {
            return match strings.dates {
                Dates::Counted([year, ..]) => format!("{}{year}", self.year),
                _ => self.year.to_string(),
            };
        };
        // English months in a German book would be worse than numbers.
        if strings.language == "en" && language.primary() != "en" {
            return self.to_string();
        }
        let year = self.year;
        if let Dates::Counted([years, months, days]) = strings.dates {
            let gap = if strings.language == "ko" { " " } else { "" };
            let day = self.day.map(|day| format!("{gap}{day}{days}")).unwrap_or_default();
            return format!("{year}{years}{gap}{month}{months}{day}");
        }
        let Some(name) = strings
            .months
            .and_then(|names| names.split(' ').nth(usize::from(month).checked_sub(1)?))
        else {
            return self.to_string();
        };
        match (strings.dates, self.day) {
            (Dates::DayMonthYear, Some(day)) => format!("{day} {name} {year}"),
            (Dates::MonthDayYear, Some(day)) => format!("{name} {day}, {year}"),
            (Dates::OrdinalMonthYear, Some(day)) => format!("{day}. {name} {year}"),
            (Dates::WithDe, Some(day)) => format!("{day} de {name} de {year}"),
            (Dates::WithDe, None) => format!("{name} de {year}"),
            (Dates::DayMonthYear | Dates::MonthDayYear | Dates::OrdinalMonthYear, None) => {
                format!("{name} {year}")
            }
            (Dates::Counted(_) | Dates::Iso, _) => self.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tag: &str) -> String {
        Date { year: 2026, month: Some(1), day: Some(12) }.localized(&Language::new(tag))
    }

    #[test]
    fn dates_follow_the_format_of_the_language() {
        assert_eq!(written("en"), "12 January 2026");
        assert_eq!(written("en-US"), "January 12, 2026");
        assert_eq!(written("de-CH"), "12. Januar 2026");
        assert_eq!(written("es"), "12 de enero de 2026");
        assert_eq!(written("ja"), "2026年1月12日");
        assert_eq!(written("ko"), "2026년 1월 12일");
    }

    #[test]
    fn a_language_without_month_names_gets_iso_dates() {
        assert_eq!((written("pl"), written("mi")), ("2026-01-12".into(), "2026-01-12".into()));
    }

    #[test]
    fn the_last_of_several_names_is_joined_by_a_word() {
        assert_eq!(
            Strings::for_language(&Language::default()).names(&["Ada", "Ben", "Cleo"]),
            "Ada, Ben and Cleo"
        );
    }

    #[test]
    fn a_date_may_lack_day_or_month() {
        let date = Date { year: 2026, month: Some(1), day: None };
        assert_eq!(date.localized(&Language::default()), "January 2026");
        let date = Date { year: 2026, month: None, day: None };
        assert_eq!(date.localized(&Language::default()), "2026");
    }
}
