//! Lays out a book on pages. Layout is pure and never fails: content that does not fit overflows
//! and is reported by the preflight.
//!
//! [`paginate`] goes through the entries of the book once: the body (`flow` for texts,
//! `plate_run` for consecutive plates) first, then the front matter with the contents, whose
//! length does not depend on the folios listed. All dimensions come from one type, [`Grid`].

mod background;
mod columns;
mod cover;
mod elements;
mod endpapers;
mod folio;
mod grid;
mod hairlines;
mod matter;
mod openings;
mod paginate;
mod placement;
mod plates;
mod text;

pub use columns::PageColumns;
pub use cover::{LaidOutCover, SHOP_COVER, cover, cover_sheet};
pub use grid::{Grid, TextColumns};
pub use paginate::paginate;
pub(crate) use plates::crop::may_fill_page;
