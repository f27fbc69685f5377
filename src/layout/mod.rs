//! The book to pages. Pure: any book can be laid out, and layout never fails; what
//! does not fit is left to be seen, and for the preflight to find.
//!
//! [`paginate`] goes through the book's sequence once: the front matter, then every
//! entry (`flow`, and `run` for plates that follow each other), then the contents, whose
//! length does not depend on the folios that they name. All measures come from one place, [`Grid`].

mod background;
mod grid;
mod matter;
mod paginate;
mod placement;
mod plates;
mod text;

pub use crate::layout::matter::cover::{SHOP_COVER, cover};
pub use crate::layout::text::table::torn_tables;
pub use grid::Grid;
pub use paginate::paginate;
