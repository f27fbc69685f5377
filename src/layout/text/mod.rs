//! Running text: blocks as rows of the baseline grid, and rows on pages.

pub(super) mod column_breaks;
pub(super) mod column_notes;
pub(super) mod column_sections;
pub(super) mod figure;
pub(super) mod flow;
pub(super) mod footnotes;
pub(super) mod page_breaks;
mod quotation;
pub(super) mod rows;
pub(super) mod running_text;
pub(super) mod styles;
pub(super) mod table;
pub(super) mod table_columns;
mod verse;
