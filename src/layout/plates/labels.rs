//! What plates are called in lists and among the bookmarks.

use crate::model::{Book, Folio, Plate, Strings, plain_text};
use crate::typeset::{Span, shorten, without_full_stop};

use crate::layout::Grid;
use crate::layout::text::styles;

/// The text of a plate in a list: its caption, or else its place and date.
pub(in crate::layout) fn plate_title(plate: &Plate, grid: &Grid, book: &Book) -> Vec<Span> {
    let style = styles::caption(grid);
    let mut spans = styles::spans(&plate.caption, &style);
    // In a list, the whole entry is a link.
    for span in &mut spans {
        span.link = None;
    }
    if spans.iter().any(|span| !span.text.trim().is_empty()) {
        return spans;
    }
    styles::plain(uncaptioned(plate, book), style)
}

/// What a plate without a caption is called: its place and date, or just a plate.
fn uncaptioned(plate: &Plate, book: &Book) -> String {
    let strings = Strings::for_language(&book.language);
    let facts = plate.place_and_date(&book.language);
    if facts.is_empty() { strings.plate.to_owned() } else { facts.join(strings.comma) }
}

/// The label of a plate among the bookmarks: the first words of its caption. Plates without one
/// have the number that is printed beside them, or else that of their page.
pub(in crate::layout) fn plate_label(plate: &Plate, folio: Folio, book: &Book) -> String {
    const MAX_CHARS: usize = 60;
    let caption = plain_text(&plate.caption);
    let text = caption.trim();
    if text.is_empty() {
        let name = uncaptioned(plate, book);
        return match book.printed_number(plate) {
            Some(number) => format!("{name} {number}"),
            None => format!("{name}{}{folio}", Strings::for_language(&book.language).comma),
        };
    }
    without_full_stop(&shorten(text, MAX_CHARS))
}
