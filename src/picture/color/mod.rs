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
mod lab;
mod sample_transform;
mod srgb;
mod transform;

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::model::{Profile, ProfileSpace, RenderingIntent};

use crate::picture::bundled_profiles::fogra39;
use crate::picture::process::samples::{Channels, Samples};
use device_profile::DeviceProfile;
pub(super) use sample_transform::{Sample, SampleTransform};
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
}

/// Converts samples without alpha to sRGB.
///
/// Relative colorimetric with black point compensation, as in image editors. Without a profile,
/// Gray and RGB are assumed to be sRGB and CMYK to be FOGRA39.
pub(super) fn to_srgb(samples: Samples, profile: Option<&Profile>) -> Result<Samples, String> {
    if profile.is_none() && samples.channels != Channels::Cmyk {
        return Ok(samples.gray_to_rgb());
    }
    let transform = sample_transform::<u8>(
        samples.channels,
        profile,
        ColorTarget::Srgb,
        RenderingIntent::Relative,
    )?;
    let Some(transform) = transform else { return Ok(samples) };
    let mut bytes = vec![0; samples.bytes.len() / samples.channels.count() * transform.outputs()];
    transform.convert(&samples.bytes, &mut bytes);
    Ok(Samples { channels: Channels::Rgb, bytes, ..samples })
}

/// The transform from a photo's samples without alpha to a colour space; `None` if they are equal.
/// Transforms are cached.
pub(super) fn sample_transform<S: Sample>(
    channels: Channels,
    profile: Option<&Profile>,
    target: ColorTarget<'_>,
    intent: RenderingIntent,
) -> Result<Option<Arc<SampleTransform>>, String> {
    let source = match (profile, channels) {
        (Some(profile), _) => &profile.bytes[..],
        (None, Channels::Cmyk) => fogra39(),
        (None, _) => crate::picture::bundled_profiles::srgb(),
    };
    let (target_name, press_profile) = match target {
        ColorTarget::Srgb => ("srgb", &[][..]),
        ColorTarget::Press(press) => ("press", press),
        ColorTarget::Black(press) => ("black", press),
    };
    if source == press_profile && target == ColorTarget::Press(source) {
        return Ok(None);
    }
    let hash = Sha256::new()
        .chain_update(format!(
            "{target_name} {channels:?} {intent:?} {} {}\n",
            S::MAX,
            source.len()
        ))
        .chain_update(source)
        .chain_update(press_profile)
        .finalize()
        .into();
    // The lock is held while a transform is built, so that threads which need the same one wait for
    // it.
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, transform)) = cache.iter().find(|(known, _)| *known == hash) {
        return Ok(transform.clone());
    }
    let transform = build::<S>(channels, source, target, intent)
        .map_err(|reason| format!("its colours cannot be converted: {reason}"))?
        .map(Arc::new);
    if cache.len() == MAX_CACHED {
        cache.remove(0);
    }
    cache.push((hash, transform.clone()));
    Ok(transform)
}

/// The transforms built so far. The photos of a book come from few cameras and scanners.
static CACHE: Mutex<Vec<CachedTransform>> = Mutex::new(Vec::new());
/// The hash of what a transform was built from, and the transform, unless there is nothing to
/// convert.
type CachedTransform = ([u8; 32], Option<Arc<SampleTransform>>);
/// A transform takes up to 1.4 MB.
const MAX_CACHED: usize = 12;

fn build<S: Sample>(
    channels: Channels,
    source: &[u8],
    target: ColorTarget<'_>,
    intent: RenderingIntent,
) -> Result<Option<SampleTransform>, String> {
    let from = DeviceProfile::new(source)?;
    let press = match target {
        ColorTarget::Srgb => None,
        ColorTarget::Press(press) | ColorTarget::Black(press) => Some(DeviceProfile::new(press)?),
    };
    let (destination, outputs) = match (target, &press) {
        (ColorTarget::Press(_), Some(press)) => (Destination::Press(press), 4),
        (ColorTarget::Black(_), Some(press)) => (Destination::Black(press), 1),
        _ => (Destination::Srgb, 3),
    };
    let count = channels.count();
    let transform = Transform::new(&from, count, destination, intent)
        .ok_or("the profile lacks the data that the conversion needs")?;
    let transform = SampleTransform::new(
        &transform,
        &from,
        count,
        outputs,
        target == ColorTarget::Srgb,
        S::MAX,
    );
    let is_identity =
        target == ColorTarget::Srgb && S::MAX == 255 && count == 3 && transform.is_identity();
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
