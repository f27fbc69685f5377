//! The cover of a book: what is on it, and the sheet that it is printed on.

mod content;
mod issue;
mod sheet;

pub use content::{Barcode, Cover, CoverBack, CoverFlaps, CoverSettings};
pub use issue::{CoverIssue, CoverTextPlace};
pub use sheet::{BarcodePlace, CommonNumber, CoverGuide, CoverSheet, MissingNumber, NoSpineText};
