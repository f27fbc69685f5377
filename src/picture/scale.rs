//! Pictures for the screen: upright, opaque, sRGB, scaled down, JPEG.

use crate::model::{Picture, Pixels};

/// How a picture is made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Recipe {
    /// The longer side at most, in pixels.
    pub max_edge: u32,
    /// Pixels in all at most.
    pub max_pixels: u64,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

/// A picture made smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// The JPEG file: sRGB, untagged, without any metadata.
    pub jpeg: Vec<u8>,
    /// Its size.
    pub pixels: Pixels,
}

/// Why a picture's pixels cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read any more.
    #[error("{name} cannot be read: {source}")]
    Read {
        /// As the manifest names it.
        name: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is damaged.
    #[error("{name} cannot be decoded: {reason}")]
    Decode {
        /// As the manifest names it.
        name: String,
        /// What the decoder says.
        reason: String,
    },
}

/// Decodes, turns upright, flattens on white, scales (never up), converts to sRGB and encodes.
pub fn scaled(picture: &Picture, recipe: &Recipe) -> Result<Scaled, PictureError> {
    let _ = (picture, recipe);
    Err(PictureError::Decode { name: picture.name.clone(), reason: "not yet".into() })
}

/// A picture's pixels: upright, opaque, sRGB, 8 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Its size.
    pub pixels: Pixels,
    /// Rows of red, green, blue.
    pub rgb: Vec<u8>,
}

/// As [`scaled`], but not encoded.
pub fn raster(picture: &Picture, recipe: &Recipe) -> Result<Raster, PictureError> {
    let _ = (picture, recipe);
    Err(PictureError::Decode { name: picture.name.clone(), reason: "not yet".into() })
}
