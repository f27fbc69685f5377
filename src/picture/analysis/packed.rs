//! Maps of photos as bytes, for the cache.

use crate::model::{PhotoCell, PhotoMap, Pixels};

use crate::picture::process::processed_image::ProcessedImage;

/// The bytes of a cell.
const CELL: usize = 3;
/// The steps of what is kept: 1.6 % of ink, and half a per cent of pixels. A book of thousands of
/// photos is read again in a second.
const INK_STEP: u16 = 16;
const SHARE_STEP: u16 = 5;

/// The cells, row by row, each with its three values, rounded down; the size is that of the grid.
pub(super) fn pack(map: &PhotoMap) -> ProcessedImage {
    let values = map.cells().iter().flat_map(|cell| {
        let steps = [cell.ink / INK_STEP, cell.unprintable / SHARE_STEP, cell.detail];
        steps.map(|steps| u8::try_from(steps).unwrap_or(u8::MAX))
    });
    let side = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    ProcessedImage {
        bytes: values.collect(),
        pixels: Pixels { width: side(map.columns()), height: side(map.rows()) },
    }
}

/// The map that was packed; `None` if the bytes are something else.
pub(super) fn unpack(packed: &ProcessedImage) -> Option<PhotoMap> {
    let (cells, rest) = packed.bytes.as_chunks::<CELL>();
    let is_whole = rest.is_empty() && cells.len() as u64 == packed.pixels.count();
    let cell = |[ink, unprintable, detail]: &[u8; CELL]| PhotoCell {
        ink: u16::from(*ink) * INK_STEP,
        unprintable: u16::from(*unprintable) * SHARE_STEP,
        detail: (*detail).into(),
    };
    is_whole.then(|| PhotoMap::new(packed.pixels.width as usize, cells.iter().map(cell).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_map_is_the_same_when_unpacked() {
        let cell = |ink| PhotoCell { ink, unprintable: 1000, detail: 200 };
        let map = PhotoMap::new(2, (0..6).map(|ink| cell(ink * 800)).collect());
        let packed = pack(&map);
        assert_eq!(unpack(&packed), Some(map));
        let bytes = packed.bytes[1..].to_vec();
        assert_eq!(unpack(&ProcessedImage { bytes, ..packed }), None);
    }
}
