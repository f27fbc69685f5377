//! Tables that are wider than the column.

use crate::finding::{Code, Finding};
use crate::model::Pages;

/// One finding for each table in which words had to be broken.
pub(super) fn broken_words(pages: &Pages) -> Vec<Finding> {
    let tables = pages.wide_tables.iter();
    tables
        .map(|table| {
            let message =
                format!("the table “{table}” is too wide: words are broken in the middle");
            Finding::new(Code::TableTooWide, message)
                .help("give it fewer columns or shorter words, or choose a wider trim")
        })
        .collect()
}
