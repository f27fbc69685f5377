//! A multidimensional colour lookup table (CLUT): three or four values in, up to four out.

/// A table with a node at each crossing of its axes; the last axis varies fastest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ColorTable {
    /// The number of nodes along each axis: one to four axes, with at least one node each.
    axes: Vec<usize>,
    /// The number of values per node.
    outputs: usize,
    nodes: Vec<f64>,
}

impl ColorTable {
    /// A table; `None` if there are too few values for it.
    pub(super) fn new(axes: Vec<usize>, outputs: usize, nodes: Vec<f64>) -> Option<Self> {
        let length = axes.iter().try_fold(outputs, |length, &axis| length.checked_mul(axis))?;
        let is_valid = (1..=4).contains(&axes.len()) && (1..=4).contains(&outputs) && length > 0;
        (is_valid && nodes.len() >= length).then_some(Self { axes, outputs, nodes })
    }

    /// The interpolated value at a point with coordinates from 0 to 1. With four axes, the first
    /// one is interpolated linearly, and the other three within a tetrahedron.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "axes are short, and the point is clamped"
    )]
    pub(super) fn apply(&self, point: [f64; 4]) -> [f64; 4] {
        let mut steps = [0; 4];
        let mut fractions = [0.0; 4];
        let mut start = 0;
        let mut stride = self.outputs;
        for (index, &axis) in self.axes.iter().enumerate().rev() {
            let position = point[index].clamp(0.0, 1.0) * (axis - 1) as f64;
            let below = (position as usize).min(axis - 1);
            start += below * stride;
            fractions[index] = position - below as f64;
            steps[index] = if below + 1 < axis { stride } else { 0 };
            stride *= axis;
        }
        match self.axes.len() {
            4 => {
                let low = self.interpolate_tetrahedron(start, [1, 2, 3], &steps, &fractions);
                let high =
                    self.interpolate_tetrahedron(start + steps[0], [1, 2, 3], &steps, &fractions);
                std::array::from_fn(|index| low[index] + (high[index] - low[index]) * fractions[0])
            }
            // The fractions of missing axes are 0.
            _ => self.interpolate_tetrahedron(start, [0, 1, 2], &steps, &fractions),
        }
    }

    /// Goes from a cell's lowest node to its highest, along the axis with the largest fraction
    /// first: the nodes on this path are the corners of the tetrahedron around the point.
    fn interpolate_tetrahedron(
        &self,
        start: usize,
        mut axes: [usize; 3],
        steps: &[usize; 4],
        fractions: &[f64; 4],
    ) -> [f64; 4] {
        axes.sort_by(|&one, &other| fractions[other].total_cmp(&fractions[one]));
        let node = |offset: usize| -> [f64; 4] {
            std::array::from_fn(
                |index| if index < self.outputs { self.nodes[offset + index] } else { 0.0 },
            )
        };
        let mut offset = start;
        let mut previous = node(offset);
        let mut value = previous;
        for axis in axes {
            offset += steps[axis];
            let next = node(offset);
            for index in 0..self.outputs {
                value[index] += (next[index] - previous[index]) * fractions[axis];
            }
            previous = next;
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of a linear function equals the function everywhere.
    #[test]
    fn a_linear_table_is_linear_between_its_nodes() {
        let value = |c: f64, m: f64, y: f64, k: f64| [0.1 * c + 0.2 * m, 0.3 * y + 0.4 * k];
        let part = |index: u32, axis: u32| f64::from(index) / f64::from(axis - 1);
        let mut nodes = Vec::new();
        for c in 0..2 {
            for m in 0..3 {
                for y in 0..4 {
                    for k in 0..5 {
                        nodes.extend(value(part(c, 2), part(m, 3), part(y, 4), part(k, 5)));
                    }
                }
            }
        }
        let grid = ColorTable::new(vec![2, 3, 4, 5], 2, nodes).unwrap();
        for point in [[0.3, 0.7, 0.1, 0.9], [1.0, 1.0, 1.0, 1.0], [0.5, 0.25, 0.99, 0.0]] {
            let [c, m, y, k] = point;
            let [one, other, ..] = grid.apply(point);
            let [wanted, also] = value(c, m, y, k);
            assert!((one - wanted).abs() < 1e-12 && (other - also).abs() < 1e-12, "{point:?}");
        }
    }

    #[test]
    fn a_grid_with_too_few_numbers_is_none() {
        assert_eq!(ColorTable::new(vec![9, 9, 9], 4, vec![0.0; 2915]), None);
        assert_eq!(ColorTable::new(vec![0, 9, 9], 4, Vec::new()), None);
    }
}
