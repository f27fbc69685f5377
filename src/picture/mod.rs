//! Picture files: what they are, what they say about themselves, and their pixels
//! in the form that an edition wants. With the manifest, the only reader of files.
#![allow(clippy::disallowed_methods, reason = "this room reads the pictures' files")]

mod bundled_profiles;
mod cache;
mod color;
mod decode;
mod duplicates;
mod errors;
mod format;
mod metadata;
mod press;
mod probe;
mod process;
mod profile;

pub use crate::picture::color::is_press;
pub use crate::picture::errors::{PictureError, PictureErrors};
pub use crate::picture::press::options::{PressOptions, press_profile};
pub use crate::picture::press::pdf_image::{PdfImage, Stored};
pub use crate::picture::press::xmp_packet::{packet, with_packet};
pub use crate::picture::process::pool::MemorySize;
pub use crate::picture::process::processed_image::ProcessedImage;
pub use crate::picture::process::processor::{ImageProcessor, ProcessorOptions, ProcessorStats};
pub use crate::picture::process::scale::{Raster, ScaleOptions, Scaled, encoded, raster, scaled};
pub use crate::picture::profile::Profiles;
pub use bundled_profiles::{fogra39, srgb};
pub use cache::{CACHE_VERSION, CacheOptions, FileNotes, FileStamp};
pub use duplicates::originals;
pub use metadata::{Candidates, MetadataSource};
pub use probe::{Probed, probe};
