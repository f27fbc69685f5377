//! Finds the delimiter and the header of a table.

use crate::manifest::captions::cells::{self, Cells, UnclosedQuote};
use crate::manifest::captions::columns::{self, TableColumn};
use crate::manifest::captions::values;
use crate::manifest::keys::captions::{Field, LocalizedField};
use crate::manifest::lower::globs;

/// The delimiters of tables, the usual ones first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The header is among the first rows; a title may stand above it.
const MAX_ROWS_BEFORE: usize = 10;
/// The rows of a table with what its columns are.
#[derive(Debug)]
pub(super) struct SplitTable {
    /// The columns that are fields.
    pub(super) columns: Vec<TableColumn>,
    /// The header; `None` if the table has none.
    pub(super) header: Option<Cells>,
    /// The rows below the header that are not blank.
    pub(super) rows: Vec<Cells>,
}

/// Why the rows of a table are not known.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum HeaderError {
    /// A quoted cell does not end.
    #[error(transparent)]
    Unclosed(#[from] UnclosedQuote),
    /// No row is a header with a column for the names of files.
    #[error("the table has no column with file names")]
    NoFileColumn {
        /// The cells of the first row.
        first_row: Vec<String>,
        /// The byte of the table at which it starts.
        at: usize,
    },
    /// The table has no rows.
    #[error("the table is empty")]
    Empty,
}

/// Splits a table into rows with the given delimiter, or with the one that gives the most columns
/// that are known.
///
/// # Errors
/// See [`HeaderError`].
pub(super) fn find(
    text: &str,
    delimiter: Option<u8>,
    named: &[(LocalizedField, Vec<String>)],
) -> Result<SplitTable, HeaderError> {
    let (from, stated) = stated_delimiter(text);
    let delimiter = delimiter.or(stated);
    let candidates: Vec<u8> = delimiter.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let mut best: Option<(usize, SplitTable)> = None;
    let mut first_error = None;
    for candidate in candidates {
        match with_delimiter(text, from, candidate, named) {
            Ok(table) => {
                let known = table.columns.len();
                if best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, table));
                }
            }
            Err(error) => {
                // The delimiter that gives more cells is the more probable one.
                let weight = |error: &HeaderError| match error {
                    HeaderError::NoFileColumn { first_row, .. } => first_row.len(),
                    HeaderError::Unclosed(_) => usize::MAX,
                    HeaderError::Empty => 0,
                };
                if first_error.as_ref().is_none_or(|first| weight(&error) > weight(first)) {
                    first_error = Some(error);
                }
            }
        }
    }
    match (best, first_error) {
        (Some((_, table)), _) => Ok(table),
        (None, error) => Err(error.unwrap_or(HeaderError::Empty)),
    }
}

/// The delimiter in a first line `sep=;`, which is that of Excel, and where the table starts.
fn stated_delimiter(text: &str) -> (usize, Option<u8>) {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    let line = text[..end].trim_end_matches(['\r', '\n']).trim_matches('"');
    let stated = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="));
    match stated.map(str::as_bytes) {
        Some(&[delimiter]) => (end, Some(delimiter)),
        _ => (0, None),
    }
}

fn with_delimiter(
    text: &str,
    from: usize,
    delimiter: u8,
    named: &[(LocalizedField, Vec<String>)],
) -> Result<SplitTable, HeaderError> {
    // A header of many columns is found even if a quote in the rows below is not closed.
    let first_line = text[from..].lines().find(|line| !line.trim().is_empty());
    let rows = match cells::split(text, from, delimiter) {
        Ok(rows) => rows,
        Err(error) => {
            let has_delimiter = first_line.is_some_and(|line| line.as_bytes().contains(&delimiter));
            return Err(if has_delimiter { error.into() } else { HeaderError::Empty });
        }
    };
    let rows: Vec<Cells> = rows.into_iter().filter(|row| !row.is_blank()).collect();
    let Some(first) = rows.first() else { return Err(HeaderError::Empty) };
    for (index, row) in rows.iter().enumerate().take(MAX_ROWS_BEFORE) {
        let columns = fields(row, named);
        if columns.iter().any(|column| column.field.field == Field::File) {
            let header = Some(row.clone());
            let rows = rows.into_iter().skip(index + 1).collect();
            return Ok(SplitTable { columns, header, rows });
        }
    }
    if let Some(columns) = columns_without_header(&rows).filter(|_| named.is_empty()) {
        return Ok(SplitTable { columns, header: None, rows });
    }
    let first_row = first.0.iter().map(|cell| cell.text.clone()).collect();
    Err(HeaderError::NoFileColumn { first_row, at: first.at() })
}

/// The columns of a header: those that the manifest names, and the known ones.
fn fields(header: &Cells, named: &[(LocalizedField, Vec<String>)]) -> Vec<TableColumn> {
    let names: Vec<&str> = header.0.iter().map(|cell| cell.text.as_str()).collect();
    let is_named = |field: &LocalizedField| named.iter().any(|(own, _)| own == field);
    let mut columns = columns::known(&names, &is_named);
    for (field, names_of_field) in named {
        for (rank, name) in (0..).zip(names_of_field) {
            if let Some(index) = position(&names, name) {
                // A column that is named for one field is not another one.
                columns.retain(|column| column.index != index || column.field == *field);
                columns.push(TableColumn { field: field.clone(), rank, index });
            }
        }
    }
    columns.sort_by_key(|column| (column.rank, column.index));
    columns
}

/// The position of the column with this name, in any spelling.
pub(super) fn position(header: &[&str], name: &str) -> Option<usize> {
    let exact = header.iter().position(|own| *own == name);
    let simplified = columns::simplified(name);
    let is_same = |own: &&str| !simplified.is_empty() && columns::simplified(own) == simplified;
    exact.or_else(|| header.iter().position(is_same))
}

/// The two columns of a table that has no header: names of photos and captions.
fn columns_without_header(rows: &[Cells]) -> Option<Vec<TableColumn>> {
    let is_photo = |index: usize| {
        rows.iter().all(|row| globs::is_picture(row.0.get(index).map_or("", values::file_name)))
    };
    if rows.iter().any(|row| row.0.len() != 2) {
        return None;
    }
    let file = (0..2).find(|&index| is_photo(index))?;
    let column = |field, index| TableColumn {
        field: LocalizedField { field, language: None },
        rank: 0,
        index,
    };
    Some(vec![column(Field::File, file), column(Field::Caption, 1 - file)])
}
