//! Converts colours from a photo's colour space to that of an edition by ICC profiles.
//!
//! The moxcms crate reads the profiles, but the conversion is done here: moxcms has no black point
//! compensation, without which shadows block up in print, and it cannot be added from outside.
//! `tests/judges/colours.py` measures the difference from Little CMS.

mod black_point;
mod color_table;
mod curve;
mod device_profile;
#[cfg(test)]
mod golden;
mod hdr;
mod lab;
mod matrix_shaper;
mod sample_transform;
mod srgb_curve;
mod transform;

use std::sync::{Arc, Mutex, PoisonError};

use moxcms::CmsError;
use sha2::{Digest, Sha256};

use crate::model::{Profile, ProfileSpace, RenderingIntent};

use crate::picture::bundled_profiles::{fogra39, srgb};
use crate::picture::process::samples::{Channels, Samples};
use device_profile::DeviceProfile;
pub(super) use hdr::{hdr_encoding, standard_range_from_8, standard_range_from_16};
pub(super) use matrix_shaper::{PixelGroup, TOGETHER};
pub(super) use sample_transform::SampleTransform;
use transform::{Destination, Transform};

/// The colour space that a photo is converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColorTarget<'p> {
    /// RGB in sRGB.
    Srgb,
    /// CMYK of the press with this profile.
    Press(&'p [u8]),
    /// Only the black ink of the press with this profile, inverted: 255 is paper.
    Black(&'p [u8]),
    /// The difference from the nearest colour of the press with this profile, in tenths of
    /// CIEDE2000; 255 is that or more.
    Difference(&'p [u8]),
}

/// Why the colours of a photo cannot be converted.
#[derive(Debug, thiserror::Error)]
pub(super) enum ColorError {
    /// A profile cannot be parsed.
    #[error("its colours cannot be converted: {0}")]
    Profile(#[from] CmsError),
    /// A profile has no curves, matrix or table for the conversion.
    #[error(
        "its colours cannot be converted: the profile lacks the data that the conversion needs"
    )]
    MissingData,
}

/// The hash of what a transform was built from, and the transform, unless there is nothing to
/// convert.
type CachedTransform = ([u8; 32], Option<Arc<SampleTransform>>);
/// A transform takes up to 1.4 MB. The photos of a book come from few cameras and scanners.
const MAX_CACHED: usize = 12;

/// The transforms that were built so far, shared by all threads.
#[derive(Debug, Default)]
pub(super) struct ColorTransforms(Mutex<Vec<CachedTransform>>);

impl ColorTransforms {
    /// Converts samples without alpha to sRGB.
    ///
    /// Relative colorimetric with black point compensation, as in image editors. Without a
    /// profile, Gray and RGB are assumed to be sRGB and CMYK to be FOGRA39.
    pub(super) fn to_srgb(
        &self,
        samples: Samples,
        profile: Option<&Profile>,
    ) -> Result<Samples, ColorError> {
        let transform = self.to_srgb_transform(samples.channels, profile)?;
        let Some(transform) = transform else { return Ok(samples.gray_to_rgb()) };
        let pixels = samples.bytes.len() / samples.channels.count();
        let mut bytes = vec![0; pixels * transform.outputs()];
        transform.convert(&samples.bytes, &mut bytes);
        Ok(Samples { channels: Channels::Rgb, bytes, ..samples })
    }

    /// The transform of [`ColorTransforms::to_srgb`]; `None` if colours stay as they are, and Gray
    /// has three equal channels.
    pub(super) fn to_srgb_transform(
        &self,
        channels: Channels,
        profile: Option<&Profile>,
    ) -> Result<Option<Arc<SampleTransform>>, ColorError> {
        if profile.is_none() && channels != Channels::Cmyk {
            return Ok(None);
        }
        self.get(channels, profile, ColorTarget::Srgb, RenderingIntent::Relative)
    }

    /// The transform from a photo's samples without alpha to a colour space; `None` if they are
    /// equal.
    pub(super) fn get(
        &self,
        channels: Channels,
        profile: Option<&Profile>,
        target: ColorTarget<'_>,
        intent: RenderingIntent,
    ) -> Result<Option<Arc<SampleTransform>>, ColorError> {
        let source = match (profile, channels) {
            (Some(profile), _) => &profile.bytes[..],
            (None, Channels::Cmyk) => fogra39(),
            (None, _) => srgb(),
        };
        let (target_name, press_profile) = match target {
            ColorTarget::Srgb => ("srgb", &[][..]),
            ColorTarget::Press(press) => ("press", press),
            ColorTarget::Black(press) => ("black", press),
            ColorTarget::Difference(press) => ("difference", press),
        };
        if source == press_profile && target == ColorTarget::Press(source) {
            return Ok(None);
        }
        let hash = Sha256::new()
            .chain_update(format!("{target_name} {channels:?} {intent:?} {}\n", source.len()))
            .chain_update(source)
            .chain_update(press_profile)
            .finalize()
            .into();
        // The lock is held while a transform is built, so that threads which need the same one
        // wait for it.
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, transform)) = cache.iter().find(|(known, _)| *known == hash) {
            return Ok(transform.clone());
        }
        let transform = build(channels, source, target, intent)?.map(Arc::new);
        if cache.len() == MAX_CACHED {
            cache.remove(0);
        }
        cache.push((hash, transform.clone()));
        Ok(transform)
    }
}

fn build(
    channels: Channels,
    source: &[u8],
    target: ColorTarget<'_>,
    intent: RenderingIntent,
) -> Result<Option<SampleTransform>, ColorError> {
    let from = DeviceProfile::new(source)?;
    let press = match target {
        ColorTarget::Srgb => None,
        ColorTarget::Press(press) | ColorTarget::Black(press) | ColorTarget::Difference(press) => {
            Some(DeviceProfile::new(press)?)
        }
    };
    let (destination, outputs) = match (target, &press) {
        (ColorTarget::Press(_), Some(press)) => (Destination::Press(press), 4),
        (ColorTarget::Black(_), Some(press)) => (Destination::Black(press), 1),
        (ColorTarget::Difference(_), Some(press)) => (Destination::Difference(press), 1),
        _ => (Destination::Srgb, 3),
    };
    let count = channels.count();
    let transform =
        Transform::new(&from, count, destination, intent).ok_or(ColorError::MissingData)?;
    let to_srgb = target == ColorTarget::Srgb;
    let transform = SampleTransform::new(&transform, &from, count, outputs, to_srgb);
    let is_identity = to_srgb && count == 3 && transform.is_identity();
    Ok((!is_identity).then_some(transform))
}

/// Whether colours can be converted from the space that a profile describes.
pub(super) fn is_valid_profile(profile: &[u8], space: ProfileSpace) -> bool {
    let channels = match space {
        ProfileSpace::Gray => 1,
        ProfileSpace::Rgb => 3,
        ProfileSpace::Cmyk => 4,
    };
    DeviceProfile::new(profile).is_ok_and(|device| {
        device.channels() == channels && device.to_xyz(RenderingIntent::Relative).is_some()
    })
}

/// Whether colours can be converted to the space of a press profile.
pub fn is_press_profile(profile: &[u8]) -> bool {
    is_valid_profile(profile, ProfileSpace::Cmyk)
        && DeviceProfile::new(profile)
            .is_ok_and(|device| device.to_device(RenderingIntent::Relative).is_some())
}
