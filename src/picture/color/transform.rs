//! Exact conversion of device values between two profiles, which is too slow for pixels.

use crate::model::RenderingIntent;

use crate::picture::color::black_point;
use crate::picture::color::black_point::XyzScale;
use crate::picture::color::device_profile::{DeviceProfile, DeviceToXyz, XyzToDevice};
use crate::picture::color::lab::{D50, Xyz, difference, lab_from_xyz};
use crate::picture::color::srgb_curve;

/// The largest difference that is measured, which makes a sample a tenth of a unit.
pub(super) const MAX_DIFFERENCE: f64 = 25.5;

/// The colour space that colours are converted to, with parsed profiles.
#[derive(Debug, Clone, Copy)]
pub(super) enum Destination<'d> {
    /// RGB in sRGB.
    Srgb,
    /// CMYK of a press.
    Press(&'d DeviceProfile),
    /// Only the black ink of a press, inverted: 1 is paper.
    Black(&'d DeviceProfile),
    /// The CIEDE2000 difference from the colour that a press prints instead; 1 is
    /// [`MAX_DIFFERENCE`].
    Difference(&'d DeviceProfile),
}

/// A transform from device values through the profile connection space to other device values.
#[derive(Debug)]
pub(super) struct Transform {
    to_xyz: DeviceToXyz,
    /// Whether one value stands for three equal ones.
    gray_to_rgb: bool,
    scale: Option<XyzScale>,
    output: OutputStage,
}

#[derive(Debug)]
enum OutputStage {
    Srgb,
    Press(XyzToDevice),
    /// The luminance of the paper under black ink, from none to full.
    Black(Vec<f64>),
    Difference {
        to_device: XyzToDevice,
        to_xyz: DeviceToXyz,
    },
}

impl Transform {
    /// The transform from one device to another, for values of `channels` channels; `None` if a
    /// profile lacks the data for it.
    pub(super) fn new(
        from: &DeviceProfile,
        channels: usize,
        to: Destination<'_>,
        intent: RenderingIntent,
    ) -> Option<Self> {
        let gray_to_rgb = channels == 1 && from.channels() == 3;
        if from.channels() != channels && !gray_to_rgb {
            return None;
        }
        let to_xyz = from.to_xyz(intent)?;
        let (output, black, white) = match to {
            Destination::Srgb => (OutputStage::Srgb, [0.0; 3], D50),
            Destination::Press(press) => {
                let stage = OutputStage::Press(press.to_device(intent)?);
                (stage, black_point::destination(press, intent), press.white())
            }
            Destination::Difference(press) => {
                let to_device = press.to_device(intent)?;
                let stage = OutputStage::Difference { to_device, to_xyz: press.to_xyz(intent)? };
                (stage, black_point::destination(press, intent), press.white())
            }
            Destination::Black(press) => {
                let (ramp, black) = black_ink_ramp(press)?;
                (OutputStage::Black(ramp), black, press.white())
            }
        };
        let scale = if intent == RenderingIntent::Absolute {
            Some(XyzScale::from_white_points(from.white(), white))
        } else {
            let source = black_point::source(from, intent);
            let same = source.iter().zip(black).all(|(one, other)| (one - other).abs() < 1e-9);
            (!same).then(|| XyzScale::from_black_points(source, black))
        };
        Some(Self { to_xyz, gray_to_rgb, scale, output })
    }

    /// Converts device values. Colours outside the gamut of sRGB give values below 0 or above 1.
    pub(super) fn apply(&self, values: [f64; 4]) -> [f64; 4] {
        let [one, ..] = values;
        let values = if self.gray_to_rgb { [one, one, one, 0.0] } else { values };
        self.convert_xyz(self.to_xyz.apply(values))
    }

    /// Converts a colour of the source to device values of the destination.
    pub(super) fn convert_xyz(&self, colour: Xyz) -> [f64; 4] {
        let colour = self.compensate(colour);
        match &self.output {
            OutputStage::Srgb => {
                let [red, green, blue] = srgb_curve::encode(srgb_curve::linear_from_xyz(colour));
                [red, green, blue, 0.0]
            }
            OutputStage::Press(stage) => stage.apply(colour),
            OutputStage::Difference { to_device, to_xyz } => {
                // The colour is already moved between the black and the white of the press, so that
                // what remains is what its inks cannot mix.
                let printed = to_xyz.apply(to_device.apply(colour));
                let difference = difference(lab_from_xyz(colour), lab_from_xyz(printed));
                [(difference / MAX_DIFFERENCE).min(1.0), 0.0, 0.0, 0.0]
            }
            OutputStage::Black(ramp) => [1.0 - ink_for_light(ramp, colour[1]), 0.0, 0.0, 0.0],
        }
    }

    /// Applies the black point compensation, or the white points of absolute colorimetry, to a
    /// colour.
    pub(super) fn compensate(&self, colour: Xyz) -> Xyz {
        self.scale.map_or(colour, |scale| scale.apply(colour))
    }
}

/// The luminance of the paper under increasing black ink, and the colour of full black.
fn black_ink_ramp(press: &DeviceProfile) -> Option<(Vec<f64>, Xyz)> {
    let to_xyz = press.to_xyz(RenderingIntent::Relative)?;
    let mut lightest = f64::INFINITY;
    let ramp = (0..=255_u8).map(|ink| {
        let [_, light, _] = to_xyz.apply([0.0, 0.0, 0.0, f64::from(ink) / 255.0]);
        lightest = light.min(lightest);
        lightest
    });
    let ramp: Vec<_> = ramp.collect();
    let darkest = *ramp.last()?;
    Some((ramp, D50.map(|white| white * darkest)))
}

/// The amount of ink that gives this luminance.
#[expect(clippy::cast_precision_loss, reason = "the ramp has 256 entries")]
fn ink_for_light(ramp: &[f64], light: f64) -> f64 {
    let above = ramp.partition_point(|&under| under > light);
    if above == 0 {
        return 0.0;
    }
    let Some(&under) = ramp.get(above) else { return 1.0 };
    let over = ramp[above - 1];
    let fraction = if over > under { (over - light) / (over - under) } else { 0.0 };
    ((above - 1) as f64 + fraction) / (ramp.len() - 1) as f64
}
