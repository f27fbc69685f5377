//! A table over colours: three or four numbers in, up to four out.

/// A table with a node at every crossing of its axes; the last axis runs fastest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ColorTable {
    /// How many nodes lie along each axis: one to four axes, at least one node on each.
    axes: Vec<usize>,
    /// How many numbers a node holds.
    outputs: usize,
    nodes: Vec<f64>,
}

impl ColorTable {
    /// A grid, if there are as many numbers as it needs.
    pub(super) fn new(axes: Vec<usize>, outputs: usize, nodes: Vec<f64>) -> Option<Self> {
        let size = axes.iter().try_fold(outputs, |size, &axis| size.checked_mul(axis))?;
        let sound = (1..=4).contains(&axes.len()) && (1..=4).contains(&outputs) && size > 0;
        (sound && nodes.len() >= size).then_some(Self { axes, outputs, nodes })
    }

    /// The value at a place, each coordinate from 0 to 1: along a fourth axis, the first
    /// one, straight between two tables; within three, in the tetrahedron around it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "axes are short, and the place is clamped"
    )]
    pub(super) fn at(&self, place: [f64; 4]) -> [f64; 4] {
        let mut steps = [0; 4];
        let mut shares = [0.0; 4];
        let mut start = 0;
        let mut stride = self.outputs;
        for (index, &axis) in self.axes.iter().enumerate().rev() {
            let at = place[index].clamp(0.0, 1.0) * (axis - 1) as f64;
            let below = (at as usize).min(axis - 1);
            start += below * stride;
            shares[index] = at - below as f64;
            steps[index] = if below + 1 < axis { stride } else { 0 };
            stride *= axis;
        }
        match self.axes.len() {
            4 => {
                let low = self.simplex(start, [1, 2, 3], &steps, &shares);
                let high = self.simplex(start + steps[0], [1, 2, 3], &steps, &shares);
                std::array::from_fn(|index| low[index] + (high[index] - low[index]) * shares[0])
            }
            // The shares of axes that are not there are nought.
            _ => self.simplex(start, [0, 1, 2], &steps, &shares),
        }
    }

    /// Walks from a cell's lowest node to its highest, along the axis of the largest share
    /// first: the nodes on that way are the corners of the tetrahedron around the place.
    fn simplex(
        &self,
        start: usize,
        mut axes: [usize; 3],
        steps: &[usize; 4],
        shares: &[f64; 4],
    ) -> [f64; 4] {
        axes.sort_by(|&one, &other| shares[other].total_cmp(&shares[one]));
        let node = |at: usize| -> [f64; 4] {
            std::array::from_fn(
                |index| if index < self.outputs { self.nodes[at + index] } else { 0.0 },
            )
        };
        let mut at = start;
        let mut before = node(at);
        let mut value = before;
        for axis in axes {
            at += steps[axis];
            let next = node(at);
            for index in 0..self.outputs {
                value[index] += (next[index] - before[index]) * shares[axis];
            }
            before = next;
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid that holds a linear function is that function everywhere.
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
        for place in [[0.3, 0.7, 0.1, 0.9], [1.0, 1.0, 1.0, 1.0], [0.5, 0.25, 0.99, 0.0]] {
            let [c, m, y, k] = place;
            let [one, other, ..] = grid.at(place);
            let [wanted, also] = value(c, m, y, k);
            assert!((one - wanted).abs() < 1e-12 && (other - also).abs() < 1e-12, "{place:?}");
        }
    }

    #[test]
    fn a_grid_with_too_few_numbers_is_none() {
        assert_eq!(ColorTable::new(vec![9, 9, 9], 4, vec![0.0; 2915]), None);
        assert_eq!(ColorTable::new(vec![0, 9, 9], 4, Vec::new()), None);
    }
}
