//! The cover: the front, which the printed book and the e-book share, and the sheet of the printed
//! cover with the back, the spine and the flaps.

mod back;
mod barcode;
mod bleed;
mod column;
mod ebook;
mod front;
mod label;
mod measures;
mod picture;
mod sheet;
mod spine;
mod text;

pub use ebook::{SHOP_COVER, cover};
pub use sheet::{LaidOutCover, cover_sheet};
