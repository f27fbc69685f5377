//! Colours from the space that a picture is in to the one that an edition wants, by ICC
//! profiles.
//!
//! The profiles are read by moxcms; what they say is worked out here: moxcms knows no
//! black point compensation, without which shadows block up in print, and none can be
//! added from outside. How near this comes to Little CMS is measured by
//! `tests/judges/colours.py`.

mod black;
mod curve;
mod device;
#[cfg(test)]
mod golden;
mod grid;
mod lab;
mod link;
mod srgb;
mod way;

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::model::{Profile, ProfileSpace, RenderingIntent};

use crate::picture::bundled_profiles::fogra39;
use crate::picture::process::samples::{Channels, Samples};
use device::DeviceProfile;
pub(super) use link::{Sample, SampleTransform};
use way::{Destination, Transform};

/// Where a picture's colours are to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColorTarget<'p> {
    /// Red, green and blue of sRGB.
    Srgb,
    /// The inks of the press that this profile describes.
    PressOptions(&'p [u8]),
    /// Its black ink alone, as light: 255 is paper.
    Black(&'p [u8]),
}

/// Converts opaque samples to red, green and blue of sRGB.
///
/// Relative colorimetric with black point compensation, as image editors do. Without a
/// profile, light is taken for sRGB and ink for FOGRA39.
pub(super) fn to_srgb(samples: Samples, profile: Option<&Profile>) -> Result<Samples, String> {
    if profile.is_none() && samples.channels != Channels::Cmyk {
        return Ok(samples.gray_to_rgb());
    }
    let link = link::<u8>(samples.channels, profile, ColorTarget::Srgb, RenderingIntent::Relative)?;
    let Some(link) = link else { return Ok(samples) };
    let mut bytes = vec![0; samples.bytes.len() / samples.channels.count() * link.outputs()];
    link.convert(&samples.bytes, &mut bytes);
    Ok(Samples { channels: Channels::Rgb, bytes, ..samples })
}

/// The way of a picture's opaque samples to a goal; `None` where there is nothing to do.
pub(super) fn link<S: Sample>(
    channels: Channels,
    profile: Option<&Profile>,
    goal: ColorTarget<'_>,
    intent: RenderingIntent,
) -> Result<Option<Arc<SampleTransform>>, String> {
    let source = match (profile, channels) {
        (Some(profile), _) => &profile.bytes[..],
        (None, Channels::Cmyk) => fogra39(),
        (None, _) => crate::picture::bundled_profiles::srgb(),
    };
    let (kind, end) = match goal {
        ColorTarget::Srgb => ("srgb", &[][..]),
        ColorTarget::PressOptions(press) => ("press", press),
        ColorTarget::Black(press) => ("black", press),
    };
    if source == end && goal == ColorTarget::PressOptions(source) {
        return Ok(None);
    }
    let hash = Sha256::new()
        .chain_update(format!("{kind} {channels:?} {intent:?} {} {}\n", S::MOST, source.len()))
        .chain_update(source)
        .chain_update(end)
        .finalize()
        .into();
    // Whoever comes second waits for the first one's table instead of making it again.
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, link)) = drawn.iter().find(|(known, _)| *known == hash) {
        return Ok(link.clone());
    }
    let link = draw::<S>(channels, source, goal, intent)
        .map_err(|reason| format!("its colours cannot be converted: {reason}"))?
        .map(Arc::new);
    if drawn.len() == MOST_DRAWN {
        drawn.remove(0);
    }
    drawn.push((hash, link.clone()));
    Ok(link)
}

/// The ways drawn up so far: a book's photos come from few cameras and scanners.
static DRAWN: Mutex<Vec<CachedTransform>> = Mutex::new(Vec::new());
/// What a way was drawn up from, and the way, if there is anything to do.
type CachedTransform = ([u8; 32], Option<Arc<SampleTransform>>);
/// They take up to 1.4 MB each.
const MOST_DRAWN: usize = 12;

fn draw<S: Sample>(
    channels: Channels,
    source: &[u8],
    goal: ColorTarget<'_>,
    intent: RenderingIntent,
) -> Result<Option<SampleTransform>, String> {
    let from = DeviceProfile::new(source)?;
    let press = match goal {
        ColorTarget::Srgb => None,
        ColorTarget::PressOptions(press) | ColorTarget::Black(press) => {
            Some(DeviceProfile::new(press)?)
        }
    };
    let (end, outputs) = match (goal, &press) {
        (ColorTarget::PressOptions(_), Some(press)) => (Destination::PressOptions(press), 4),
        (ColorTarget::Black(_), Some(press)) => (Destination::Black(press), 1),
        _ => (Destination::Srgb, 3),
    };
    let count = channels.count();
    let way = Transform::new(&from, count, end, intent)
        .ok_or("the profile lacks what the conversion takes")?;
    let link =
        SampleTransform::new(&way, &from, count, outputs, goal == ColorTarget::Srgb, S::MOST);
    let same = goal == ColorTarget::Srgb && S::MOST == 255 && count == 3 && link.is_same();
    Ok((!same).then_some(link))
}

/// Whether colours can be told from what a profile describes.
pub(super) fn is_usable(profile: &[u8], space: ProfileSpace) -> bool {
    let channels = match space {
        ProfileSpace::Gray => 1,
        ProfileSpace::Rgb => 3,
        ProfileSpace::Cmyk => 4,
    };
    DeviceProfile::new(profile).is_ok_and(|device| {
        device.channels() == channels && device.to_colour(RenderingIntent::Relative).is_some()
    })
}

/// Whether pictures can be converted to the press that a profile describes.
pub fn is_press(profile: &[u8]) -> bool {
    is_usable(profile, ProfileSpace::Cmyk)
        && DeviceProfile::new(profile)
            .is_ok_and(|device| device.to_numbers(RenderingIntent::Relative).is_some())
}
