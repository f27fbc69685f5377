//! Fonts: the bundled ones and the manifest's, and which characters each has.

pub(super) mod bundled;
pub(super) mod coverage;
pub(super) mod error;
pub(super) mod face;
pub(super) mod faces;
pub(super) mod features;
pub(super) mod inspect;
pub(super) mod instance;
pub(super) mod invisible;
