//! How much memory it takes to make a picture smaller, from its header alone.

use crate::model::{ColourModel, Picture};

/// An estimate, on the safe side, of the bytes that are held at the worst moment.
pub(super) fn need(picture: &Picture) -> u64 {
    let channels = match picture.colour {
        ColourModel::Gray => 1,
        ColourModel::Rgb => 3,
        ColourModel::Cmyk { .. } => 4,
    } + u64::from(picture.alpha);
    picture.stored.count() * channels * 2 + (8 << 20)
}
