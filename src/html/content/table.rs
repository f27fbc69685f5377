//! How wide a table must be to be read as one. On a narrower screen it is set as a list.

use crate::html::content::text_width::text_width;
use crate::model::{Cell, Table, plain_text};

/// The width of a column of text, in letters, that is not made narrower; longer cells have
/// several lines.
const NARROWEST_TEXT: usize = 14;
/// The white between two columns, in letters.
const GAP: usize = 2;
/// A table that needs no more ems is a table on every screen.
const LEAST_EMS: usize = 12;
/// Wider tables are lists on every screen, for no column of text is so wide.
const MOST_EMS: usize = 40;

/// The width, in ems, below which a table is set as a list; `None` if it has room everywhere.
pub(crate) fn least_width(table: &Table) -> Option<usize> {
    let columns = table.head.len().max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
    let width = |index: usize| {
        let cells =
            std::iter::once(&table.head).chain(&table.rows).filter_map(|row| row.get(index));
        cells.map(cell_width).max().unwrap_or(0)
    };
    let letters = (0..columns).map(width).sum::<usize>() + columns.saturating_sub(1) * GAP;
    // A letter has about half an em of the type of tables, which is a little smaller. Few widths
    // are told apart, because each has rules of its own.
    let ems = (letters * 44).div_ceil(100).next_multiple_of(2);
    (columns > 2 && ems > LEAST_EMS).then_some(ems.min(MOST_EMS))
}

/// The width of a cell in letters, if its words are not divided.
fn cell_width(cell: &Cell) -> usize {
    let text = plain_text(cell);
    let longest_word = text.split_whitespace().map(text_width).max().unwrap_or(0);
    longest_word.max(text_width(&text).min(NARROWEST_TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Inline;

    fn table(rows: &[&[&str]]) -> Table {
        let cell = |text: &&str| vec![Inline::Text((*text).into())];
        let mut rows = rows.iter().map(|row| row.iter().map(cell).collect());
        let head = rows.next().unwrap_or_default();
        Table { head, rows: rows.collect(), ..Table::default() }
    }

    #[test]
    fn a_table_with_many_columns_needs_room_and_a_small_one_does_not() {
        let margins = table(&[&["Trim", "Inner", "Outer", "Head", "Foot"], &["120 × 120", "12.6"]]);
        assert_eq!(least_width(&margins), Some(18));
        assert_eq!(least_width(&table(&[&["a", "b", "c"], &["1", "2", "3"]])), None);
        // Two columns are words and what is said about them, as a list is.
        let words = "a definition that takes several lines in every column there is";
        assert_eq!(least_width(&table(&[&["word", "meaning"], &["rod", words]])), None);
        assert_eq!(least_width(&table(&[&[words; 9], &[words; 9]])), Some(40));
    }
}
