//! What the pixels of a photo are like, in a grid that is small enough to be kept.

/// The properties of an upright photo that depend on its pixels, as means of the cells of a grid.
/// It does not depend on where the photo is placed, so that a new layout needs no new look at the
/// pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoMap {
    columns: usize,
    cells: Vec<PhotoCell>,
}

/// The means of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PhotoCell {
    /// The total of the inks after conversion for the press, in tenths of a per cent: 0 to 4000.
    pub ink: u16,
    /// The pixels whose colours the press cannot print, in thousandths.
    pub unprintable: u16,
    /// The mean difference of lightness between neighbours, across and down: 0 to 255.
    pub detail: u16,
}

/// A part of an upright photo, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhotoPart {
    /// The left edge, from 0 to 1.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

/// Where a value is the highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak {
    /// The mean there.
    pub value: u64,
    /// The centre, as a fraction of the width.
    pub across: f64,
    /// The centre, as a fraction of the height.
    pub down: f64,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy)]
struct MapCells {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl PhotoMap {
    /// A map of these cells, row by row. A row that is not complete is left out.
    pub fn new(columns: usize, mut cells: Vec<PhotoCell>) -> Self {
        let columns = columns.max(1);
        cells.truncate(cells.len() / columns * columns);
        Self { columns, cells }
    }

    /// The number of cells in a row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.cells.len() / self.columns
    }

    /// The cells, row by row.
    pub fn cells(&self) -> &[PhotoCell] {
        &self.cells
    }

    /// The mean of a value in a part; 0 in an empty one.
    pub fn mean(&self, part: PhotoPart, value: impl Fn(&PhotoCell) -> u16) -> u64 {
        let MapCells { left, top, right, bottom } = self.cells_of(part);
        let rows = (top..bottom).map(|row| &self.cells[row * self.columns..][left..right]);
        let sum: u64 = rows.flatten().map(|cell| u64::from(value(cell))).sum();
        sum / ((right - left) * (bottom - top)).max(1) as u64
    }

    /// The highest value of all cells.
    pub fn highest(&self, value: impl Fn(&PhotoCell) -> u16) -> u16 {
        self.cells.iter().map(value).max().unwrap_or(0)
    }

    /// The window with the highest mean of a value within a part. The window has a width and a
    /// height in fractions of the photo; one that does not fit is reduced to the part. `None` if
    /// the part is empty.
    pub fn peak(
        &self,
        part: PhotoPart,
        (width, height): (f64, f64),
        value: impl Fn(&PhotoCell) -> u16,
    ) -> Option<Peak> {
        let MapCells { left, top, right, bottom } = self.cells_of(part);
        let (columns, rows) = (right - left, bottom - top);
        if columns == 0 || rows == 0 {
            return None;
        }
        let size = |fraction: f64, all: usize, limit: usize| nearest(fraction, all).clamp(1, limit);
        let (width, height) = (size(width, self.columns, columns), size(height, self.rows(), rows));
        // The sum of all cells above and to the left of each corner.
        let stride = columns + 1;
        let mut sums = vec![0_u64; stride * (rows + 1)];
        for row in 0..rows {
            let cells = &self.cells[(top + row) * self.columns..][left..right];
            let mut of_row = 0;
            for (column, cell) in cells.iter().enumerate() {
                of_row += u64::from(value(cell));
                sums[(row + 1) * stride + column + 1] = sums[row * stride + column + 1] + of_row;
            }
        }
        let sum = |x: usize, y: usize| {
            let at = |x: usize, y: usize| sums[y * stride + x];
            at(x + width, y + height) + at(x, y) - at(x, y + height) - at(x + width, y)
        };
        let places = (0..=rows - height).flat_map(|y| (0..=columns - width).map(move |x| (x, y)));
        // Of equal windows, the first one counts.
        let best = places
            .map(|(x, y)| (sum(x, y), x, y))
            .reduce(|one, other| if other.0 > one.0 { other } else { one });
        best.map(|(sum, x, y)| Peak {
            value: sum / (width * height) as u64,
            across: centre(left + x, width, self.columns),
            down: centre(top + y, height, self.rows()),
        })
    }

    fn cells_of(&self, part: PhotoPart) -> MapCells {
        let (columns, rows) = (self.columns, self.rows());
        let (left, top) = (nearest(part.left, columns), nearest(part.top, rows));
        MapCells {
            left,
            top,
            right: nearest(part.right, columns).max(left),
            bottom: nearest(part.bottom, rows).max(top),
        }
    }
}

/// The cell border that is nearest to a fraction.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a map has a few hundred cells in a row"
)]
fn nearest(fraction: f64, count: usize) -> usize {
    (fraction.clamp(0.0, 1.0) * count as f64).round() as usize
}

#[expect(clippy::cast_precision_loss, reason = "a map has a few hundred cells in a row")]
fn centre(start: usize, length: usize, count: usize) -> f64 {
    (start as f64 + length as f64 / 2.0) / count.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: PhotoPart = PhotoPart { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };

    /// A map of 10 × 10 cells, of which these have 1000.
    fn map(high: &[(usize, usize)]) -> PhotoMap {
        let mut cells = vec![PhotoCell::default(); 100];
        for (x, y) in high {
            cells[y * 10 + x].ink = 1000;
        }
        PhotoMap::new(10, cells)
    }

    #[test]
    fn a_peak_is_a_mean_of_its_window() {
        let map = map(&[(2, 3), (3, 3), (2, 4), (3, 4), (9, 9)]);
        let peak = map.peak(WHOLE, (0.2, 0.2), |cell| cell.ink).unwrap();
        assert_eq!(peak, Peak { value: 1000, across: 0.3, down: 0.4 });
        let peak = map.peak(WHOLE, (0.4, 0.4), |cell| cell.ink).unwrap();
        assert_eq!(peak.value, 250);
        assert_eq!(map.mean(WHOLE, |cell| cell.ink), 50);
    }

    #[test]
    fn only_the_part_counts() {
        let map = map(&[(0, 0), (9, 9)]);
        let part = PhotoPart { left: 0.5, top: 0.5, right: 1.0, bottom: 1.0 };
        let peak = map.peak(part, (0.1, 0.1), |cell| cell.ink).unwrap();
        assert_eq!((peak.value, peak.across), (1000, 0.95));
        assert_eq!(map.mean(part, |cell| cell.ink), 40);
        let nothing = PhotoPart { left: 0.5, right: 0.5, ..WHOLE };
        assert_eq!(map.peak(nothing, (0.1, 0.1), |cell| cell.ink), None);
        assert_eq!(map.mean(nothing, |cell| cell.ink), 0);
    }

    #[test]
    fn a_window_that_is_too_large_is_the_whole_part() {
        let peak = map(&[(0, 0)]).peak(WHOLE, (3.0, 3.0), |cell| cell.ink).unwrap();
        assert_eq!(peak, Peak { value: 10, across: 0.5, down: 0.5 });
    }
}
