//! Splits the text of a table into rows of cells, each with its place in the text.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

/// A cell that holds something else than a blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its text, without the quotes and the blanks around it.
    pub(super) text: String,
    /// The byte of the table at which it starts, its quote included.
    pub(super) at: usize,
}

/// A row, with a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cells(pub(super) Vec<Cell>);

impl Cells {
    /// The byte of the table at which the row starts.
    pub(super) fn at(&self) -> usize {
        self.0.first().map_or(0, |cell| cell.at)
    }

    /// Whether all cells are blank.
    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(|cell| cell.text.is_empty())
    }
}

/// A quote at this byte opens a cell that does not end where its row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quoted cell is not closed")]
pub(super) struct UnclosedQuote {
    /// The byte of the quote.
    pub(super) at: usize,
}

/// Splits a text from this byte on. Rows without any cell are left out.
///
/// # Errors
/// A cell that begins with a quote which is not closed. Tab-separated text in which every line is
/// a complete row without quoting is read in that way, since some programs never quote.
pub(super) fn split(text: &str, from: usize, delimiter: u8) -> Result<Vec<Cells>, UnclosedQuote> {
    match rows(text, from, delimiter, true) {
        Err(error) if delimiter == b'\t' => {
            let unquoted = rows(text, from, delimiter, false)?;
            let width = unquoted.first().map_or(0, |row| row.0.len());
            if unquoted.iter().all(|row| row.0.len() == width) { Ok(unquoted) } else { Err(error) }
        }
        rows => rows,
    }
}

fn rows(
    text: &str,
    from: usize,
    delimiter: u8,
    quoting: bool,
) -> Result<Vec<Cells>, UnclosedQuote> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build();
    let bytes = text.as_bytes();
    // No cell is longer than the table.
    let mut output = vec![0; bytes.len() + 1];
    let (mut at, mut start, mut length) = (from, from, 0);
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    loop {
        let (result, read, written) = reader.read_field(&bytes[at..], &mut output[length..]);
        at += read;
        length += written;
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => return Ok(rows),
            ReadFieldResult::Field { record_end } => {
                if row.is_empty() {
                    // Line ends between rows are read together with the next cell.
                    start += bytes[start..at].iter().take_while(|&&b| is_line_end(b)).count();
                }
                let field = String::from_utf8_lossy(&output[..length]);
                let ends_with_delimiter =
                    !record_end && bytes[start..at].last() == Some(&delimiter);
                let end = at - usize::from(ends_with_delimiter);
                row.push(cell(text, start..end, &field, quoting)?);
                (start, length) = (at, 0);
                if record_end {
                    rows.push(Cells(std::mem::take(&mut row)));
                }
            }
        }
    }
}

/// A cell, from its place in the text and what the reader makes of it.
fn cell(
    text: &str,
    range: Range<usize>,
    field: &str,
    quoting: bool,
) -> Result<Cell, UnclosedQuote> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let trimmed = raw.trim();
    let blank = raw.len() - raw.trim_start().len();
    let at = if trimmed.is_empty() { range.start } else { range.start + blank };
    if !quoting || !trimmed.starts_with('"') {
        return Ok(Cell { text: field.trim().to_owned(), at });
    }
    let text = match closing_quote(trimmed) {
        // The reader takes a quote after a blank for a part of the text.
        Some(end) if end + 1 == trimmed.len() => trimmed[1..end].replace("\"\"", "\""),
        // `"Quoted" at the beginning` is no quoted cell.
        Some(_) if !trimmed.contains('\n') => trimmed.to_owned(),
        _ => return Err(UnclosedQuote { at }),
    };
    Ok(Cell { text: text.trim().to_owned(), at })
}

/// The byte of the quote that closes the one at the beginning.
fn closing_quote(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        at += text.get(at..)?.find('"')?;
        if !text[at + 1..].starts_with('"') {
            return Some(at);
        }
        at += 2;
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let rows = split(text, 0, delimiter).unwrap();
        rows.into_iter().map(|row| row.0.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn quotes_line_breaks_and_blanks_are_those_of_spreadsheets() {
        assert_eq!(
            texts("a,b\r\n\r\n1.jpg,\"The \"\"Ida\"\",\r\nat dawn\"\r\n", b','),
            [vec!["a", "b"], vec!["1.jpg", "The \"Ida\",\r\nat dawn"]]
        );
        assert_eq!(texts("1.jpg; \"Ida\" ;x", b';'), [vec!["1.jpg", "Ida", "x"]]);
        assert_eq!(texts("1.jpg;\"Ida\" at dawn;x", b';'), [vec!["1.jpg", "\"Ida\" at dawn", "x"]]);
    }

    #[test]
    fn a_cell_knows_where_it_starts() {
        let text = "file,caption\n\n a.jpg , \"Ö\"\nb.jpg,x";
        let rows = split(text, 0, b',').unwrap();
        let starts: Vec<_> =
            rows.iter().flat_map(|row| &row.0).map(|cell| &text[cell.at..]).collect();
        let expected = ["file", "caption", "a.jpg", "\"Ö\"", "b.jpg", "x"];
        assert!(
            starts.iter().zip(expected).all(|(start, cell)| start.starts_with(cell)),
            "{starts:?}"
        );
    }

    #[test]
    fn a_quote_that_is_not_closed_is_where_it_opens() {
        let text = "file,caption\n1.jpg,\"The harbour\n2.jpg,\"The ice, at dawn\"\n";
        assert_eq!(split(text, 0, b','), Err(UnclosedQuote { at: 19 }));
        assert_eq!(split("file;a\n1.jpg;\"b", 0, b';'), Err(UnclosedQuote { at: 13 }));
        let unquoted = "file\tcaption\n1.jpg\t\"The harbour\n2.jpg\tIce\n";
        assert_eq!(texts(unquoted, b'\t')[1], ["1.jpg", "\"The harbour"]);
    }
}
