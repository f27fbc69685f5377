//! The cover of a book: what is on it, and the sheet that it is printed on.

mod content;
mod sheet;

pub use content::{Barcode, Cover, CoverBack, CoverFlaps, CoverSettings};
pub use sheet::{BarcodePlace, CommonNumber, CoverSheet, MissingNumber};
