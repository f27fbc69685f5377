//! Colours into sRGB, by the profile that the picture carries.

use moxcms::{
    CmsError, ColorProfile, Layout, RenderingIntent, TransferCharacteristics, TransformOptions,
};

use crate::model::{Profile, ProfileSpace};

use super::press::fogra39;
use super::samples::{Channels, Samples};

/// Converts opaque samples to red, green and blue of sRGB.
///
/// Relative colorimetric with black point compensation, as image editors do. Without a
/// profile, light is taken for sRGB and ink for FOGRA39.
pub(super) fn to_srgb(samples: Samples, profile: Option<&Profile>) -> Result<Samples, String> {
    let bytes = match (profile, samples.channels) {
        (Some(profile), _) => &profile.bytes[..],
        (None, Channels::Cmyk) => fogra39(),
        (None, _) => return Ok(samples.spread()),
    };
    let failed = |error| format!("its colours cannot be converted: {error}");
    let from = ColorProfile::new_from_slice(bytes).map_err(failed)?;
    let srgb = ColorProfile::new_srgb();
    if is_srgb(&from, &srgb) {
        return Ok(samples);
    }
    let layout = layout(samples.channels);
    let mut bytes = vec![0; samples.bytes.len() / samples.channels.count() * 3];
    // Light that is mixed from three primaries comes out black where it is black.
    let black = if from.is_matrix_shaper() || samples.channels == Channels::Gray {
        0
    } else {
        darkest(&from, &srgb, samples.channels).map_err(failed)?
    };
    if black < NEARLY_BLACK {
        let transform =
            from.create_transform_8bit(layout, &srgb, Layout::Rgb, options()).map_err(failed)?;
        transform.transform(&samples.bytes, &mut bytes).map_err(failed)?;
    } else {
        compensated(&from, &srgb, &samples, black, &mut bytes).map_err(failed)?;
    }
    Ok(Samples { channels: Channels::Rgb, bytes, ..samples })
}

/// Whether the colour engine can make sRGB of what a profile describes.
pub(super) fn is_usable(profile: &ColorProfile, space: ProfileSpace) -> bool {
    let channels = match space {
        ProfileSpace::Gray => Channels::Gray,
        ProfileSpace::Rgb => Channels::Rgb,
        ProfileSpace::Cmyk => Channels::Cmyk,
    };
    let srgb = ColorProfile::new_srgb();
    profile.create_transform_8bit(layout(channels), &srgb, Layout::Rgb, options()).is_ok()
}

/// Of 65535; what comes out darker than this needs no compensation.
const NEARLY_BLACK: u32 = 64;

fn options() -> TransformOptions {
    TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    }
}

fn layout(channels: Channels) -> Layout {
    match channels {
        Channels::Gray | Channels::GrayAlpha => Layout::Gray,
        Channels::Rgb => Layout::Rgb,
        // The engine takes four channels for ink when the profile says so.
        Channels::Rgba | Channels::Cmyk => Layout::Rgba,
    }
}

/// What the darkest colour of a profile comes out as, of 65535. With ink, that is the
/// mixture which the profile itself makes of black: no press prints all inks in full.
fn darkest(from: &ColorProfile, srgb: &ColorProfile, channels: Channels) -> Result<u32, CmsError> {
    let layout = layout(channels);
    let transform = from.create_transform_16bit(layout, srgb, Layout::Rgb, options())?;
    let mut device = [0; 4];
    if channels == Channels::Cmyk {
        device = [u16::MAX; 4];
        let perceptual =
            TransformOptions { rendering_intent: RenderingIntent::Perceptual, ..options() };
        // A profile that only describes scans has no way back; then all inks it is.
        if let Ok(back) = srgb.create_transform_16bit(Layout::Rgb, from, layout, perceptual) {
            back.transform(&[0; 3], &mut device)?;
        }
    }
    let mut black = [0; 3];
    transform.transform(&device[..channels.count()], &mut black)?;
    // A compensation that kept the black's tint would tint everything else.
    Ok(black.iter().map(|&level| u32::from(level)).sum::<u32>() / 3)
}

/// Converts with 16 bits, so that the shadows that are pulled down do not break up.
fn compensated(
    from: &ColorProfile,
    srgb: &ColorProfile,
    samples: &Samples,
    black: u32,
    into: &mut [u8],
) -> Result<(), CmsError> {
    let layout = layout(samples.channels);
    let transform = from.create_transform_16bit(layout, srgb, Layout::Rgb, options())?;
    let curve = compensation(black);
    let width = samples.pixels.width as usize;
    let mut wide = vec![0_u16; width * samples.channels.count()];
    let mut light = vec![0_u16; width * 3];
    let rows = samples.bytes.chunks_exact(wide.len());
    for (row, into) in rows.zip(into.chunks_exact_mut(width * 3)) {
        for (wide, &sample) in wide.iter_mut().zip(row) {
            *wide = u16::from(sample) * 257;
        }
        transform.transform(&wide, &mut light)?;
        for (sample, &light) in into.iter_mut().zip(&light) {
            *sample = curve[usize::from(light >> 4)];
        }
    }
    Ok(())
}

/// Whether a profile says the same as sRGB does.
fn is_srgb(profile: &ColorProfile, srgb: &ColorProfile) -> bool {
    let ours = srgb.colorant_matrix();
    let theirs = profile.colorant_matrix();
    let near = ours
        .v
        .iter()
        .flatten()
        .zip(theirs.v.iter().flatten())
        .all(|(ours, theirs)| (ours - theirs).abs() < 0.002);
    if !near || !profile.is_matrix_shaper() {
        return false;
    }
    let Ok(transform) =
        profile.create_transform_8bit(Layout::Rgb, srgb, Layout::Rgb, TransformOptions::default())
    else {
        return false;
    };
    let ramp: Vec<u8> = (0..=255).flat_map(|level| [level; 3]).collect();
    let mut same = vec![0; ramp.len()];
    transform.transform(&ramp, &mut same).is_ok()
        && ramp.iter().zip(&same).all(|(before, after)| before.abs_diff(*after) <= 1)
}

/// Pulls the darkest colour down to black, linearly in light, and leaves white in place;
/// from 12 bits to 8. `black` is what the darkest colour came out as, of 65535.
fn compensation(black: u32) -> Vec<u8> {
    let dark = to_light(f64::from(black) / 65535.0);
    (0..4096_u32)
        .map(|level| {
            let light = (to_light(f64::from(level) / 4095.0) - dark) / (1.0 - dark);
            from_light(light.max(0.0))
        })
        .collect()
}

fn to_light(level: f64) -> f64 {
    TransferCharacteristics::Srgb.linearize(level)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn from_light(light: f64) -> u8 {
    (TransferCharacteristics::Srgb.gamma(light).clamp(0.0, 1.0) * 255.0).round() as u8
}
