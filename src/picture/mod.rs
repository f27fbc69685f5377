//! Picture files: what they are, what they say about themselves, and their pixels
//! in the form that an edition wants. With the manifest, the only reader of files.
#![allow(clippy::disallowed_methods, reason = "this room reads the pictures' files")]

mod cache;
mod colour;
mod darkroom;
mod decode;
mod described;
mod encode;
mod header;
mod ifd;
mod jpeg;
mod jxl;
mod metadata;
mod need;
mod packet;
mod png;
mod pool;
mod predict;
mod press;
mod printed;
mod probe;
mod profile;
mod samples;
mod scale;
mod small;
mod sniff;
mod source;
mod srgb;
mod through;
mod tiff;
mod unreadable;
mod webp;

pub use cache::{MAKING, Notebook, Shelf, Stamp};
pub use colour::is_press;
pub use darkroom::{Darkroom, Made, Setup, Tally};
pub use metadata::{Candidates, Container};
pub use packet::{packet, with_packet};
pub use pool::Held;
pub use press::{Press, fogra39, press_profile};
pub use probe::{Probed, probe};
pub use profile::Profiles;
pub use scale::{PictureError, Raster, Recipe, Scaled, encoded, raster, scaled};
pub use srgb::srgb;
pub use through::{Passage, Stored};
pub use unreadable::Unreadable;
