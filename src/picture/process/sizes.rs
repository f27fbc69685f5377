//! A photo in several sizes, as one result.

use crate::model::Pixels;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::scale::Scaled;

/// A photo in several sizes, the largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaledSizes(pub Vec<Scaled>);

impl MemorySize for ScaledSizes {
    fn memory_size(&self) -> u64 {
        self.0.iter().map(MemorySize::memory_size).sum()
    }
}

impl ScaledSizes {
    /// All sizes in one, for the cache: the number of sizes, for each its width, its height and
    /// the length of its JPEG, then the JPEGs.
    pub(super) fn pack(&self) -> ProcessedImage {
        let mut bytes = number(self.0.len()).to_le_bytes().to_vec();
        for Scaled { jpeg, pixels } in &self.0 {
            for value in [pixels.width, pixels.height, number(jpeg.len())] {
                bytes.extend(value.to_le_bytes());
            }
        }
        self.0.iter().for_each(|scaled| bytes.extend(&scaled.jpeg));
        let pixels = self.0.first().map_or(Pixels { width: 0, height: 0 }, |scaled| scaled.pixels);
        ProcessedImage { bytes, pixels }
    }

    /// The sizes that were packed; `None` if the bytes are something else.
    pub(super) fn unpack(bytes: &[u8]) -> Option<Self> {
        let (count, mut heads) = take_number(bytes)?;
        let mut jpegs = heads.get(usize::try_from(count).ok()?.checked_mul(12)?..)?;
        let mut sizes = Vec::new();
        for _ in 0..count {
            let mut next = || {
                let (value, rest) = take_number(heads)?;
                heads = rest;
                Some(value)
            };
            let pixels = Pixels { width: next()?, height: next()? };
            let (jpeg, rest) = jpegs.split_at_checked(usize::try_from(next()?).ok()?)?;
            jpegs = rest;
            sizes.push(Scaled { jpeg: jpeg.to_vec(), pixels });
        }
        jpegs.is_empty().then_some(Self(sizes))
    }
}

/// A JPEG is smaller than 4 GB.
fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn take_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_sizes_are_the_same_when_unpacked() {
        let scaled = |width, jpeg: &[u8]| Scaled {
            jpeg: jpeg.to_vec(),
            pixels: Pixels { width, height: 2 * width },
        };
        let sizes = ScaledSizes(vec![scaled(20, b"large"), scaled(10, b"mid"), scaled(5, b"")]);
        let bytes = sizes.pack().bytes;
        assert_eq!(ScaledSizes::unpack(&bytes), Some(sizes));
        assert_eq!(ScaledSizes::unpack(&bytes[..bytes.len() - 1]), None);
        assert_eq!(ScaledSizes::unpack(b"\xff\xff\xff\xff"), None);
    }
}
