//! How wide a table must be to be read as one. On a narrower screen it is set as a list.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::content::text_width::text_width;
use crate::model::{Block, Book, Cell, Definition, Entry, Table, Translation, plain_text};

/// The width of a column of text, in letters, that is not made narrower; longer cells have
/// several lines.
const NARROWEST_TEXT: usize = 14;
/// The white between two columns, in hundredths of the em of a table.
const GAP: usize = 100;
/// A table that needs no more ems is a table on every screen.
const LEAST_EMS: usize = 8;
/// Wider tables are lists on every screen, for no column of text is so wide.
const MOST_EMS: usize = 40;

/// The widths of the tables of a book below which they are set as lists. Tables that the languages
/// of a book have in common have the same form.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableWidths {
    /// For tables in several languages with so many columns and rows, the widest of them.
    shared: BTreeMap<(usize, usize), usize>,
}

impl TableWidths {
    /// Those of a book.
    pub(crate) fn new(book: &Book) -> Self {
        let mut tables = Vec::new();
        for entry in &book.entries {
            let language = match entry {
                Entry::Essay(essay) => essay.language.as_ref().unwrap_or(&book.language),
                _ => &book.language,
            };
            collect(entry.blocks(), language.tag(), &mut tables);
        }
        let mut shapes: BTreeMap<(usize, usize), (BTreeSet<&str>, usize)> = BTreeMap::new();
        for (language, table) in tables {
            let (languages, widest) = shapes.entry(shape(table)).or_default();
            languages.insert(language);
            *widest = least_width(table).unwrap_or(0).max(*widest);
        }
        shapes.retain(|_, (languages, widest)| languages.len() > 1 && *widest > 0);
        Self { shared: shapes.into_iter().map(|(shape, (_, widest))| (shape, widest)).collect() }
    }

    /// The width, in ems, below which a table is set as a list; `None` if it has room everywhere.
    pub(crate) fn of(&self, table: &Table) -> Option<usize> {
        self.shared.get(&shape(table)).copied().or_else(|| least_width(table))
    }
}

/// The numbers of columns and of rows.
fn shape(table: &Table) -> (usize, usize) {
    let columns = table.head.len().max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
    (columns, table.rows.len())
}

/// The tables of a text with their languages.
fn collect<'a>(blocks: &'a [Block], language: &'a str, tables: &mut Vec<(&'a str, &'a Table)>) {
    for block in blocks {
        match block {
            Block::Table(table) => tables.push((language, table)),
            Block::Translation(Translation { language, blocks }) => {
                collect(blocks, language.tag(), tables);
            }
            Block::Quote(inner) => collect(inner, language, tables),
            Block::List { items, .. } => {
                for item in items {
                    collect(item, language, tables);
                }
            }
            Block::Definitions(definitions) => {
                for meaning in definitions.iter().flat_map(|Definition { meanings, .. }| meanings) {
                    collect(meaning, language, tables);
                }
            }
            _ => {}
        }
    }
}

/// The width, in ems of the text, that a table needs in its smallest type, which is four fifths of
/// that of the text; `None` if it has room everywhere.
fn least_width(table: &Table) -> Option<usize> {
    let (columns, _) = shape(table);
    let width = |index: usize| {
        let cells =
            std::iter::once(&table.head).chain(&table.rows).filter_map(|row| row.get(index));
        cells.map(cell_width).max().unwrap_or(0)
    };
    let hundredths = (0..columns).map(width).sum::<usize>() + columns.saturating_sub(1) * GAP;
    // Few widths are told apart, because each has rules of its own.
    let ems = (hundredths * 8).div_ceil(1000).next_multiple_of(2);
    (columns > 2 && ems > LEAST_EMS).then_some(ems.min(MOST_EMS))
}

/// The width of a cell in hundredths of an em, if neither its words nor a number and its unit are
/// divided.
fn cell_width(cell: &Cell) -> usize {
    let text = plain_text(cell);
    if is_number(cell) {
        return ems(&text);
    }
    let longest_word = text.split_whitespace().map(ems).max().unwrap_or(0);
    longest_word.max(ems(&text).min(NARROWEST_TEXT * 50))
}

/// The width of a text in hundredths of an em: figures and most letters are half as wide as high.
fn ems(text: &str) -> usize {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '('
        | ')' | '-' | '–' | ' ' | '\u{a0}' | '\u{202f}' => 30,
        'm' | 'w' | 'M' | 'W' | '%' => 85,
        c if c.is_uppercase() => 65,
        c => 50 * text_width(c.encode_utf8(&mut [0; 4])),
    };
    text.chars().map(width).sum()
}

/// Whether a cell is a number, perhaps with a unit, which is not divided.
pub(crate) fn is_number(cell: &Cell) -> bool {
    const MOST_CHARS: usize = 16;
    const MOST_UNIT: usize = 5;
    let text = plain_text(cell);
    let digits = text.trim_start_matches(|c: char| "+-−–±<>≈~ ".contains(c));
    let is_unit = |word: &str| word.chars().count() <= MOST_UNIT;
    let is_figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut words = digits.split_whitespace();
    let last = words.next_back().unwrap_or_default();
    is_figure(digits)
        && text.chars().count() <= MOST_CHARS
        && words.all(is_figure)
        && (is_figure(last) || is_unit(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Inline;

    fn cell(text: &str) -> Cell {
        vec![Inline::Text(text.into())]
    }

    fn table(rows: &[&[&str]]) -> Table {
        let mut rows = rows.iter().map(|row| row.iter().copied().map(cell).collect());
        let head = rows.next().unwrap_or_default();
        Table { head, rows: rows.collect(), ..Table::default() }
    }

    #[test]
    fn a_table_with_many_columns_needs_room_and_a_small_one_does_not() {
        let margins = table(&[&["Trim", "Inner", "Outer", "Head", "Foot"], &["120 × 120", "12.6"]]);
        assert_eq!(least_width(&margins), Some(14));
        assert_eq!(least_width(&table(&[&["a", "b", "c"], &["1", "2", "3"]])), None);
        // Two columns are words and what is said about them, as a list is.
        let words = "a definition that takes several lines in every column there is";
        assert_eq!(least_width(&table(&[&["word", "meaning"], &["rod", words]])), None);
        assert_eq!(least_width(&table(&[&[words; 9], &[words; 9]])), Some(40));
    }

    #[test]
    fn seven_columns_of_figures_are_a_table_in_a_column_of_text() {
        let plots = table(&[
            &["Parzelle", "Apfel", "Birne", "Pflaume", "Bohne", "Kartoffel", "Schwarzwurzel"],
            &["12 Schimmelpfennig", "98,0", "12,5", "40,0", "22,3", "180,0", "0,0"],
        ]);
        assert!(least_width(&plots).is_some_and(|ems| ems <= 30), "{:?}", least_width(&plots));
    }

    #[test]
    fn a_number_and_its_unit_are_one() {
        for number in ["4,210 kg", "1,25 m", "−3", "9 875 kg", "12.6"] {
            assert!(is_number(&cell(number)), "{number}");
        }
        for text in ["12 Schimmelpfennig", "kg", "", "3 or 4 kg"] {
            assert!(!is_number(&cell(text)), "{text}");
        }
    }
}
