//! What becomes of a picture's colours in print, and the press profile that travels with
//! recto.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::{
    ColorModel, ColorPolicy, Compression, Format, Picture, PressProfile, RenderingIntent,
};

use crate::picture::bundled_profiles::fogra39;
use crate::picture::color;
use crate::picture::color::{ColorTarget, Sample, SampleTransform};
use crate::picture::process::samples::Channels;

/// A printing condition's profile, whole.
pub fn press_profile(condition: &PressProfile) -> &[u8] {
    match condition {
        PressProfile::Fogra39 => fogra39(),
        PressProfile::File { bytes, .. } => bytes,
    }
}

/// What becomes of pictures in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressOptions<'p> {
    /// Whether they are converted, and where to.
    pub colour: ColorPolicy,
    /// The profile of the press.
    pub profile: &'p [u8],
    /// How colours are brought there.
    pub intent: RenderingIntent,
    /// How what was converted is stored.
    pub compression: Compression,
}

impl PressOptions<'_> {
    /// Pictures as they are.
    pub const UNTOUCHED: Self = Self {
        colour: ColorPolicy::Keep,
        profile: &[],
        intent: RenderingIntent::Relative,
        compression: Compression::Jpeg,
    };

    /// Whether a picture's file is copied, not decoded.
    pub fn copies(&self, picture: &Picture) -> bool {
        picture.format == Format::Jpeg && self.goal(picture).is_none()
    }

    /// Where the picture's colours are to go, if anywhere.
    pub(in crate::picture) fn goal(&self, picture: &Picture) -> Option<ColorTarget<'_>> {
        let profile = picture.profile.as_ref();
        match (self.colour, picture.colour) {
            (ColorPolicy::Keep, _) => None,
            (ColorPolicy::Srgb, ColorModel::Rgb) if profile.is_none() => None,
            (ColorPolicy::Srgb, _) => Some(ColorTarget::Srgb),
            // Numbers without a meaning are taken for the press's own; numbers of another
            // press are not.
            (ColorPolicy::Cmyk, ColorModel::Cmyk { .. }) => profile
                .is_some_and(|own| own.bytes != self.profile)
                .then_some(ColorTarget::PressOptions(self.profile)),
            // One ink stays one ink: no tint, and nothing to be out of register.
            (ColorPolicy::Cmyk, ColorModel::Gray) => Some(ColorTarget::Black(self.profile)),
            (ColorPolicy::Cmyk, ColorModel::Rgb) => Some(ColorTarget::PressOptions(self.profile)),
        }
    }

    /// The way there; `None` where the numbers are right as they are.
    pub(in crate::picture) fn link<S: Sample>(
        &self,
        picture: &Picture,
        channels: Channels,
    ) -> Result<Option<Arc<SampleTransform>>, String> {
        match self.goal(picture) {
            Some(goal) => color::link::<S>(channels, picture.profile.as_deref(), goal, self.intent),
            None => Ok(None),
        }
    }

    /// All that the result depends on beside the picture, in words.
    pub(in crate::picture) fn process(&self) -> String {
        let Self { colour, intent, compression, profile } = self;
        let hash = Sha256::digest(profile);
        format!("press {colour:?} {intent:?} {compression:?} {hash:?}")
    }
}
