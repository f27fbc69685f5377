//! Where decoded coefficients go: nowhere, into a mask that shows which are not zero, or into
//! memory.

use super::frame::Frame;

/// The index of the last coefficient of a block.
pub(super) const LAST: usize = 63;

/// Takes the coefficients of one block after the other, in zigzag order.
pub(super) trait Store {
    /// Whether as much as possible is decoded after damage, not only what is certainly right.
    const RECOVERS: bool;

    /// Begins a block of a component.
    fn select(&mut self, component: usize, block: usize);

    /// The index of the last coefficient of the block whose value is needed; later ones may be left
    /// out.
    #[inline]
    fn last_needed(&self) -> usize {
        LAST
    }

    /// Sets a coefficient of the block that was zero, or had this value.
    fn set(&mut self, index: usize, value: i32);

    /// Whether a coefficient of the block is not zero.
    fn is_set(&self, index: usize) -> bool;

    /// Adds a bit to the magnitude of a coefficient that is not zero.
    fn refine(&mut self, index: usize, bit: i32);

    /// Adds a bit to the first coefficient.
    fn refine_dc(&mut self, bit: i32);
}

/// Keeps nothing: for the scans of a sequential picture, which do not depend on one another.
#[derive(Debug)]
pub(super) struct NoStore;

impl Store for NoStore {
    const RECOVERS: bool = false;

    #[inline]
    fn select(&mut self, _: usize, _: usize) {}

    #[inline]
    fn last_needed(&self) -> usize {
        0
    }

    #[inline]
    fn set(&mut self, _: usize, _: i32) {}

    fn is_set(&self, _: usize) -> bool {
        false
    }

    fn refine(&mut self, _: usize, _: i32) {}

    fn refine_dc(&mut self, _: i32) {}
}

/// Keeps which coefficients are not zero, which the later scans of a progressive picture depend on.
#[derive(Debug)]
pub(super) struct Masks {
    components: Vec<Vec<u64>>,
    component: usize,
    block: usize,
}

impl Masks {
    /// The masks for a picture.
    pub(super) fn new(frame: &Frame) -> Self {
        let components = frame.components.iter().map(|component| vec![0; component.block_count()]);
        Self { components: components.collect(), component: 0, block: 0 }
    }
}

impl Store for Masks {
    const RECOVERS: bool = false;

    #[inline]
    fn select(&mut self, component: usize, block: usize) {
        (self.component, self.block) = (component, block);
    }

    #[inline]
    fn set(&mut self, index: usize, _: i32) {
        self.components[self.component][self.block] |= 1 << index;
    }

    #[inline]
    fn is_set(&self, index: usize) -> bool {
        self.components[self.component][self.block] >> index & 1 != 0
    }

    #[inline]
    fn refine(&mut self, _: usize, _: i32) {}

    #[inline]
    fn refine_dc(&mut self, _: i32) {}
}

/// Keeps all coefficients.
#[derive(Debug)]
pub(super) struct Coefficients {
    /// For each component, its blocks row by row.
    pub(super) components: Vec<Vec<[i16; 64]>>,
    component: usize,
    block: usize,
}

impl Coefficients {
    /// All coefficients of a picture are zero.
    pub(super) fn new(frame: &Frame) -> Self {
        let blocks = |count| vec![[0; 64]; count];
        let components = frame.components.iter().map(|component| blocks(component.block_count()));
        Self { components: components.collect(), component: 0, block: 0 }
    }

    fn coefficient(&mut self, index: usize) -> &mut i16 {
        &mut self.components[self.component][self.block][index]
    }
}

impl Store for Coefficients {
    const RECOVERS: bool = true;

    fn select(&mut self, component: usize, block: usize) {
        (self.component, self.block) = (component, block);
    }

    fn set(&mut self, index: usize, value: i32) {
        let bounds = (i32::from(i16::MIN), i32::from(i16::MAX));
        *self.coefficient(index) = i16::try_from(value.clamp(bounds.0, bounds.1)).unwrap_or(0);
    }

    fn is_set(&self, index: usize) -> bool {
        self.components[self.component][self.block][index] != 0
    }

    fn refine(&mut self, index: usize, bit: i32) {
        let coefficient = self.coefficient(index);
        let bit = i16::try_from(bit).unwrap_or(0);
        *coefficient = coefficient.saturating_add(if *coefficient < 0 { -bit } else { bit });
    }

    fn refine_dc(&mut self, bit: i32) {
        *self.coefficient(0) |= i16::try_from(bit).unwrap_or(0);
    }
}
