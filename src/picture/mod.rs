//! Reads photo files: their format, metadata and pixels, in the form that an edition needs. Only
//! this module and the manifest read a book's files.
#![allow(clippy::disallowed_methods, reason = "this module reads the photo files")]

mod analysis;
mod bundled_profiles;
mod cache;
mod color;
mod confinement;
mod converters;
mod decode;
mod duplicates;
mod errors;
pub(crate) mod file_names;
mod format;
mod inspect;
mod jpeg_block;
mod jpeg_scan;
mod jpeg_write;
mod metadata;
mod press;
mod probe;
mod process;
mod profile;
mod simd;
mod upright;
mod ycbcr;

pub use crate::picture::color::is_press_profile;
pub use crate::picture::converters::{
    ConvertCommand, Converter, Converters, ConvertibleKind, Platform,
};
pub use crate::picture::errors::{PictureError, PictureErrors};
pub use crate::picture::press::convert::PressPlacement;
pub use crate::picture::press::options::{PressOptions, press_profile};
pub use crate::picture::press::pdf_image::{ImageEncoding, PdfImage};
pub use crate::picture::press::xmp_packet::{with_retained_metadata, xmp_packet};
pub use crate::picture::process::pool::MemorySize;
pub use crate::picture::process::processed_image::ProcessedImage;
pub use crate::picture::process::processor::{ImageProcessor, ProcessorOptions, ProcessorStats};
pub use crate::picture::process::scale::{Raster, ScaleOptions, Scaled, encoded};
pub use crate::picture::process::sizes::ScaledSizes;
pub use crate::picture::profile::Profiles;
pub use bundled_profiles::{bundled_profile, fogra39, srgb};
pub use cache::{
    CACHE_VERSION, CacheOptions, FileNotes, FileStamp, Readers, remove_abandoned, temporary_file,
    temporary_name,
};
pub use confinement::Confinement;
pub(crate) use duplicates::copies;
pub(crate) use format::detect::{Content, content, is_web_picture};
pub use inspect::Inspection;
pub(crate) use metadata::text::{DecodedFile, decode_file};
pub use metadata::{Candidates, DeviceNames, MetadataSource};
pub(crate) use probe::content_of;
pub use probe::{Probed, probe, probe_with};
pub use upright::{CorrectedJpeg, corrected_jpeg};
