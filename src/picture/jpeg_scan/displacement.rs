//! Finds where a picture is displaced: if data is missing, what follows it is decoded as blocks of
//! the right kind in the wrong places, and only the end of the data shows it.

use super::frame::Frame;
use super::store::Store;

/// The brightness of each MCU.
#[derive(Debug)]
pub(super) struct Brightness {
    across: usize,
    /// The steps between the blocks that represent an MCU.
    sampling: (usize, usize),
    blocks_across: usize,
    values: Vec<i32>,
    /// The index of the current block in `values`.
    current: Option<usize>,
}

impl Brightness {
    pub(super) fn new(frame: &Frame) -> Self {
        let first = &frame.components[0];
        Self {
            across: frame.units.0,
            sampling: first.sampling,
            blocks_across: first.blocks.0,
            values: vec![0; frame.units.0 * frame.units.1],
            current: None,
        }
    }

    /// The row of MCUs from which the picture is displaced: the rows before and after it match far
    /// better if one of them is shifted. An edge of the picture's own does not become any better by
    /// shifting.
    pub(super) fn displaced_row(&self) -> Option<usize> {
        /// How much better the rows match after shifting, at least, and compared with other rows:
        /// a regular pattern, such as bricks, has many rows that match better.
        const MIN_GAIN: f64 = 1.8;
        const MIN_LEAD: f64 = 1.5;
        /// The least mean difference that counts, in steps of quantization.
        const MIN_DIFFERENCE: f64 = 2.0;
        let rows: Vec<&[i32]> = self.values.chunks_exact(self.across.max(1)).collect();
        let gain = |row: usize| {
            let (before, after) = (rows[row - 1], rows[row + 1]);
            let unshifted = difference(before, after, 0);
            let shifted = (1..self.across)
                .map(|shift| difference(before, after, shift))
                .fold(f64::INFINITY, f64::min);
            if unshifted < MIN_DIFFERENCE { 0.0 } else { unshifted / shifted.max(0.5) }
        };
        let gains: Vec<(usize, f64)> =
            (1..rows.len().saturating_sub(1)).map(|row| (row, gain(row))).collect();
        let best = gains.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1))?;
        let others = gains.iter().filter(|(row, _)| row.abs_diff(best.0) > 2);
        let second = others.map(|(_, gain)| *gain).fold(1.0, f64::max);
        (best.1 >= MIN_GAIN && best.1 >= MIN_LEAD * second).then_some(best.0)
    }
}

/// The mean difference of two rows, one of them shifted, whatever their difference in brightness.
fn difference(one: &[i32], other: &[i32], shift: usize) -> f64 {
    let shifted = other[shift..].iter().chain(&other[..shift]);
    let differences: Vec<i32> = one.iter().zip(shifted).map(|(a, b)| a - b).collect();
    let count = i32::try_from(differences.len()).unwrap_or(i32::MAX).max(1);
    let mean = differences.iter().sum::<i32>() / count;
    let sum: i32 = differences.iter().map(|difference| (difference - mean).abs()).sum();
    f64::from(sum) / f64::from(count)
}

impl Store for Brightness {
    const RECOVERS: bool = false;

    fn select(&mut self, component: usize, block: usize) {
        let (column, row) = (block % self.blocks_across, block / self.blocks_across);
        let is_first = column % self.sampling.0 == 0 && row % self.sampling.1 == 0;
        self.current = (component == 0 && is_first)
            .then(|| row / self.sampling.1 * self.across + column / self.sampling.0);
    }

    fn last_needed(&self) -> usize {
        0
    }

    fn set(&mut self, index: usize, value: i32) {
        if index == 0
            && let Some(target) = self.current.and_then(|block| self.values.get_mut(block))
        {
            *target = value;
        }
    }

    fn is_set(&self, _: usize) -> bool {
        false
    }

    fn refine(&mut self, _: usize, _: i32) {}

    fn refine_dc(&mut self, _: i32) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scene of 60 × 40 MCUs from whose row 20 on so many MCUs are missing, or whose sky ends there.
    fn scene(missing: usize, sky: bool) -> Brightness {
        let brightness = |index: usize| {
            let (x, y) = (index % 60, index / 60);
            let shape = if (x / 7 + y / 9) % 3 == 0 { 80 } else { 0 };
            let land = if sky && y >= 20 { 150 } else { 0 };
            i32::try_from(x * 3 + y * 2 + shape).unwrap() - land
        };
        let values = (0..60 * 40)
            .map(|index| brightness(if index < 20 * 60 + 31 { index } else { index + missing }));
        Brightness {
            across: 60,
            sampling: (1, 1),
            blocks_across: 60,
            values: values.collect(),
            current: None,
        }
    }

    #[test]
    fn a_displaced_part_is_found_and_an_edge_is_not_one() {
        for missing in [3, 17, 45] {
            assert!(matches!(scene(missing, false).displaced_row(), Some(19..=21)), "{missing}");
        }
        assert_eq!(scene(0, false).displaced_row(), None);
        assert_eq!(scene(0, true).displaced_row(), None);
    }
}
