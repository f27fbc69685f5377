//! The memory limits of decoders.

use image::Limits;

use crate::model::Picture;

/// The memory that a decoder may use in addition to the samples, in bytes.
pub(super) const WORKING_MEMORY: u64 = 512 * 1024 * 1024;

/// The memory limit for one photo.
pub(super) fn limits(picture: &Picture) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(picture.stored.count() * 8 + WORKING_MEMORY);
    limits
}
