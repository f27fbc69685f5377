//! How photos are converted and stored for print.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::{
    ColorModel, ColorPolicy, Compression, Damage, Format, Picture, PressProfile, RenderingIntent,
    StatedSpace,
};

use crate::picture::bundled_profiles::bundled_profile;
use crate::picture::color::{ColorError, ColorTarget, ColorTransforms, SampleTransform};
use crate::picture::process::samples::Channels;

/// The bytes of a press profile.
pub fn press_profile(condition: &PressProfile) -> &[u8] {
    match condition {
        PressProfile::Bundled(condition) => bundled_profile(*condition),
        PressProfile::File { bytes, .. } => bytes,
    }
}

/// Whether the data of a photo can be copied: a JPEG that every reader of PDF can decode, and not
/// HDR, which the decoder converts. A missing end marker is added.
pub(super) fn is_copyable(picture: &Picture) -> bool {
    picture.format == Format::Jpeg
        && !picture.arithmetic
        && !matches!(picture.stated_space, StatedSpace::Hdr(_))
        && picture.damage.as_ref().is_none_or(Damage::is_harmless)
}

/// How photos are converted and stored for print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressOptions<'p> {
    /// Whether colours are converted, and to which space.
    pub colour: ColorPolicy,
    /// The profile of the press.
    pub profile: &'p [u8],
    /// The rendering intent of the conversion.
    pub intent: RenderingIntent,
    /// How converted photos are compressed.
    pub compression: Compression,
}

impl PressOptions<'_> {
    /// No conversion.
    pub const UNCHANGED: Self = Self {
        colour: ColorPolicy::Keep,
        profile: &[],
        intent: RenderingIntent::Relative,
        compression: Compression::Jpeg,
    };

    /// Whether a photo's compressed data is copied without decoding.
    pub fn is_copied(&self, picture: &Picture) -> bool {
        is_copyable(picture) && self.target(picture).is_none()
    }

    /// Whether the colours of a photo are converted, so that its own profile is not embedded.
    pub fn is_converted(&self, picture: &Picture) -> bool {
        self.target(picture).is_some()
    }

    /// The colour space that a photo is converted to, if it is converted.
    pub(in crate::picture) fn target(&self, picture: &Picture) -> Option<ColorTarget<'_>> {
        let profile = picture.profile.as_ref();
        match (self.colour, picture.colour) {
            (ColorPolicy::Keep, _) => None,
            (ColorPolicy::Srgb, ColorModel::Rgb) if profile.is_none() => None,
            (ColorPolicy::Srgb, _) => Some(ColorTarget::Srgb),
            // CMYK without a profile is assumed to be that of the press; CMYK of another press is
            // converted.
            (ColorPolicy::Cmyk, ColorModel::Cmyk { .. }) => profile
                .is_some_and(|own| own.bytes != self.profile)
                .then_some(ColorTarget::Press(self.profile)),
            // Grey stays in black ink, so that it gets no tint and no registration errors.
            (ColorPolicy::Cmyk, ColorModel::Gray) => Some(ColorTarget::Black(self.profile)),
            (ColorPolicy::Cmyk, ColorModel::Rgb) => Some(ColorTarget::Press(self.profile)),
        }
    }

    /// The colour space of a photo that is flattened on a coloured page: always that of the press,
    /// since only inks give exactly the colour of the page.
    pub(in crate::picture) fn flattened_target(&self, picture: &Picture) -> ColorTarget<'_> {
        match picture.colour {
            ColorModel::Gray => ColorTarget::Black(self.profile),
            ColorModel::Rgb | ColorModel::Cmyk { .. } => ColorTarget::Press(self.profile),
        }
    }

    /// The conversion of a photo's colours; `None` if they are not converted.
    pub(in crate::picture) fn sample_transform(
        &self,
        transforms: &ColorTransforms,
        picture: &Picture,
        channels: Channels,
        target: Option<ColorTarget<'_>>,
    ) -> Result<Option<Arc<SampleTransform>>, ColorError> {
        match target {
            Some(target) => {
                transforms.get(channels, picture.profile.as_deref(), target, self.intent)
            }
            None => Ok(None),
        }
    }

    /// Describes everything that the result depends on, except for the photo.
    pub(in crate::picture) fn cache_description(&self) -> String {
        let Self { colour, intent, compression, profile } = self;
        let hash = Sha256::digest(profile);
        format!("press {colour:?} {intent:?} {compression:?} {hash:?}")
    }
}
