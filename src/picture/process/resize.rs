//! Scales samples.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{
    FilterType, ImageBufferError, PixelType, ResizeAlg, ResizeError, ResizeOptions, Resizer,
};

use crate::model::Pixels;

use crate::picture::process::samples::{Channels, Samples};

/// Why samples cannot be scaled.
#[derive(Debug, thiserror::Error)]
pub(in crate::picture) enum ScaleError {
    /// The samples do not fill their size.
    #[error(transparent)]
    Buffer(#[from] ImageBufferError),
    /// The error of the resizer.
    #[error(transparent)]
    Resize(#[from] ResizeError),
}

/// Scales samples to this size with the Lanczos filter.
pub(in crate::picture) fn scaled_to(
    samples: Samples,
    target: Pixels,
) -> Result<Samples, ScaleError> {
    resized(samples, target, FilterType::Lanczos3)
}

/// Scales samples to this size with a filter.
pub(in crate::picture) fn resized(
    samples: Samples,
    target: Pixels,
    filter: FilterType,
) -> Result<Samples, ScaleError> {
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
        .resize_alg(ResizeAlg::Convolution(filter))
        .use_alpha(matches!(channels, Channels::GrayAlpha | Channels::Rgba));
    let source = ImageRef::new(pixels.width, pixels.height, &bytes, kind)?;
    let mut scaled = Image::new(target.width, target.height, kind);
    Resizer::new().resize(&source, &mut scaled, &options)?;
    Ok(Samples { pixels: target, channels, bytes: scaled.into_vec() })
}
