//! Fonts: the bundled ones and those of the manifest, and the characters that they cover.

pub(super) mod bundled;
pub(super) mod coverage;
pub(super) mod error;
pub(super) mod face;
pub(super) mod faces;
pub(super) mod features;
