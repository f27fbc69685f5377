//! The localized strings of one language and its date format.

/// The localized names of the parts of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strings {
    /// The BCP 47 tag of the language.
    pub language: &'static str,
    /// The table of contents.
    pub contents: &'static str,
    /// The cover.
    pub cover: &'static str,
    /// The title page.
    pub title_page: &'static str,
    /// The page with publisher, rights and identifier.
    pub imprint: &'static str,
    /// The start of the body.
    pub beginning: &'static str,
    /// The page list.
    pub pages: &'static str,
    /// One picture on a page of its own.
    pub plate: &'static str,
    /// A picture that is not a numbered plate.
    pub picture: &'static str,
    /// Several plates.
    pub plates: &'static str,
    /// The list of plates.
    pub list_of_plates: &'static str,
    /// The index.
    pub index: &'static str,
    /// The parts of the index: places, people, subjects.
    pub index_topics: [&'static str; 3],
    /// The dedication.
    pub dedication: &'static str,
    /// The epigraph of the book.
    pub epigraph: &'static str,
    /// The picture that faces the title page.
    pub frontispiece: &'static str,
    /// The colophon: how the book was made.
    pub colophon: &'static str,
    /// The typefaces of the book.
    pub typefaces: &'static str,
    /// The paper of the book.
    pub paper: &'static str,
    /// The printer of the book.
    pub printer: &'static str,
    /// Names the software; `{}` is replaced by its name.
    pub made_with: &'static str,
    /// Names the photographers; `{}` is replaced by the names.
    pub photographs_by: &'static str,
    /// Names the authors of the text; `{}` is replaced by the names.
    pub text_by: &'static str,
    /// The conjunction between the last two of several names.
    pub and: &'static str,
    /// The separator of the other names, and of location and date.
    pub comma: &'static str,
    /// The twelve months, in the form used in a date.
    pub(super) months: Option<&'static str>,
    pub(super) dates: Dates,
}

/// The date format of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    /// 12 January 2026
    DayMonthYear,
    /// January 12, 2026
    MonthDayYear,
    /// 12. Januar 2026
    OrdinalMonthYear,
    /// 12 de enero de 2026
    WithDe,
    /// 2026年1月12日, with the three suffixes
    Counted([&'static str; 3]),
    /// 2026-01-12
    Iso,
}
