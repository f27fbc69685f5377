//! From one device's numbers to another's, exactly and slowly.

use crate::model::RenderingIntent;

use crate::picture::color::black;
use crate::picture::color::black::BlackPointScale;
use crate::picture::color::device::{DeviceProfile, ToColour, ToNumbers};
use crate::picture::color::lab::{D50, Xyz};
use crate::picture::color::srgb;

/// Where colours are to go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Destination<'d> {
    /// Red, green and blue of sRGB.
    Srgb,
    /// The inks of a press.
    PressOptions(&'d DeviceProfile),
    /// Its black ink alone, as light: 1 is paper.
    Black(&'d DeviceProfile),
}

/// A way through the connection space.
#[derive(Debug)]
pub(super) struct Transform {
    there: ToColour,
    /// Whether one number stands for three equal ones.
    spread: bool,
    fit: Option<BlackPointScale>,
    back: Back,
}

#[derive(Debug)]
enum Back {
    Srgb,
    PressOptions(ToNumbers),
    /// How light the paper is under black ink, from none to all of it.
    Black(Vec<f64>),
}

impl Transform {
    /// The way from one device to another, for numbers of `channels` channels; `None`
    /// when one of the profiles does not say what it takes.
    pub(super) fn new(
        from: &DeviceProfile,
        channels: usize,
        to: Destination<'_>,
        intent: RenderingIntent,
    ) -> Option<Self> {
        let spread = channels == 1 && from.channels() == 3;
        if from.channels() != channels && !spread {
            return None;
        }
        let there = from.to_colour(intent)?;
        let (back, black, white) = match to {
            Destination::Srgb => (Back::Srgb, [0.0; 3], D50),
            Destination::PressOptions(press) => {
                let back = Back::PressOptions(press.to_numbers(intent)?);
                (back, black::destination(press, intent), press.white())
            }
            Destination::Black(press) => {
                let (ramp, black) = black_ink(press)?;
                (Back::Black(ramp), black, press.white())
            }
        };
        let fit = if intent == RenderingIntent::Absolute {
            Some(BlackPointScale::of_whites(from.white(), white))
        } else {
            let source = black::source(from, intent);
            let same = source.iter().zip(black).all(|(one, other)| (one - other).abs() < 1e-9);
            (!same).then(|| BlackPointScale::between(source, black))
        };
        Some(Self { there, spread, fit, back })
    }

    /// The other device's numbers. What sRGB cannot show lies below 0 or above 1.
    pub(super) fn at(&self, numbers: [f64; 4]) -> [f64; 4] {
        let [one, ..] = numbers;
        let numbers = if self.spread { [one, one, one, 0.0] } else { numbers };
        self.back(self.there.at(numbers))
    }

    /// The other device's numbers for a colour of the first.
    pub(super) fn back(&self, colour: Xyz) -> [f64; 4] {
        let colour = self.compensated(colour);
        match &self.back {
            Back::Srgb => {
                let [red, green, blue] = srgb::encoded(srgb::linear(colour));
                [red, green, blue, 0.0]
            }
            Back::PressOptions(back) => back.at(colour),
            Back::Black(ramp) => [1.0 - ink(ramp, colour[1]), 0.0, 0.0, 0.0],
        }
    }
}

impl Transform {
    /// A colour of the first device as the second is to show it.
    pub(super) fn compensated(&self, colour: Xyz) -> Xyz {
        self.fit.map_or(colour, |fit| fit.at(colour))
    }
}

/// How light the paper is under more and more black ink, and the colour of all of it.
fn black_ink(press: &DeviceProfile) -> Option<(Vec<f64>, Xyz)> {
    let there = press.to_colour(RenderingIntent::Relative)?;
    let mut lightest = f64::INFINITY;
    let ramp = (0..=255_u8).map(|ink| {
        let [_, light, _] = there.at([0.0, 0.0, 0.0, f64::from(ink) / 255.0]);
        lightest = light.min(lightest);
        lightest
    });
    let ramp: Vec<_> = ramp.collect();
    let darkest = *ramp.last()?;
    Some((ramp, D50.map(|white| white * darkest)))
}

/// How much ink makes the paper as dark as this.
#[expect(clippy::cast_precision_loss, reason = "the ramp has 256 entries")]
fn ink(ramp: &[f64], light: f64) -> f64 {
    let above = ramp.partition_point(|&under| under > light);
    if above == 0 {
        return 0.0;
    }
    let Some(&under) = ramp.get(above) else { return 1.0 };
    let over = ramp[above - 1];
    let share = if over > under { (over - light) / (over - under) } else { 0.0 };
    ((above - 1) as f64 + share) / (ramp.len() - 1) as f64
}
