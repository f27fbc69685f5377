//! The words of one language and the way in which it writes dates.

/// What the parts of a book are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strings {
    /// The BCP 47 tag of the language that these words are in.
    pub language: &'static str,
    /// The list of chapters.
    pub contents: &'static str,
    /// The front of the book.
    pub cover: &'static str,
    /// The page with the title.
    pub title_page: &'static str,
    /// The page with publisher, rights and identifier.
    pub imprint: &'static str,
    /// Where reading begins.
    pub beginning: &'static str,
    /// The list of page numbers.
    pub pages: &'static str,
    /// One picture on a page of its own.
    pub plate: &'static str,
    /// A picture that is not counted among the plates.
    pub picture: &'static str,
    /// Several of them.
    pub plates: &'static str,
    /// The list of them.
    pub list_of_plates: &'static str,
    /// To whom the book is given.
    pub dedication: &'static str,
    /// The picture that faces the title page.
    pub frontispiece: &'static str,
    /// How the book was made.
    pub colophon: &'static str,
    /// What it is set in.
    pub typefaces: &'static str,
    /// What it is printed on.
    pub paper: &'static str,
    /// By whom it is printed.
    pub printer: &'static str,
    /// Who took the pictures, `{}` being the names.
    pub photographs_by: &'static str,
    /// Who wrote the text, `{}` being the names.
    pub text_by: &'static str,
    /// Between the last two of several names.
    pub and: &'static str,
    /// Between the others, and between a place and a date.
    pub comma: &'static str,
    /// The twelve months, as they stand in a date.
    pub(super) months: Option<&'static str>,
    pub(super) dates: Dates,
}

/// How a language writes a day.
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
    /// 2026年1月12日, with the three signs
    Counted([&'static str; 3]),
    /// 2026-01-12
    Iso,
}
