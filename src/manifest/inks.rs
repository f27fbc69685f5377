//! What the manifest says about the photos' colours in print.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::{ColourPolicy, Compression, RenderingIntent};

/// What happens to the photos' colours in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ColorName {
    /// They stay as they are, tagged with their own profile.
    Keep,
    /// They are converted to the printing condition.
    Cmyk,
    /// They are converted to sRGB.
    Srgb,
}

impl From<ColorName> for ColourPolicy {
    fn from(name: ColorName) -> Self {
        match name {
            ColorName::Keep => Self::Keep,
            ColorName::Cmyk => Self::Cmyk,
            ColorName::Srgb => Self::Srgb,
        }
    }
}

/// How photos are brought into other colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum IntentName {
    /// What can be printed stays as it is, relative to the paper's white, and black
    /// becomes the darkest black.
    Relative,
    /// All colours move together, so that their relations stay.
    Perceptual,
    /// As relative, but the white of the original's medium is printed too.
    Absolute,
    /// Colours stay strong.
    Saturation,
}

impl From<IntentName> for RenderingIntent {
    fn from(name: IntentName) -> Self {
        match name {
            IntentName::Relative => Self::Relative,
            IntentName::Perceptual => Self::Perceptual,
            IntentName::Absolute => Self::Absolute,
            IntentName::Saturation => Self::Saturation,
        }
    }
}

/// How photos are stored whose colours were converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CompressionName {
    /// As JPEGs of the best quality.
    Jpeg,
    /// Without any loss, several times larger.
    Lossless,
}

impl From<CompressionName> for Compression {
    fn from(name: CompressionName) -> Self {
        match name {
            CompressionName::Jpeg => Self::Jpeg,
            CompressionName::Lossless => Self::Lossless,
        }
    }
}
