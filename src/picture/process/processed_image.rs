//! The result of processing a photo.

use crate::model::Pixels;
use crate::picture::process::pool::MemorySize;

/// The result of processing a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessedImage {
    /// A JPEG file, deflated samples, or another result.
    pub bytes: Vec<u8>,
    /// Its size.
    pub pixels: Pixels,
}

impl MemorySize for ProcessedImage {
    fn memory_size(&self) -> u64 {
        self.bytes.len() as u64
    }
}
