//! Colours into sRGB, by the profile that the picture carries.

use moxcms::{ColorProfile, Layout, RenderingIntent, TransferCharacteristics, TransformOptions};

use crate::model::Profile;

use super::press::fogra39;
use super::samples::{Channels, Samples};

/// Converts opaque samples to sRGB: one channel stays one, all others become three.
///
/// Relative colorimetric with black point compensation, as image editors do. Without a
/// profile, light is taken for sRGB and ink for FOGRA39.
pub(super) fn to_srgb(samples: Samples, profile: Option<&Profile>) -> Result<Samples, String> {
    let bytes = match (profile, samples.channels) {
        (Some(profile), _) => &profile.bytes[..],
        (None, Channels::Cmyk) => fogra39(),
        (None, _) => return Ok(samples),
    };
    let failed = |error| format!("its colours cannot be converted: {error}");
    let from = ColorProfile::new_from_slice(bytes).map_err(failed)?;
    let srgb = ColorProfile::new_srgb();
    if is_srgb(&from, &srgb) {
        return Ok(samples);
    }
    let layout = match samples.channels {
        Channels::Gray => Layout::Gray,
        Channels::Cmyk => Layout::Rgba,
        _ => Layout::Rgb,
    };
    let options = TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    };
    let darkest = [if samples.channels == Channels::Cmyk { u16::MAX } else { 0 }; 4];
    let darkest = &darkest[..samples.channels.count()];
    let mut bytes = vec![0; samples.bytes.len() / samples.channels.count() * 3];
    let fine = from.create_transform_16bit(layout, &srgb, Layout::Rgb, options).map_err(failed)?;
    let mut black = [0; 3];
    fine.transform(darkest, &mut black).map_err(failed)?;
    let black = u32::from(black[0]) * 299 + u32::from(black[1]) * 587 + u32::from(black[2]) * 114;
    let black = black / 1000;
    // A black that would come out as black anyway needs no compensation.
    if black < 64 {
        let transform =
            from.create_transform_8bit(layout, &srgb, Layout::Rgb, options).map_err(failed)?;
        transform.transform(&samples.bytes, &mut bytes).map_err(failed)?;
    } else {
        let curve = compensation(black);
        let row = samples.pixels.width as usize;
        let mut light = vec![0_u16; row * 3];
        for (from, to) in samples
            .bytes
            .chunks_exact(row * samples.channels.count())
            .zip(bytes.chunks_exact_mut(row * 3))
        {
            let from: Vec<u16> = from.iter().map(|&sample| u16::from(sample) * 257).collect();
            fine.transform(&from, &mut light).map_err(failed)?;
            for (sample, &light) in to.iter_mut().zip(&light) {
                *sample = curve[usize::from(light >> 4)];
            }
        }
    }
    let samples = Samples { channels: Channels::Rgb, bytes, ..samples };
    Ok(if layout == Layout::Gray { one_channel(samples) } else { samples })
}

/// Of three equal channels, the middle one.
fn one_channel(samples: Samples) -> Samples {
    let bytes = samples.bytes.chunks_exact(3).map(|pixel| pixel[1]).collect();
    Samples { channels: Channels::Gray, bytes, ..samples }
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
