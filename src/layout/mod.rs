//! The book to pages. Pure: any book can be laid out, and layout never fails; what
//! does not fit is left to be seen, and for the preflight to find.
//!
//! [`paginate`] goes through the book's sequence once: the front matter, then every
//! entry (`flow`, and `run` for plates that follow each other), then the contents, whose
//! length does not depend on the folios that they name. All measures come from one place, [`Grid`].

mod back;
mod bleed;
mod caption;
mod cover;
mod cut;
mod figure;
mod flow;
mod front;
mod grid;
mod ground;
mod lists;
mod notes;
mod paginate;
mod place;
mod plate;
mod rows;
mod run;
mod running;
mod sequence;
mod sizes;
mod styles;
mod table;

pub use cover::{SHOP_COVER, cover};
pub use grid::Grid;
pub use paginate::paginate;
pub use table::torn_tables;
