//! Scales and converts photos on a thread pool within a memory budget.
//!
//! [`processor::ImageProcessor`] decodes, scales and encodes a photo, or takes the result from the
//! cache.

pub(super) mod encode;
mod gate;
pub(super) mod memory_estimate;
pub(super) mod plane;
pub(super) mod pool;
pub(super) mod processed_image;
pub(super) mod processor;
pub(super) mod resize;
pub(super) mod same_files;
pub(super) mod samples;
pub(super) mod scale;
pub(super) mod sizes;
