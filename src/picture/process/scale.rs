//! Pictures for the screen: upright, opaque, sRGB, scaled down, JPEG.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::model::{Picture, Pixels};

use crate::picture::color;
use crate::picture::decode::decode;
use crate::picture::errors::{PictureError, damaged};
use crate::picture::process::encode;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::samples::{Channels, Samples};

/// How a picture is made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScaleOptions {
    /// The longer side at most, in pixels.
    pub max_edge: u32,
    /// Pixels in all at most.
    pub max_pixels: u64,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

impl ScaleOptions {
    /// The size that a picture of this size gets; never a larger one.
    pub fn size_of(&self, pixels: Pixels) -> Pixels {
        target(pixels, self)
    }
}

/// A picture made smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// The JPEG file: sRGB, untagged, without any metadata.
    pub jpeg: Vec<u8>,
    /// Its size.
    pub pixels: Pixels,
}

impl MemorySize for Scaled {
    fn held(&self) -> u64 {
        self.jpeg.len() as u64
    }
}

/// Decodes, turns upright, flattens on white, scales (never up), converts to sRGB and encodes.
///
/// [`ImageProcessor::scaled`](crate::picture::ImageProcessor::scaled) does the same with a cache.
pub fn scaled(picture: &Picture, recipe: &ScaleOptions) -> Result<Scaled, PictureError> {
    let samples = prepared(picture, recipe)?;
    let jpeg =
        encode::jpeg(&samples, recipe.quality).map_err(|reason| damaged(picture, &reason))?;
    Ok(Scaled { jpeg, pixels: samples.pixels })
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
pub fn raster(picture: &Picture, recipe: &ScaleOptions) -> Result<Raster, PictureError> {
    let Samples { pixels, bytes: rgb, .. } = prepared(picture, recipe)?;
    Ok(Raster { pixels, rgb })
}

/// Pixels that were drawn, as a JPEG file without metadata.
pub fn encoded(drawn: Raster, quality: u8) -> Result<Scaled, PictureError> {
    let Raster { pixels, rgb: bytes } = drawn;
    let samples = Samples { pixels, channels: Channels::Rgb, bytes };
    let jpeg = encode::jpeg(&samples, quality)
        .map_err(|reason| PictureError::Decode { name: "the drawing".into(), reason })?;
    Ok(Scaled { jpeg, pixels })
}

/// Red, green and blue of sRGB, ready to be encoded. What costs most per pixel comes
/// after the pixels have become fewer.
fn prepared(picture: &Picture, recipe: &ScaleOptions) -> Result<Samples, PictureError> {
    let samples = decode(picture)?;
    let samples = resized(samples, recipe).map_err(|reason| damaged(picture, &reason))?;
    let samples = samples.flattened();
    let samples = color::to_srgb(samples, picture.profile.as_deref())
        .map_err(|reason| damaged(picture, &reason))?;
    Ok(samples.turned(picture.orientation))
}

/// The size that a recipe allows, of the same shape.
fn target(pixels: Pixels, recipe: &ScaleOptions) -> Pixels {
    let (width, height) = (f64::from(pixels.width), f64::from(pixels.height));
    let by_edge = f64::from(recipe.max_edge) / width.max(height);
    // Only a comparison: the few bits that f64 lacks above 2^53 do not matter.
    #[expect(clippy::cast_precision_loss, reason = "a size in pixels is far below 2^53")]
    let by_count = (recipe.max_pixels as f64 / (width * height)).sqrt();
    let factor = by_edge.min(by_count);
    if factor >= 1.0 {
        return pixels;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "made smaller")]
    let scaled = |side: f64| ((side * factor).round() as u32).max(1);
    let mut target = Pixels { width: scaled(width), height: scaled(height) };
    // Rounding up both sides can exceed the count, by a row or two.
    while target.count() > recipe.max_pixels.max(1) {
        if target.width > target.height {
            target.width = (target.width - 1).max(1);
        } else {
            target.height = (target.height - 1).max(1);
        }
    }
    target
}

fn resized(samples: Samples, recipe: &ScaleOptions) -> Result<Samples, String> {
    let target = target(samples.pixels, recipe);
    if target == samples.pixels {
        return Ok(samples);
    }
    let Samples { pixels, channels, bytes } = samples;
    let kind = match channels {
        Channels::Gray => PixelType::U8,
        Channels::GrayAlpha => PixelType::U8x2,
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgba | Channels::Cmyk => PixelType::U8x4,
    };
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(matches!(channels, Channels::GrayAlpha | Channels::Rgba));
    let failed = |error: &dyn std::error::Error| error.to_string();
    let source =
        ImageRef::new(pixels.width, pixels.height, &bytes, kind).map_err(|e| failed(&e))?;
    let mut scaled = Image::new(target.width, target.height, kind);
    Resizer::new().resize(&source, &mut scaled, &options).map_err(|e| failed(&e))?;
    Ok(Samples { pixels: target, channels, bytes: scaled.into_vec() })
}
