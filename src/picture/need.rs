//! How much memory it takes to make a picture smaller, from its header alone.

use crate::model::{ColourModel, Format, Picture};

/// An estimate, on the safe side, of the bytes that are held at the worst moment.
pub(super) fn need(picture: &Picture) -> u64 {
    let channels = match picture.colour {
        ColourModel::Gray => 1,
        ColourModel::Rgb => 3,
        ColourModel::Cmyk { .. } => 4,
    } + u64::from(picture.alpha);
    // JPEG XL is decoded into planes of 32 bits, some of them twice.
    let copies = if picture.format == Format::Jxl { 10 } else { 2 };
    picture.stored.count() * channels * copies + (8 << 20)
}
