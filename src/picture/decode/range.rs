//! Narrows decoded samples: to 8 bits, and from high to standard dynamic range.

use crate::model::{Picture, StatedSpace};

use super::convert::from_16;
use crate::picture::color::{standard_range_from_8, standard_range_from_16};
use crate::picture::process::samples::{Channels, Samples};

/// Converts 8-bit samples to sRGB if they are HDR.
pub(super) fn standard_range(picture: &Picture, samples: Samples) -> Samples {
    match &picture.stated_space {
        StatedSpace::Hdr(encoding) if samples.channels != Channels::Cmyk => {
            let bytes = standard_range_from_8(&samples.bytes, samples.channels, encoding);
            Samples { bytes, ..samples }
        }
        _ => samples,
    }
}

/// Converts 16-bit samples to 8 bits, and to sRGB if they are HDR.
pub(super) fn narrowed(picture: &Picture, channels: Channels, bytes: &[u8]) -> Samples {
    let bytes = match &picture.stated_space {
        StatedSpace::Hdr(encoding) => standard_range_from_16(bytes, channels, encoding),
        StatedSpace::Unknown | StatedSpace::Srgb => from_16(bytes),
    };
    Samples { pixels: picture.stored, channels, bytes }
}
