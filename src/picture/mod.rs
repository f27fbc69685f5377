//! Picture files: what they are, what they say about themselves, and their pixels
//! in the form that an edition wants. With the manifest, the only reader of files.

mod pool;
mod press;
mod probe;
mod scale;
mod srgb;
mod through;

pub use pool::in_order;
pub use press::fogra39;
pub use probe::{Probed, Profiles, probe};
pub use scale::{PictureError, Raster, Recipe, Scaled, raster, scaled};
pub use srgb::srgb;
pub use through::{Passage, Stored, passage};
