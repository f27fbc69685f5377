//! Scales photos for screens: upright, opaque, sRGB, encoded as JPEG.

use crate::model::{ColorModel, Orientation, Picture, Pixels};

use crate::picture::color::ColorTransforms;
use crate::picture::decode::decode;
use crate::picture::decode::planes::{Chroma, decode_planes};
use crate::picture::errors::{PictureError, decode_error};
use crate::picture::jpeg_write::{self, Plane, Planes};
use crate::picture::process::encode;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::resize::{ScaleError, scaled_to};
use crate::picture::process::samples::{Channels, Samples, blended};
use crate::picture::ycbcr;

/// How a picture is scaled and encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScaleOptions {
    /// The maximum of the longer side, in pixels.
    pub max_edge: u32,
    /// The maximum number of pixels.
    pub max_pixels: u64,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

impl ScaleOptions {
    /// The size of a picture after scaling; never a larger one.
    pub fn size_of(&self, pixels: Pixels) -> Pixels {
        target_size(pixels, self)
    }
}

/// A scaled picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// The JPEG file: sRGB, untagged, without any metadata.
    pub jpeg: Vec<u8>,
    /// Its size.
    pub pixels: Pixels,
}

impl MemorySize for Scaled {
    fn memory_size(&self) -> u64 {
        self.jpeg.len() as u64
    }
}

/// The colour on which pictures are flattened if no other is given.
pub(super) const WHITE: [u8; 3] = [u8::MAX; 3];

/// Decodes, turns upright, flattens on a colour, scales (never up), converts to sRGB and encodes.
pub(super) fn scaled(
    picture: &Picture,
    options: &ScaleOptions,
    backdrop: [u8; 3],
    transforms: &ColorTransforms,
) -> Result<Scaled, PictureError> {
    if let Some(scaled) = scaled_planes(picture, options, transforms) {
        return Ok(scaled);
    }
    let samples = process(picture, options, backdrop, transforms)?;
    let jpeg = encode::jpeg(&samples, options.quality)
        .map_err(|error| decode_error(picture, &error.to_string()))?;
    Ok(Scaled { jpeg, pixels: samples.pixels })
}

/// Scales the luminance and the chrominance of a JPEG, converts its colours, and encodes it. `None`
/// if it cannot be decoded that way.
fn scaled_planes(
    picture: &Picture,
    options: &ScaleOptions,
    transforms: &ColorTransforms,
) -> Option<Scaled> {
    if picture.colour != ColorModel::Rgb {
        return None;
    }
    let transform = transforms.to_srgb_transform(Channels::Rgb, picture.profile.as_deref()).ok()?;
    let target = target_size(picture.stored, options);
    let is_half = !encode::has_full_chroma(options.quality);
    // Half of an odd side reaches beyond the picture, which must be at its end after turning.
    let is_turned = picture.orientation != Orientation::Upright;
    let is_odd = target.width % 2 == 1 || target.height % 2 == 1;
    let is_halved_late = is_half && (transform.is_some() || is_turned && is_odd);
    let chroma = if is_half && !is_halved_late { Chroma::Half } else { Chroma::Full };
    let planes = decode_planes(picture, target, chroma)?;
    let planes = match transform {
        Some(transform) => ycbcr::transformed(planes, &transform),
        None => planes,
    };
    let Planes { luma, blue, red } = planes;
    let [luma, blue, red] = [luma, blue, red].map(|plane| upright(plane, picture.orientation));
    let pixels = pixels(&luma);
    let planes = Planes { luma, blue, red };
    let planes = if is_halved_late { planes.with_half_chroma() } else { planes };
    let jpeg = jpeg_write::written(&planes, options.quality)?;
    Some(Scaled { jpeg, pixels })
}

fn pixels(plane: &Plane) -> Pixels {
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    Pixels { width: side(plane.width), height: side(plane.height) }
}

fn upright(plane: Plane, orientation: Orientation) -> Plane {
    let (pixels, channels) = (pixels(&plane), Channels::Gray);
    let samples = Samples { pixels, channels, bytes: plane.samples }.upright(orientation);
    let Pixels { width, height } = samples.pixels;
    Plane { width: width as usize, height: height as usize, samples: samples.bytes }
}

/// Like [`scaled`], but in several sizes, the largest first; the photo is decoded once, and each
/// size is made from the one before.
pub(super) fn scaled_sizes(
    picture: &Picture,
    sizes: &[ScaleOptions],
    transforms: &ColorTransforms,
) -> Result<Vec<Scaled>, PictureError> {
    let mut results = Vec::with_capacity(sizes.len());
    let mut larger: Option<Samples> = None;
    for options in sizes {
        let samples = match larger.take() {
            None => process(picture, options, WHITE, transforms)?,
            Some(samples) => scale_down(samples, options)
                .map_err(|error| decode_error(picture, &error.to_string()))?,
        };
        let jpeg = encode::jpeg(&samples, options.quality)
            .map_err(|error| decode_error(picture, &error.to_string()))?;
        results.push(Scaled { jpeg, pixels: samples.pixels });
        larger = Some(samples);
    }
    Ok(results)
}

/// A picture's pixels: upright, opaque, sRGB, 8 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Its size.
    pub pixels: Pixels,
    /// Rows of red, green, blue.
    pub rgb: Vec<u8>,
}

/// Like [`scaled`], but does not encode the result.
pub(super) fn raster(
    picture: &Picture,
    options: &ScaleOptions,
    transforms: &ColorTransforms,
) -> Result<Raster, PictureError> {
    let Samples { pixels, bytes: rgb, .. } = process(picture, options, WHITE, transforms)?;
    Ok(Raster { pixels, rgb })
}

/// Encodes generated pixels as a JPEG file without metadata.
///
/// # Errors
/// The pixels are more than a JPEG can have.
pub fn encoded(raster: Raster, quality: u8) -> Result<Scaled, PictureError> {
    let Raster { pixels, rgb: bytes } = raster;
    let samples = Samples { pixels, channels: Channels::Rgb, bytes };
    let jpeg = encode::jpeg(&samples, quality).map_err(|error| PictureError::Decode {
        name: "the generated image".into(),
        reason: error.to_string(),
    })?;
    Ok(Scaled { jpeg, pixels })
}

/// Decodes and scales a picture, and converts it to upright sRGB on a colour. Scaling comes first,
/// since the other steps cost more per pixel.
fn process(
    picture: &Picture,
    options: &ScaleOptions,
    backdrop: [u8; 3],
    transforms: &ColorTransforms,
) -> Result<Samples, PictureError> {
    let target = target_size(picture.stored, options);
    let samples = if let Some(planes) = decode_planes(picture, target, Chroma::Full) {
        ycbcr::rgb(&planes)
    } else {
        scale_down(decode(picture)?, options)
            .map_err(|error| decode_error(picture, &error.to_string()))?
    };
    // The backdrop is in sRGB, so it is added after the conversion; white is the same before.
    let (samples, alpha) =
        if backdrop == WHITE { (samples.flattened(), None) } else { samples.split_alpha() };
    let mut samples = transforms
        .to_srgb(samples, picture.profile.as_deref())
        .map_err(|error| decode_error(picture, &error.to_string()))?;
    if let Some(alpha) = alpha {
        for (pixel, alpha) in samples.bytes.chunks_exact_mut(backdrop.len()).zip(alpha) {
            for (sample, backdrop) in pixel.iter_mut().zip(backdrop) {
                *sample = blended(*sample, alpha, backdrop);
            }
        }
    }
    Ok(samples.upright(picture.orientation))
}

/// The largest size within the limits of the options, with the same aspect ratio.
fn target_size(pixels: Pixels, options: &ScaleOptions) -> Pixels {
    let (width, height) = (f64::from(pixels.width), f64::from(pixels.height));
    let by_edge = f64::from(options.max_edge) / width.max(height);
    // The value is only compared, so the bits that f64 lacks above 2^53 do not matter.
    #[expect(clippy::cast_precision_loss, reason = "a size in pixels is far below 2^53")]
    let by_count = (options.max_pixels as f64 / (width * height)).sqrt();
    let factor = by_edge.min(by_count);
    if factor >= 1.0 {
        return pixels;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the factor is below 1"
    )]
    let scaled = |side: f64| ((side * factor).round() as u32).max(1);
    let mut target = Pixels { width: scaled(width), height: scaled(height) };
    // Rounding up both sides can exceed the maximum by a row or two.
    while target.count() > options.max_pixels.max(1) {
        if target.width > target.height {
            target.width = (target.width - 1).max(1);
        } else {
            target.height = (target.height - 1).max(1);
        }
    }
    target
}

fn scale_down(samples: Samples, options: &ScaleOptions) -> Result<Samples, ScaleError> {
    let target = target_size(samples.pixels, options);
    scaled_to(samples, target)
}
